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
use crate::names::graphemes::{graphemes, is_vowel};
use crate::names::keys::Side;
use crate::names::weights::weights;
use crate::stem::{OrNoun, adjective, adjective_behind_another_word, noun_form, unknown_adjective};
use crate::strip::is_verb_in_ier;
use crate::verbs::{verb_form, with_particle, with_zu_inside};

/// Keys of so many sounds or more are long enough to be looked for with one sound too many, too
/// few, wrong, or changed with its neighbour; shorter ones are not, as too many names would match.
pub const LONG_NAME_KEY: usize = 4;

/// Words of more bytes than this are no names.
const LONGEST_NAME: usize = 64;

/// Gives the keys under which other spellings of a typed name are found, best first.
///
/// Empty for a word without a Latin vowel or with a digit, and for an ordinary word of German,
/// so that a search for it is not widened: a word that the lexicon has and does not call a name,
/// a function word, and in lower case a verb or adjective, even if it is a name as well (lang).
/// Never empty for other words of at most 64 bytes. At most 32 keys, each of the letters A to Z.
/// Takes two microseconds.
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
    keys_of(word, Side::Typed)
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
    keys_of(word, Side::Kept)
}

fn keys_of(word: &str, side: Side) -> Vec<Box<str>> {
    if word.len() > LONGEST_NAME || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let heard = graphemes(word);
    // Without a vowel it is an abbreviation: BND, KGB.
    if !heard.iter().any(|grapheme| is_vowel(*grapheme)) || is_ordinary(word) {
        return Vec::new();
    }
    let mut found = keys::keys(&heard, side);
    if let Some(base) = without_genitive(word) {
        for key in keys::keys(&graphemes(base), side) {
            if !found.contains(&key) {
                found.push(key);
            }
        }
    }
    found
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
    "ische", "ischen", "ischer", "isches", "ischem", "lich", "liche", "lichen", "licher", "liches",
    "lichem", "los", "lose", "losen", "loser", "loses", "losem",
];

/// A noun whose likelihoods as a part of compounds (0 to 15, first and last) add up to no more than
/// this is so rare that it may be a name too: Kulisch. Of spellings of Russian names, .934 were
/// found from the German one with a bound of 10, .921 with 0 and .952 without a bound, but then
/// Jury finds Juri.
const RARE_NOUN: u8 = 12;

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
        Some(entry) if entry.is_verb() || entry.is_adjective() => true,
        Some(entry) if entry.is_noun() => {
            let rare = entry.as_first() + entry.as_last() <= RARE_NOUN;
            // Das Absolute is rare, absolute is not.
            !rare || adjective(text).is_some()
        }
        _ if adjective(text).is_some() || noun_form(text).is_some() => true,
        _ => !capital && is_ordinary_in_lower_case(text),
    }
}

/// Says whether a word that the lexicon lacks is a form of a verb, or looks like no name.
fn is_ordinary_in_lower_case(text: &str) -> bool {
    ENDINGS_OF_OTHER_WORDS.iter().any(|ending| text.ends_with(ending))
        || is_verb_in_ier(text)
        || verb_form(text).is_some()
        || with_particle(text).is_some()
        || with_zu_inside(text).is_some()
        || is_inflected_adjective(text)
}

/// Says whether a word that the lexicon lacks ends as only inflected adjectives do. Not in -e or
/// -er, as many names do, which are cut from their last letters too boldly otherwise: Ibtisame.
fn is_inflected_adjective(text: &str) -> bool {
    ["en", "em", "es"].iter().any(|ending| text.ends_with(ending))
        && (unknown_adjective(text).is_some()
            || adjective_behind_another_word(text, OrNoun::Never).is_some())
}

fn is_known_name(word: &str) -> bool {
    lookup(&Letters::new(word).text).is_some_and(is_name)
}

fn is_name(entry: Entry) -> bool {
    entry.is_name() || entry.is_place()
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
    fn odds(&self, spelling: &str) -> f32 {
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
            let matcher = NameMatcher::new(one);
            assert!(matcher.weight(other).is_some(), "{one} and {other}: {}", matcher.odds(other));
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
            let matcher = NameMatcher::new(one);
            assert_eq!(matcher.weight(other), None, "{one} and {other}: {}", matcher.odds(other));
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

    /// How a search finds a spelling: by an equal key, or a long one with one sound too many, too
    /// few, wrong or in the wrong place; then by its weight.
    fn finds(typed: &str, spelling: &str) -> bool {
        let kept = keys_of(spelling, Side::Kept);
        let near = |a: &str, b: &str| {
            a == b || a.len().max(b.len()) >= LONG_NAME_KEY && one_apart(a.as_bytes(), b.as_bytes())
        };
        name_keys(typed).iter().any(|key| kept.iter().any(|other| near(key, other)))
            && NameMatcher::new(typed).weight(spelling).is_some()
    }

    fn one_apart(a: &[u8], b: &[u8]) -> bool {
        let before = a.iter().zip(b).take_while(|(a, b)| a == b).count();
        let (a, b) = (&a[before..], &b[before..]);
        let behind = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
        let (a, b) = (&a[..a.len() - behind], &b[..b.len() - behind]);
        a.len().max(b.len()) <= 1 || matches!((a, b), ([c, d], [e, f]) if c == f && d == e)
    }

    #[test]
    fn another_scheme_and_a_typing_error_are_found() {
        let names = [
            ("Chruschtschow", "Khrushchev"),
            ("Gorbatschow", "Gorbachev"),
            ("Breschnew", "Brezhnev"),
            ("Tschaikowski", "Tchaikovsky"),
            ("Selenskyj", "Zelensky"),
            ("Poroschenko", "Poroshenko"),
            ("Lukaschenko", "Lukashenko"),
            ("Prigoschin", "Prigozhin"),
            ("Nawalny", "Navalny"),
            ("Medwedew", "Medvedev"),
            ("Saluschnyj", "Zaluzhny"),
            ("Schewtschenko", "Shevchenko"),
            ("Tymoschenko", "Tymoshenko"),
            ("Solschenizyn", "Solzhenitsyn"),
            ("Dostojewski", "Dostoyevsky"),
            ("Mussorgski", "Mussorgsky"),
            ("Prokofjew", "Prokofiev"),
            ("Schostakowitsch", "Shostakovich"),
            ("Belousow", "Belousov"),
            ("Kadyrow", "Kadyrov"),
            ("Sobjanin", "Sobyanin"),
            ("Wolodymyr", "Volodymyr"),
            ("Saakaschwili", "Saakashvili"),
            ("Paschinjan", "Pashinyan"),
            ("Ahmadinedschad", "Ahmadinejad"),
            ("Chamenei", "Khamenei"),
            ("Gaddafi", "Qaddafi"),
            ("Mubarak", "Moubarak"),
            ("Nasrallah", "Nasrollah"),
            ("Pjöngjang", "Pyongyang"),
        ];
        let mut random = 11u64;
        let mut below = |bound: usize| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (random >> 33) as usize % bound
        };
        let (mut found, mut missed) = (0, Vec::new());
        for case in 0..500 {
            let (german, english) = names[case % names.len()];
            let (typed, spelling) =
                if case % 2 == 0 { (german, english) } else { (english, german) };
            let mut letters: Vec<char> = typed.chars().collect();
            let at = 1 + below(letters.len() - 1);
            let other = char::from(b'a' + below(26) as u8);
            match below(4) {
                0 => drop(letters.remove(at)),
                1 => letters.insert(at, other),
                2 => letters[at] = other,
                _ => letters.swap(at - 1, at),
            }
            let typed = String::from_iter(letters);
            if finds(&typed, spelling) {
                found += 1;
            } else {
                missed.push((typed, spelling));
            }
        }
        assert!(found >= 450, "only {found} of 500, not {missed:?}");
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
            let none = is_ordinary(&word) || !graphemes(&word).iter().any(|g| is_vowel(*g));
            prop_assert_eq!(name_keys(&word).is_empty(), none, "{}", word);
        }
    }

    fn check_laws(word: &str) {
        let keys = name_keys(word);
        assert_eq!(keys, name_keys(word), "{word:?} twice");
        assert!(keys.len() <= 2 * keys::MOST_KEYS_TYPED, "{word:?}: {keys:?}");
        for key in &keys {
            assert!(!key.is_empty() && key.bytes().all(|byte| byte.is_ascii_uppercase()));
        }
    }
}
