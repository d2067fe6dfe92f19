//! A word of a query becomes the real words of the index that it stands for.
//!
//! The only place that does so. Whoever matches, highlights or explains reads the result.

use std::cmp::Reverse;

use dossier_german::{Forms, forms};
use rustc_hash::FxHashMap;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{BlockSegmentPostings, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::termdict::TermStreamer;
use tantivy_fst::Automaton;

use crate::automata::{Glob, Near};
use crate::query::{MOST_EDITS, Word, WordMode};
use crate::ranking::{SPELLING_SHARE, TextField, rarity, weight};
use crate::results::MatchKind;
use crate::schema::SEPARATOR;
use crate::searcher::{Searcher, Segment};

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
    /// Their postings: a list for each segment.
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
    /// As the index knows it.
    pub folded: Box<str>,
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
    /// Whether they stand in the field of spellings.
    pub spelling: bool,
    pub info: TermInfo,
    /// What an occurrence counts.
    pub weight: f32,
}

/// Expands the words of one query.
pub(crate) struct Expander<'s> {
    searcher: &'s Searcher,
    fields: Vec<TextField>,
    budget: usize,
}

/// What has been found for one word.
#[derive(Default)]
struct Found {
    terms: Vec<FoundTerm>,
    /// Number of the term by its folded form, or by `folded␟exact`.
    numbers: FxHashMap<Box<str>, usize>,
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
    /// The number of a folded word, or of one spelling, `folded␟exact`.
    fn number(&mut self, key: &str, kind: MatchKind, edits: u8) -> usize {
        if let Some(&number) = self.numbers.get(key) {
            return number;
        }
        self.numbers.insert(key.into(), self.terms.len());
        self.terms.push(FoundTerm { kind, edits, documents: 0 });
        self.terms.len() - 1
    }
}

impl<'s> Expander<'s> {
    pub fn new(searcher: &'s Searcher) -> Expander<'s> {
        Expander { searcher, fields: TextField::ALL.to_vec(), budget: MOST_EXPANSIONS }
    }

    /// Confines what follows to a field; gives the fields before.
    pub fn confine(&mut self, fields: Vec<TextField>) -> Vec<TextField> {
        std::mem::replace(&mut self.fields, fields)
    }

    pub fn fields(&self) -> &[TextField] {
        &self.fields
    }

    /// What a word stands for. `inflected`: with its other forms, where the mode leaves that open.
    pub fn expand(&mut self, word: &Word, inflected: bool) -> tantivy::Result<Alternatives> {
        let mut found = Found::default();
        let forms = forms(&word.text);
        match word.mode {
            WordMode::Exact => self.exact(&forms, &mut found)?,
            WordMode::Wildcard => self.wildcard(&word.text, &mut found)?,
            WordMode::Plain => {
                self.folded(&forms, inflected, &mut found)?;
                if inflected {
                    self.inflections(&forms, &mut found)?;
                }
            }
            WordMode::Fuzzy(edits) => {
                self.folded(&forms, true, &mut found)?;
                self.inflections(&forms, &mut found)?;
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
                if let Some(info) = segment.words(field).terms().get(folded)? {
                    let leg = TermLeg { field, spelling: false, info, weight };
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
            self.spelling(number, &spelling, SPELLING_SHARE, found)?;
        }
        Ok(())
    }

    /// Adds the occurrences of one spelling to a term.
    fn spelling(
        &self,
        number: usize,
        spelling: &str,
        weight: f32,
        found: &mut Found,
    ) -> tantivy::Result<()> {
        for (ordinal, segment) in self.searcher.segments().iter().enumerate() {
            for &field in &self.fields {
                if let Some(info) = segment.spellings(field).terms().get(spelling)? {
                    let leg = TermLeg { field, spelling: true, info, weight };
                    found.legs.push((ordinal, number, leg));
                }
            }
        }
        Ok(())
    }

    /// Adds the occurrences of every spelling that differs from the folded one.
    fn spellings(
        &self,
        number: usize,
        folded: &str,
        weight: f32,
        found: &mut Found,
    ) -> tantivy::Result<()> {
        for (ordinal, segment) in self.searcher.segments().iter().enumerate() {
            for &field in &self.fields {
                for_each_pair(segment.spellings(field), folded, |_, info| {
                    let leg = TermLeg { field, spelling: true, info: info.clone(), weight };
                    found.legs.push((ordinal, number, leg));
                })?;
            }
        }
        Ok(())
    }

    /// The other words with the same stem.
    fn inflections(&self, forms: &Forms, found: &mut Found) -> tantivy::Result<()> {
        let mut words: Vec<Box<str>> = Vec::new();
        for segment in self.searcher.segments() {
            for_each_pair(&segment.stems, &forms.stem, |word, _| words.push(word.into()))?;
        }
        // A word that is its own stem is not listed.
        words.push(forms.stem.clone());
        words.sort_unstable();
        words.dedup();
        for word in words {
            if word != forms.folded {
                let number = found.number(&word, MatchKind::Inflection, 0);
                self.look_up(&word, number, found)?;
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
        self.spelling(number, &spelling, 1.0, found)
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
        self.scan(&Terms::Near(&near), found, |key| {
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
            let terms = Terms::fitting(&folded, &glob);
            return self.scan(&terms, found, |key| Some((std::str::from_utf8(key).ok()?, 0)));
        }
        // With an umlaut in it, only words written with one fit: `Mü*` does not mean Mutter.
        let pairs = format!("{folded}{SEPARATOR}*");
        let Some(spelled) = Glob::new(&pairs) else { return Ok(()) };
        // A pair that begins so begins with the folded word.
        let spelled = match Terms::fitting(&folded, &glob) {
            Terms::Beginning(prefix) => Terms::Beginning(prefix),
            _ => Terms::Fitting(&spelled),
        };
        let pattern = written;
        let Some(written) = Glob::new(&pattern) else { return Ok(()) };
        // `*uer` may also mean Mauer, whose ue is none: it stands in the folded word.
        self.scan(&Terms::fitting(&pattern, &written), found, |key| {
            Some((std::str::from_utf8(key).ok()?, 0))
        })?;
        for (ordinal, segment) in self.searcher.segments().iter().enumerate() {
            for &field in &self.fields {
                spelled.for_each(segment.spellings(field), |key, info| {
                    let Ok(pair) = std::str::from_utf8(key) else { return };
                    let Some((_, exact)) = split_pair(pair) else { return };
                    if written.matches(&digraphs(exact)) {
                        let kind = MatchKind::Wildcard;
                        let number = found.number(pair, kind, 0);
                        let weight = weight(kind, 0);
                        let leg = TermLeg { field, spelling: true, info: info.clone(), weight };
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
        terms: &Terms<'_>,
        found: &mut Found,
        take: impl for<'t> Fn(&'t [u8]) -> Option<(&'t str, u8)>,
    ) -> tantivy::Result<()> {
        let before = found.terms.len();
        for (ordinal, segment) in self.searcher.segments().iter().enumerate() {
            for &field in &self.fields {
                terms.for_each(segment.words(field), |key, info| {
                    let Some((text, edits)) = take(key) else { return };
                    let kind = if edits > 0 { MatchKind::Fuzzy } else { MatchKind::Wildcard };
                    let number = found.number(text, kind, edits);
                    // Found before as what was typed, or as another form of it.
                    if number < before {
                        return;
                    }
                    let weight = weight(kind, edits);
                    let leg = TermLeg { field, spelling: false, info: info.clone(), weight };
                    found.legs.push((ordinal, number, leg));
                })?;
            }
        }
        Ok(())
    }

    /// Counts documents, cuts what is too much, and sorts the postings by segment.
    fn settle(&mut self, found: Found, word: &Word) -> Alternatives {
        let Found { mut terms, numbers, legs } = found;
        let mut keys: Vec<(Box<str>, usize)> = numbers.into_iter().collect();
        keys.sort_unstable_by_key(|(_, number)| *number);
        for (_, number, leg) in &legs {
            // Spellings are among the occurrences of the folded word, unless they stand alone.
            if !leg.spelling || split_pair(&keys[*number].0).is_some() {
                terms[*number].documents += u64::from(leg.info.doc_freq);
            }
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
        let term = |(key, number): (Box<str>, usize)| {
            let FoundTerm { kind, edits, documents } = terms[number];
            let (folded, exact) = match split_pair(&key) {
                Some((folded, exact)) => (folded.into(), Some(exact.into())),
                None => (key, None),
            };
            PlanTerm { folded, exact, kind, edits, documents }
        };
        let terms: Vec<PlanTerm> = keys.into_iter().map(term).collect();
        let documents: u64 = terms.iter().map(|term| term.documents).sum();
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

fn split_pair(pair: &str) -> Option<(&str, &str)> {
    pair.split_once(SEPARATOR)
}

/// Calls `each` with the second half of every term whose first half is `first`.
fn for_each_pair(
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

/// Terms of a dictionary.
enum Terms<'a> {
    Near(&'a Near),
    Fitting(&'a Glob),
    /// Those that begin so. Found without an automaton, which would be asked at every letter.
    Beginning(&'a str),
}

impl<'a> Terms<'a> {
    /// Those that fit a pattern.
    fn fitting(pattern: &'a str, glob: &'a Glob) -> Terms<'a> {
        match pattern.strip_suffix('*').filter(|prefix| !prefix.contains(['*', '?'])) {
            Some(prefix) => Terms::Beginning(prefix),
            None => Terms::Fitting(glob),
        }
    }

    /// Calls `each` with every one of them, in order.
    fn for_each(
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
            Terms::Near(near) => run(index.terms().search(*near).into_stream()?, each),
            Terms::Fitting(glob) => run(index.terms().search(*glob).into_stream()?, each),
            Terms::Beginning(prefix) => {
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

/// The postings of one of the words that a word stands for.
pub(crate) fn postings(
    segment: &Segment,
    leg: &TermLeg,
    option: IndexRecordOption,
) -> tantivy::Result<SegmentPostings> {
    Ok(index_of(segment, leg).read_postings_from_terminfo(&leg.info, option)?)
}

/// The same, with frequencies, to be read a block at a time.
pub(crate) fn block_postings(
    segment: &Segment,
    leg: &TermLeg,
) -> tantivy::Result<BlockSegmentPostings> {
    let option = IndexRecordOption::WithFreqs;
    Ok(index_of(segment, leg).read_block_postings_from_terminfo(&leg.info, option)?)
}

fn index_of<'s>(segment: &'s Segment, leg: &TermLeg) -> &'s InvertedIndexReader {
    if leg.spelling { segment.spellings(leg.field) } else { segment.words(leg.field) }
}
