//! Walks through the dictionaries of an index: its terms in order, without their postings.

use std::ops::ControlFlow;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::TermInfo;
use tantivy::termdict::TermStreamer;
use tantivy_fst::Automaton;

use crate::automata::{Glob, Near, NearKey};
use crate::schema::SEPARATOR;

/// The halves of a term that maps one string to another.
pub(crate) fn split_pair(pair: &str) -> Option<(&str, &str)> {
    pair.split_once(SEPARATOR)
}

/// Calls `each` with the second half of every term whose first half is `first`.
pub(crate) fn for_each_pair(
    index: &InvertedIndexReader,
    first: &str,
    mut each: impl FnMut(&str, &TermInfo),
) -> tantivy::Result<()> {
    // The separator is the only byte between the two halves.
    let from = format!("{first}{SEPARATOR}");
    let to = format!("{first}{}", char::from(SEPARATOR as u8 + 1));
    let mut terms = index.terms().range().ge(from.as_bytes()).lt(to.as_bytes()).into_stream()?;
    while terms.advance() {
        let pair = std::str::from_utf8(terms.key()).ok().and_then(split_pair);
        if let Some((_, second)) = pair {
            each(second, terms.value());
        }
    }
    Ok(())
}

/// Calls `each` with the halves of every term whose first half is near a key, until it says to stop.
pub(crate) fn for_each_near_key(
    index: &InvertedIndexReader,
    key: &NearKey,
    mut each: impl FnMut(&str, &str) -> ControlFlow<()>,
) -> tantivy::Result<()> {
    let mut terms = index.terms().search(key).into_stream()?;
    while terms.advance() {
        let pair = std::str::from_utf8(terms.key()).ok().and_then(split_pair);
        if let Some((first, second)) = pair
            && each(first, second).is_break()
        {
            break;
        }
    }
    Ok(())
}

/// A walk through the terms of a dictionary.
pub(crate) enum Walk<'a> {
    Near(&'a Near),
    Fitting(&'a Glob),
    /// Those that begin so. Found without an automaton, which would be asked at every letter.
    Beginning(&'a str),
}

impl<'a> Walk<'a> {
    /// Those that fit a pattern.
    pub fn fitting(pattern: &'a str, glob: &'a Glob) -> Walk<'a> {
        match pattern.strip_suffix('*').filter(|prefix| !prefix.contains(['*', '?'])) {
            Some(prefix) => Walk::Beginning(prefix),
            None => Walk::Fitting(glob),
        }
    }

    /// Calls `each` with every one of them, in order.
    pub fn for_each(
        &self,
        index: &InvertedIndexReader,
        each: impl FnMut(&[u8], &TermInfo),
    ) -> tantivy::Result<()> {
        fn run<A: Automaton<State: Clone>>(
            mut terms: TermStreamer<'_, A>,
            mut each: impl FnMut(&[u8], &TermInfo),
        ) -> tantivy::Result<()> {
            while terms.advance() {
                each(terms.key(), terms.value());
            }
            Ok(())
        }
        match self {
            Walk::Near(near) => run(index.terms().search(*near).into_stream()?, each),
            Walk::Fitting(glob) => run(index.terms().search(*glob).into_stream()?, each),
            Walk::Beginning(prefix) => {
                let mut end = prefix.as_bytes().to_vec();
                // No letter of UTF-8 ends in the highest byte.
                if let Some(last) = end.last_mut() {
                    *last += 1;
                }
                let range = index.terms().range().ge(prefix.as_bytes()).lt(&end);
                run(range.into_stream()?, each)
            }
        }
    }
}
