//! Words that walks through the dictionaries of all segments and fields meet, put together.
//!
//! A short prefix meets ten thousands. Few are taken, so of the others nothing is kept but their
//! bytes, one behind the other.

use std::cmp::{Ordering, Reverse};
use std::ops::Range;

use tantivy::postings::TermInfo;

use super::{Expander, Found, MOST_EXPANSIONS, TermLeg};
use crate::dictionary::Walk;
use crate::ranking::{TextField, weight};
use crate::results::MatchKind;
use crate::searcher::Terms;

/// A word in one dictionary.
struct Met {
    /// Where it stands among all bytes.
    text: Range<u32>,
    /// The number of the dictionary.
    place: u32,
    /// Letters that differ.
    edits: u8,
    info: TermInfo,
}

/// A word in all of them.
struct Together {
    /// Its places in the order of all words.
    entries: Range<u32>,
    edits: u8,
    /// Documents that hold it.
    documents: u64,
}

/// Bytes that words are sorted by before all of them are looked at.
const KEY_BYTES: usize = 16;

/// A word by number in the order of all.
struct Place {
    /// Its first bytes behind what all words begin with.
    key: u128,
    met: u32,
}

/// The number of a word that is not taken.
const NOT_TAKEN: u32 = u32::MAX;

/// The words met, dictionary by dictionary, in the order of their bytes within each.
#[derive(Default)]
struct Scan {
    text: Vec<u8>,
    met: Vec<Met>,
}

impl Scan {
    fn meet(&mut self, place: usize, word: &[u8], edits: u8, info: &TermInfo) {
        let start = self.text.len() as u32;
        self.text.extend_from_slice(word);
        let text = start..self.text.len() as u32;
        self.met.push(Met { text, place: place as u32, edits, info: info.clone() });
    }

    fn word(&self, met: u32) -> &[u8] {
        let text = &self.met[met as usize].text;
        &self.text[text.start as usize..text.end as usize]
    }

    /// The words in the order of their bytes; those of one dictionary before those of the next. All
    /// begin with so many bytes that are the same.
    fn sorted(&self, same: usize) -> Vec<Place> {
        let place = |met: u32| {
            let behind = self.word(met).get(same..).unwrap_or_default();
            let mut first = [0; KEY_BYTES];
            let count = behind.len().min(KEY_BYTES);
            first[..count].copy_from_slice(&behind[..count]);
            Place { key: u128::from_be_bytes(first), met }
        };
        let mut places: Vec<Place> = (0..self.met.len() as u32).map(place).collect();
        // Stable: it finds that the words of each dictionary are in order already.
        places.sort_by(|a, b| a.key.cmp(&b.key).then_with(|| self.compare_rest(a, b, same)));
        places
    }

    /// Compares what the keys of two words do not tell, if they are the same.
    fn compare_rest(&self, a: &Place, b: &Place, same: usize) -> Ordering {
        // No word holds a zero: where the last byte is one, the key tells all.
        if a.key as u8 == 0 {
            return Ordering::Equal;
        }
        let rest = |place: &Place| &self.word(place.met)[same + KEY_BYTES..];
        rest(a).cmp(rest(b))
    }

    /// The words of all dictionaries; `fields`: that of each dictionary.
    fn together(&self, sorted: &[Place], same: usize, fields: &[TextField]) -> Vec<Together> {
        let mut words = Vec::with_capacity(sorted.len());
        let mut start = 0;
        let is_same =
            |a: &Place, b: &Place| a.key == b.key && self.compare_rest(a, b, same).is_eq();
        for same in sorted.chunk_by(is_same) {
            let mut held = [0; TextField::ALL.len()];
            for met in same.iter().map(|place| &self.met[place.met as usize]) {
                held[fields[met.place as usize] as usize] += u64::from(met.info.doc_freq);
            }
            let entries = start..start + same.len() as u32;
            start = entries.end;
            let edits = self.met[same[0].met as usize].edits;
            // What stands in a title mostly stands in the body, too.
            let documents = held.into_iter().max().unwrap_or(0);
            words.push(Together { entries, edits, documents });
        }
        words
    }
}

impl Expander<'_> {
    /// Goes through words of the index and takes the best. `edits` gives the letters in which one
    /// differs, `None` to step over it.
    pub(super) fn scan(
        &self,
        walk: &Walk<'_>,
        found: &mut Found,
        edits: impl Fn(&[u8]) -> Option<u8>,
    ) -> tantivy::Result<()> {
        let places: Vec<_> = self.places().collect();
        let mut scan = Scan::default();
        for (place, &(ordinal, _, field)) in places.iter().enumerate() {
            self.searcher.walk(walk, (ordinal, field, Terms::Words), |word, info| {
                if let Some(edits) = edits(word) {
                    scan.meet(place, word, edits, info);
                }
            })?;
        }
        let same = walk.beginning().len();
        let sorted = scan.sorted(same);
        let fields: Vec<TextField> = places.iter().map(|(.., field)| *field).collect();
        let mut words = scan.together(&sorted, same, &fields);
        let text = |word: &Together| {
            std::str::from_utf8(scan.word(sorted[word.entries.start as usize].met)).ok()
        };
        if !found.numbers.is_empty() {
            // Words found before are what was typed, or other forms of it.
            words.retain(|word| text(word).is_some_and(|text| !found.numbers.contains_key(text)));
        }
        let rank = |word: &Together| (word.edits, Reverse(word.documents), word.entries.start);
        if words.len() > MOST_EXPANSIONS {
            words.select_nth_unstable_by_key(MOST_EXPANSIONS, rank);
            words.truncate(MOST_EXPANSIONS);
            found.cut = true;
        }
        words.sort_unstable_by_key(rank);
        found.numbers.reserve(words.len());
        let mut taken = vec![NOT_TAKEN; scan.met.len()];
        for (number, word) in (0..).zip(&words) {
            for place in &sorted[word.entries.start as usize..word.entries.end as usize] {
                taken[place.met as usize] = number;
            }
        }
        let kind = |word: &Together| match word.edits {
            0 => MatchKind::Wildcard,
            _ => MatchKind::Fuzzy,
        };
        let number = |word: &Together| {
            let text = text(word).unwrap_or_default();
            (found.number(text, kind(word), word.edits), weight(kind(word), word.edits))
        };
        let numbers: Vec<(usize, f32)> = words.iter().map(number).collect();
        found.legs.reserve(words.iter().map(|word| word.entries.len()).sum());
        for (met, taken) in scan.met.into_iter().zip(taken).filter(|(_, taken)| *taken != NOT_TAKEN)
        {
            let (number, weight) = numbers[taken as usize];
            let (ordinal, _, field) = places[met.place as usize];
            let leg = TermLeg { field, terms: Terms::Words, info: met.info, weight };
            found.legs.push((ordinal, number, leg));
        }
        Ok(())
    }
}
