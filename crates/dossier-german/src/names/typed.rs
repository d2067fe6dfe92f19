//! A typed name: the keys to look for, and the odds of what is found under them.

use super::align::{Spelling, align};
use super::graphemes::graphemes;
use super::keys::NameKey;
use super::weights::weights;
use super::{name_keys, without_genitive};
use crate::forms::{Forms, StemSource};
use crate::letters::Letters;
use crate::lexicon::lookup;
use crate::stem::Class;

/// Keys of so many sounds or more are long enough to be looked for with one sound too many, too
/// few, wrong, or changed with its neighbour; shorter ones are not, as too many names would match.
const LONG_KEY: usize = 4;

/// A word of a query, taken as a name.
///
/// ```
/// use dossier_german::{TypedName, forms};
///
/// let name = TypedName::new("schoigu", &forms("schoigu")).expect("may be a name");
/// assert!(name.weight("Shoygu").is_some());
/// // An ordinary word is not varied.
/// assert!(TypedName::new("häuser", &forms("häuser")).is_none());
/// ```
#[derive(Clone, Debug)]
pub struct TypedName {
    keys: Vec<NameKey>,
    near: bool,
    matcher: NameMatcher,
}

impl TypedName {
    /// Prepares a word for the search for other spellings. `forms` are those of the word.
    ///
    /// None for what is not to be varied: a compound, unless the lexicon knows it as a name, and
    /// what has no [`name_keys`]. Takes some microseconds.
    pub fn new(typed: &str, forms: &Forms) -> Option<TypedName> {
        let is_name = forms.class == Some(Class::Name);
        if !forms.parts.is_empty() && !is_name {
            return None;
        }
        let keys = name_keys(typed);
        // A word of the lexicon that may also be a name: looking further would find strangers.
        let near = is_name || forms.source != StemSource::Lexicon;
        (!keys.is_empty()).then(|| TypedName { keys, near, matcher: NameMatcher::new(typed) })
    }

    /// The keys under which other spellings are found, best first.
    pub fn keys(&self) -> &[NameKey] {
        &self.keys
    }

    /// Whether spellings under another key are looked at as well, if it differs from `key` by one
    /// sound too many, too few, wrong, or changed with its neighbour.
    pub fn reaches(&self, key: NameKey, sounds: usize) -> bool {
        self.near && key.count().max(sounds) >= LONG_KEY
    }

    /// How much a spelling found counts; see [`NameMatcher::weight`].
    pub fn weight(&self, spelling: &str) -> Option<f32> {
        self.matcher.weight(spelling)
    }
}

/// Says which spellings are likely to be those of one name.
///
/// ```
/// use dossier_german::NameMatcher;
///
/// let typed = NameMatcher::new("Schoigu");
/// assert!(typed.weight("Shoygu") > typed.weight("Shoigue"));
/// assert_eq!(typed.weight("Joshua"), None);
/// ```
#[derive(Clone, Debug)]
pub struct NameMatcher {
    typed: Spelling,
}

/// Odds (natural logarithm) from which two spellings count as one name. The weights were learned
/// from more pairs of strangers than a search meets, so this is below zero. Lower by one half, and
/// the spellings found grow by two in a hundred, the German words among them by half.
const LEAST_ODDS: f32 = -2.2;

/// What is taken off the odds of a word of the lexicon: Serbien is not likely to be a spelling of
/// Shereen, as who typed that knows how Serbien is written.
const KNOWN_WORD: f32 = 1.2;

impl NameMatcher {
    /// Prepares a typed name for comparisons.
    pub fn new(typed: &str) -> NameMatcher {
        NameMatcher { typed: Spelling::new(graphemes(typed)) }
    }

    /// How much a spelling counts as one of the typed name: from one half to nearly one, none if
    /// it is not likely to be the same. Takes about a microsecond.
    ///
    /// Give the spelling with its diacritics, if they are known: [`crate::exact`].
    pub fn weight(&self, spelling: &str) -> Option<f32> {
        let odds = self.odds(spelling);
        (odds >= LEAST_ODDS).then(|| 1.0 / (1.0 + (LEAST_ODDS - odds).exp()))
    }

    /// The odds that a spelling is one of the typed name, as a natural logarithm; symmetric but
    /// for the genitive and for words of the lexicon, both looked for in `spelling` only.
    pub(super) fn odds(&self, spelling: &str) -> f32 {
        let rate = |spelling: &str| {
            align(&self.typed, &Spelling::new(graphemes(spelling)), weights(), None)
        };
        let mut odds = rate(spelling);
        if let Some(base) = without_genitive(spelling) {
            odds = odds.max(rate(base));
        }
        // Looked up only where it decides.
        if odds >= LEAST_ODDS && lookup(&Letters::new(spelling).text).is_some() {
            odds -= KNOWN_WORD;
        }
        odds
    }
}

#[cfg(all(test, feature = "lexicon"))]
mod tests {
    use super::*;
    use crate::forms::forms;

    #[test]
    fn what_is_varied_and_how_far() {
        // Whether it is varied at all, and whether keys of one other sound are looked at.
        #[rustfmt::skip]
        let cases = [
            ("Beloussow",         Some(true)),
            ("beloussow",         Some(true)),
            // A name of persons in the lexicon, in any case.
            ("Putin",             Some(true)),
            // A place in the lexicon: readers know how it is written.
            ("moskau",            Some(false)),
            // A rare noun may be a name.
            ("Kulisch",           Some(true)),
            ("Minister",          None),
            ("minister",          None),
            ("Häuser",            None),
            // A name that is an adjective in lower case.
            ("Lang",              Some(true)),
            ("lang",              None),
            ("gefunden",          None),
            ("weiterhin",         None),
            // A compound; one that is a name.
            ("Atomwaffenprogramm", None),
            ("Hamburg",           Some(false)),
            // Abbreviations and numbers.
            ("BND",               None),
            ("G20",               None),
        ];
        let mut wrong = Vec::new();
        for (word, expected) in cases {
            let name = TypedName::new(word, &forms(word));
            let far = name.as_ref().map(|name| name.reaches(name.keys()[0], NameKey::MOST));
            if far != expected {
                wrong.push((word, far));
            }
        }
        assert_eq!(wrong, []);
    }
}
