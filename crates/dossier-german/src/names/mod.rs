//! Names: other spellings of the same one.
//!
//! Belousow, Beloussow and Belousov are one man. A [key](name_keys) keeps of a name what all
//! schemes of transcription agree on, so that its spellings share one; a [`NameMatcher`] then
//! says which of the names that share a key, or nearly do, are likely to be spellings of one.

pub(crate) mod align;
mod function_words;
pub(crate) mod graphemes;
pub(crate) mod keys;
mod weights;

use crate::forms::Part;
use crate::letters::Letters;
use crate::lexicon::{Entry, lookup};
use crate::names::align::{Spelling, align};
use crate::names::function_words::is_function_word;
use crate::names::graphemes::graphemes;
use crate::names::weights::weights;
use crate::stem::{adjective, noun_form};
use crate::strip::is_verb_in_ier;
use crate::verbs::{verb_form, with_particle, with_zu_inside};

/// Words of more bytes than this are no names.
const LONGEST_NAME: usize = 64;

/// Gives the keys under which other spellings of a typed name are found, best first.
///
/// Empty for a word without a Latin letter or with a digit, and for an ordinary word of German,
/// so that a search for it is not widened: a word that the lexicon has and does not call a name,
/// a function word, and in lower case a verb or adjective, even if it is a name as well (lang).
/// Never empty for other words. At most 16 keys, each of the letters A to Z. Takes one to two
/// microseconds.
///
/// ```
/// use dossier_german::name_keys;
///
/// let meet = |one: &str, other: &str| {
///     let keys = name_keys(one);
///     name_keys(other).iter().any(|key| keys.contains(key))
/// };
/// assert!(meet("Chruschtschow", "Khrushchev"));
/// assert!(meet("Belousow", "Belousovs"));
/// assert!(name_keys("eine").is_empty());
/// ```
pub fn name_keys(word: &str) -> Vec<Box<str>> {
    if word.len() > LONGEST_NAME || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let graphemes = graphemes(word);
    if graphemes.is_empty() || is_ordinary(word) {
        return Vec::new();
    }
    let mut found = keys::keys(&graphemes);
    if without_genitive(word).is_some() {
        for key in keys::keys(&graphemes[..graphemes.len() - 1]) {
            if !found.contains(&key) {
                found.push(key);
            }
        }
    }
    found
}

/// Gives the keys under which a word of a text is found as a spelling of a name; what
/// [`crate::Forms::name_keys`] holds.
///
/// Those of [`name_keys`] for a word with a capital that is no compound. `parts` are its parts, as
/// [`crate::stem_and_parts`] gives them.
///
/// ```
/// use dossier_german::{UserWords, name_keys, name_keys_of_text, stem_and_parts};
///
/// let keys = |word| name_keys_of_text(word, &stem_and_parts(word, &UserWords::default()).1);
/// assert_eq!(keys("Lawrow"), name_keys("Lawrow"));
/// assert!(keys("lawrow").is_empty());
/// assert!(keys("Außenministerium").is_empty());
/// ```
pub fn name_keys_of_text(word: &str, parts: &[Part]) -> Vec<Box<str>> {
    if !word.starts_with(char::is_uppercase) || !parts.is_empty() && !is_known_name(word) {
        return Vec::new();
    }
    name_keys(word)
}

/// A name without the s of the genitive: Belousows.
fn without_genitive(word: &str) -> Option<&str> {
    let base = word.strip_suffix('s').filter(|base| base.len() >= 4)?;
    // Names on s take none, and neither do those on a sound like it.
    (!base.ends_with(['s', 'x', 'z', 'h'])).then_some(base.trim_end_matches(['\'', '’']))
}

/// Endings that tell an adverb, an adjective or a participle of a foreign verb from a name, for
/// words in lower case. None that names have too: -sam (Ibtisam), -bar (Akbar), -iv (Chernihiv).
const ENDINGS_OF_OTHER_WORDS: &[&str] = &[
    "erweise", "sweise", "weit", "seits", "fach", "iert", "ierte", "ierten", "ierter", "iertes",
    "isch", "ische", "ischen", "ischer", "isches", "ischem", "lich", "liche", "lichen", "licher",
    "liches", "lichem", "los", "lose", "losen", "loser", "loses", "losem",
];

/// Says whether a German dictionary explains a word, other than as a name.
fn is_ordinary(word: &str) -> bool {
    let letters = Letters::new(word);
    let (text, capital) = (letters.text.as_str(), letters.capital);
    if is_function_word(text) {
        return true;
    }
    match lookup(text) {
        Some(entry) if is_name(entry) => {
            !capital && (entry.is_verb() || entry.is_adjective() || adjective(text).is_some())
        }
        Some(entry) if entry.is_noun() || entry.is_verb() || entry.is_adjective() => true,
        _ if adjective(text).is_some() => true,
        _ if capital => noun_form(text).is_some(),
        _ => {
            is_verb_in_ier(text)
                || verb_form(text)
                    .or_else(|| with_particle(text))
                    .or_else(|| with_zu_inside(text))
                    .is_some()
                || ENDINGS_OF_OTHER_WORDS.iter().any(|ending| text.ends_with(ending))
        }
    }
}

fn is_known_name(word: &str) -> bool {
    lookup(&Letters::new(word).text).is_some_and(is_name)
}

fn is_name(entry: Entry) -> bool {
    entry.is_name() || entry.is_place()
}

/// Says which spellings are likely to be those of one name.
#[derive(Clone, Debug)]
pub struct NameMatcher {
    typed: Spelling,
}

/// Odds (natural logarithm) from which two spellings count as one name: the lowest at which the
/// searches for names of all scripts find less than one German word too many.
const LEAST_ODDS: f32 = -0.5;

impl NameMatcher {
    /// Prepares a name for comparisons.
    pub fn new(typed: &str) -> NameMatcher {
        NameMatcher { typed: Spelling::new(graphemes(typed)) }
    }

    /// The odds that a spelling is one of the typed name, as a natural logarithm.
    pub fn odds(&self, spelling: &str) -> f32 {
        let weights = weights();
        let odds = align(&self.typed, &Spelling::new(graphemes(spelling)), weights, None);
        match without_genitive(spelling) {
            Some(base) => {
                odds.max(align(&self.typed, &Spelling::new(graphemes(base)), weights, None))
            }
            None => odds,
        }
    }

    /// Says whether a spelling is likely to be one of the typed name.
    pub fn is_same(&self, spelling: &str) -> bool {
        self.odds(spelling) >= LEAST_ODDS
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::forms::{forms, forms_with};
    use crate::user_words::UserWords;

    fn share_a_key(one: &str, other: &str) -> bool {
        let keys = name_keys(one);
        name_keys(other).iter().any(|key| keys.contains(key))
    }

    #[test]
    fn spellings_of_one_name_meet() {
        for (one, other) in [
            ("Belousow", "Beloussow"),
            ("Belousow", "Belousov"),
            ("Beloussow", "Belousovs"),
            ("Lavrov", "Lawrow"),
            ("Shoigu", "Schoigu"),
            ("Schoigu", "Shoygu"),
            ("Schoigu", "Šojgu"),
            ("Selenskyj", "Zelensky"),
            ("Selenskyj", "Zelenskiy"),
            ("Gaddafi", "Qadhafi"),
            ("Gaddafi", "Kadhafi"),
            ("Pjöngjang", "Pyongyang"),
            ("Jong-un", "Jongun"),
            ("Jong-un", "Jeong-eun"),
            ("Chruschtschow", "Khrushchev"),
            ("Chruschtschow", "Hruščëv"),
            ("Gorbatschow", "Gorbachev"),
            ("Gorbatschow", "Gorbatchev"),
            ("Jelzin", "Yeltsin"),
            ("Tschaikowski", "Tchaikovsky"),
            ("Achmatowa", "Akhmatova"),
            ("Mohammed", "Muhammad"),
            ("Hussein", "Husain"),
            ("Prigoschin", "Prigozhin"),
        ] {
            assert!(share_a_key(one, other), "{one} and {other} share no key");
            let odds = NameMatcher::new(one).odds(other);
            assert!(odds >= LEAST_ODDS, "{one} and {other}: {odds}");
        }
    }

    #[test]
    fn strangers_do_not_meet() {
        for (one, other) in [
            ("Kiew", "Café"),
            ("Schoigu", "Joshua"),
            ("Selenskyj", "Silesien"),
            ("Lawrow", "Larve"),
        ] {
            assert!(!NameMatcher::new(one).is_same(other), "{one} and {other}");
        }
    }

    #[test]
    fn ordinary_words_have_no_key() {
        for word in ["eine", "und", "Und", "weiterhin", "gefunden", "Haus", "schönsten", "GmbH4"] {
            assert!(name_keys(word).is_empty(), "{word}");
        }
    }

    #[cfg(feature = "lexicon")]
    #[test]
    fn words_of_a_text_have_keys_if_they_may_be_names() {
        for word in ["Lawrow", "Schoigus", "Putin", "Pjöngjang", "Donezk", "Jong-un"] {
            assert!(!forms(word).name_keys.is_empty(), "{word}");
        }
        for word in ["lawrow", "Verteidigungsminister", "Minister", "Donezkreise", "24", "Лавров"]
        {
            assert!(forms(word).name_keys.is_empty(), "{word}");
        }
        let user = UserWords::default();
        assert_eq!(forms_with("Lawrow", &user).name_keys, name_keys("Lawrow"));
    }

    #[test]
    fn likeness_does_not_depend_on_the_direction() {
        for (one, other) in [("Lawrow", "Lavrov"), ("Jelzin", "Yeltsin"), ("Chan", "Xhaka")] {
            let there = NameMatcher::new(one).odds(other);
            let back = NameMatcher::new(other).odds(one);
            assert!((there - back).abs() < 1e-3, "{one} {other}: {there} {back}");
        }
    }

    proptest! {
        #[test]
        fn any_word_is_safe(one in "\\PC{0,20}", other in "\\PC{0,20}") {
            check_laws(&one);
            prop_assert!(!NameMatcher::new(&one).odds(&other).is_nan());
        }

        #[test]
        fn laws_hold_for_names(word in "[A-ZŠČŽ][a-zšžčäöüŏŭ'-]{0,30}") {
            check_laws(&word);
            let ordinary = is_ordinary(&word);
            prop_assert_eq!(name_keys(&word).is_empty(), ordinary, "{}", word);
        }
    }

    fn check_laws(word: &str) {
        let keys = name_keys(word);
        assert_eq!(keys, name_keys(word), "{word:?} twice");
        assert!(keys.len() <= 2 * keys::MOST_KEYS, "{word:?}: {keys:?}");
        for key in &keys {
            assert!(!key.is_empty() && key.bytes().all(|byte| byte.is_ascii_uppercase()));
        }
    }
}
