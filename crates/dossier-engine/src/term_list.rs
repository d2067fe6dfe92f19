//! The terms of a dictionary in one piece of memory, to find what stands within them.
//!
//! For what they end with or hold, every letter of
//! every term is looked at: in one piece that takes a tenth of the time it takes in the dictionary.
//! Making the list takes as long as one walk through the dictionary.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::{num::NonZero, thread};

use memchr::memmem;
use tantivy::postings::TermInfo;
use tantivy::termdict::{TermDictionary, TermStreamer};

/// Behind each term. No letter of UTF-8 has this byte.
const END: u8 = 0xff;

/// Terms read by one thread at a time.
const PART: u64 = 50_000;

/// More threads than that share too little work.
const MOST_THREADS: usize = 4;

/// The terms of a dictionary, in order, and where their postings are: some 30 bytes for each.
#[derive(Default)]
pub(crate) struct TermList {
    /// Each with [`END`] behind it.
    text: Vec<u8>,
    /// Where each begins.
    starts: Vec<u32>,
    documents: Vec<u32>,
    /// Where the postings and positions of each end: those of the next begin there.
    ends: Vec<[u32; 2]>,
    /// Where those of the first begin.
    first: [u32; 2],
}

impl TermList {
    /// Lists the terms of some dictionaries, on several threads where they are many. `None` where the
    /// postings of one take more bytes than a number in the list can tell.
    pub fn read(dictionaries: &[&TermDictionary]) -> tantivy::Result<Option<Vec<TermList>>> {
        let parts: Vec<(usize, u64)> = dictionaries
            .iter()
            .enumerate()
            .flat_map(|(number, terms)| {
                let parts = (terms.num_terms() as u64).div_ceil(PART);
                (0..parts).map(move |part| (number, part * PART))
            })
            .collect();
        let next = AtomicUsize::new(0);
        let read_some = || -> tantivy::Result<Vec<(usize, Option<TermList>)>> {
            let mut read = Vec::new();
            while let Some((at, (number, from))) = {
                let at = next.fetch_add(1, Ordering::Relaxed);
                parts.get(at).map(|part| (at, *part))
            } {
                read.push((at, part(dictionaries[number], from)?));
            }
            Ok(read)
        };
        let threads = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
        let mut read = thread::scope(|scope| {
            let others: Vec<_> =
                (1..threads.min(parts.len())).map(|_| scope.spawn(read_some)).collect();
            let mut read = read_some()?;
            for other in others {
                // What panics there panics here: the caller knows what to do about damage.
                let other = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                read.extend(other?);
            }
            Ok::<_, tantivy::TantivyError>(read)
        })?;
        read.sort_unstable_by_key(|(at, _)| *at);
        let mut lists: Vec<TermList> = dictionaries.iter().map(|_| TermList::default()).collect();
        for (at, part) in read {
            let Some(part) = part else { return Ok(None) };
            lists[parts[at].0].append(&part);
        }
        Ok(Some(lists))
    }

    /// Lists so many terms. `None` where their postings take too many bytes.
    fn of(mut terms: TermStreamer<'_>, most: u64) -> Option<TermList> {
        let mut list = TermList::default();
        for _ in 0..most {
            if !terms.advance() {
                break;
            }
            if !list.push(terms.key(), terms.value()) {
                return None;
            }
        }
        Some(list)
    }

    fn append(&mut self, part: &TermList) {
        let before = self.text.len() as u32;
        if self.starts.is_empty() {
            self.first = part.first;
        }
        self.text.extend_from_slice(&part.text);
        self.starts.extend(part.starts.iter().map(|start| before + start));
        self.documents.extend(&part.documents);
        self.ends.extend(&part.ends);
    }

    /// Adds a term; false if its postings lie too far behind.
    fn push(&mut self, term: &[u8], info: &TermInfo) -> bool {
        let (postings, positions) = (&info.postings_range, &info.positions_range);
        let numbers = |postings: usize, positions: usize| -> Option<[u32; 2]> {
            Some([postings.try_into().ok()?, positions.try_into().ok()?])
        };
        let (Some(start), Some(end)) =
            (numbers(postings.start, positions.start), numbers(postings.end, positions.end))
        else {
            return false;
        };
        if self.starts.is_empty() {
            self.first = start;
        }
        self.starts.push(self.text.len() as u32);
        self.text.extend_from_slice(term);
        self.text.push(END);
        self.documents.push(info.doc_freq);
        self.ends.push(end);
        true
    }

    fn info(&self, number: usize) -> TermInfo {
        let before = number.checked_sub(1).map_or(&self.first, |before| &self.ends[before]);
        let range = |of: usize| before[of] as usize..self.ends[number][of] as usize;
        TermInfo {
            doc_freq: self.documents[number],
            postings_range: range(0),
            positions_range: range(1),
        }
    }

    /// The bytes of a term.
    fn term(&self, number: usize) -> &[u8] {
        let start = self.starts[number] as usize;
        let end = self.starts.get(number + 1).map_or(self.text.len(), |next| *next as usize);
        &self.text[start..end - 1]
    }

    /// Calls `each` with every term that holds a piece, or ends with it, and fits.
    pub fn holding(
        &self,
        piece: &str,
        at_end: bool,
        fits: impl Fn(&[u8]) -> bool,
        mut each: impl FnMut(&[u8], &TermInfo),
    ) {
        let mut wanted = piece.as_bytes().to_vec();
        if at_end {
            wanted.push(END);
        }
        let finder = memmem::Finder::new(&wanted);
        let mut from = 0;
        while let Some(at) = self.text.get(from..).and_then(|rest| finder.find(rest)) {
            let at = from + at;
            let number = self.starts.partition_point(|start| *start as usize <= at) - 1;
            let term = self.term(number);
            if fits(term) {
                each(term, &self.info(number));
            }
            from = self.starts[number] as usize + term.len() + 1;
        }
    }
}

/// The terms of a dictionary from a number on, as many as one thread reads.
fn part(terms: &TermDictionary, from: u64) -> tantivy::Result<Option<TermList>> {
    let mut first = Vec::new();
    terms.ord_to_term(from, &mut first)?;
    Ok(TermList::of(terms.range().ge(&first).into_stream()?, PART))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERMS: [&str; 9] = ["a", "ab", "abc", "abd", "b", "ba", "bab", "é", "éa"];

    /// Where the postings of a term may be.
    fn info(number: usize) -> TermInfo {
        let range = |bytes| (number + 7) * bytes..(number + 8) * bytes;
        TermInfo {
            doc_freq: number as u32 + 1,
            postings_range: range(3),
            positions_range: range(5),
        }
    }

    fn list() -> TermList {
        let mut parts = [TermList::default(), TermList::default()];
        for (number, term) in TERMS.iter().enumerate() {
            assert!(parts[number / 5].push(term.as_bytes(), &info(number)));
        }
        let mut list = TermList::default();
        parts.iter().for_each(|part| list.append(part));
        list
    }

    #[test]
    fn terms_are_found_by_what_they_hold() {
        let list = list();
        for piece in ["a", "ab", "abc", "abz", "ba", "c", "é", "éa", "0", "z"] {
            let mut found = [Vec::new(), Vec::new()];
            let with = |found: &mut Vec<String>, term: &[u8], is: &TermInfo| {
                let term = String::from_utf8_lossy(term).into_owned();
                let number = TERMS.iter().position(|other| *other == term);
                assert_eq!(number.map(info).as_ref(), Some(is), "{term}");
                found.push(term);
            };
            let all = |_: &[u8]| true;
            list.holding(piece, false, all, |term, info| with(&mut found[0], term, info));
            list.holding(piece, true, all, |term, info| with(&mut found[1], term, info));
            let fitting = |fits: &dyn Fn(&str) -> bool| -> Vec<&str> {
                TERMS.into_iter().filter(|term| fits(term)).collect()
            };
            assert_eq!(found[0], fitting(&|term| term.contains(piece)), "*{piece}*");
            assert_eq!(found[1], fitting(&|term| term.ends_with(piece)), "*{piece}");
        }
    }

    #[test]
    fn postings_too_far_behind_are_not_listed() {
        let far = u32::MAX as usize + 1;
        let info = TermInfo { doc_freq: 1, postings_range: 0..1, positions_range: 0..far };
        assert!(!TermList::default().push(b"a", &info));
    }
}
