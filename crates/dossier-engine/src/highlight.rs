//! Passages of a document that show why it matches, with the words that do marked.
//!
//! The text of a hit is analysed once and matched against the plan: marked is what matched, a
//! phrase only as a phrase. tantivy's snippets mark single words of a phrase, nothing for words
//! found by typing errors, and excluded words too.

mod arranged;
mod fragments;

use std::cell::Cell;
use std::ops::Range;

use dossier_german::{LetterSet, Word, Words, words};
use rustc_hash::FxHashMap;

use self::arranged::arranged;
use crate::analysis::{Analysis, TextWord};
use crate::expand::PlanTerm;
use crate::near::Places;
use crate::noise::{Text, is_noise};
use crate::plan::{Clause, Plan};
use crate::ranking::TextField;
use crate::results::MatchKind;
use crate::searcher::Terms;

/// From so many bytes on, a text is not read further than to its first matches: the reader sees a
/// few passages, and reading on would take time in which nothing new is seen.
const ENOUGH_BYTES: usize = 1 << 20;

/// Letters at the beginning of a noun that its forms share, umlauts aside: Datum and Daten.
const SHARED_LETTERS: usize = 3;

/// Words of a text are first asked whether they have the letters of what is looked for, unless that
/// is more than so many cases: then their forms are looked up at once.
const MOST_LETTER_SETS: usize = 24;

/// So many parts of compounds are each looked for in a word; more, by how they begin.
const FEW_PARTS: usize = 8;

/// Where those are kept that have too few letters to tell how they begin.
const SHORT: &str = "";

/// Matches looked at in one text.
const ENOUGH_MATCHES: usize = 10_000;

/// Marks and fragments for the documents of one plan.
pub(crate) struct Highlighter<'p> {
    clauses: Vec<&'p Clause>,
    /// For each folded word of the plan: clause, slot, and the term itself.
    words: FxHashMap<&'p str, Vec<(usize, usize, &'p PlanTerm)>>,
    /// Parts of compounds: clause, slot and stem; by how they begin where they are many.
    parts: Vec<(usize, usize, &'p PlanTerm)>,
    parts_by_beginning: FxHashMap<&'p str, Vec<usize>>,
    /// The clauses of words typed side by side, and whether a text had them so.
    side_by_side: &'p [usize],
    stood_side_by_side: Cell<bool>,
    analysis: &'p Analysis,
    /// Whether noise is shown.
    noise: bool,
    /// What words of a text must have; empty where that would be too many cases.
    letters: Vec<LetterSet>,
    /// Words of texts note under it that the plan has none of them: few are to be looked at twice.
    number: u64,
}

/// Something of the query found in a text.
pub(crate) struct Match<'p> {
    /// Number among the clauses that are not negated.
    pub clause: usize,
    /// Each word of it.
    pub places: Vec<Place<'p>>,
}

/// A word of the query where it stands in a text.
#[derive(Clone)]
pub(crate) struct Place<'p> {
    /// Counted in words.
    position: u32,
    /// The bytes that match: of a compound, those of the part.
    range: Range<usize>,
    /// The bytes of the word.
    pub word: Range<usize>,
    pub term: &'p PlanTerm,
}

impl Places for Vec<Place<'_>> {
    fn count(&self) -> usize {
        self.len()
    }

    fn position(&self, index: usize) -> u32 {
        self[index].position
    }

    fn weight(&self, _: usize) -> f32 {
        1.0
    }
}

impl Match<'_> {
    /// From its first word to its last, in bytes.
    pub fn range(&self) -> Range<usize> {
        let start = self.ranges().map(|range| range.start).min().unwrap_or(0);
        let end = self.ranges().map(|range| range.end).max().unwrap_or(start);
        start..end
    }

    /// The bytes of each of its words.
    pub fn ranges(&self) -> impl Iterator<Item = &Range<usize>> {
        self.places.iter().map(|place| &place.range)
    }
}

impl<'p> Highlighter<'p> {
    /// `noise`: whether it is shown; whether it is searched tells the plan.
    pub fn new(plan: &'p Plan, analysis: &'p Analysis, noise: bool) -> Highlighter<'p> {
        let clauses: Vec<&Clause> = plan.clauses.iter().filter(|clause| !clause.negated).collect();
        let mut words: FxHashMap<&str, Vec<_>> = FxHashMap::default();
        let mut parts = Vec::new();
        for (number, clause) in clauses.iter().enumerate() {
            for (place, slot) in clause.slots.iter().enumerate() {
                for term in &slot.terms {
                    if term.of == Terms::Parts {
                        parts.push((number, place, term));
                        continue;
                    }
                    words.entry(&term.text).or_default().push((number, place, term));
                }
            }
        }
        let (side_by_side, stood_side_by_side) = (&plan.side_by_side[..], Cell::new(false));
        let mut parts_by_beginning: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        if parts.len() > FEW_PARTS {
            for (number, (_, _, part)) in parts.iter().enumerate() {
                let is_short = part.text.chars().count() < SHARED_LETTERS;
                let key = if is_short { SHORT } else { beginning(&part.text) };
                parts_by_beginning.entry(key).or_default().push(number);
            }
        }
        let number = Analysis::next_number();
        let folded = words.keys().copied();
        let folded = folded.chain(parts.iter().map(|(_, _, part)| beginning(&part.text)));
        let mut letters: Vec<LetterSet> = Vec::new();
        for set in folded.map(LetterSet::of_folded) {
            // Whatever has the letters of one word has those of another made of some of them.
            if letters.iter().all(|known| !set.holds(*known)) {
                letters.retain(|known| !known.holds(set));
                letters.push(set);
            }
            if letters.len() > MOST_LETTER_SETS {
                letters.clear();
                break;
            }
        }
        Highlighter {
            clauses,
            words,
            parts,
            parts_by_beginning,
            side_by_side,
            stood_side_by_side,
            analysis,
            noise,
            letters,
            number,
        }
    }

    /// Whether plain words that were typed side by side stood so in any text seen so far.
    pub fn side_by_side(&self) -> bool {
        self.stood_side_by_side.get()
    }

    /// What matches in a title: byte ranges, ascending, apart.
    pub fn title_marks(&self, title: Text<'_>) -> Vec<Range<usize>> {
        let matches = self.matches(title, TextField::Title);
        marks(matches.iter().flat_map(|found| found.ranges().cloned()))
    }

    /// Whether a word of a text is what a term of the plan stands for.
    fn fits(term: &PlanTerm, word: &TextWord) -> bool {
        term.exact.as_deref().is_none_or(|exact| exact == word.forms.exact())
    }

    /// The next word that has the letters of any word or part of the plan.
    fn next_word<'t>(&self, words: &mut Words<'t>) -> Option<Word<'t>> {
        match &self.letters[..] {
            [] if self.words.is_empty() && self.parts.is_empty() => None,
            [] => words.next(),
            letters => words.next_of_letters(letters),
        }
    }

    /// Numbers of the parts that a word may hold.
    fn parts_within(&self, folded: &str) -> Vec<usize> {
        let holds = |part: &str| folded.len() > part.len() && folded.contains(beginning(part));
        let numbers = 0..self.parts.len();
        if self.parts.len() <= FEW_PARTS {
            return numbers.filter(|&number| holds(&self.parts[number].2.text)).collect();
        }
        let of = |key: &str| self.parts_by_beginning.get(key).into_iter().flatten().copied();
        let mut found: Vec<usize> = of(SHORT).collect();
        for (start, _) in folded.char_indices() {
            found.extend(of(beginning(&folded[start..])));
        }
        found.retain(|&number| holds(&self.parts[number].2.text));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The parts of a compound that the plan names, of those it may hold: clause, slot, and place.
    fn parts_in(
        &self,
        within: &[usize],
        word: &TextWord,
        text: Text<'_>,
        field: TextField,
    ) -> impl Iterator<Item = (usize, usize, Place<'p>)> {
        let within = if text.plain { &[] } else { within };
        let parts = within.iter().map(|&number| self.parts[number]);
        let wanted =
            parts.filter(move |(clause, ..)| self.clauses[*clause].fields.contains(&field));
        wanted.filter_map(move |(clause, slot, term)| {
            let range = word.part(self.analysis, text.text, &term.text)?;
            let (position, word) = (word.position, word.range.clone());
            Some((clause, slot, Place { position, range, word, term }))
        })
    }

    /// Notes that a word typed side by side with others stands at a position. Of what was typed twice
    /// the last is noted first, or it would follow itself at the same place.
    fn follow(&self, run: &mut [Option<u32>], clause: usize, position: u32) {
        for place in (0..run.len()).filter(|place| self.side_by_side[*place] == clause) {
            if place == 0 || (position > 0 && run[place - 1] == Some(position - 1)) {
                run[place] = Some(position);
                if place + 1 == run.len() {
                    self.stood_side_by_side.set(true);
                }
            }
        }
    }

    /// What of the plan stands in a text, ordered by where it starts; in a long one the first.
    pub fn matches(&self, text: Text<'_>, field: TextField) -> Vec<Match<'p>> {
        self.matches_within(text, field, ENOUGH_BYTES)
    }

    /// The same to the end of the text.
    pub fn all_matches(&self, text: Text<'_>, field: TextField) -> Vec<Match<'p>> {
        self.matches_within(text, field, usize::MAX)
    }

    /// The same, read to at least so many bytes, and on until something matches.
    fn matches_within(
        &self,
        text: Text<'_>,
        field: TextField,
        mut enough_bytes: usize,
    ) -> Vec<Match<'p>> {
        let mut found: Vec<Match<'p>> = Vec::new();
        // For each clause of several words, in the text and in its noise: where each stands.
        let mut places: FxHashMap<(usize, TextField), Vec<Vec<Place<'p>>>> = FxHashMap::default();
        let complete = |found: &[Match<'_>], places: &FxHashMap<_, Vec<Vec<Place<'p>>>>| {
            // The words of a phrase make no match before they stand together.
            let stands = |((clause, _), slots): (&(usize, TextField), &Vec<Vec<Place<'p>>>)| {
                !arranged(slots, &self.clauses[*clause].order).is_empty()
            };
            !found.is_empty() || places.iter().any(stands)
        };
        let in_noise = |word: &TextWord| is_noise(text.noise, word.range.start);
        let mut was_in_noise = false;
        // Where the first words typed side by side stand so, for each number of them.
        let mut run: Vec<Option<u32>> = vec![None; self.side_by_side.len()];
        let mut words = words(text.text);
        while let Some(word) = self.next_word(&mut words) {
            if found.len() >= ENOUGH_MATCHES {
                break;
            }
            if word.range.start > enough_bytes {
                if complete(&found, &places) {
                    break;
                }
                // Looked at again and again, the time would no longer be linear.
                while word.range.start > enough_bytes {
                    enough_bytes = enough_bytes.saturating_mul(2);
                }
            }
            let Some(word) = self.analysis.text_word(word) else { continue };
            if word.forms.is_unmarked(self.number) {
                continue;
            }
            let fitting = self.words.get(word.forms.folded());
            let parts = self.parts_within(word.forms.folded());
            if fitting.is_none() && parts.is_empty() {
                word.forms.unmark(self.number);
                continue;
            }
            let field = if in_noise(&word) { TextField::Noise } else { field };
            if std::mem::replace(&mut was_in_noise, in_noise(&word)) != was_in_noise {
                run.fill(None);
            }
            let whole = found.len();
            // The last first: what was typed twice must follow itself, see `follow`.
            for &(clause, slot, term) in fitting.into_iter().flatten().rev() {
                let slots = self.clauses[clause].slots.len();
                if !self.clauses[clause].fields.contains(&field) || !Self::fits(term, &word) {
                    continue;
                }
                let (position, range) = (word.position, word.range.clone());
                let place = Place { position, range: range.clone(), word: range, term };
                if slots == 1 {
                    if term.kind == MatchKind::Exact {
                        self.follow(&mut run, clause, word.position);
                    }
                    found.push(Match { clause, places: vec![place] });
                } else {
                    let of_clause = places.entry((clause, field));
                    of_clause.or_insert_with(|| vec![Vec::new(); slots])[slot].push(place);
                }
            }
            for (clause, slot, place) in self.parts_in(&parts, &word, text, field) {
                let slots = self.clauses[clause].slots.len();
                if slots > 1 {
                    let of_clause = places.entry((clause, field));
                    of_clause.or_insert_with(|| vec![Vec::new(); slots])[slot].push(place);
                } else if found[whole..].iter().all(|found| found.clause != clause) {
                    found.push(Match { clause, places: vec![place] });
                }
            }
        }
        for ((clause, _), slots) in places {
            let arranged = arranged(&slots, &self.clauses[clause].order);
            found.extend(arranged.into_iter().map(|places| Match { clause, places }));
        }
        found.sort_by_key(|found| (found.range().start, found.clause));
        found.truncate(ENOUGH_MATCHES);
        found
    }
}

/// The letters that a part of a compound shares with its stem, whatever its form. Looked for first:
/// taking a word apart takes a hundred times as long.
fn beginning(stem: &str) -> &str {
    stem.char_indices().nth(SHARED_LETTERS).map_or(stem, |(end, _)| &stem[..end])
}

/// Ranges in order, those that overlap as one.
fn marks(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut ranges: Vec<_> = ranges.collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}
