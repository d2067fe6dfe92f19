//! A word of a query becomes the real words of the index that it stands for.
//!
//! The only place that does so. Whoever matches, highlights or explains reads the result.

mod found;
mod names;
mod patterns;
mod postings;
mod scan;
mod sounds;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use dossier_german::{Aliases, Forms, Part, fold};
use rustc_hash::FxHashMap;
use tantivy::postings::TermInfo;

use self::found::{Found, FoundTerm};
use self::patterns::automatic_edits;
pub(crate) use self::patterns::each_fixed_part;
pub(crate) use self::postings::{block_postings, postings, read_each};
use crate::dictionary::for_each_pair;
use crate::query::{Word, WordMode};
use crate::ranking::{SPELLING_SHARE, TextField, weight};
use crate::results::MatchKind;
use crate::schema::SEPARATOR;
use crate::searcher::{Searcher, Segment, Terms};
use crate::term_lists::Dictionaries;
use crate::together::TermText;

/// Words of the index that the words of a query may stand for altogether. More would say little
/// about the query and cost time: the most frequent are taken, and a notice says so.
pub(crate) const MOST_EXPANSIONS: usize = 1_000;

/// So many each word of a query keeps, whatever the others took: `ge* Putin` must find Putin.
const LEAST_EXPANSIONS: usize = 16;

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
    pub text: TermText,
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
    /// One of several of which any may do: it also means words of its family.
    AnyOfThem,
    /// In a phrase: it means itself, unless typing errors are allowed; then also its inflections,
    /// and compounds of which it is a part.
    InPhrase,
    /// In a name of several words that stands for another: it means itself and its inflections.
    InName,
    /// Among the words that tell what a document is about: it means itself, its inflections and the
    /// same name in other spellings, but no compounds.
    Telling,
}

impl Role {
    /// Whether the word stands by itself.
    fn is_alone(self) -> bool {
        matches!(self, Role::Alone | Role::AnyOfThem)
    }
}

/// Expands the words of one query.
pub(crate) struct Expander<'s> {
    searcher: &'s Searcher,
    /// Groups of names of the user's own.
    aliases: &'s Aliases,
    fields: Vec<TextField>,
    budget: usize,
    /// Words that may still be looked for with two letters different.
    far_left: Cell<usize>,
    /// Words whose other names may still be looked for.
    names_left: Cell<usize>,
    /// The first word for which they were not.
    unnamed: RefCell<Option<Word>>,
    /// The forms of words read before: several questions are asked of each.
    read: RefCell<FxHashMap<Box<str>, Rc<Forms>>>,
}

impl<'s> Expander<'s> {
    /// Words are looked for in these fields.
    pub fn new(searcher: &'s Searcher, aliases: &'s Aliases, fields: &[TextField]) -> Expander<'s> {
        let fields = fields.to_vec();
        Expander {
            searcher,
            aliases,
            fields,
            budget: MOST_EXPANSIONS,
            far_left: Cell::new(patterns::MOST_FAR),
            names_left: Cell::new(names::MOST_NAMED),
            unnamed: RefCell::default(),
            read: RefCell::default(),
        }
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
        let mut found = Found::default();
        match word.mode {
            // What is left of a word has no forms.
            WordMode::Wildcard => self.wildcard(&word.text, &mut found)?,
            WordMode::Exact => self.exact(&self.forms(&word.text), &mut found)?,
            WordMode::Plain => self.in_forms(word, role, None, &mut found)?,
            WordMode::Fuzzy(edits) => self.in_forms(word, role, Some(edits), &mut found)?,
        }
        Ok(self.settle(found, word))
    }

    /// A word in the forms that its role allows; `edits`: if typing errors are looked for, how many
    /// letters may differ.
    fn in_forms(
        &self,
        word: &Word,
        role: Role,
        edits: Option<Option<u8>>,
        found: &mut Found,
    ) -> tantivy::Result<()> {
        let forms = self.forms(&word.text);
        found.shown = forms.lemma.as_ref().unwrap_or(&forms.folded).clone();
        let fuzzy = edits.is_some();
        self.folded(&forms, fuzzy || role.is_alone(), found)?;
        if fuzzy || role.is_alone() || role == Role::Telling {
            self.stems(&word.text, &forms, role, found)?;
            self.names(word, &forms, found)?;
        }
        if let Some(edits) = edits {
            let edits = edits.unwrap_or_else(|| automatic_edits(&forms.folded));
            self.fuzzy(&forms.folded, edits, found)?;
        }
        Ok(())
    }

    /// Every segment with its number, and every field that is searched in it.
    fn places(&self) -> impl Iterator<Item = (usize, &'s Segment, TextField)> {
        let segments = self.searcher.segments().iter().enumerate();
        segments.flat_map(|(ordinal, segment)| {
            self.fields.iter().map(move |&field| (ordinal, segment, field))
        })
    }

    /// The dictionaries of one kind of terms, in the order of [`places`](Expander::places).
    fn dictionaries(&self, kind: Terms) -> Dictionaries<'_> {
        Dictionaries { segments: self.searcher.segments(), fields: &self.fields, kind }
    }

    /// Documents that hold a word, about.
    pub fn documents(&self, word: &str) -> tantivy::Result<u64> {
        let folded = fold(word);
        let mut documents = 0;
        for (_, segment, field) in self.places() {
            let info = segment.terms(field, Terms::Words).terms().get(&folded)?;
            documents += info.map_or(0, |info| u64::from(info.doc_freq));
        }
        Ok(documents)
    }

    /// Looks a folded word up in every field of every segment.
    fn look_up(&self, folded: &str, number: usize, found: &mut Found) -> tantivy::Result<()> {
        let FoundTerm { kind, edits, .. } = found.terms[number];
        let weight = weight(kind, edits);
        for (ordinal, segment, field) in self.places() {
            if let Some(info) = segment.terms(field, Terms::Words).terms().get(folded)? {
                let leg = TermLeg { field, terms: Terms::Words, info, weight };
                found.legs_in(ordinal).push((number, leg));
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
            for (of, leg) in found.legs.iter_mut().flatten() {
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
                found.legs_in(ordinal).push((number, leg));
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
                found.legs_in(ordinal).push((number, leg));
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
        let mut related = close(forms, role);
        // Readers type in lower case what texts write with a capital.
        if let Some(capital) = capitalised(typed) {
            let forms = self.forms(&capital);
            own.push(forms.stem.clone());
            related.extend(close(&forms, role));
        }
        own.sort_unstable();
        own.dedup();
        related.sort_unstable();
        related.dedup();
        related.retain(|stem| !own.contains(stem));
        for stem in &own {
            self.inflections(stem, &forms.folded, MatchKind::Inflection, found)?;
        }
        if role.is_alone() {
            for stem in &related {
                self.inflections(stem, &forms.folded, MatchKind::Related, found)?;
            }
        }
        if role == Role::AnyOfThem {
            // Compounds with a word of the family will do, too.
            own.append(&mut related);
        }
        if !matches!(role, Role::InName | Role::Telling) {
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
            segment.stems.for_each_word(stem, |word| words.push(word.into()))?;
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

    /// What a part of a word of the query stands for: words with that stem or of its family, alone,
    /// and with that stem in other compounds.
    pub fn part(&mut self, part: &Part, typed: &Word) -> tantivy::Result<Alternatives> {
        let stem = &*part.stem;
        let shown = typed.text.get(part.range.clone()).unwrap_or(stem).to_lowercase();
        let mut found = Found { shown: shown.as_str().into(), ..Found::default() };
        self.inflections(stem, "", MatchKind::Part, &mut found)?;
        let capital = capitalised(&shown).unwrap_or_else(|| shown.clone());
        for related in &self.forms(&capital).family {
            self.inflections(related, "", MatchKind::Part, &mut found)?;
        }
        self.compounds(stem, &mut found)?;
        Ok(self.settle(found, typed))
    }

    /// The compounds of which a part has that stem.
    fn compounds(&self, stem: &str, found: &mut Found) -> tantivy::Result<()> {
        let kind = MatchKind::Part;
        let number = found.number(&format!("{SEPARATOR}{stem}"), kind, 0);
        let weight = weight(kind, 0);
        for (ordinal, segment, field) in self.places() {
            if let Some(info) = segment.terms(field, Terms::Parts).terms().get(stem)? {
                let leg = TermLeg { field, terms: Terms::Parts, info, weight };
                found.legs_in(ordinal).push((number, leg));
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
        let places = self.places().map(|(ordinal, _, field)| (ordinal, field)).collect();
        self.spelling(number, &spelling, 1.0, places, found)
    }
}

/// The stems of words close to one.
fn close(forms: &Forms, role: Role) -> Vec<Box<str>> {
    let family = if role == Role::AnyOfThem { &forms.family[..] } else { &[] };
    [&forms.linked[..], family].concat()
}

/// A word in lower case as it is written if it is a noun or a name.
fn capitalised(word: &str) -> Option<String> {
    let first = word.chars().next().filter(|first| first.is_lowercase())?;
    Some(first.to_uppercase().chain(word[first.len_utf8()..].chars()).collect())
}
