//! Walks through the dictionaries of an index: its terms in order, without their postings.

use tantivy::index::InvertedIndexReader;
use tantivy::postings::TermInfo;
use tantivy::termdict::{TermDictionary, TermStreamer};
use tantivy_fst::Automaton;

use crate::automata::{Glob, Near};
use crate::schema::SEPARATOR;
use crate::term_list::TermList;

/// The halves of a term that maps one string to another.
pub(crate) fn split_pair(pair: &str) -> Option<(&str, &str)> {
    // Most terms are none: they are told before anything else is asked of them.
    let at = memchr::memchr(SEPARATOR as u8, pair.as_bytes())?;
    Some((&pair[..at], &pair[at + 1..]))
}

/// Calls `each` with the second half of every term whose first half is `first`.
pub(crate) fn for_each_pair(
    index: &InvertedIndexReader,
    first: &str,
    mut each: impl FnMut(&str, &TermInfo),
) -> tantivy::Result<()> {
    let (from, to) = range(first);
    let mut terms = index.terms().range().ge(from).lt(to).into_stream()?;
    while terms.advance() {
        let pair = std::str::from_utf8(terms.key()).ok().and_then(split_pair);
        if let Some((_, second)) = pair {
            each(second, terms.value());
        }
    }
    Ok(())
}

/// How many terms there are from one on and before another.
pub(crate) fn count_between(
    terms: &TermDictionary,
    from: &[u8],
    to: &[u8],
) -> tantivy::Result<usize> {
    Ok(number_from(terms, to)?.saturating_sub(number_from(terms, from)?))
}

/// The number of the first term from one on: terms are numbered in their order.
fn number_from(terms: &TermDictionary, from: &[u8]) -> tantivy::Result<usize> {
    let mut terms_from = terms.range().ge(from).into_stream()?;
    let any = terms_from.advance();
    Ok(if any { terms_from.term_ord() as usize } else { terms.num_terms() })
}

/// The first term of a pair with such a first half, and the first behind all of them.
pub(crate) fn range(first: &str) -> (Vec<u8>, Vec<u8>) {
    let from = format!("{first}{SEPARATOR}").into_bytes();
    let to = behind(&from);
    (from, to)
}

/// The first bytes behind all that begin with some.
pub(crate) fn behind(beginning: &[u8]) -> Vec<u8> {
    let mut behind = beginning.to_vec();
    // Neither the separator nor a letter of UTF-8 ends in the highest byte.
    if let Some(last) = behind.last_mut() {
        *last += 1;
    }
    behind
}

/// A walk through the terms of a dictionary.
pub(crate) enum Walk<'a> {
    Near(&'a Near),
    Fitting(&'a Glob),
    /// Those that begin so. Found without an automaton, which would be asked at every letter.
    Beginning(&'a str),
    /// Those that fit and hold a piece, somewhere or at their end. An automaton would walk through
    /// every term: they may begin with anything.
    Holding {
        glob: &'a Glob,
        piece: &'a str,
        at_end: bool,
    },
}

impl<'a> Walk<'a> {
    /// Those that fit a pattern.
    pub fn fitting(pattern: &'a str, glob: &'a Glob) -> Walk<'a> {
        match pattern.strip_suffix('*').filter(|prefix| !prefix.contains(['*', '?'])) {
            Some(prefix) => Walk::Beginning(prefix),
            None if pattern.trim_start_matches('?').starts_with('*') => {
                let pieces = pattern.split(['*', '?']).enumerate();
                let (last, piece) = pieces.max_by_key(|(_, piece)| piece.len()).unwrap_or((0, ""));
                let at_end = last == pattern.matches(['*', '?']).count();
                Walk::Holding { glob, piece, at_end }
            }
            None => Walk::Fitting(glob),
        }
    }

    /// What all of them begin with, as far as that is known.
    pub fn beginning(&self) -> &str {
        if let Walk::Beginning(prefix) = self { prefix } else { "" }
    }

    /// Calls `each` with every one of them, in order. `list` has the terms in one piece, if there is
    /// one.
    pub fn for_each(
        &self,
        terms: &TermDictionary,
        list: Option<&TermList>,
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
        match (self, list) {
            (Walk::Holding { glob, piece, at_end }, Some(list)) => {
                list.holding(piece, *at_end, |term| glob.matches(term), each);
                Ok(())
            }
            (Walk::Beginning(prefix), _) => {
                let end = behind(prefix.as_bytes());
                run(terms.range().ge(prefix.as_bytes()).lt(&end).into_stream()?, each)
            }
            (Walk::Near(near), _) => run(terms.search(*near).into_stream()?, each),
            (Walk::Fitting(glob) | Walk::Holding { glob, .. }, _) => {
                run(terms.search(*glob).into_stream()?, each)
            }
        }
    }
}
