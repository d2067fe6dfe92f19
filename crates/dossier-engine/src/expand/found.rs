//! What was found for a word, counted, cut, and sorted by segment.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::{Alternatives, Expander, LEAST_EXPANSIONS, PlanTerm, TermLeg};
use crate::dictionary::split_pair;
use crate::query::Word;
use crate::ranking::{TextField, any_of, rarity};
use crate::results::MatchKind;
use crate::searcher::Terms;

/// What has been found for one word.
#[derive(Default)]
pub(super) struct Found {
    pub terms: Vec<FoundTerm>,
    /// Number of the term by its folded form, by `folded␟exact`, or by `␟stem` of a part.
    pub numbers: FxHashMap<Box<str>, usize>,
    /// How a part is shown to readers.
    pub shown: Box<str>,
    /// With the number of the segment, and that of the term.
    pub legs: Vec<(usize, usize, TermLeg)>,
    /// Whether not all was looked for.
    pub cut: bool,
}

/// A word of the index, before it is known whether it is taken.
pub(super) struct FoundTerm {
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
        self.terms.push(FoundTerm { kind, edits, documents: 0 });
        self.terms.len() - 1
    }

    /// How many documents hold a folded word that was looked up.
    pub fn documents(&self, folded: &str) -> u64 {
        let Some(&number) = self.numbers.get(folded) else { return 0 };
        // What stands in a title mostly stands in the body, too.
        let mut held = [0; TextField::ALL.len()];
        for (_, of, leg) in &self.legs {
            if *of == number && leg.terms == Terms::Words {
                held[leg.field as usize] += u64::from(leg.info.doc_freq);
            }
        }
        held.into_iter().max().unwrap_or(0)
    }

    /// Segments and fields where a term occurs: only there it has spellings.
    pub fn places(&self, number: usize) -> Vec<(usize, TextField)> {
        let legs =
            self.legs.iter().filter(|(_, of, leg)| *of == number && leg.terms == Terms::Words);
        legs.map(|(ordinal, _, leg)| (*ordinal, leg.field)).collect()
    }
}

impl Expander<'_> {
    /// Counts documents, cuts what is too much, and sorts the postings by segment.
    pub(super) fn settle(&mut self, found: Found, word: &Word) -> Alternatives {
        let Found { mut terms, numbers, shown, legs, cut } = found;
        let mut keys: Vec<(Box<str>, usize)> = numbers.into_iter().collect();
        keys.sort_unstable_by_key(|(_, number)| *number);
        // In how many documents each term stands, by field.
        let mut held = vec![[0; TextField::ALL.len()]; terms.len()];
        for (_, number, leg) in &legs {
            // Spellings are among the occurrences of the folded word, unless they stand alone.
            if leg.terms != Terms::Spellings || split_pair(&keys[*number].0).is_some() {
                held[*number][leg.field as usize] += u64::from(leg.info.doc_freq);
            }
        }
        for (term, held) in terms.iter_mut().zip(held) {
            // What stands in a title mostly stands in the body, too.
            term.documents = held.into_iter().max().unwrap_or(0);
        }
        keys.retain(|(_, number)| terms[*number].documents > 0);
        keys.sort_unstable_by(|(a, a_number), (b, b_number)| {
            let rank = |term: &FoundTerm| (term.kind, term.edits, Reverse(term.documents));
            rank(&terms[*a_number]).cmp(&rank(&terms[*b_number])).then_with(|| a.cmp(b))
        });
        let most = self.budget.max(LEAST_EXPANSIONS);
        let cut = cut || keys.len() > most;
        keys.truncate(most);
        self.budget -= keys.len().min(self.budget);
        let mut taken = vec![false; terms.len()];
        for (_, number) in &keys {
            taken[*number] = true;
        }
        let mut by_segment: Vec<Vec<TermLeg>> =
            self.searcher.segments().iter().map(|_| Vec::new()).collect();
        for (ordinal, number, leg) in legs {
            if taken[number] {
                by_segment[ordinal].push(leg);
            }
        }
        for legs in &mut by_segment {
            legs.sort_by_key(|leg| leg.terms != Terms::Parts);
        }
        let term = |(key, number): (Box<str>, usize)| {
            let FoundTerm { kind, edits, documents } = terms[number];
            let (text, of, exact): (Box<str>, _, _) = match split_pair(&key) {
                Some(("", stem)) => (stem.into(), Terms::Parts, None),
                Some((folded, exact)) => (folded.into(), Terms::Words, Some(exact.into())),
                None => (key, Terms::Words, None),
            };
            let shown = (of == Terms::Parts).then(|| shown.clone());
            PlanTerm { text, of, shown, exact, kind, edits, documents }
        };
        let terms: Vec<PlanTerm> = keys.into_iter().map(term).collect();
        let all = self.searcher.documents() as u64;
        // A word is as rare as it is itself, not as what it is a part of.
        let of = |itself: bool| {
            let counted = terms.iter().filter(|term| term.kind.is_word_itself() == itself);
            any_of(counted.map(|term| term.documents), all)
        };
        let documents = Some(of(true)).filter(|documents| *documents > 0).unwrap_or(of(false));
        Alternatives {
            rarity: rarity(documents, all),
            terms,
            legs: by_segment,
            cut,
            typed: word.clone(),
        }
    }
}
