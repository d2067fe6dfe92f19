//! Stems: inflected forms of a word become one.
//!
//! The lemma of the lexicon, shortened a little so that related words meet; for words the lexicon
//! lacks, the lemma of their last part, else their letters without what looks like an ending.

use crate::fold::fold;
use crate::letters::canonical;
use crate::lexicon::{Entry, lookup};
use crate::strip::{
    strip_adjective, strip_adjective_endings, strip_noun, strip_unknown, strip_verb,
};

/// Stands behind the stem of a lemma that only an umlaut keeps apart from another lemma, so that
/// zählen and zahlen, whose stems consist of folded letters, stay two. Not a letter, so that no
/// word can have such a stem by itself.
const UMLAUT_MARK: char = '°';

/// What kind of word was found; decides how its lemma is shortened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Noun,
    Name,
    Verb,
    Adjective,
}

/// One way to read a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) lemma: String,
    pub(crate) class: Class,
    /// Whether only an umlaut keeps the lemma apart from another.
    marked: bool,
}

impl Reading {
    pub(crate) fn new(lemma: String, class: Class) -> Self {
        let marked = lookup(&lemma).is_some_and(Entry::is_umlaut_of_other);
        Reading { lemma, class, marked }
    }

    /// The same word behind the first parts of a compound.
    pub(crate) fn behind(&self, first_parts: &str) -> Reading {
        let lemma = canonical(first_parts) + &self.lemma;
        Reading { lemma, class: self.class, marked: self.marked }
    }

    /// The stem of the word read so; consists of folded letters.
    pub(crate) fn stem(&self) -> String {
        let stem = fold(match self.class {
            Class::Noun => strip_noun(&self.lemma),
            Class::Name => &self.lemma,
            Class::Verb => strip_verb(&self.lemma),
            Class::Adjective => strip_adjective(&self.lemma),
        });
        if self.marked { stem + UMLAUT_MARK.encode_utf8(&mut [0; 4]) } else { stem }
    }
}

/// Reads a word of the lexicon, or an inflected form of one: the likeliest reading.
///
/// Capitalised words are read as nouns if they can be, others as verbs or adjectives.
pub(crate) fn read(letters: &str, capital: bool) -> Option<Reading> {
    let entry = lookup(letters);
    if capital {
        entry
            .and_then(|entry| noun(letters, entry))
            .or_else(|| adjective(letters))
            .or_else(|| entry.and_then(|entry| verb(letters, entry)))
    } else {
        entry
            .and_then(|entry| verb(letters, entry))
            .or_else(|| adjective(letters))
            .or_else(|| entry.and_then(|entry| noun(letters, entry)))
    }
}

/// The stem of a word about which nothing is known.
pub(crate) fn stem_of_unknown(letters: &str, capital: bool) -> String {
    let key = canonical(letters);
    fold(&strip_unknown(&key, capital))
}

pub(crate) fn noun(letters: &str, entry: Entry) -> Option<Reading> {
    let class = match (entry.is_noun(), entry.is_name()) {
        (true, _) => Class::Noun,
        (false, true) => Class::Name,
        _ => return None,
    };
    Some(Reading::new(entry.noun_lemma(letters)?, class))
}

pub(crate) fn verb(letters: &str, entry: Entry) -> Option<Reading> {
    entry.is_verb().then_some(())?;
    Some(Reading::new(entry.other_lemma(letters)?, Class::Verb))
}

/// Endings of adjectives, longest first where one ends in another.
const ENDINGS: [&str; 6] = ["en", "em", "er", "es", "e", ""];

/// Signs of the degrees.
const DEGREES: [&str; 5] = ["", "er", "est", "st", "r"];

/// Reads an inflected adjective or participle: schnelleren, ärmste, dunkler, verhafteter.
pub(crate) fn adjective(letters: &str) -> Option<Reading> {
    for ending in ENDINGS {
        let Some(base) = letters.strip_suffix(ending).filter(|base| base.len() >= 3) else {
            continue;
        };
        for degree in DEGREES {
            let Some(word) = base.strip_suffix(degree).filter(|word| word.len() >= 3) else {
                continue;
            };
            if degree == "r" && ending.is_empty() {
                continue;
            }
            let inflected = word.len() < letters.len();
            if let Some(reading) = base_of_adjective(word, inflected, !degree.is_empty()) {
                return Some(reading);
            }
        }
    }
    None
}

/// Reads what is left of an adjective without its endings.
fn base_of_adjective(word: &str, inflected: bool, compared: bool) -> Option<Reading> {
    if let Some(reading) = known_adjective(word, inflected) {
        return Some(reading);
    }
    if !inflected {
        return None;
    }
    // dunkle, teurer, gediegner: the e before l, r, n returns; träge loses its own.
    if let [.., before, last @ (b'l' | b'n' | b'r')] = word.as_bytes()
        && !b"aeiouy".contains(before)
        && before.is_ascii()
    {
        let long = format!("{}e{}", &word[..word.len() - 1], *last as char);
        if let Some(reading) = known_adjective(&long, true) {
            return Some(reading);
        }
    }
    if let Some(reading) = known_adjective(&format!("{word}e"), true)
        .filter(|reading| reading.class == Class::Adjective)
    {
        return Some(reading);
    }
    if compared {
        // ärmer, größte: the degrees of short adjectives have an umlaut.
        let key = canonical(word);
        let (at, umlaut) = key.char_indices().rev().find(|(_, c)| matches!(c, 'ä' | 'ö' | 'ü'))?;
        let plain = match umlaut {
            'ä' => "a",
            'ö' => "o",
            _ => "u",
        };
        let plain = format!("{}{plain}{}", &key[..at], &key[at + umlaut.len_utf8()..]);
        return known_adjective(&plain, true);
    }
    None
}

/// Reads an adjective that the lexicon lacks, by its suffix or by its last part: spalt|bar,
/// computer|gestützter, un|komplizierteste.
pub(crate) fn unknown_adjective(letters: &str) -> Option<Reading> {
    // The undeclined first participle counts as the verb, here as elsewhere.
    if let Some(base) = strip_adjective_endings(letters)
        .filter(|base| !(base.ends_with("end") && base.len() == letters.len()))
    {
        return Some(Reading::new(canonical(base), Class::Adjective));
    }
    let starts = letters.char_indices().map(|(at, _)| at).skip(SHORTEST_BEGINNING);
    for at in starts.take_while(|at| at + SHORTEST_LAST_ADJECTIVE <= letters.len()) {
        let Some(base) = base_form(&letters[at..]) else { continue };
        return Some(Reading::new(canonical(&letters[..at]) + &base, Class::Adjective));
    }
    None
}

/// Letters before the adjective that ends an unknown one (un), and bytes of that adjective.
const SHORTEST_BEGINNING: usize = 2;
const SHORTEST_LAST_ADJECTIVE: usize = 5;

/// Bytes of its uninflected form: vitamin|ärmsten.
const SHORTEST_BASE: usize = 3;

/// Gives the uninflected form of an adjective or participle that is no noun.
fn base_form(letters: &str) -> Option<String> {
    let reading = adjective(letters)?;
    let base = match reading.class {
        Class::Adjective => reading.lemma,
        // A participle; what it is a participle of does not matter in a compound.
        _ => ENDINGS.iter().find_map(|ending| {
            let base = letters.strip_suffix(ending)?;
            let degrees = DEGREES.iter().filter_map(|degree| base.strip_suffix(degree));
            degrees
                .filter(|base| lookup(base).is_some_and(Entry::is_second_participle))
                .map(canonical)
                .next()
        })?,
    };
    (base.len() >= SHORTEST_BASE && !lookup(&base).is_some_and(Entry::is_noun)).then_some(base)
}

fn known_adjective(word: &str, inflected: bool) -> Option<Reading> {
    let entry = lookup(word)?;
    if entry.is_adjective() {
        return Some(Reading::new(entry.other_lemma(word)?, Class::Adjective));
    }
    if entry.is_second_participle() {
        return Some(Reading::new(entry.other_lemma(word)?, Class::Verb));
    }
    if entry.is_first_participle() && inflected {
        // The undeclined form (er kam lachend) counts as the verb, the declined ones as an
        // adjective of their own, linked to the verb.
        return Some(Reading::new(canonical(word), Class::Adjective));
    }
    None
}

/// Beginnings of verbs that the lexicon knows without them: herum|fliegen, ent|rinnen.
const PARTICLES: [&str; 96] = [
    "auseinander",
    "aneinander",
    "gegenüber",
    "dazwischen",
    "hinterher",
    "durcheinander",
    "zusammen",
    "entgegen",
    "herunter",
    "hinunter",
    "dagegen",
    "daneben",
    "darüber",
    "entlang",
    "entzwei",
    "herüber",
    "hindurch",
    "hinüber",
    "hinweg",
    "kaputt",
    "nebenher",
    "voraus",
    "vorbei",
    "vorher",
    "vorüber",
    "vorweg",
    "weiter",
    "wieder",
    "zurecht",
    "zurück",
    "zuvor",
    "zuwider",
    "dahin",
    "daher",
    "darauf",
    "daran",
    "darein",
    "davon",
    "davor",
    "dazu",
    "dabei",
    "dafür",
    "empor",
    "einher",
    "fehl",
    "fern",
    "fest",
    "fort",
    "frei",
    "gegen",
    "gleich",
    "heim",
    "herab",
    "heran",
    "herauf",
    "heraus",
    "herbei",
    "herein",
    "herum",
    "hervor",
    "hinab",
    "hinan",
    "hinauf",
    "hinaus",
    "hinein",
    "hinzu",
    "hoch",
    "nach",
    "nieder",
    "statt",
    "über",
    "umher",
    "unter",
    "voran",
    "wahr",
    "weg",
    "zwischen",
    "durch",
    "drin",
    "miss",
    "voll",
    "wider",
    "hinter",
    "los",
    "mit",
    "tot",
    "vor",
    "aus",
    "auf",
    "bei",
    "ein",
    "ent",
    "her",
    "hin",
    "ver",
    "zer",
];

/// Shorter beginnings, tried last.
const SHORT_PARTICLES: [&str; 10] = ["ab", "an", "be", "da", "er", "ge", "um", "zu", "rot", "lieb"];

/// Reads a verb by its beginning and a verb of the lexicon: umherflog, leichtgemacht.
pub(crate) fn with_particle(letters: &str) -> Option<Reading> {
    let key = canonical(letters);
    // Most words begin with none or one of them, which spares looking again for each ending.
    let all = PARTICLES.iter().chain(&SHORT_PARTICLES);
    let particles: Vec<&str> = all.copied().filter(|it| key.starts_with(it)).collect();
    if particles.is_empty() {
        return None;
    }
    for ending in ENDINGS.iter().rev() {
        let Some(form) = key.strip_suffix(ending) else { continue };
        for particle in &particles {
            let Some(rest) = form.strip_prefix(particle).filter(|rest| rest.len() >= 3) else {
                continue;
            };
            let (verb, to) = match rest.strip_prefix("zu") {
                Some(verb) if lookup(rest).is_none() => (verb, true),
                _ => (rest, false),
            };
            let Some(entry) = lookup(verb).filter(|entry| entry.is_verb()) else { continue };
            let participle = entry.is_first_participle() || entry.is_second_participle();
            if !ending.is_empty() && !participle {
                continue;
            }
            let Some(lemma) = entry.other_lemma(verb) else { continue };
            if to && lemma != verb {
                continue;
            }
            if entry.is_first_participle() && !ending.is_empty() {
                return Some(Reading::new(form.to_owned(), Class::Adjective));
            }
            return Some(Reading::new(format!("{particle}{lemma}"), Class::Verb));
        }
    }
    None
}

/// Reads a verb that begins with another word of the lexicon: rad|fuhr, heiß|zulaufen.
pub(crate) fn with_any_beginning(letters: &str) -> Option<Reading> {
    let key = canonical(letters);
    for (at, _) in key.char_indices().skip(3) {
        let (beginning, rest) = key.split_at(at);
        if rest.len() < 4 || lookup(beginning).is_none_or(Entry::is_part_only) {
            continue;
        }
        let verb = rest.strip_prefix("zu").unwrap_or(rest);
        for verb in [rest, verb] {
            let Some(entry) = lookup(verb).filter(|entry| entry.is_verb()) else { continue };
            if let Some(lemma) = entry.other_lemma(verb) {
                return Some(Reading::new(format!("{beginning}{lemma}"), Class::Verb));
            }
        }
    }
    None
}

/// Reads a noun that ends like one of the lexicon, though what stands before is no part of
/// compounds: Wälger|hölzer.
pub(crate) fn with_any_noun(letters: &str) -> Option<Reading> {
    for (at, _) in letters.char_indices().skip(SHORTEST_BEGINNING) {
        if letters.len() < at + SHORTEST_LAST_NOUN {
            return None;
        }
        let Some(entry) = lookup(&letters[at..]) else { continue };
        if entry.is_noun() && entry.as_last() >= LIKELY_LAST {
            let lemma = canonical(&letters[..at]) + &entry.noun_lemma(&letters[at..])?;
            return Some(Reading::new(lemma, Class::Noun));
        }
    }
    None
}

/// Bytes of a noun that may end any unknown word, and how likely it must be to end a compound.
const SHORTEST_LAST_NOUN: usize = 5;
const LIKELY_LAST: u8 = 8;
