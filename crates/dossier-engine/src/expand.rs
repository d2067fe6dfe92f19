//! A word of a query becomes the real words of the index that it stands for.
//!
//! The only place that does so. Whoever matches, highlights or explains reads the result.

mod names;

use std::cell::RefCell;
use std::cmp::Reverse;
use std::rc::Rc;

use dossier_german::{Aliases, Forms, Part};
use rustc_hash::FxHashMap;
use tantivy::postings::{BlockSegmentPostings, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;

use crate::automata::{Glob, Near};
use crate::dictionary::{Walk, for_each_pair, split_pair};
use crate::query::{MOST_EDITS, Word, WordMode};
use crate::ranking::{SPELLING_SHARE, TextField, rarity, weight};
use crate::results::MatchKind;
use crate::schema::SEPARATOR;
use crate::searcher::{Searcher, Segment, Terms};

/// Words of the index that the words of a query may stand for altogether. More would say little
/// about the query and cost time: the most frequent are taken, and a notice says so.
pub(crate) const MOST_EXPANSIONS: usize = 1_000;

/// So many each word of a query keeps, whatever the others took: `ge* Putin` must find Putin.
const LEAST_EXPANSIONS: usize = 16;

/// No typing errors are looked for in words that more documents hold: they are spelled right, and
/// their neighbours are many.
const COMMON_SHARE: f64 = 0.05;

/// In small collections a share says nothing about a word.
const COMMON_LEAST: u64 = 1_000;

/// The first letter must fit in words with fewer letters: it is seldom mistyped, and short words
/// have many neighbours.
const FIRST_LETTER_FREE: usize = 5;

/// What a word of a query stands for.
#[derive(Debug)]
pub(crate) struct Alternatives {
    /// The words of the index, best first.
    pub terms: Vec<PlanTerm>,
    /// Their postings: a list for each segment, those of parts first.
    pub legs: Vec<Vec<TermLeg>>,
    /// Rarity of all of them as one word.
    pub rarity: f32,
    /// Whether there were more than could be taken.
    pub cut: bool,
    /// What was typed, and where.
    pub typed: Word,
}

/// A word of the index.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlanTerm {
    /// A folded word, or the stem of a part of compounds.
    pub text: Box<str>,
    /// What kind of term `text` is.
    pub of: Terms,
    /// How a part is shown to readers, who do not know stems.
    pub shown: Option<Box<str>>,
    /// Only in this spelling, where there is one.
    pub exact: Option<Box<str>>,
    pub kind: MatchKind,
    /// Letters that differ.
    pub edits: u8,
    /// Documents that hold it, with those deleted lately.
    pub documents: u64,
}

/// Where the postings of a word stand in a segment.
#[derive(Clone, Debug)]
pub(crate) struct TermLeg {
    pub field: TextField,
    pub terms: Terms,
    pub info: TermInfo,
    /// What an occurrence counts.
    pub weight: f32,
}

/// Where a word stands in a query.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// On its own: it also means its other forms.
    Alone,
    /// In a phrase: it means itself, unless typing errors are allowed; then also its inflections,
    /// and compounds of which it is a part.
    InPhrase,
    /// In a name of several words that stands for another: it means itself and its inflections.
    InName,
}

/// Expands the words of one query.
pub(crate) struct Expander<'s> {
    searcher: &'s Searcher,
    /// Groups of names of the user's own.
    aliases: &'s Aliases,
    fields: Vec<TextField>,
    budget: usize,
    /// The forms of words read before: several questions are asked of each.
    read: RefCell<FxHashMap<Box<str>, Rc<Forms>>>,
}

/// What has been found for one word.
#[derive(Default)]
struct Found {
    terms: Vec<FoundTerm>,
    /// Number of the term by its folded form, by `folded␟exact`, or by `␟stem` of a part.
    numbers: FxHashMap<Box<str>, usize>,
    /// How a part is shown to readers.
    shown: Box<str>,
    /// With the number of the segment, and that of the term.
    legs: Vec<(usize, usize, TermLeg)>,
}

/// A word of the index, before it is known whether it is taken.
struct FoundTerm {
    kind: MatchKind,
    edits: u8,
    documents: u64,
}

impl Found {
    /// The number of a term by its key.
    fn number(&mut self, key: &str, kind: MatchKind, edits: u8) -> usize {
        if let Some(&number) = self.numbers.get(key) {
            return number;
        }
        self.numbers.insert(key.into(), self.terms.len());
        self.terms.push(FoundTerm { kind, edits, documents: 0 });
        self.terms.len() - 1
    }

    /// Segments and fields where a term occurs: only there it has spellings.
    fn places(&self, number: usize) -> Vec<(usize, TextField)> {
        let legs =
            self.legs.iter().filter(|(_, of, leg)| *of == number && leg.terms == Terms::Words);
        legs.map(|(ordinal, _, leg)| (*ordinal, leg.field)).collect()
    }
}

impl<'s> Expander<'s> {
    pub fn new(searcher: &'s Searcher, aliases: &'s Aliases) -> Expander<'s> {
        let fields = TextField::ALL.to_vec();
        Expander { searcher, aliases, fields, budget: MOST_EXPANSIONS, read: RefCell::default() }
    }

    /// All forms of a word.
    pub fn forms(&self, word: &str) -> Rc<Forms> {
        if let Some(forms) = self.read.borrow().get(word) {
            return Rc::clone(forms);
        }
        let forms = Rc::new(self.searcher.analysis().forms(word));
        self.read.borrow_mut().insert(word.into(), Rc::clone(&forms));
        forms
    }

    /// Confines what follows to a field; gives the fields before.
    pub fn confine(&mut self, fields: Vec<TextField>) -> Vec<TextField> {
        std::mem::replace(&mut self.fields, fields)
    }

    pub fn fields(&self) -> &[TextField] {
        &self.fields
    }

    /// What a word stands for.
    pub fn expand(&mut self, word: &Word, role: Role) -> tantivy::Result<Alternatives> {
        let forms = self.forms(&word.text);
        let shown = forms.lemma.as_ref().unwrap_or(&forms.folded).clone();
        let mut found = Found { shown, ..Found::default() };
        match word.mode {
            WordMode::Exact => self.exact(&forms, &mut found)?,
            WordMode::Wildcard => self.wildcard(&word.text, &mut found)?,
            WordMode::Plain => {
                self.folded(&forms, role == Role::Alone, &mut found)?;
                if role == Role::Alone {
                    self.stems(&word.text, &forms, role, &mut found)?;
                    self.names(&word.text, &forms, &mut found)?;
                }
            }
            WordMode::Fuzzy(edits) => {
                self.folded(&forms, true, &mut found)?;
                self.stems(&word.text, &forms, role, &mut found)?;
                self.names(&word.text, &forms, &mut found)?;
                let edits = edits.unwrap_or_else(|| automatic_edits(&forms.folded));
                self.fuzzy(&forms.folded, edits, &mut found)?;
            }
        }
        Ok(self.settle(found, word))
    }

    /// Looks a folded word up in every field of every segment.
    fn look_up(&self, folded: &str, number: usize, found: &mut Found) -> tantivy::Result<()> {
        let FoundTerm { kind, edits, .. } = found.terms[number];
        let weight = weight(kind, edits);
        for (ordinal, segment) in self.searcher.segments().iter().enumerate() {
            for &field in &self.fields {
                if let Some(info) = segment.terms(field, Terms::Words).terms().get(folded)? {
                    let leg = TermLeg { field, terms: Terms::Words, info, weight };
                    found.legs.push((ordinal, number, leg));
                }
            }
        }
        Ok(())
    }

    /// The folded word in any spelling; `ranked`: with the typed spelling first.
    fn folded(&self, forms: &Forms, ranked: bool, found: &mut Found) -> tantivy::Result<()> {
        let number = found.number(&forms.folded, MatchKind::Exact, 0);
        self.look_up(&forms.folded, number, found)?;
        if !ranked {
            return Ok(());
        }
        if forms.exact == forms.folded {
            // Of a word typed without umlauts, what is written with them counts less.
            self.spellings(number, &forms.folded, -SPELLING_SHARE, found)?;
        } else {
            let share = weight(MatchKind::Exact, 0) - SPELLING_SHARE;
            for (_, of, leg) in &mut found.legs {
                if *of == number {
                    leg.weight = share;
                }
            }
            let spelling = format!("{}{SEPARATOR}{}", forms.folded, forms.exact);
            let places = found.places(number);
            self.spelling(number, &spelling, SPELLING_SHARE, places, found)?;
        }
        Ok(())
    }

    /// Adds the occurrences of one spelling to a term.
    fn spelling(
        &self,
        number: usize,
        spelling: &str,
        weight: f32,
        places: Vec<(usize, TextField)>,
        found: &mut Found,
    ) -> tantivy::Result<()> {
        for (ordinal, field) in places {
            let segment = &self.searcher.segments()[ordinal];
            if let Some(info) = segment.terms(field, Terms::Spellings).terms().get(spelling)? {
                let leg = TermLeg { field, terms: Terms::Spellings, info, weight };
                found.legs.push((ordinal, number, leg));
            }
        }
        Ok(())
    }

    /// Adds the occurrences of every spelling that differs from the folded one, to a folded word
    /// that was looked up.
    fn spellings(
        &self,
        number: usize,
        folded: &str,
        weight: f32,
        found: &mut Found,
    ) -> tantivy::Result<()> {
        for (ordinal, field) in found.places(number) {
            let segment = &self.searcher.segments()[ordinal];
            for_each_pair(segment.terms(field, Terms::Spellings), folded, |_, info| {
                let leg = TermLeg { field, terms: Terms::Spellings, info: info.clone(), weight };
                found.legs.push((ordinal, number, leg));
            })?;
        }
        Ok(())
    }

    /// Words with the same stem, and compounds of which it is a part; of a word alone also those
    /// close in meaning.
    fn stems(
        &self,
        typed: &str,
        forms: &Forms,
        role: Role,
        found: &mut Found,
    ) -> tantivy::Result<()> {
        let mut own = vec![forms.stem.clone()];
        let mut related = forms.linked.clone();
        // Readers type in lower case what texts write with a capital.
        if let Some(capital) = capitalised(typed) {
            let forms = self.forms(&capital);
            own.push(forms.stem.clone());
            related.extend_from_slice(&forms.linked);
        }
        own.sort_unstable();
        own.dedup();
        related.sort_unstable();
        related.dedup();
        related.retain(|stem| !own.contains(stem));
        for stem in &own {
            self.inflections(stem, &forms.folded, MatchKind::Inflection, found)?;
        }
        if role == Role::Alone {
            for stem in &related {
                self.inflections(stem, &forms.folded, MatchKind::Related, found)?;
            }
        }
        if role != Role::InName {
            for stem in &own {
                self.compounds(stem, found)?;
            }
        }
        Ok(())
    }

    /// The words with a stem.
    fn inflections(
        &self,
        stem: &str,
        typed: &str,
        kind: MatchKind,
        found: &mut Found,
    ) -> tantivy::Result<()> {
        let mut words: Vec<Box<str>> = Vec::new();
        for segment in self.searcher.segments() {
            for_each_pair(&segment.stems, stem, |word, _| words.push(word.into()))?;
        }
        // A word that is its own stem is not listed.
        words.push(stem.into());
        words.sort_unstable();
        words.dedup();
        for word in words {
            if *word != *typed && !found.numbers.contains_key(&word) {
                let number = found.number(&word, kind, 0);
                self.look_up(&word, number, found)?;
            }
        }
        Ok(())
    }

    /// What a part of a word of the query stands for: words with that stem, alone and in other
    /// compounds.
    pub fn part(&mut self, part: &Part, typed: &Word) -> tantivy::Result<Alternatives> {
        let stem = &*part.stem;
        let shown = typed.text.get(part.range.clone()).unwrap_or(stem).to_lowercase();
        let mut found = Found { shown: shown.into(), ..Found::default() };
        self.inflections(stem, "", MatchKind::Part, &mut found)?;
        self.compounds(stem, &mut found)?;
        Ok(self.settle(found, typed))
    }

    /// The compounds of which a part has that stem.
    fn compounds(&self, stem: &str, found: &mut Found) -> tantivy::Result<()> {
        let kind = MatchKind::Part;
        let number = found.number(&format!("{SEPARATOR}{stem}"), kind, 0);
        let weight = weight(kind, 0);
        for (ordinal, segment) in self.searcher.segments().iter().enumerate() {
            for &field in &self.fields {
                if let Some(info) = segment.terms(field, Terms::Parts).terms().get(stem)? {
                    let leg = TermLeg { field, terms: Terms::Parts, info, weight };
                    found.legs.push((ordinal, number, leg));
                }
            }
        }
        Ok(())
    }

    /// This spelling only.
    fn exact(&self, forms: &Forms, found: &mut Found) -> tantivy::Result<()> {
        let spelling = format!("{}{SEPARATOR}{}", forms.folded, forms.exact);
        let number = found.number(&spelling, MatchKind::Exact, 0);
        if forms.exact == forms.folded {
            self.look_up(&forms.folded, number, found)?;
            // Every occurrence that is written otherwise is taken out.
            return self.spellings(number, &forms.folded, -1.0, found);
        }
        let segments = 0..self.searcher.segments().len();
        let places = segments.flat_map(|at| self.fields.iter().map(move |&field| (at, field)));
        self.spelling(number, &spelling, 1.0, places.collect(), found)
    }

    /// Words that differ in few letters.
    fn fuzzy(&self, folded: &str, edits: u8, found: &mut Found) -> tantivy::Result<()> {
        let letters = folded.chars().count();
        let edits = edits.min(MOST_EDITS);
        let common = self.common();
        let typed: u64 = found.legs.iter().map(|(_, _, leg)| u64::from(leg.info.doc_freq)).sum();
        if edits == 0 || letters < 2 || typed > common {
            return Ok(());
        }
        let first = (letters < FIRST_LETTER_FREE).then(|| folded.chars().next()).flatten();
        let near = Near::new(folded, edits);
        self.scan(&Walk::Near(&near), found, |key| {
            let term = std::str::from_utf8(key).ok()?;
            if first.is_some_and(|first| !term.starts_with(first)) {
                return None;
            }
            Some((term, near.distance(key)?))
        })
    }

    /// Documents from which on a word counts as common.
    fn common(&self) -> u64 {
        COMMON_LEAST.max((self.searcher.documents() as f64 * COMMON_SHARE) as u64)
    }

    /// Words that fit a pattern.
    fn wildcard(&self, pattern: &str, found: &mut Found) -> tantivy::Result<()> {
        let folded = each_fixed_part(pattern, dossier_german::fold);
        let Some(glob) = Glob::new(&folded) else { return Ok(()) };
        let written = each_fixed_part(pattern, |part| digraphs(&dossier_german::exact(part)));
        if written == folded {
            let terms = Walk::fitting(&folded, &glob);
            return self.scan(&terms, found, |key| Some((std::str::from_utf8(key).ok()?, 0)));
        }
        // With an umlaut in it, only words written with one fit: `Mü*` does not mean Mutter.
        let pairs = format!("{folded}{SEPARATOR}*");
        let Some(spelled) = Glob::new(&pairs) else { return Ok(()) };
        // A pair that begins so begins with the folded word.
        let spelled = match Walk::fitting(&folded, &glob) {
            Walk::Beginning(prefix) => Walk::Beginning(prefix),
            _ => Walk::Fitting(&spelled),
        };
        let pattern = written;
        let Some(written) = Glob::new(&pattern) else { return Ok(()) };
        // `*uer` may also mean Mauer, whose ue is none: it stands in the folded word.
        self.scan(&Walk::fitting(&pattern, &written), found, |key| {
            Some((std::str::from_utf8(key).ok()?, 0))
        })?;
        for (ordinal, segment) in self.searcher.segments().iter().enumerate() {
            for &field in &self.fields {
                spelled.for_each(segment.terms(field, Terms::Spellings), |key, info| {
                    let Ok(pair) = std::str::from_utf8(key) else { return };
                    let Some((_, exact)) = split_pair(pair) else { return };
                    if written.matches(&digraphs(exact)) {
                        let kind = MatchKind::Wildcard;
                        let number = found.number(pair, kind, 0);
                        let weight = weight(kind, 0);
                        let leg =
                            TermLeg { field, terms: Terms::Spellings, info: info.clone(), weight };
                        found.legs.push((ordinal, number, leg));
                    }
                })?;
            }
        }
        Ok(())
    }

    /// Goes through words of the index. `take` gives what a term counts as: its text
    /// and the letters that differ, `None` to step over it.
    fn scan(
        &self,
        walk: &Walk<'_>,
        found: &mut Found,
        take: impl for<'t> Fn(&'t [u8]) -> Option<(&'t str, u8)>,
    ) -> tantivy::Result<()> {
        let before = found.terms.len();
        for (ordinal, segment) in self.searcher.segments().iter().enumerate() {
            for &field in &self.fields {
                walk.for_each(segment.terms(field, Terms::Words), |key, info| {
                    let Some((text, edits)) = take(key) else { return };
                    let kind = if edits > 0 { MatchKind::Fuzzy } else { MatchKind::Wildcard };
                    let number = found.number(text, kind, edits);
                    // Found before as what was typed, or as another form of it.
                    if number < before {
                        return;
                    }
                    let weight = weight(kind, edits);
                    let leg = TermLeg { field, terms: Terms::Words, info: info.clone(), weight };
                    found.legs.push((ordinal, number, leg));
                })?;
            }
        }
        Ok(())
    }

    /// Counts documents, cuts what is too much, and sorts the postings by segment.
    fn settle(&mut self, found: Found, word: &Word) -> Alternatives {
        let Found { mut terms, numbers, shown, legs } = found;
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
        let cut = keys.len() > most;
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
        // A word is as rare as it is itself, not as what it is a part of.
        let of = |itself: bool| -> u64 {
            let counted = terms.iter().filter(|term| term.kind.is_word_itself() == itself);
            counted.map(|term| term.documents).sum()
        };
        let documents = Some(of(true)).filter(|documents| *documents > 0).unwrap_or(of(false));
        let all = self.searcher.documents() as u64;
        Alternatives {
            rarity: rarity(documents, all),
            terms,
            legs: by_segment,
            cut,
            typed: word.clone(),
        }
    }
}

/// A word in lower case as it is written if it is a noun or a name.
fn capitalised(word: &str) -> Option<String> {
    let first = word.chars().next().filter(|first| first.is_lowercase())?;
    Some(first.to_uppercase().chain(word[first.len_utf8()..].chars()).collect())
}

/// Letters that may differ where nobody said how many.
fn automatic_edits(folded: &str) -> u8 {
    match folded.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Applies a function to what stands between the wildcards of a pattern.
pub(crate) fn each_fixed_part(pattern: &str, of: impl Fn(&str) -> String) -> String {
    pattern
        .split_inclusive(['*', '?'])
        .map(|piece| match piece.strip_suffix(['*', '?']) {
            Some(part) => of(part) + &piece[part.len()..],
            None => of(piece),
        })
        .collect()
}

/// The one way to write a word that was written with ä or ae, ß or ss.
fn digraphs(exact: &str) -> String {
    let mut written = String::with_capacity(exact.len());
    for letter in exact.chars() {
        match letter {
            'ä' => written.push_str("ae"),
            'ö' => written.push_str("oe"),
            'ü' => written.push_str("ue"),
            'ß' => written.push_str("ss"),
            letter => written.push(letter),
        }
    }
    written
}

/// The postings of one of the words that a word stands for.
pub(crate) fn postings(
    segment: &Segment,
    leg: &TermLeg,
    option: IndexRecordOption,
) -> tantivy::Result<SegmentPostings> {
    Ok(segment.terms(leg.field, leg.terms).read_postings_from_terminfo(&leg.info, option)?)
}

/// The same, with frequencies, to be read a block at a time.
pub(crate) fn block_postings(
    segment: &Segment,
    leg: &TermLeg,
) -> tantivy::Result<BlockSegmentPostings> {
    let option = IndexRecordOption::WithFreqs;
    Ok(segment.terms(leg.field, leg.terms).read_block_postings_from_terminfo(&leg.info, option)?)
}
