//! Derived words that mean hardly more than the word they are made of, and so share its stem:
//! Sicherheit and sicher, staatlich and Staat, fehlerhaft and Fehler, giftig and Gift.
//!
//! Only suffixes whose words nearly always keep the meaning, and only where the lexicon has the
//! word they are made of. Not among them: -ung (Sitzung is far from sitzen), -bar (its adjectives
//! would meet the participles of the verb), -er and -in (persons), un- (the opposite).

use crate::lexicon::{Entry, lookup};
use crate::stem::Class;

/// Gives the lemma that a lemma is made of, and its class.
pub(crate) fn origin(lemma: &str, class: Class) -> Option<(String, Class)> {
    match class {
        Class::Noun => quality(lemma).or_else(|| activity(lemma)),
        Class::Adjective => having(lemma),
        Class::Name | Class::Verb => None,
    }
}

/// Bytes that are left of a word without its suffix at least: below it, most suffixes are none
/// (billig, König).
const SHORTEST_ORIGIN: usize = 4;

/// Sicherheit is sicher, Möglichkeit möglich, Arbeitslosigkeit arbeitslos.
fn quality(lemma: &str) -> Option<(String, Class)> {
    let known = |suffix: &str| without(lemma, suffix).filter(|base| is_adjective(base));
    let base = known("heit").or_else(|| known("keit")).or_else(|| known("igkeit"))?;
    Some((base.to_owned(), Class::Adjective))
}

/// Rennerei is rennen, Finanzierung finanzieren, Kommunikation kommunizieren.
fn activity(lemma: &str) -> Option<(String, Class)> {
    if UNLIKE_THEIR_VERB.contains(&lemma) {
        return None;
    }
    ACTIVITIES.iter().find_map(|(suffix, ending)| {
        let verb = format!("{}{ending}", without(lemma, suffix)?);
        is_infinitive(&verb).then_some((verb, Class::Verb))
    })
}

/// Suffixes of nouns, and the endings of the verbs they are made of.
const ACTIVITIES: [(&str, &str); 5] = [
    ("erei", "en"),
    ("elei", "eln"),
    ("ierung", "ieren"),
    ("kation", "zieren"),
    ("ation", "ieren"),
];

/// Nouns with such a suffix that mean something else than the verb: delegieren, generieren.
const UNLIKE_THEIR_VERB: [&str; 5] =
    ["delegation", "formation", "generation", "operation", "reparation"];

/// fehlerhaft is Fehler, krankhaft krank, giftig Gift, staatlich Staat; with an umlaut the meaning
/// is often another (zuständig, natürlich).
fn having(lemma: &str) -> Option<(String, Class)> {
    let base = ["haft", "lich", "ig"].iter().find_map(|suffix| without(lemma, suffix))?;
    let noun = [base.to_owned(), format!("{base}e")].into_iter().find(|noun| is_noun(noun));
    let noun = noun.map(|noun| (noun, Class::Noun));
    noun.or_else(|| is_adjective(base).then(|| (base.to_owned(), Class::Adjective)))
}

fn without<'w>(lemma: &'w str, suffix: &str) -> Option<&'w str> {
    lemma.strip_suffix(suffix).filter(|base| base.len() >= SHORTEST_ORIGIN)
}

pub(crate) fn is_noun(lemma: &str) -> bool {
    let entry = lookup(lemma).filter(|entry| entry.is_noun());
    entry.and_then(|entry| entry.noun_lemma(lemma)).is_some_and(|of| of == lemma)
}

pub(crate) fn is_adjective(lemma: &str) -> bool {
    lookup(lemma).is_some_and(Entry::is_adjective)
}

pub(crate) fn is_infinitive(lemma: &str) -> bool {
    let entry = lookup(lemma).filter(|entry| entry.is_verb());
    entry.and_then(|entry| entry.other_lemma(lemma)).is_some_and(|of| of == lemma)
}

#[cfg(all(test, feature = "lexicon"))]
mod tests {
    use crate::forms;

    #[test]
    fn a_derived_word_shares_the_stem_where_the_meaning_stays() {
        for (derived, origin) in [
            ("Sicherheiten", "sicher"),
            ("Möglichkeit", "möglich"),
            ("Arbeitslosigkeit", "arbeitslos"),
            ("staatlichen", "Staat"),
            ("Finanzierung", "finanzieren"),
            ("fehlerhafte", "Fehler"),
            ("krankhaft", "krank"),
            ("giftiger", "Gift"),
            ("Rennerei", "rennen"),
            ("Kommunikation", "kommunizieren"),
        ] {
            assert_eq!(forms(derived).stem, forms(origin).stem, "{derived} and {origin}");
        }
        for (one, other) in [
            ("Sitzung", "sitzen"),
            ("endlich", "Ende"),
            ("natürlich", "Natur"),
            ("zuständig", "Zustand"),
            ("lesbar", "gelesen"),
            ("Lehrer", "lehren"),
            ("Generation", "generieren"),
            ("Delegation", "delegieren"),
            ("unmöglich", "möglich"),
            ("König", "können"),
        ] {
            assert_ne!(forms(one).stem, forms(other).stem, "{one} and {other}");
        }
    }
}
