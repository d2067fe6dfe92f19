//! Where terms stand, in memory and as the files of a segment.
//!
//! A word is recorded once, however many terms it gives: what a field has of it is taken from the
//! same record when the segment is written. tantivy's own way, a token for each term of each field,
//! looks every term up in a table each time it stands in a text.

use std::io;

use prefetch_index::prefetch_index;
use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{FieldSerializer, InvertedIndexSerializer};
use tantivy::schema::{Field, IndexRecordOption};

use super::lists::{List, Lists};

/// Marks a number that begins a document; what is left of it is the distance to the document before.
/// All others are distances between positions.
const DOCUMENT: u32 = 1;

/// From here on positions are not recorded: with the mark, they would not fit.
const MOST_POSITIONS: u32 = 1 << 31;

/// Records that a large segment has. Lists have room for so many at once: one that grows is moved each
/// time, and memory that is never touched costs nothing.
pub(super) const MANY_RECORDS: usize = 1 << 19;

/// Places that are noted before they are recorded, so that the records of several are read at once.
const PLACES_TOGETHER: usize = 64;

/// How many terms ahead of the one that is written memory is asked for.
const TERMS_AHEAD: usize = 12;

/// Records by number.
pub(super) struct Postings {
    records: Vec<Record>,
    lists: Lists,
    /// Places in the document at hand: records with positions.
    noted: Vec<(u32, u32)>,
}

/// The places of a word, ascending.
#[derive(Default)]
struct Record {
    /// Numbers of seven bits a byte, the last byte of each marked.
    numbers: List,
    documents: u32,
    tokens: u32,
    /// What was recorded last.
    document: DocId,
    position: u32,
}

/// A term, and a record of where it stands; a term may have several.
pub(super) struct TermRecord<'t> {
    /// The first eight bytes of the term: most terms are in order by these.
    beginning: u64,
    term: &'t str,
    record: u32,
}

impl<'t> TermRecord<'t> {
    pub fn new(term: &'t str, record: u32) -> TermRecord<'t> {
        let mut beginning = [0; 8];
        let length = term.len().min(beginning.len());
        beginning[..length].copy_from_slice(&term.as_bytes()[..length]);
        TermRecord { beginning: u64::from_be_bytes(beginning), term, record }
    }
}

/// What is read of a record, kept for the next one.
#[derive(Default)]
struct Buffers {
    bytes: Vec<u8>,
    /// Document and position of a term with several records, as one number.
    places: Vec<u64>,
    /// Distances between the positions in one document.
    distances: Vec<u32>,
}

/// Sorts by the terms.
fn sort(terms: &mut [TermRecord<'_>]) {
    terms.sort_unstable_by_key(|term| term.beginning);
    let mut begin = 0;
    while let Some(first) = terms.get(begin) {
        let begins_so = |term: &&TermRecord<'_>| term.beginning == first.beginning;
        let count = terms[begin..].iter().take_while(begins_so).count();
        for term in terms.iter().skip(begin + TERMS_AHEAD).take(count) {
            prefetch_index(term.term.as_bytes(), 0);
        }
        if count > 1 {
            terms[begin..begin + count].sort_unstable_by(|a, b| a.term.cmp(b.term));
        }
        begin += count;
    }
}

impl Default for Postings {
    fn default() -> Postings {
        let (records, noted) =
            (Vec::with_capacity(MANY_RECORDS), Vec::with_capacity(PLACES_TOGETHER));
        Postings { records, lists: Lists::default(), noted }
    }
}

impl Postings {
    /// Begins a record.
    pub fn begin(&mut self) -> u32 {
        self.records.push(Record::default());
        self.records.len() as u32 - 1
    }

    /// Adds a place behind those recorded.
    pub fn add(&mut self, record: u32, document: DocId, position: u32) {
        if position >= MOST_POSITIONS {
            return;
        }
        let Postings { records, lists, .. } = self;
        let record = &mut records[record as usize];
        let mut numbers = Encoded::default();
        if record.documents == 0 || record.document != document {
            numbers.push((document - record.document) << 1 | DOCUMENT);
            record.documents += 1;
            record.document = document;
            record.position = 0;
        }
        numbers.push(position.saturating_sub(record.position) << 1);
        lists.push(&mut record.numbers, &numbers.bytes, numbers.length);
        record.tokens += 1;
        record.position = position;
    }

    /// Notes a place behind those noted, in a document. It is recorded with others, the last of a
    /// document by [`Postings::add_noted`].
    pub fn note(&mut self, record: u32, document: DocId, position: u32) {
        if self.noted.len() == PLACES_TOGETHER {
            self.add_noted(document);
        }
        // Asked for now, so that it is at hand when it is due.
        prefetch_index(&self.records, record as usize);
        self.noted.push((record, position));
    }

    /// Adds what was noted of a document.
    pub fn add_noted(&mut self, document: DocId) {
        let mut noted = std::mem::take(&mut self.noted);
        for (record, _) in &noted {
            self.lists.expect_push(&self.records[*record as usize].numbers);
        }
        for (record, position) in noted.drain(..) {
            self.add(record, document, position);
        }
        self.noted = noted;
    }

    /// Bytes of memory, about.
    pub fn size(&self) -> usize {
        self.lists.size() + self.records.len() * size_of::<Record>()
    }

    /// Writes the terms of a field with all their places.
    pub fn write(
        &self,
        field: Field,
        mut terms: Vec<TermRecord<'_>>,
        option: IndexRecordOption,
        lengths: Option<FieldNormReader>,
        index: &mut InvertedIndexSerializer,
    ) -> io::Result<()> {
        sort(&mut terms);
        let records = terms.iter().map(|term| &self.records[term.record as usize]);
        let tokens = records.map(|record| u64::from(record.tokens)).sum();
        let mut field = index.new_field(field, tokens, lengths)?;
        let (mut buffers, mut done) = (Buffers::default(), 0);
        for of_one in terms.chunk_by(|a, b| a.beginning == b.beginning && a.term == b.term) {
            self.expect(&terms[done..], of_one.len());
            done += of_one.len();
            match (option, of_one) {
                (IndexRecordOption::Basic, _) => {
                    self.write_documents(of_one, &mut field, &mut buffers)
                }
                (_, [alone]) => self.write_places(alone, &mut field, &mut buffers),
                _ => self.write_together(of_one, &mut field, &mut buffers),
            }?;
            field.close_term()?;
        }
        field.close()
    }

    /// Asks for what the terms behind the first ones take to be written, so that it is at hand when
    /// it is due.
    fn expect(&self, terms: &[TermRecord<'_>], count: usize) {
        let ahead = |by: usize| terms.iter().skip(by).take(count);
        for term in ahead(2 * TERMS_AHEAD) {
            prefetch_index(&self.records, term.record as usize);
        }
        for term in ahead(TERMS_AHEAD) {
            prefetch_index(term.term.as_bytes(), 0);
            self.lists.expect_read(&self.records[term.record as usize].numbers);
        }
    }

    /// The places of a term with one record.
    fn write_places(
        &self,
        term: &TermRecord<'_>,
        field: &mut FieldSerializer<'_>,
        Buffers { bytes, distances, .. }: &mut Buffers,
    ) -> io::Result<()> {
        let record = &self.records[term.record as usize];
        field.new_term(term.term.as_bytes(), record.documents, true)?;
        let (mut document, mut begun) = (0, false);
        distances.clear();
        for number in self.numbers(record, bytes) {
            if number & DOCUMENT == 0 {
                distances.push(number >> 1);
                continue;
            }
            if begun {
                field.write_doc(document, distances.len() as u32, distances);
                distances.clear();
            }
            (document, begun) = (document + (number >> 1), true);
        }
        field.write_doc(document, distances.len() as u32, distances);
        Ok(())
    }

    /// The places of a term with several.
    fn write_together(
        &self,
        of_one: &[TermRecord<'_>],
        field: &mut FieldSerializer<'_>,
        Buffers { bytes, places, distances }: &mut Buffers,
    ) -> io::Result<()> {
        places.clear();
        for term in of_one {
            let (mut document, mut position) = (0, 0);
            for number in self.numbers(&self.records[term.record as usize], bytes) {
                if number & DOCUMENT == 0 {
                    position += number >> 1;
                    places.push(u64::from(document) << 32 | u64::from(position));
                } else {
                    (document, position) = (document + (number >> 1), 0);
                }
            }
        }
        // Each record is in order already, which this way of sorting makes use of.
        places.sort();
        let document = |place: &u64| (place >> 32) as DocId;
        let in_documents = || places.chunk_by(|a, b| document(a) == document(b));
        let count = in_documents().count() as u32;
        field.new_term(of_one[0].term.as_bytes(), count, true)?;
        for in_one in in_documents() {
            distances.clear();
            let mut before = 0;
            for place in in_one {
                let position = *place as u32;
                distances.push(position - before);
                before = position;
            }
            field.write_doc(document(&in_one[0]), distances.len() as u32, distances);
        }
        Ok(())
    }

    /// The documents of a term.
    fn write_documents(
        &self,
        of_one: &[TermRecord<'_>],
        field: &mut FieldSerializer<'_>,
        Buffers { bytes, places, .. }: &mut Buffers,
    ) -> io::Result<()> {
        places.clear();
        for term in of_one {
            let mut document = 0;
            for number in self.numbers(&self.records[term.record as usize], bytes) {
                if number & DOCUMENT != 0 {
                    document += number >> 1;
                    places.push(u64::from(document));
                }
            }
        }
        places.sort();
        places.dedup();
        field.new_term(of_one[0].term.as_bytes(), places.len() as u32, false)?;
        places.iter().for_each(|document| field.write_doc(*document as DocId, 0, &[]));
        Ok(())
    }

    /// The numbers of a record.
    fn numbers<'b>(&self, record: &Record, bytes: &'b mut Vec<u8>) -> Numbers<'b> {
        bytes.clear();
        self.lists.read(&record.numbers, bytes);
        Numbers(bytes)
    }
}

/// Marks the last byte of a number.
const LAST: u8 = 0x80;

/// Two numbers at most, as bytes: adding to a list once is cheaper.
#[derive(Default)]
struct Encoded {
    bytes: [u8; 10],
    length: usize,
}

impl Encoded {
    fn push(&mut self, mut number: u32) {
        while number >= u32::from(LAST) {
            self.bytes[self.length] = number as u8 & !LAST;
            self.length += 1;
            number >>= 7;
        }
        self.bytes[self.length] = number as u8 | LAST;
        self.length += 1;
    }
}

struct Numbers<'b>(&'b [u8]);

impl Iterator for Numbers<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u32::from(byte & !LAST) << shift;
            if byte & LAST != 0 {
                return Some(number);
            }
            shift += 7;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn terms_are_sorted_by_their_bytes(
            words in prop::collection::vec("verwaltung[a-cäß]{0,3}|[a-c]{0,9}|\\PC{0,4}", 0..80),
        ) {
            let mut terms: Vec<TermRecord<'_>> =
                words.iter().map(|word| TermRecord::new(word, 0)).collect();
            sort(&mut terms);
            let mut expected: Vec<&str> = words.iter().map(|word| &**word).collect();
            expected.sort_unstable();
            prop_assert_eq!(terms.iter().map(|term| term.term).collect::<Vec<_>>(), expected);
        }
    }
}
