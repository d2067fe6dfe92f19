//! Of the words that a walk through the dictionaries meets, the best.

use std::rc::Rc;
use std::sync::Arc;

use super::{Expander, Found, FoundTerm, MOST_EXPANSIONS, TermLeg};
use crate::dictionary::Walk;
use crate::ranking::weight;
use crate::results::MatchKind;
use crate::searcher::Terms;
use crate::together::{Entry, TermText, Together, number_of};

impl Expander<'_> {
    /// Goes through words of the index and takes the best. `edits` gives the letters in which one
    /// differs, `None` to step over it.
    pub(super) fn scan(
        &self,
        walk: &Walk<'_>,
        found: &mut Found,
        edits: impl Fn(&[u8]) -> Option<u8>,
    ) -> tantivy::Result<()> {
        let dictionaries = self.dictionaries(Terms::Words);
        let (list, all) = self.searcher.lists().on_walk(walk, dictionaries, edits)?;
        let mut ranks: Vec<u64> = if found.numbers.is_empty() {
            all.map(|number| list.rank(number)).collect()
        } else {
            // Words found before are what was typed, or other forms of it.
            let new = all.filter(|number| !found.numbers.contains_key(list.term(*number)));
            new.map(|number| list.rank(number)).collect()
        };
        if ranks.len() > MOST_EXPANSIONS {
            ranks.select_nth_unstable(MOST_EXPANSIONS);
            ranks.truncate(MOST_EXPANSIONS);
            found.cut = true;
        }
        ranks.sort_unstable();
        found.terms.reserve(ranks.len());
        let shared = Rc::new(Arc::clone(&list));
        let take = |rank: u64| {
            let number = number_of(rank);
            let (kind, edits) = match list.edits(number) {
                0 => (MatchKind::Wildcard, 0),
                edits => (MatchKind::Fuzzy, edits),
            };
            let text = TermText::Listed(Rc::clone(&shared), number as u32);
            (number, found.add(text, kind, edits))
        };
        let mut taken: Vec<(usize, usize)> = ranks.into_iter().map(take).collect();
        taken.sort_unstable();
        self.take(&list, &taken, Terms::Words, found);
        Ok(())
    }

    /// Adds the postings of terms of a list, dictionary by dictionary; `taken`: their numbers there
    /// and among what was found.
    pub(super) fn take(
        &self,
        list: &Together,
        taken: &[(usize, usize)],
        terms: Terms,
        found: &mut Found,
    ) {
        let places = self.dictionaries(terms).places();
        let mut by_place: Vec<_> = places.map(|place| (place, Vec::new())).collect();
        for (_, entries) in &mut by_place {
            entries.reserve(taken.len());
        }
        for &(term, number) in taken {
            for entry in list.entries(term) {
                by_place[entry.place as usize].1.push((number, entry));
            }
        }
        for ((ordinal, field), entries) in by_place {
            let mut legs = std::mem::take(found.legs_in(ordinal));
            legs.extend(entries.into_iter().map(|(number, entry): (usize, &Entry)| {
                let FoundTerm { kind, edits, .. } = found.terms[number];
                let (info, weight) = (entry.info(), weight(kind, edits));
                (number, TermLeg { field, terms, info, weight })
            }));
            *found.legs_in(ordinal) = legs;
        }
    }
}
