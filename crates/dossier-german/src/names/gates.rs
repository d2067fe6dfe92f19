//! Which words may be names: those that no German dictionary explains otherwise.

use unicode_normalization::UnicodeNormalization;

use super::function_words::is_function_word;
use crate::compounds::may_be_no_compound;
use crate::forms::Part;
use crate::letters::plain_letters;
use crate::lexicon::{Entry, is_english, lookup, lookup_and_reach};
use crate::stem::{
    OrNoun, adjective_behind_another_word, is_adjective_within, noun_form_within, unknown_adjective,
};
use crate::strip::is_verb_in_ier;
use crate::verbs::{verb_form, with_particle, with_zu_inside};

/// Endings that tell an adverb, an adjective or a participle of a foreign verb from a name, for
/// words in lower case. None that names have too: -sam (Ibtisam), -bar (Akbar), -iv (Chernihiv).
const ENDINGS_OF_OTHER_WORDS: &[&str] = &[
    "erweise", "sweise", "weit", "seits", "fach", "iert", "ierte", "ierten", "ierter", "iertes",
    "ische", "ischen", "ischer", "isches", "ischem", "ysche", "yschen", "yscher", "ysches", "lich",
    "liche", "lichen", "licher", "liches", "lichem", "bare", "baren", "barer", "bares", "barem",
    "los", "lose", "losen", "loser", "loses", "losem",
];

/// Abbreviations that would be names with a capital: max. fünf Jahre, min. zwei.
const ABBREVIATIONS: &[&str] = &["gen", "max", "mil", "min"];

/// Endings of nouns that are no names: Auswirkungen, Gegebenheit.
const ENDINGS_OF_NOUNS: &[&str] = &[
    "ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "schaften", "tion", "tionen",
    "tät", "täten", "ismus", "ismen", "nis", "nisse", "nissen", "innen",
];

/// A noun whose likelihoods as a part of compounds (0 to 15, first and last) add up to no more than
/// this is so rare that it may be a name too: Kulisch. Of spellings of Russian names, .934 were
/// found from the German one with a bound of 10, .921 with 0 and .952 without a bound, but then
/// Jury finds Juri.
const RARE_NOUN: u8 = 12;

/// Letters of a word that is called short.
const SHORT_WORD: usize = 4;

/// Letters with a sign that German words have, in loanwords too: Café, Façade, Jalapeño. Others tell
/// a word of another language, mostly a name: Fāng is not caught, Bōté is no messenger.
const SIGNED_LETTERS: &str = "äöüßéèêëàâçîïôûœæñ";

/// Says whether a word has a letter that German words lack.
pub(super) fn is_written_foreign(word: &str) -> bool {
    let is_foreign = |c: char| !c.is_ascii() && c.is_alphabetic() && !SIGNED_LETTERS.contains(c);
    !word.is_ascii() && word.nfc().flat_map(char::to_lowercase).any(is_foreign)
}

/// Says whether a word is a compound that is no name.
pub(super) fn is_surely_compound(word: &str, parts: &[Part]) -> bool {
    !parts.is_empty() && !may_be_no_compound(word, parts) && !is_written_foreign(word)
}

/// Says whether a German dictionary explains a word, other than as a name.
pub(super) fn is_ordinary(word: &str) -> bool {
    if is_written_foreign(word) {
        return false;
    }
    if is_numeral(word) {
        return true;
    }
    let (text, capital) = (plain_letters(word), word.starts_with(char::is_uppercase));
    let text = &*text;
    if is_function_word(text) || !capital && ABBREVIATIONS.contains(&text) {
        return true;
    }
    let (entry, reach) = lookup_and_reach(text);
    let is_adjective = || is_adjective_within(text, reach);
    match entry {
        Some(entry) if is_name(entry) => {
            !capital && (entry.is_verb() || entry.is_adjective() || is_adjective())
        }
        Some(entry) if entry.is_verb() || entry.is_adjective() => true,
        Some(entry) if entry.is_noun() => {
            let rare = entry.as_first() + entry.as_last() <= RARE_NOUN;
            // Das Absolute is rare, absolute is not.
            let has_ending = || ENDINGS_OF_NOUNS.iter().any(|ending| text.ends_with(ending));
            // In lower case, erneuerbare is no form of die Erneuerbaren.
            let is_other = || has_ending_of_adjective(word) || is_ordinary_in_lower_case(text);
            !rare || has_ending() || is_adjective() || !capital && is_other()
        }
        _ if is_adjective() || noun_form_within(text, reach).is_some() => true,
        _ => !capital && is_ordinary_in_lower_case(text),
    }
}

/// Says whether a word is a Roman numeral of several letters and no name: `XIV`, `iii`. In lower case
/// not those that a name may be written as: xi, li, dix. `Ii` is a name and no numeral.
fn is_numeral(word: &str) -> bool {
    let is_syllable = || matches!(word.as_bytes(), [_, b'i'] | [_, b'i', b'v' | b'x']);
    match word.as_bytes() {
        [b'a'..=b'z', b'a'..=b'z', ..] => {
            is_roman(word) && (word.starts_with('i') || !is_syllable())
        }
        [b'A'..=b'Z', b'A'..=b'Z', ..] => is_roman(&word.to_ascii_lowercase()),
        _ => false,
    }
}

/// Says whether letters are a Roman numeral; digits may be repeated as often as on a clock's face.
fn is_roman(letters: &str) -> bool {
    let mut rest = letters.trim_start_matches('m');
    for [nine, four, five, one] in
        [["cm", "cd", "d", "c"], ["xc", "xl", "l", "x"], ["ix", "iv", "v", "i"]]
    {
        let less = rest.strip_prefix(nine).or_else(|| rest.strip_prefix(four));
        let more = || rest.strip_prefix(five).unwrap_or(rest).trim_start_matches(one);
        rest = less.unwrap_or_else(more);
    }
    rest.is_empty()
}

/// Says whether a word that the lexicon does not call a verb or an adjective is a form of one, is
/// English, or looks like no name.
fn is_ordinary_in_lower_case(text: &str) -> bool {
    is_english(text)
        || ENDINGS_OF_OTHER_WORDS.iter().any(|ending| text.ends_with(ending))
        || is_verb_in_ier(text)
        || verb_form(text).is_some()
        || with_particle(text).is_some()
        || with_zu_inside(text).is_some()
        || is_inflected_adjective(text)
        || is_short_verb_form(text)
        || is_long_adjective_in_isch(text)
}

/// Says whether a word is an adjective of a foreign stem: energetisch. Names that end so are short:
/// Kulisch, Janisch.
fn is_long_adjective_in_isch(text: &str) -> bool {
    let Some(stem) = text.strip_suffix("isch") else { return false };
    let (mut syllables, mut in_vowel) = (0, false);
    for c in stem.chars() {
        let vowel = "aeiouyäöü".contains(c);
        syllables += usize::from(vowel && !in_vowel);
        in_vowel = vowel;
    }
    syllables >= 2
}

/// Says whether a word is a verb without its ending, as in commands and in speech: glaub, mach.
fn is_short_verb_form(text: &str) -> bool {
    let is_verb = |infinitive: &str| lookup(infinitive).is_some_and(Entry::is_verb);
    text.len() > 2 && is_verb(&format!("{text}en"))
}

/// Says whether a word in lower case, read as an adjective, surely is one: vorzeitig, abrufbar.
/// Others are names as well: Ibtisam, Palijiw, Kaval.
pub(super) fn has_ending_of_adjective(word: &str) -> bool {
    const ENDINGS: &[&str] = &["ig", "bar"];
    const INFLECTIONS: &[&str] = &["", "e", "en", "er", "es", "em"];
    let has = |inflection| {
        let base = word.strip_suffix(inflection);
        base.is_some_and(|base| ENDINGS.iter().any(|ending| base.ends_with(ending)))
    };
    word.starts_with(char::is_lowercase) && INFLECTIONS.iter().any(|inflection| has(*inflection))
}

/// Says whether a word that the lexicon lacks ends as only inflected adjectives do. Not in -e or
/// -er, as many names do, which are cut from their last letters too boldly otherwise: Ibtisame.
fn is_inflected_adjective(text: &str) -> bool {
    ["en", "em", "es"].iter().any(|ending| text.ends_with(ending))
        && (unknown_adjective(text).is_some()
            || adjective_behind_another_word(text, OrNoun::Never).is_some())
}

/// Says whether texts that have a word in `capitals` of `documents` with a capital write it as a
/// name. Names stand in lower case in addresses and where people write in haste.
pub(super) fn is_written_as_name(word: &str, capitals: u64, documents: u64) -> bool {
    // A dictionary knows it as one, too: most will do. No text has it: it may be one.
    if is_known_name(word) || documents == 0 {
        return documents == 0 || 2 * capitals > documents;
    }
    // Few letters make many abbreviations and words of other languages, and a noun is one word more.
    let short = word.chars().count() <= SHORT_WORD;
    let share = match documents {
        _ if short || lookup(&plain_letters(word)).is_some() => 15.0 / 16.0,
        // One among so few says little.
        ..=4 => 2.0 / 3.0,
        _ => 7.0 / 8.0,
    };
    capitals as f32 > share * documents as f32
}

pub(super) fn is_known_name(word: &str) -> bool {
    lookup(&plain_letters(word)).is_some_and(is_name)
}

fn is_name(entry: Entry) -> bool {
    entry.is_name() || entry.is_place()
}
