//! Words that a user adds to the lexicon: names of products, terms of a field.

use rustc_hash::FxHashSet;

use crate::letters::{Letters, canonical};

/// Endings with which a user's word is still that word.
const ENDINGS: [&str; 6] = ["s", "es", "n", "en", "e", "er"];

/// Words of a user's own, which the analysis then knows as nouns: they are never cut, and make
/// parts of compounds.
///
/// Analysis with other words gives other terms, so the words belong in the fingerprint of an
/// index.
///
/// ```
/// use dossier_german::{UserWords, forms_with};
///
/// let words = UserWords::new(["Zweitverwertung", "Kibana"]);
/// assert_eq!(&*forms_with("Kibanas", &words).stem, "kibana");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserWords {
    /// The words as the lexicon would spell them.
    keys: FxHashSet<Box<str>>,
}

impl UserWords {
    /// Takes words in any case; what is no single word is ignored.
    pub fn new<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> Self {
        let key = |word: W| canonical(&Letters::new(word.as_ref().trim()).text);
        let keys = words.into_iter().map(key).filter(|key| key.len() > 1);
        UserWords { keys: keys.map(String::into_boxed_str).collect() }
    }

    /// The words in order, as the lexicon would spell them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let mut words: Vec<&str> = self.keys.iter().map(|key| &**key).collect();
        words.sort_unstable();
        words.into_iter()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Gives the user's word of which these letters are a form.
    pub(crate) fn find(&self, letters: &str) -> Option<String> {
        if self.is_empty() {
            return None;
        }
        let key = canonical(letters);
        let known = |base: &str| self.keys.contains(base).then(|| base.to_owned());
        known(&key)
            .or_else(|| ENDINGS.iter().find_map(|ending| key.strip_suffix(ending).and_then(known)))
    }

    /// Calls `visit` with the end of every user's word that starts at byte `from`.
    pub(crate) fn walk(&self, letters: &str, from: usize, mut visit: impl FnMut(usize)) {
        if self.is_empty() {
            return;
        }
        let ends = letters[from..].char_indices().map(|(at, c)| from + at + c.len_utf8());
        ends.filter(|end| self.find(&letters[from..*end]).is_some()).for_each(&mut visit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_users_word_is_found_in_its_forms() {
        let words = UserWords::new(["Köbig", " Grünbuch ", ""]);
        for form in ["koebig", "köbigs", "grünbuch", "gruenbuches"] {
            assert!(words.find(form).is_some(), "{form}");
        }
        assert_eq!(words.find("buch"), None);
        assert_eq!(UserWords::default().find("buch"), None);
    }
}
