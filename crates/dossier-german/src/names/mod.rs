//! Names: other spellings of the same one.
//!
//! Belousow, Beloussow and Belousov are one man. A [key](name_keys) keeps of a name what all
//! schemes of transcription agree on, so that its spellings share one; a [`TypedName`] then
//! says which of the names that share a key, or nearly do, are likely to be spellings of one.

mod aliases;
pub(crate) mod align;
#[cfg(test)]
mod attested;
mod compare;
mod function_words;
mod gates;
#[cfg(test)]
mod generated;
pub(crate) mod graphemes;
pub(crate) mod keys;
mod near;
mod typed;
mod weights;

use crate::forms::Part;
use crate::names::gates::{is_known_name, is_ordinary, is_surely_compound};
use crate::names::graphemes::{graphemes, is_vowel};
use crate::names::keys::{Side, add_keys};

pub use aliases::{Alias, Aliases};
pub use keys::NameKey;
pub use typed::{KeyMatch, Nearness, TypedName};

/// Words of more bytes than this are no names.
const LONGEST_NAME: usize = 64;

/// Gives the keys under which other spellings of a typed name are found, best first.
///
/// Empty for a word without a Latin vowel or with a digit, and for an ordinary word of German,
/// so that a search for it is not widened: a word that the lexicon has and does not call a name,
/// a function word, and in lower case a verb or adjective, even if it is a name as well (lang); and
/// for a Roman numeral (XIV, iii), unless it is in lower case and may be a name (xi).
/// Never empty for other words of at most 64 bytes. At most 32 keys.
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
pub fn name_keys(word: &str) -> Vec<NameKey> {
    keys_of(word, Side::Typed)
}

/// Gives the keys under which a word of a text is found as a spelling of a name.
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
pub fn name_keys_of_text(word: &str, parts: &[Part]) -> Vec<NameKey> {
    if !word.starts_with(char::is_uppercase)
        || is_surely_compound(word, parts) && !is_known_name(word)
    {
        return Vec::new();
    }
    keys_of(word, Side::Kept)
}

fn keys_of(word: &str, side: Side) -> Vec<NameKey> {
    if word.len() > LONGEST_NAME || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let heard = graphemes(word);
    // Without a vowel it is an abbreviation: BND, KGB.
    if !heard.iter().any(|grapheme| is_vowel(*grapheme)) || is_ordinary(word) {
        return Vec::new();
    }
    let mut found = Vec::with_capacity(keys::MOST_KEYS);
    add_keys(&heard, side, &mut found);
    if let Some(base) = without_genitive(word) {
        add_keys(&graphemes(base), side, &mut found);
    }
    found
}

/// A name without the s of the genitive: Belousows.
fn without_genitive(word: &str) -> Option<&str> {
    let base = word.strip_suffix('s').filter(|base| base.len() >= 4)?;
    // Names on s take none, and neither do those on a sound like it.
    (!base.ends_with(['s', 'x', 'z', 'h'])).then_some(base.trim_end_matches(['\'', '’']))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::forms::forms;
    use crate::names::typed::NameMatcher;

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
            ("Jong-un", "Chŏng-ŭn"),
            ("Kadyrow", "Qadirov"),
            ("Scharif", "Cherif"),
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
            assert!(finds(one, other), "{one} and {other}: {}", odds(one, other));
        }
    }

    #[test]
    fn strangers_do_not_meet() {
        for (one, other) in [
            ("Kiew", "Café"),
            ("Scholz", "Stolz"),
            ("Merkel", "Marcel"),
            ("Xi", "CSI"),
            ("Schoigu", "Joshua"),
            ("Selenskyj", "Silesien"),
            ("Lawrow", "Larve"),
        ] {
            assert!(!finds(one, other), "{one} and {other}: {}", odds(one, other));
        }
    }

    #[cfg(feature = "lexicon")]
    #[test]
    fn ordinary_words_have_no_key() {
        for word in
            ["eine", "und", "Und", "weiterhin", "gefunden", "Haus", "schönsten", "GmbH", "G20"]
        {
            assert!(name_keys(word).is_empty(), "{word}");
        }
    }

    #[cfg(feature = "lexicon")]
    #[test]
    fn words_of_a_text_have_keys_if_they_may_be_names() {
        let keys = |word| name_keys_of_text(word, &forms(word).parts);
        for word in ["Lawrow", "Schoigus", "Putin", "Pjöngjang", "Donezk", "Jong-un"] {
            assert!(!keys(word).is_empty(), "{word}");
        }
        for word in
            ["lawrow", "Verteidigungsminister", "Minister", "Donezkreise", "24", "XIV", "Лавров"]
        {
            assert!(keys(word).is_empty(), "{word}");
        }
        assert_eq!(keys("Lawrow"), name_keys("Lawrow"));
    }

    /// How a search finds a spelling: by an equal key, or a near one, then by its weight.
    pub(super) fn finds(typed: &str, spelling: &str) -> bool {
        let Some(name) = TypedName::new(typed, &forms(typed)) else { return false };
        let kept = keys_of(spelling, Side::Kept);
        let meet = |key: NameKey, other: NameKey| {
            let (a, b) = (key.to_string(), other.to_string());
            match one_apart(a.as_bytes(), b.as_bytes()) {
                _ if key == other => Some(KeyMatch::Equal),
                true => name.near(key, &b).map(|near| near.relation),
                false => None,
            }
        };
        let pairs = name.keys().iter().flat_map(|key| kept.iter().map(|other| (*key, *other)));
        let best = pairs.filter_map(|(key, other)| meet(key, other)).min();
        best.is_some_and(|key| !name.same([(spelling, key)]).is_empty())
    }

    fn odds(one: &str, other: &str) -> f32 {
        NameMatcher::new(one).odds(other)
    }

    fn one_apart(a: &[u8], b: &[u8]) -> bool {
        let before = a.iter().zip(b).take_while(|(a, b)| a == b).count();
        let (a, b) = (&a[before..], &b[before..]);
        let behind = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
        let (a, b) = (&a[..a.len() - behind], &b[..b.len() - behind]);
        a.len().max(b.len()) <= 1 || matches!((a, b), ([c, d], [e, f]) if c == f && d == e)
    }

    #[test]
    fn likeness_does_not_depend_on_the_direction() {
        for (one, other) in [("Lawrow", "Lavrov"), ("Jelzin", "Yeltsin"), ("Kadyrow", "Qadirov")] {
            let there = odds(one, other);
            let back = odds(other, one);
            assert!(there == back, "{one} {other}: {there} {back}");
        }
    }

    proptest! {
        #[test]
        fn any_word_is_safe(one in "\\PC{0,20}", other in "\\PC{0,20}") {
            check_laws(&one);
            prop_assert!(!odds(&one, &other).is_nan());
        }

        #[test]
        fn laws_hold_for_names(word in "[A-ZŠČŽ][a-zšžčäöüŏŭ'-]{0,30}") {
            check_laws(&word);
            let none = is_ordinary(&word) || !graphemes(&word).iter().any(|g| is_vowel(*g));
            prop_assert_eq!(name_keys(&word).is_empty(), none, "{}", word);
        }
    }

    fn check_laws(word: &str) {
        let keys = name_keys(word);
        assert_eq!(keys, name_keys(word), "{word:?} twice");
        assert!(keys.len() <= 2 * keys::MOST_KEYS_TYPED, "{word:?}: {keys:?}");
        for key in &keys {
            let text = key.to_string();
            assert!(!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_uppercase()));
            assert_eq!(text.len(), key.count());
        }
    }
}
