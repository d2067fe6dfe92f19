//! The terms of several dictionaries as one list: each once, in the order of their bytes, with where
//! it stands in which of them.
//!
//! A short prefix meets ten thousands, and few are taken. So of each nothing is kept but its bytes,
//! one behind the other, and numbers.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Deref, Range};
use std::rc::Rc;
use std::sync::Arc;

use tantivy::error::DataCorruption;
use tantivy::postings::TermInfo;

use crate::dictionary::split_pair;
use crate::ranking::TextField;

/// Terms of dictionaries, put together: some 60 bytes for each.
pub(crate) struct Together {
    text: String,
    /// With one behind the last, for where that ends.
    terms: Vec<Listed>,
    entries: Vec<Entry>,
}

struct Listed {
    /// Where its bytes begin.
    text: u32,
    /// The first of its entries.
    entry: u32,
    /// Documents that hold it.
    documents: u32,
    /// Letters that differ from what was looked for.
    edits: u8,
}

/// A term in one dictionary.
pub(crate) struct Entry {
    postings: u64,
    positions: u64,
    postings_bytes: u32,
    positions_bytes: u32,
    documents: u32,
    /// The number of the dictionary.
    pub place: u32,
}

impl Entry {
    fn new(place: usize, info: &TermInfo) -> Entry {
        // tantivy itself counts the bytes of a list so.
        let bytes = |range: &Range<usize>| range.len() as u32;
        Entry {
            postings: info.postings_range.start as u64,
            positions: info.positions_range.start as u64,
            postings_bytes: bytes(&info.postings_range),
            positions_bytes: bytes(&info.positions_range),
            documents: info.doc_freq,
            place: place as u32,
        }
    }

    pub fn info(&self) -> TermInfo {
        let range = |start: u64, bytes: u32| start as usize..start as usize + bytes as usize;
        TermInfo {
            doc_freq: self.documents,
            postings_range: range(self.postings, self.postings_bytes),
            positions_range: range(self.positions, self.positions_bytes),
        }
    }
}

impl Together {
    /// Terms.
    pub fn len(&self) -> usize {
        self.terms.len() - 1
    }

    /// Entries of all of them.
    pub fn entries_in_all(&self) -> usize {
        self.entries.len()
    }

    pub fn term(&self, number: usize) -> &str {
        &self.text[self.terms[number].text as usize..self.terms[number + 1].text as usize]
    }

    /// Where a term stands, dictionary by dictionary.
    pub fn entries(&self, number: usize) -> &[Entry] {
        &self.entries[self.terms[number].entry as usize..self.terms[number + 1].entry as usize]
    }

    /// Letters in which a term differs from what was looked for.
    pub fn edits(&self, number: usize) -> u8 {
        self.terms[number].edits
    }

    /// The numbers of the terms that begin so.
    pub fn beginning(&self, prefix: &str) -> Range<usize> {
        let first_with = |is_before: &dyn Fn(&[u8]) -> bool| {
            let (mut low, mut high, len) = (0, self.len(), prefix.len());
            while low < high {
                let middle = low + (high - low) / 2;
                let term = self.term(middle).as_bytes();
                if is_before(&term[..len.min(term.len())]) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            low
        };
        let prefix = prefix.as_bytes();
        first_with(&|first| first < prefix)..first_with(&|first| first <= prefix)
    }

    /// What puts the best terms first: fewest letters different, then most documents, then the order
    /// of their bytes. [`number_of`] gives the number back.
    pub fn rank(&self, number: usize) -> u64 {
        const MOST_DOCUMENTS: u32 = (1 << 30) - 1;
        let Listed { documents, edits, .. } = self.terms[number];
        let fewer = MOST_DOCUMENTS - documents.min(MOST_DOCUMENTS);
        u64::from(edits.min(3)) << 62 | u64::from(fewer) << 32 | number as u64
    }
}

/// The number of a term by its rank.
pub(crate) fn number_of(rank: u64) -> usize {
    rank as u32 as usize
}

/// The text of a term: its own, or that in a list. To copy the texts of a thousand terms, and to
/// throw them away, takes as long as to find them.
#[derive(Clone)]
pub(crate) enum TermText {
    Own(Box<str>),
    #[expect(
        clippy::redundant_allocation,
        reason = "to count a thousand owners atomically takes long"
    )]
    Listed(Rc<Arc<Together>>, u32),
}

impl TermText {
    /// The halves of a term that maps one string to another. Listed are only words, which are none:
    /// they are not looked at.
    pub fn split_pair(&self) -> Option<(&str, &str)> {
        match self {
            TermText::Own(text) => split_pair(text),
            TermText::Listed(..) => None,
        }
    }
}

impl Deref for TermText {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            TermText::Own(text) => text,
            TermText::Listed(list, number) => list.term(*number as usize),
        }
    }
}

impl Default for TermText {
    fn default() -> TermText {
        TermText::Own(Box::default())
    }
}

impl From<&str> for TermText {
    fn from(text: &str) -> TermText {
        TermText::Own(text.into())
    }
}

impl PartialEq for TermText {
    fn eq(&self, other: &TermText) -> bool {
        **self == **other
    }
}

impl fmt::Debug for TermText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, formatter)
    }
}

/// Terms met in dictionaries, one dictionary after the other, in the order of their bytes within each.
#[derive(Default)]
pub(crate) struct Scan {
    text: Vec<u8>,
    met: Vec<Met>,
}

/// A term in one dictionary, as it was met.
struct Met {
    /// Where it stands among all bytes.
    text: Range<u32>,
    edits: u8,
    entry: Entry,
}

/// Bytes that terms are sorted by before all of them are looked at.
const KEY_BYTES: usize = 16;

/// A term by number in the order of all.
struct Place {
    /// Its first bytes behind what all terms begin with.
    key: u128,
    met: u32,
}

impl Scan {
    /// Adds a term of a dictionary.
    pub fn meet(&mut self, place: usize, term: &[u8], edits: u8, info: &TermInfo) {
        let start = self.text.len() as u32;
        self.text.extend_from_slice(term);
        let text = start..self.text.len() as u32;
        self.met.push(Met { text, edits, entry: Entry::new(place, info) });
    }

    /// The terms in one list. All begin with so many bytes that are the same; `fields`: that of each
    /// dictionary.
    ///
    /// # Errors
    ///
    /// Terms that are no text: the index is damaged.
    pub fn together(self, same: usize, fields: &[TextField]) -> tantivy::Result<Together> {
        let sorted = self.sorted(same);
        let mut text = Vec::with_capacity(self.text.len());
        let mut terms = Vec::with_capacity(sorted.len() + 1);
        let mut entries = Vec::with_capacity(sorted.len());
        let is_same =
            |a: &Place, b: &Place| a.key == b.key && self.compare_rest(a, b, same).is_eq();
        let end = |text: &Vec<u8>, entries: &Vec<Entry>| (text.len() as u32, entries.len() as u32);
        for one in sorted.chunk_by(is_same) {
            let (at, entry) = end(&text, &entries);
            text.extend_from_slice(self.term(one[0].met));
            let mut held = [0_u32; TextField::ALL.len()];
            for place in one {
                let Met { entry, .. } = &self.met[place.met as usize];
                let held = &mut held[fields[entry.place as usize] as usize];
                *held = held.saturating_add(entry.documents);
                entries.push(Entry { ..*entry });
            }
            // What stands in a title mostly stands in the body, too.
            let documents = held.into_iter().max().unwrap_or(0);
            let edits = self.met[one[0].met as usize].edits;
            terms.push(Listed { text: at, entry, documents, edits });
        }
        let (at, entry) = end(&text, &entries);
        terms.push(Listed { text: at, entry, documents: 0, edits: 0 });
        let text = String::from_utf8(text).map_err(|_| {
            DataCorruption::comment_only("a dictionary of words holds bytes that are no text")
        })?;
        Ok(Together { text, terms, entries })
    }

    fn term(&self, met: u32) -> &[u8] {
        let text = &self.met[met as usize].text;
        &self.text[text.start as usize..text.end as usize]
    }

    /// The terms in the order of their bytes; those of one dictionary before those of the next.
    fn sorted(&self, same: usize) -> Vec<Place> {
        let place = |met: u32| {
            let behind = self.term(met).get(same..).unwrap_or_default();
            let mut first = [0; KEY_BYTES];
            let count = behind.len().min(KEY_BYTES);
            first[..count].copy_from_slice(&behind[..count]);
            Place { key: u128::from_be_bytes(first), met }
        };
        let mut places: Vec<Place> = (0..self.met.len() as u32).map(place).collect();
        // Stable: it finds that the terms of each dictionary are in order already.
        places.sort_by(|a, b| a.key.cmp(&b.key).then_with(|| self.compare_rest(a, b, same)));
        places
    }

    /// Compares what the keys of two terms do not tell, if they are the same.
    fn compare_rest(&self, a: &Place, b: &Place, same: usize) -> Ordering {
        // No term holds a zero: where the last byte is one, the key tells all.
        if a.key as u8 == 0 {
            return Ordering::Equal;
        }
        let rest = |place: &Place| &self.term(place.met)[same + KEY_BYTES..];
        rest(a).cmp(rest(b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(documents: u32) -> TermInfo {
        let start = documents as usize;
        TermInfo {
            doc_freq: documents,
            postings_range: start..start * 2,
            positions_range: start..start,
        }
    }

    /// Terms with their documents in a title and in two bodies.
    fn together(same: usize, dictionaries: [&[(&str, u32)]; 3]) -> Together {
        let mut scan = Scan::default();
        for (place, terms) in dictionaries.into_iter().enumerate() {
            for (term, documents) in terms {
                scan.meet(place, term.as_bytes(), 0, &info(*documents));
            }
        }
        let fields = [TextField::Title, TextField::Body, TextField::Body];
        scan.together(same, &fields).expect("they are text")
    }

    #[test]
    fn a_term_of_several_dictionaries_stands_once() {
        let long = ["abababababababababab1", "abababababababababab2"];
        let list = together(
            1,
            [
                &[("ab", 9), (long[1], 4)],
                &[("a", 1), ("ab", 5), (long[0], 2), (long[1], 3)],
                &[("ab", 6), ("abc", 1), ("aé", 8)],
            ],
        );
        let read = |number: usize| {
            let entries = list.entries(number).iter();
            (
                list.term(number),
                entries.map(|entry| (entry.place, entry.info().doc_freq)).collect::<Vec<_>>(),
            )
        };
        let all: Vec<_> = (0..list.len()).map(read).collect();
        assert_eq!(
            all,
            [
                ("a", vec![(1, 1)]),
                ("ab", vec![(0, 9), (1, 5), (2, 6)]),
                (long[0], vec![(1, 2)]),
                (long[1], vec![(0, 4), (1, 3)]),
                ("abc", vec![(2, 1)]),
                ("aé", vec![(2, 8)]),
            ]
        );
        assert_eq!(list.entries(1)[2].info(), info(6));
        let mut ranks: Vec<u64> = (0..list.len()).map(|number| list.rank(number)).collect();
        ranks.sort_unstable();
        // "ab" is in 11 bodies, which is more than in 9 titles; of equals the first stands first.
        assert_eq!(ranks.into_iter().map(number_of).collect::<Vec<_>>(), [1, 5, 3, 2, 0, 4]);
    }

    #[test]
    fn terms_are_found_by_what_they_begin_with() {
        let terms = ["a", "ab", "abc", "abd", "b", "ba", "bab", "é", "éa"];
        let with_numbers: Vec<(&str, u32)> = terms.into_iter().zip(1..).collect();
        let list = together(0, [&with_numbers, &[], &[]]);
        for prefix in ["a", "ab", "abc", "abz", "ba", "c", "é", "éa", "0", "z", ""] {
            let found: Vec<&str> = list.beginning(prefix).map(|number| list.term(number)).collect();
            let wanted = terms.iter().filter(|term| term.starts_with(prefix));
            assert_eq!(found, wanted.copied().collect::<Vec<_>>(), "{prefix}*");
        }
    }
}
