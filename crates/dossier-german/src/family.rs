//! Words of one family whose meanings are further apart than those of inflected forms: Untersagung
//! and untersagen, Verbot and verbieten, Arzt and ärztlich, Russland and russisch.
//!
//! A reader who looks for the Begrenzung of something is glad of a text where it is begrenzt, but
//! many such words have gone their own way (Sitzung, Haltung, Auftritt): they keep their stems, and
//! are taken for one another only where any word of a query may do.

use crate::derived::{is_adjective, is_infinitive, is_noun};
use crate::letters::{with_last_umlaut, without_last_umlaut};
use crate::lexicon::lookup;
use crate::stem::{self, Class, Reading};

/// Gives the words of the same family that the form of a word leads to. Of a word that is not in the
/// lexicon only what it ends in is known.
pub(crate) fn family(letters: &str, reading: Option<&Reading>) -> Vec<Reading> {
    let Some(Reading { lemma, class, .. }) = reading else {
        // Many nouns on -ung are in no lexicon, but their verbs are.
        let noun = letters.strip_suffix("en").unwrap_or(letters);
        return verb_with_ung(noun).into_iter().collect();
    };
    match class {
        Class::Noun => [adjectives_of(lemma), verb_of_noun(lemma).into_iter().collect()].concat(),
        Class::Name => adjectives_of(lemma),
        Class::Verb => nouns_and_adjective_of_verb(lemma),
        Class::Adjective => words_of_adjective(lemma),
    }
}

fn nouns_and_adjective_of_verb(verb: &str) -> Vec<Reading> {
    let Some(base) = verb.strip_suffix("en").or_else(|| verb.strip_suffix('n')) else {
        return Vec::new();
    };
    let named = |lemma: String| Reading::new(lemma, Class::Noun);
    // handeln, Handlung; but wandern, Wanderung.
    let before_ung = match base.strip_suffix("el") {
        Some(base) => format!("{base}l"),
        None => base.to_owned(),
    };
    let mut words = vec![named(format!("{before_ung}ung"))];
    words.extend(with_other_end(verb, |(verb, noun)| (verb, noun), is_noun).map(named));
    let possible = Some(format!("{base}bar")).filter(|lemma| is_adjective(lemma));
    words.extend(possible.map(|lemma| Reading::new(lemma, Class::Adjective)));
    words
}

fn verb_of_noun(noun: &str) -> Option<Reading> {
    let changed = || with_other_end(noun, |(verb, noun)| (noun, verb), is_infinitive).next();
    verb_with_ung(noun).or_else(|| Some(Reading::new(changed()?, Class::Verb)))
}

fn verb_with_ung(noun: &str) -> Option<Reading> {
    let base = noun.strip_suffix("ung")?;
    let verbs = [format!("{base}en"), format!("{base}n")].into_iter();
    let verbs = verbs.chain(base.strip_suffix('l').map(|base| format!("{base}eln")));
    let verb = verbs.into_iter().find(|verb| is_infinitive(verb))?;
    Some(Reading::new(verb, Class::Verb))
}

/// Arzt gives ärztlich, Russland russisch.
fn adjectives_of(noun: &str) -> Vec<Reading> {
    let base = noun.strip_suffix('e').unwrap_or(noun);
    let changed = with_last_umlaut(base);
    let mut adjectives = vec![format!("{changed}lich"), format!("{changed}isch")];
    let endings = ["land", "ien", "e", ""].iter();
    let of_place = endings.filter_map(|ending| Some(format!("{}isch", noun.strip_suffix(ending)?)));
    adjectives.extend(of_place);
    adjectives.sort_unstable();
    adjectives.dedup();
    adjectives.retain(|adjective| is_adjective(adjective));
    adjectives.into_iter().map(|lemma| Reading::new(lemma, Class::Adjective)).collect()
}

/// ärztlich gives Arzt, russisch Russland, vergleichbar vergleichen.
fn words_of_adjective(adjective: &str) -> Vec<Reading> {
    let mut words = Vec::new();
    if let Some(base) = adjective.strip_suffix("bar") {
        let verb = Some(format!("{base}en")).filter(|verb| is_infinitive(verb));
        words.extend(verb.map(|verb| Reading::new(verb, Class::Verb)));
    }
    let base = adjective.strip_suffix("lich").or_else(|| adjective.strip_suffix("isch"));
    let Some(base) = base.filter(|base| base.len() >= SHORTEST_BASE) else { return words };
    let plain = without_last_umlaut(base);
    let nouns = [base.to_owned(), format!("{base}e"), plain.clone(), format!("{plain}e")];
    let noun = nouns.into_iter().find(|noun| is_noun(noun));
    words.extend(noun.map(|noun| Reading::new(noun, Class::Noun)));
    if adjective.ends_with("isch") {
        let places = ["land", "ien", "e", ""].iter().map(|ending| format!("{base}{ending}"));
        words.extend(places.filter_map(|place| stem::noun(&place, lookup(&place)?)));
    }
    words
}

/// Bytes before the ending of an adjective that a noun is looked for in.
const SHORTEST_BASE: usize = 3;

/// Replaces the end of a word behind a prefix: verbieten gives verbot.
fn with_other_end(
    word: &str,
    direction: impl Fn((&'static str, &'static str)) -> (&'static str, &'static str),
    is_known: impl Fn(&str) -> bool,
) -> impl Iterator<Item = String> {
    let others = CHANGED.iter().filter_map(move |&row| {
        let (from, to) = direction(row);
        let prefix = word.strip_suffix(from).filter(|prefix| prefix.len() >= SHORTEST_PREFIX)?;
        Some(format!("{prefix}{to}"))
    });
    others.filter(move |other| is_known(other))
}

/// Bytes before a verb or noun of the table: alone, most of them mean something else (gehen and
/// Gang, ziehen and Zug).
const SHORTEST_PREFIX: usize = 2;

/// Verbs, and the nouns that are made of them with a prefix or a particle.
const CHANGED: [(&str, &str); 41] = [
    ("bieten", "bot"),
    ("brechen", "bruch"),
    ("brennen", "brand"),
    ("dringen", "drang"),
    ("drücken", "druck"),
    ("fahren", "fahrt"),
    ("fliegen", "flug"),
    ("fließen", "fluss"),
    ("geben", "gabe"),
    ("gehen", "gang"),
    ("gießen", "guss"),
    ("greifen", "griff"),
    ("hängen", "hang"),
    ("heben", "hub"),
    ("klingen", "klang"),
    ("kommen", "kunft"),
    ("legen", "lage"),
    ("lieren", "lust"),
    ("messen", "maß"),
    ("nehmen", "nahme"),
    ("reißen", "riss"),
    ("reiten", "ritt"),
    ("schieben", "schub"),
    ("schießen", "schuss"),
    ("schließen", "schluss"),
    ("schneiden", "schnitt"),
    ("schreiten", "schritt"),
    ("sehen", "sicht"),
    ("setzen", "satz"),
    ("sprechen", "sprache"),
    ("sprechen", "spruch"),
    ("springen", "sprung"),
    ("stehen", "stand"),
    ("steigen", "stieg"),
    ("treiben", "trieb"),
    ("treten", "tritt"),
    ("wachsen", "wuchs"),
    ("weisen", "weis"),
    ("wenden", "wand"),
    ("werfen", "wurf"),
    ("ziehen", "zug"),
];

#[cfg(all(test, feature = "lexicon"))]
mod tests {
    use crate::forms;

    #[test]
    fn words_of_one_family_lead_to_each_other() {
        for (one, other) in [
            ("Untersagungen", "untersagt"),
            ("Begrenzung", "begrenzen"),
            ("Entwicklung", "entwickelte"),
            ("Wanderung", "wandert"),
            ("Aufrechnung", "aufgerechnet"),
            ("Verbot", "verbieten"),
            ("Ausgaben", "ausgeben"),
            ("Festnahme", "festgenommen"),
            ("Angriffe", "angreifen"),
            ("Einsätze", "eingesetzt"),
            ("vergleichbaren", "vergleichen"),
            ("ärztliches", "Arzt"),
            ("russische", "Russland"),
            ("italienischer", "Italien"),
            ("ukrainisches", "Ukraine"),
        ] {
            let (of_one, of_other) = (forms(one), forms(other));
            assert!(of_one.family.contains(&of_other.stem), "{one}, {other}: {of_one:?}");
            assert!(of_other.family.contains(&of_one.stem), "{other}, {one}: {of_other:?}");
            assert_ne!(of_one.stem, of_other.stem, "{one} and {other} stay apart");
        }
    }

    #[test]
    fn words_that_only_look_alike_are_no_family() {
        for (one, other) in [
            ("Gang", "gehen"),
            ("Zeitung", "Zeit"),
            ("Zug", "ziehen"),
            ("Fisch", "isch"),
            ("Schwung", "schwingen"),
        ] {
            let forms = (forms(one), forms(other));
            assert!(!forms.0.family.contains(&forms.1.stem), "{one}, {other}: {forms:?}");
        }
    }
}
