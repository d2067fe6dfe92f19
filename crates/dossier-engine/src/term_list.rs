//! The terms of a dictionary in one piece of memory, to find what stands within them.
//!
//! A dictionary answers what its terms begin with. For what they end with or hold, every letter of
//! every term is looked at: in one piece that takes a tenth of the time it takes in the dictionary.
//! Making the list takes as long as one walk through the dictionary; it is kept.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::{num::NonZero, thread};

use memchr::memmem;
use tantivy::termdict::TermDictionary;

/// Behind each term. No letter of UTF-8 has this byte.
const END: u8 = 0xff;

/// Terms of an index that are listed; of more, the list would take too much memory (some 15 bytes for
/// each).
pub(crate) const MOST_LISTED: usize = 4_000_000;

/// Terms read by one thread at a time.
const PART: u64 = 50_000;

/// More threads than that share too little work.
const MOST_THREADS: usize = 4;

/// The terms of a dictionary, in order.
#[derive(Default)]
pub(crate) struct TermList {
    /// Each with [`END`] behind it.
    text: Vec<u8>,
    /// Where each begins.
    starts: Vec<u32>,
}

impl TermList {
    /// Lists the terms of some dictionaries, on several threads where they are many.
    pub fn read(dictionaries: &[&TermDictionary]) -> tantivy::Result<Vec<TermList>> {
        let parts: Vec<(usize, u64)> = dictionaries
            .iter()
            .enumerate()
            .flat_map(|(number, terms)| {
                let parts = (terms.num_terms() as u64).div_ceil(PART);
                (0..parts).map(move |part| (number, part * PART))
            })
            .collect();
        let next = AtomicUsize::new(0);
        let read_some = || -> tantivy::Result<Vec<(usize, TermList)>> {
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
            lists[parts[at].0].append(&part);
        }
        Ok(lists)
    }

    fn append(&mut self, part: &TermList) {
        let before = self.text.len() as u32;
        self.text.extend_from_slice(&part.text);
        self.starts.extend(part.starts.iter().map(|start| before + start));
    }

    /// Calls `each` with every term that holds a piece, or ends with it.
    pub fn holding(&self, piece: &str, at_end: bool, mut each: impl FnMut(&str)) {
        let mut wanted = piece.as_bytes().to_vec();
        if at_end {
            wanted.push(END);
        }
        let finder = memmem::Finder::new(&wanted);
        let mut from = 0;
        while let Some(at) = self.text.get(from..).and_then(|rest| finder.find(rest)) {
            let at = from + at;
            let number = self.starts.partition_point(|start| *start as usize <= at) - 1;
            let start = self.starts[number] as usize;
            let end = self.starts.get(number + 1).map_or(self.text.len(), |next| *next as usize);
            if let Ok(term) = std::str::from_utf8(&self.text[start..end - 1]) {
                each(term);
            }
            from = end;
        }
    }
}

/// The terms of a dictionary from a number on, as many as one thread reads.
fn part(terms: &TermDictionary, from: u64) -> tantivy::Result<TermList> {
    let mut first = Vec::new();
    terms.ord_to_term(from, &mut first)?;
    let mut stream = terms.range().ge(&first).into_stream()?;
    let mut list = TermList::default();
    for _ in 0..PART {
        if !stream.advance() {
            break;
        }
        list.starts.push(list.text.len() as u32);
        list.text.extend_from_slice(stream.key());
        list.text.push(END);
    }
    Ok(list)
}
