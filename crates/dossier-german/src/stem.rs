//! Stems: inflected forms of a word become one.
//!
//! The lemma of the lexicon, shortened a little so that related words meet; for words the lexicon
//! lacks, the lemma of their last part, else their letters without what looks like an ending.

use crate::derived::origin;
use crate::fold::fold;
use crate::letters::{canonical, strip_ending};
use crate::lexicon::{Entry, lookup, lookup_and_reach};
use crate::strip::{
    strip_adjective, strip_adjective_endings, strip_noun, strip_unknown, strip_verb,
};

/// Stands behind the stem of a lemma that only an umlaut keeps apart from another lemma, so that
/// zählen and zahlen, whose stems consist of folded letters, stay two. Not a letter, so that no
/// word can have such a stem by itself.
const UMLAUT_MARK: char = '°';

/// What kind of word a word was read as; decides how its lemma is shortened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Class {
    /// A noun.
    Noun,
    /// A name: it takes no ending but the s of the genitive.
    Name,
    /// A verb.
    Verb,
    /// An adjective, an adverb, or a participle that counts as one.
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
        if let Some((lemma, class)) = origin(&self.lemma, self.class) {
            // Shorter each time, so it ends: Fehlerhaftigkeit, fehlerhaft, Fehler.
            return Reading::new(lemma, class).stem();
        }
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
    read_and_reach(letters, capital).0
}

/// The same, with how many bytes of the word begin words of the lexicon.
pub(crate) fn read_and_reach(letters: &str, capital: bool) -> (Option<Reading>, usize) {
    let (entry, reach) = lookup_and_reach(letters);
    let noun = || entry.and_then(|entry| noun(letters, entry));
    let verb = || entry.and_then(|entry| verb(letters, entry));
    let adjective = || find_adjective_within(letters, reach).map(|(_, reading)| reading);
    let reading = match capital {
        true => noun().or_else(adjective).or_else(verb),
        false => verb().or_else(adjective).or_else(noun),
    };
    (reading, reach)
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
    let lemma = entry.noun_lemma(letters)?;
    let lemma = match base_of_adjectival_noun(&lemma) {
        Some(base) => base.to_owned(),
        None => lemma,
    };
    Some(Reading::new(lemma, class))
}

/// Takes the ending off a noun that is declined as an adjective is: der Beamte, ein Beamter.
fn base_of_adjectival_noun(lemma: &str) -> Option<&str> {
    let base = ["er", "es", "e"].iter().find_map(|ending| lemma.strip_suffix(ending))?;
    let is_noun = |ending: &str, of: &str| {
        lookup(&format!("{of}{ending}")).is_some_and(|entry| entry.is_noun())
    };
    // Das Alter is no such noun, though ein Alter is: it has a genitive of its own.
    (is_noun("em", base) && !is_noun("s", lemma)).then_some(base)
}

pub(crate) fn verb(letters: &str, entry: Entry) -> Option<Reading> {
    entry.is_verb().then_some(())?;
    Some(Reading::new(entry.other_lemma(letters)?, Class::Verb))
}

/// Endings of adjectives, longest first where one ends in another.
pub(crate) const ENDINGS: [&str; 6] = ["en", "em", "er", "es", "e", ""];

/// Signs of the degrees.
const DEGREES: [&str; 5] = ["", "er", "est", "st", "r"];

/// Bytes of a sign of the degree and an ending together at most: est, en.
const LONGEST_ENDING: usize = 5;

/// Says whether a word can be read so, of which so many bytes begin words of the lexicon.
pub(crate) fn is_adjective_within(letters: &str, reach: usize) -> bool {
    find_adjective_within(letters, reach).is_some()
}

/// Gives the uninflected form of an adjective or participle (schnelleren, ärmste, dunkler,
/// verhafteter), and how it reads.
fn find_adjective(letters: &str) -> Option<(String, Reading)> {
    find_adjective_within(letters, lookup_and_reach(letters).1)
}

/// The same for a word of which so many bytes begin words of the lexicon.
fn find_adjective_within(letters: &str, reach: usize) -> Option<(String, Reading)> {
    // With another letter in place of an umlaut, other words begin so: ärmer, arm.
    let is_digraph = |two: &[u8]| matches!(two, [b'a' | b'o' | b'u', b'e']);
    let has_umlaut = !letters.is_ascii() || letters.as_bytes().windows(2).any(is_digraph);
    if letters.len() > reach + 1 + LONGEST_ENDING && !has_umlaut {
        return None;
    }
    for ending in ENDINGS {
        let Some(base) = strip_ending(letters, ending).filter(|base| base.len() >= 3) else {
            continue;
        };
        for degree in DEGREES {
            let beyond = base.len() > reach + 1 + degree.len();
            if beyond && (degree.is_empty() || !has_umlaut) {
                continue;
            }
            let Some(word) = strip_ending(base, degree).filter(|word| word.len() >= 3) else {
                continue;
            };
            if degree == "r" && ending.is_empty() {
                continue;
            }
            let inflected = word.len() < letters.len();
            if let Some(found) = base_of_adjective(word, inflected, !degree.is_empty()) {
                return Some(found);
            }
        }
    }
    None
}

/// Reads what is left of an adjective without its endings.
fn base_of_adjective(word: &str, inflected: bool, compared: bool) -> Option<(String, Reading)> {
    let known = |word: String, inflected| {
        let reading = known_adjective(&word, inflected)?;
        Some((word, reading))
    };
    if let Some(found) = known(canonical(word), inflected) {
        return Some(found);
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
        if let Some(found) = known(long, true) {
            return Some(found);
        }
    }
    if let Some(found) =
        known(format!("{word}e"), true).filter(|(_, reading)| reading.class == Class::Adjective)
    {
        return Some(found);
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
        return known(plain, true);
    }
    None
}

/// Reads an adjective that the lexicon lacks, by its suffix or by its last part: spalt|bar,
/// computer|gestützter, un|komplizierteste.
pub(crate) fn unknown_adjective(letters: &str) -> Option<Reading> {
    // The undeclined first participle of an unknown verb counts as the verb, as those of known
    // verbs do.
    let declined = |base: &str| !(base.ends_with("end") && base.len() == letters.len());
    if let Some(base) = strip_adjective_endings(letters).filter(|base| declined(base)) {
        return Some(Reading::new(canonical(&base), Class::Adjective));
    }
    adjective_behind_another_word(letters, OrNoun::Never)
}

/// Reads a word that ends with an adjective of the lexicon: computer|gestützter, tief|blickend.
pub(crate) fn adjective_behind_another_word(letters: &str, or_noun: OrNoun) -> Option<Reading> {
    let starts = letters.char_indices().map(|(at, _)| at).skip(SHORTEST_BEGINNING);
    for at in starts.take_while(|at| at + SHORTEST_LAST_ADJECTIVE <= letters.len()) {
        let Some(base) = base_form(&letters[at..], or_noun) else { continue };
        return Some(Reading::new(canonical(&letters[..at]) + &base, Class::Adjective));
    }
    None
}

/// Letters before the adjective that ends an unknown one (un), and bytes of that adjective.
const SHORTEST_BEGINNING: usize = 2;
const SHORTEST_LAST_ADJECTIVE: usize = 5;

/// Bytes of its uninflected form: vitamin|ärmsten.
const SHORTEST_BASE: usize = 3;

/// Whether the end of a word may be read as an adjective where it may also be a noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OrNoun {
    /// Not even where it makes no difference to the stem: the word may be a compound noun.
    Never,
    /// Where the stem is the same: rost|braun, but not kindes|alter.
    SameStem,
}

/// Gives the uninflected form of an adjective or participle.
fn base_form(letters: &str, or_noun: OrNoun) -> Option<String> {
    if lookup(letters).is_some_and(Entry::is_first_participle) {
        return Some(canonical(letters));
    }
    let (base, reading) = find_adjective(letters)?;
    let base = match reading.class {
        Class::Adjective => reading.lemma,
        // A participle; what it is a participle of does not matter in a compound.
        _ => base,
    };
    let noun = lookup(letters).and_then(|entry| noun(letters, entry));
    // Some nouns are declined as adjectives are (Armem): that ending tells.
    let noun = noun.filter(|noun| !(letters.ends_with("em") && noun.lemma.starts_with(&base)));
    let other_noun = noun.is_some_and(|noun| {
        or_noun == OrNoun::Never || noun.stem() != fold(strip_adjective(&base))
    });
    (base.len() >= SHORTEST_BASE && !other_noun).then_some(base)
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

/// Reads a form that the lexicon lacks of a noun that it has: Kommandeures, Toreadore.
///
/// `reach` tells how many bytes of the word begin words of the lexicon.
pub(crate) fn noun_form_within(letters: &str, reach: usize) -> Option<Reading> {
    let sizes = SHORTEST_NOUN..=reach + 1;
    ["es", "en", "e", "n", "s"].iter().find_map(|ending| {
        let base = strip_ending(letters, ending).filter(|base| sizes.contains(&base.len()))?;
        let reading = noun(base, lookup(base)?).filter(|reading| reading.class == Class::Noun)?;
        (reading.lemma == canonical(base)).then_some(reading)
    })
}

/// Bytes of a noun at least whose unknown forms are guessed: shorter ones are often names.
const SHORTEST_NOUN: usize = 4;

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
