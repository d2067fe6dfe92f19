//! What was found for a word, counted, cut, and sorted by segment.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::{Alternatives, Expander, LEAST_EXPANSIONS, PlanTerm, TermLeg};
use crate::query::Word;
use crate::ranking::{TextField, any_of, rarity};
use crate::results::MatchKind;
use crate::searcher::Terms;
use crate::together::TermText;

/// What has been found for one word.
#[derive(Default)]
pub(super) struct Found {
    pub terms: Vec<FoundTerm>,
    /// Number of a term by its key, of those that are asked for.
    pub numbers: FxHashMap<Box<str>, usize>,
    /// How a part is shown to readers.
    pub shown: Box<str>,
    /// Segment by segment, each with the number of its term.
    pub legs: Vec<Vec<(usize, TermLeg)>>,
    /// Whether not all was looked for.
    pub cut: bool,
}

/// A word of the index, before it is known whether it is taken.
pub(super) struct FoundTerm {
    /// Its folded form, or `folded␟exact`, or `␟stem` of a part.
    key: TermText,
    pub kind: MatchKind,
    pub edits: u8,
    documents: u64,
}

impl Found {
    /// The number of a term by its key.
    pub fn number(&mut self, key: &str, kind: MatchKind, edits: u8) -> usize {
        if let Some(&number) = self.numbers.get(key) {
            return number;
        }
        self.numbers.insert(key.into(), self.terms.len());
        self.add(key.into(), kind, edits)
    }

    /// The number of a new term that nobody asks for by its key.
    pub fn add(&mut self, key: TermText, kind: MatchKind, edits: u8) -> usize {
        self.terms.push(FoundTerm { key, kind, edits, documents: 0 });
        self.terms.len() - 1
    }

    /// Those of a segment.
    pub fn legs_in(&mut self, segment: usize) -> &mut Vec<(usize, TermLeg)> {
        if self.legs.len() <= segment {
            self.legs.resize_with(segment + 1, Vec::new);
        }
        &mut self.legs[segment]
    }

    /// How many documents hold a folded word that was looked up.
    pub fn documents(&self, folded: &str) -> u64 {
        let Some(&number) = self.numbers.get(folded) else { return 0 };
        // What stands in a title mostly stands in the body, too.
        let mut held = [0; TextField::ALL.len()];
        for (of, leg) in self.legs.iter().flatten() {
            if *of == number && leg.terms == Terms::Words {
                held[leg.field as usize] += u64::from(leg.info.doc_freq);
            }
        }
        held.into_iter().max().unwrap_or(0)
    }

    /// Segments and fields where a term occurs: only there it has spellings.
    pub fn places(&self, number: usize) -> Vec<(usize, TextField)> {
        let legs = self
            .legs
            .iter()
            .enumerate()
            .flat_map(|(ordinal, legs)| legs.iter().map(move |(of, leg)| (ordinal, *of, leg)));
        let here = legs.filter(|(_, of, leg)| *of == number && leg.terms == Terms::Words);
        here.map(|(ordinal, _, leg)| (ordinal, leg.field)).collect()
    }
}

impl Expander<'_> {
    /// Counts documents, cuts what is too much, and sorts the postings by segment.
    pub(super) fn settle(&mut self, found: Found, word: &Word) -> Alternatives {
        let Found { mut terms, shown, legs, cut, .. } = found;
        // In how many documents each term stands, by field.
        let mut held = vec![[0; TextField::ALL.len()]; terms.len()];
        for (number, leg) in legs.iter().flatten() {
            // Spellings are among the occurrences of the folded word, unless they stand alone.
            if leg.terms != Terms::Spellings || terms[*number].key.split_pair().is_some() {
                held[*number][leg.field as usize] += u64::from(leg.info.doc_freq);
            }
        }
        for (term, held) in terms.iter_mut().zip(held) {
            // What stands in a title mostly stands in the body, too.
            term.documents = held.into_iter().max().unwrap_or(0);
        }
        let mut numbers: Vec<usize> = (0..terms.len()).collect();
        numbers.retain(|number| terms[*number].documents > 0);
        numbers.sort_unstable_by(|a, b| {
            let rank = |term: &FoundTerm| (term.kind, term.edits, Reverse(term.documents));
            let (a, b) = (&terms[*a], &terms[*b]);
            rank(a).cmp(&rank(b)).then_with(|| (*a.key).cmp(&*b.key))
        });
        let most = self.budget.max(LEAST_EXPANSIONS);
        let cut = cut || numbers.len() > most;
        numbers.truncate(most);
        self.budget -= numbers.len().min(self.budget);
        let mut taken = vec![false; terms.len()];
        for number in &numbers {
            taken[*number] = true;
        }
        let segment = |legs: Vec<(usize, TermLeg)>| {
            let taken = legs.into_iter().filter(|(number, _)| taken[*number]);
            let mut legs: Vec<TermLeg> = taken.map(|(_, leg)| leg).collect();
            // Most have none, and to sort takes memory even of what is in order.
            if legs.iter().any(|leg| leg.terms == Terms::Parts) {
                legs.sort_by_key(|leg| leg.terms != Terms::Parts);
            }
            legs
        };
        let mut legs: Vec<Vec<TermLeg>> = legs.into_iter().map(segment).collect();
        legs.resize_with(self.searcher.segments().len(), Vec::new);
        let term = |number: usize| {
            let FoundTerm { key, kind, edits, documents } = &mut terms[number];
            let (kind, edits, documents) = (*kind, *edits, *documents);
            let (text, of, exact): (TermText, _, _) = match key.split_pair() {
                Some(("", stem)) => (stem.into(), Terms::Parts, None),
                Some((folded, exact)) => (folded.into(), Terms::Words, Some(exact.into())),
                None => (std::mem::take(key), Terms::Words, None),
            };
            let shown = (of == Terms::Parts).then(|| shown.clone());
            PlanTerm { text, of, shown, exact, kind, edits, documents }
        };
        let terms: Vec<PlanTerm> = numbers.into_iter().map(term).collect();
        let all = self.searcher.documents() as u64;
        // A word is as rare as it is itself, not as what it is a part of.
        let of = |itself: bool| {
            let counted = terms.iter().filter(|term| term.kind.is_word_itself() == itself);
            any_of(counted.map(|term| term.documents), all)
        };
        let documents = Some(of(true)).filter(|documents| *documents > 0).unwrap_or(of(false));
        Alternatives { rarity: rarity(documents, all), terms, legs, cut, typed: word.clone() }
    }
}
