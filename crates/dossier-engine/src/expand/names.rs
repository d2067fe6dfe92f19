//! Other spellings of a typed name, and other names for the same, among the words of the index.

use dossier_german::{
    Alias, Aliases, Forms, StemSource, TypedName, exact, fold, name_keys_of_text,
};

use super::sounds::spellings_like;
use super::{Alternatives, Expander, Found, Role, capitalised};
use crate::query::{Word, WordMode};
use crate::ranking::weight;
use crate::results::MatchKind;

/// Words of a query whose other names are looked for: each takes up to a millisecond, and who asks
/// for more words has a text rather than names in mind.
pub(super) const MOST_NAMED: usize = 64;

/// Letters of either half of a name that may be written apart: Jong Un.
const LEAST_HALF: usize = 2;

/// Letters of both together: Lina is a name, and hardly ever means Li Na.
const LEAST_HALVES: usize = 5;

impl<'s> Expander<'s> {
    /// Other spellings of the same name, the likeliest first, and other names for the same.
    pub(super) fn names(
        &self,
        typed: &Word,
        forms: &Forms,
        found: &mut Found,
    ) -> tantivy::Result<()> {
        if !self.may_look_for_names(typed) {
            return Ok(());
        }
        let typed = &typed.text;
        self.spellings_of_name(typed, forms, found)?;
        self.aliases(&forms.folded, found)
    }

    /// Whether other names of a word may be looked for; counts the words that are.
    fn may_look_for_names(&self, typed: &Word) -> bool {
        let left = self.names_left.get();
        self.names_left.set(left.saturating_sub(1));
        if left == 0 {
            self.unnamed.borrow_mut().get_or_insert_with(|| typed.clone());
        }
        left > 0
    }

    /// The first word of which no other names were looked for: there were too many before.
    pub fn first_unnamed(&self) -> Option<Word> {
        self.unnamed.borrow().clone()
    }

    /// The names that mean the same, of the user's groups and of those that come along.
    pub fn same_names(&self, name: &str) -> Vec<&'s Alias> {
        let mut names = self.aliases.of(name);
        for exonym in Aliases::exonyms().of(name) {
            if !names.iter().any(|other| other.words() == exonym.words()) {
                names.push(exonym);
            }
        }
        names
    }

    /// Words of the longest name of which there are others.
    pub fn most_words_of_name(&self) -> usize {
        self.aliases.most_words().max(Aliases::exonyms().most_words())
    }

    /// Other names for the same that are one word, also in the genitive.
    fn aliases(&self, name: &str, found: &mut Found) -> tantivy::Result<()> {
        let same = self.same_names(name).into_iter();
        for alias in same.filter(|alias| alias.words().len() == 1) {
            for word in [alias.joined().to_owned(), format!("{}s", alias.joined())] {
                if !found.numbers.contains_key(&*word) {
                    let number = found.number(&word, MatchKind::Alias, 0);
                    self.look_up(&word, number, found)?;
                }
            }
        }
        Ok(())
    }

    /// Words that mean the same as a name of several words.
    pub fn aliases_of(&mut self, name: &str, typed: &Word) -> tantivy::Result<Alternatives> {
        let mut found = Found::default();
        self.aliases(name, &mut found)?;
        Ok(self.settle(found, typed))
    }

    /// A word that stands for what was typed otherwise: in this form only.
    pub fn in_place_of(
        &mut self,
        word: &str,
        kind: MatchKind,
        typed: &Word,
    ) -> tantivy::Result<Alternatives> {
        let mut found = Found::default();
        let folded = fold(word);
        let number = found.number(&folded, kind, 0);
        self.look_up(&folded, number, &mut found)?;
        Ok(self.settle(found, typed))
    }

    /// Words in an order that stand for what was typed otherwise; with their inflections, if the
    /// name may have adjectives in it: der Demokratischen Republik Kongo.
    pub fn words_in_place_of(
        &mut self,
        words: &[impl AsRef<str>],
        kind: MatchKind,
        typed: &Word,
    ) -> tantivy::Result<Vec<Alternatives>> {
        let mut slots = Vec::with_capacity(words.len());
        for word in words {
            let word =
                Word { text: word.as_ref().to_owned(), mode: WordMode::Plain, ..typed.clone() };
            let forms = self.forms(&word.text);
            let mut found = Found::default();
            self.folded(&forms, false, &mut found)?;
            if kind == MatchKind::Alias {
                self.stems(&word.text, &forms, Role::InName, &mut found)?;
            }
            let mut slot = self.settle(found, &word);
            for leg in slot.legs.iter_mut().flatten() {
                leg.weight *= weight(kind, 0);
            }
            // Together they are as rare as one word: the words of a phrase are counted up.
            slot.rarity /= words.len() as f32;
            slots.push(slot);
        }
        Ok(slots)
    }

    /// The ways to cut a name in two that both stand in the index as names.
    pub fn halves(&self, word: &Word) -> tantivy::Result<Vec<[String; 2]>> {
        let typed = &*word.text;
        let forms = self.forms(typed);
        // What the lexicon has is written as one word.
        let known = forms.source != StemSource::Ending;
        if known || TypedName::new(typed, &forms).is_none() || !self.may_look_for_names(word) {
            return Ok(Vec::new());
        }
        let letters = exact(typed);
        let count = letters.chars().count();
        if count < LEAST_HALVES {
            return Ok(Vec::new());
        }
        // What texts have as a word is no name to them unless they write it as one: fail is not Fa Il.
        let in_lower_case = typed.starts_with(char::is_lowercase);
        let is_word =
            in_lower_case && self.documents(typed)? > 0 && !self.is_name_in_text(&letters);
        let mut found = Vec::new();
        let cuts = letters.char_indices().skip(LEAST_HALF);
        for (at, _) in cuts.take((count + 1).saturating_sub(2 * LEAST_HALF)) {
            let (before, behind) = letters.split_at(at);
            if self.is_name_in_text(before)
                && self.is_name_in_text(behind)
                && (!is_word || self.is_name_in_text(&format!("{before}-{behind}")))
            {
                found.push([before.to_owned(), behind.to_owned()]);
            }
        }
        Ok(found)
    }

    /// Two words that follow each other as the one word as which a text of this index may have
    /// them, if they may be names.
    pub fn joined(&self, before: &Word, behind: &Word) -> tantivy::Result<Option<String>> {
        let typed = before;
        let (before, behind) = (&*before.text, &*behind.text);
        for word in [before, behind] {
            let short = word.chars().count() < LEAST_HALF;
            if short || TypedName::new(word, &self.forms(word)).is_none() {
                return Ok(None);
            }
        }
        if !self.may_look_for_names(typed) {
            return Ok(None);
        }
        let joined = format!("{}{}", exact(before), exact(behind));
        Ok(self.is_name_in_text(&joined).then_some(joined))
    }

    /// Whether a word stands in the index with a capital, and may be a name.
    fn is_name_in_text(&self, word: &str) -> bool {
        let word = exact(word);
        let written = capitalised(&word).unwrap_or_else(|| word.clone());
        name_keys_of_text(&written, &[]).first().is_some_and(|key| {
            let key = key.to_string();
            self.searcher.segments().iter().any(|segment| segment.names.contains(&key, &word))
        })
    }

    /// Other spellings of the same name, the likeliest first.
    fn spellings_of_name(
        &self,
        typed: &str,
        forms: &Forms,
        found: &mut Found,
    ) -> tantivy::Result<()> {
        let Some(name) = TypedName::new(typed, forms) else { return Ok(()) };
        let in_lower_case =
            typed.starts_with(char::is_lowercase).then(|| found.documents(&forms.folded));
        let segments = self.searcher.segments();
        let spellings = spellings_like(&name, &forms.exact, in_lower_case, segments)?;
        let spellings = spellings.iter().map(|(spelling, key)| (&**spelling, *key));
        let same = name.same(spellings).into_iter();
        let same = same.map(|(spelling, likely)| (likely, fold(spelling)));
        for (likely, folded) in same {
            if *folded != *forms.folded && !found.numbers.contains_key(&*folded) {
                let number = found.number(&folded, MatchKind::Name, 0);
                self.look_up(&folded, number, found)?;
                // The term is new: nothing else is of it.
                for (_, leg) in found.legs.iter_mut().flatten().filter(|(of, _)| *of == number) {
                    leg.weight *= likely;
                }
            }
        }
        Ok(())
    }
}
