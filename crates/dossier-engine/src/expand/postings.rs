//! The postings of the words that a word stands for.

use tantivy::DocId;
use tantivy::error::DataCorruption;
use tantivy::postings::{BlockSegmentPostings, SegmentPostings};
use tantivy::schema::IndexRecordOption;

use super::TermLeg;
use crate::searcher::Segment;

/// The postings of one of the words that a word stands for.
pub(crate) fn postings(
    segment: &Segment,
    leg: &TermLeg,
    option: IndexRecordOption,
) -> tantivy::Result<SegmentPostings> {
    Ok(segment.terms(leg.field, leg.terms).read_postings_from_terminfo(&leg.info, option)?)
}

/// The same, with frequencies, to be read a block at a time.
pub(crate) fn block_postings(
    segment: &Segment,
    leg: &TermLeg,
) -> tantivy::Result<BlockSegmentPostings> {
    let option = IndexRecordOption::WithFreqs;
    Ok(segment.terms(leg.field, leg.terms).read_block_postings_from_terminfo(&leg.info, option)?)
}

/// Reads the postings of many words one after the other. Calls `each` with documents of one, in
/// order, and how often it occurs in each of them: a block at a time.
pub(crate) fn read_each(
    segment: &Segment,
    legs: &[TermLeg],
    mut each: impl FnMut(&TermLeg, &[DocId], &[u32]),
) -> tantivy::Result<()> {
    let mut short = Short::default();
    for legs in legs.chunk_by(|a, b| (a.field, a.terms) == (b.field, b.terms)) {
        let terms = segment.terms(legs[0].field, legs[0].terms);
        let lists = segment.postings(legs[0].field, legs[0].terms)?;
        let mut long = None;
        for leg in legs {
            let documents = leg.info.doc_freq as usize;
            if documents < BLOCK {
                // Most words are rare. To make a reader ready takes longer than to read these.
                let list = lists.get(leg.info.postings_range.start..).unwrap_or_default();
                let Some((documents, times)) = short.read(list, documents) else {
                    let found = "a list of postings that does not end";
                    return Err(DataCorruption::comment_only(found).into());
                };
                each(leg, documents, times);
                continue;
            }
            let postings = match &mut long {
                Some(postings) => {
                    terms.reset_block_postings_from_terminfo(&leg.info, postings)?;
                    postings
                }
                None => long.insert(block_postings(segment, leg)?),
            };
            let mut left = documents;
            while !postings.docs().is_empty() {
                each(leg, postings.docs(), postings.freqs());
                left = left.saturating_sub(postings.docs().len());
                if left == 0 {
                    // To find that there is no other block takes as long as to read one.
                    break;
                }
                postings.advance();
            }
        }
    }
    Ok(())
}

/// Documents in a block of tantivy's. Shorter lists have no blocks: the differences of documents, one
/// after the other, then how often the term occurs in each, as numbers of seven bits a byte; the last
/// byte of each has its highest bit set.
const BLOCK: usize = 128;

/// Reads lists without blocks.
struct Short {
    documents: [DocId; BLOCK],
    times: [u32; BLOCK],
}

impl Default for Short {
    fn default() -> Short {
        Short { documents: [0; BLOCK], times: [0; BLOCK] }
    }
}

impl Short {
    /// The postings of a list of so many documents; it may be followed by other bytes. `None` if it
    /// does not hold so many.
    fn read(&mut self, list: &[u8], documents: usize) -> Option<(&[DocId], &[u32])> {
        let rest = numbers(list, &mut self.documents[..documents])?;
        let mut document: DocId = 0;
        for place in &mut self.documents[..documents] {
            document = document.wrapping_add(*place);
            *place = document;
        }
        let times = &mut self.times[..documents];
        let single = rest.get(..documents)?;
        // Seldom does a term occur 128 times in a document.
        if single.iter().fold(END, |all, byte| all & byte) == END {
            for (times, byte) in times.iter_mut().zip(single) {
                *times = u32::from(byte & !END);
            }
        } else {
            numbers(rest, times)?;
        }
        Some((&self.documents[..documents], &self.times[..documents]))
    }
}

/// The bit of the last byte of a number.
const END: u8 = 0x80;

/// Reads as many numbers as there is room for; the bytes behind them. Takes a byte at a time, whether
/// it ends a number or not: to guess that, or to look for the end first, takes twice as long.
fn numbers<'l>(list: &'l [u8], numbers: &mut [u32]) -> Option<&'l [u8]> {
    let (mut begun, mut bits, mut count) = (0_u32, 0_u32, 0);
    for (at, byte) in list.iter().enumerate() {
        let Some(place) = numbers.get_mut(count) else { return Some(&list[at..]) };
        let number = begun | u32::from(byte & !END).wrapping_shl(bits);
        *place = number;
        let ends = byte >> 7;
        count += usize::from(ends);
        // All bits where the number goes on.
        let goes_on = u32::from(ends).wrapping_sub(1);
        begun = number & goes_on;
        bits = (bits + 7) & goes_on;
    }
    (count == numbers.len()).then_some(&[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ranking::TextField;
    use crate::searcher::Terms;
    use crate::{Document, Index};

    #[test]
    fn numbers_of_any_size_are_read() {
        let wanted = [0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, 1 << 28, u32::MAX];
        let mut list = Vec::new();
        for mut number in wanted {
            while number > 127 {
                list.push((number & 0x7f) as u8);
                number >>= 7;
            }
            list.push(number as u8 | END);
        }
        let mut read = [0; 10];
        assert_eq!(numbers(&list, &mut read), Some(&[][..]));
        assert_eq!(read, wanted);
        assert_eq!(numbers(&list, &mut read[..9]), Some(&list[list.len() - 5..]));
        assert_eq!(numbers(&list, &mut [0; 11]), None, "there are ten");
        assert_eq!(numbers(&[1; 90], &mut read), None, "a number without an end");
        assert!(Short::default().read(&list, wanted.len()).is_none(), "no frequencies");
    }

    /// What is read here is tantivy's own format: if that changes, this fails.
    #[test]
    fn postings_are_those_that_tantivy_reads() {
        let index = Index::in_memory().expect("an index");
        let mut writer = index.writer().expect("its writer");
        for number in 0..700_usize {
            let mut words: Vec<String> =
                (2..40).filter(|of| number % of == 0).map(|of| format!("von{of}")).collect();
            words.push("oft ".repeat(number % 300));
            words.push(format!("allein{number}"));
            let (id, body) = (number.to_string(), words.join(" "));
            let title = format!("Nummer {}", number % 140);
            writer.put(Document { id, title, body, ..Document::default() }).expect("a document");
        }
        writer.commit().expect("they can be written");
        let searcher = index.searcher().expect("a searcher");
        let mut lengths = Vec::new();
        for segment in searcher.segments() {
            let mut legs = Vec::new();
            for field in [TextField::Title, TextField::Body] {
                let mut stream =
                    segment.terms(field, Terms::Words).terms().stream().expect("terms");
                while stream.advance() {
                    let info = stream.value().clone();
                    legs.push(TermLeg { field, terms: Terms::Words, info, weight: 1.0 });
                }
            }
            let mut wanted = Vec::new();
            for (number, leg) in legs.iter().enumerate() {
                let mut blocks = block_postings(segment, leg).expect("postings");
                while !blocks.docs().is_empty() {
                    let pairs = blocks.docs().iter().zip(blocks.freqs());
                    wanted.extend(pairs.map(|(document, times)| (number, *document, *times)));
                    blocks.advance();
                }
            }
            let mut read = Vec::new();
            read_each(segment, &legs, |leg, documents, times| {
                let number = legs.iter().position(|other| std::ptr::eq(other, leg));
                let number = number.expect("it is one of them");
                let pairs = documents.iter().zip(times);
                read.extend(pairs.map(|(document, times)| (number, *document, *times)));
            })
            .expect("they can be read");
            assert_eq!(read, wanted);
            lengths.extend(legs.iter().map(|leg| leg.info.doc_freq as usize));
        }
        assert!(lengths.iter().any(|documents| *documents > BLOCK), "some have blocks");
        assert!(lengths.iter().any(|documents| *documents < BLOCK), "some have none");
    }
}
