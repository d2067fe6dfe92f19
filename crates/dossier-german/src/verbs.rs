//! Verbs that the lexicon has only in part: other forms of a verb, or a verb behind a particle.

use crate::letters::canonical;
use crate::lexicon::{Entry, lookup};
use crate::stem::{Class, ENDINGS, Reading};

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
            if let Some(lemma) = infinitive_with_zu(rest).filter(|_| ending.is_empty()) {
                return Some(Reading::new(format!("{particle}{lemma}"), Class::Verb));
            }
            let Some(entry) = lookup(rest).filter(|entry| entry.is_verb()) else { continue };
            let participle = entry.is_first_participle() || entry.is_second_participle();
            if !ending.is_empty() && !participle {
                continue;
            }
            let Some(lemma) = entry.other_lemma(rest) else { continue };
            if entry.is_first_participle() && !ending.is_empty() {
                return Some(Reading::new(form.to_owned(), Class::Adjective));
            }
            return Some(Reading::new(format!("{particle}{lemma}"), Class::Verb));
        }
    }
    // Last, for the lexicon says more than endings do: aufbocktet.
    particles.iter().find_map(|particle| {
        let lemma = lemma_of_verb_form(key.strip_prefix(particle)?)?;
        Some(Reading::new(format!("{particle}{lemma}"), Class::Verb))
    })
}

/// Reads an infinitive with zu inside, behind any word of the lexicon: blau|zumachen.
pub(crate) fn with_zu_inside(letters: &str) -> Option<Reading> {
    let key = canonical(letters);
    let places = key.match_indices("zu").filter(|(at, _)| *at >= SHORTEST_VERB);
    places.map(|(at, _)| key.split_at(at)).find_map(|(beginning, rest)| {
        lookup(beginning).filter(|entry| !entry.is_part_only())?;
        Some(Reading::new(format!("{beginning}{}", infinitive_with_zu(rest)?), Class::Verb))
    })
}

/// Reads a form that the lexicon lacks of a verb that it has: wackle, verschlossest.
pub(crate) fn verb_form(letters: &str) -> Option<Reading> {
    Some(Reading::new(lemma_of_verb_form(&canonical(letters))?, Class::Verb))
}

/// Reads a verb that begins with another word of the lexicon: rad|fuhr.
pub(crate) fn with_any_beginning(letters: &str) -> Option<Reading> {
    let key = canonical(letters);
    for (at, _) in key.char_indices().skip(3) {
        let (beginning, rest) = key.split_at(at);
        if rest.len() < 4 || lookup(beginning).is_none_or(Entry::is_part_only) {
            continue;
        }
        let Some(entry) = lookup(rest).filter(|entry| entry.is_verb()) else { continue };
        if let Some(lemma) = entry.other_lemma(rest) {
            return Some(Reading::new(format!("{beginning}{lemma}"), Class::Verb));
        }
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

/// Gives the infinitive behind the zu between particle and verb: ab|zuarbeiten, auf|zustehn.
fn infinitive_with_zu(rest: &str) -> Option<String> {
    let verb = rest.strip_prefix("zu")?;
    let lemma = lookup(verb).filter(|entry| entry.is_verb())?.other_lemma(verb)?;
    let short = verb.strip_suffix('n').is_some_and(|stem| lemma.strip_suffix("en") == Some(stem));
    (lemma == verb || short).then_some(lemma)
}

/// Endings of weak verbs, longest first.
const WEAK_ENDINGS: [&str; 13] =
    ["etest", "etet", "eten", "test", "tet", "ten", "est", "end", "te", "et", "st", "t", "e"];

/// Endings of strong verbs in the past, where the lexicon has the form without: schloss.
const STRONG_ENDINGS: [&str; 5] = ["est", "et", "en", "st", "t"];

/// Bytes that a verb keeps at least without its ending.
const SHORTEST_VERB: usize = 3;

fn lemma_of_verb_form(key: &str) -> Option<String> {
    // Weak verbs have that form in the lexicon; others have none, but sehtest is a test.
    if key.ends_with("test") && !key.ends_with("etest") {
        return None;
    }
    let infinitive = |stem: &str| {
        let long = if stem.ends_with("el") || stem.ends_with("er") { "n" } else { "en" };
        let lemma = format!("{stem}{long}");
        let same = lookup(&lemma)?.is_verb() && lookup(&lemma)?.other_lemma(&lemma)? == lemma;
        (same && stem.len() >= SHORTEST_VERB).then_some(lemma)
    };
    let bases = |endings: &'static [&str]| endings.iter().filter_map(|it| key.strip_suffix(it));
    if let Some(lemma) = bases(&WEAK_ENDINGS).find_map(infinitive) {
        return Some(lemma);
    }
    // wackle, plaudre, anschrein.
    if let [.., before, last @ (b'l' | b'r'), b'e'] = key.as_bytes()
        && before.is_ascii()
        && let Some(lemma) = infinitive(&format!("{}e{}", &key[..key.len() - 2], *last as char))
    {
        return Some(lemma);
    }
    if let Some(lemma) = key.strip_suffix('n').and_then(infinitive) {
        return Some(lemma);
    }
    if let Some(stem) = key.strip_prefix("ge").and_then(|rest| rest.strip_suffix('t'))
        && let Some(lemma) = infinitive(stem).or_else(|| infinitive(stem.strip_suffix('e')?))
    {
        return Some(lemma);
    }
    bases(&STRONG_ENDINGS).filter(|base| base.len() >= SHORTEST_VERB).find_map(|base| {
        let entry = lookup(base).filter(|entry| entry.is_verb())?;
        // First participles have other endings, those of adjectives.
        let lemma = entry.other_lemma(base)?;
        (!entry.is_first_participle() && lemma != base).then_some(lemma)
    })
}

#[cfg(all(test, feature = "lexicon"))]
mod tests {
    use crate::forms;

    #[test]
    fn forms_that_the_lexicon_lacks_meet_their_verb() {
        for (form, verb) in [
            ("renntet", "rennen"),
            ("wackle", "wackeln"),
            ("verschlossest", "verschließen"),
            ("abfandst", "abfinden"),
            ("anschrein", "anschreien"),
            ("zusammenzudrücken", "zusammendrücken"),
            ("heranzukommen", "herankommen"),
            ("blauzumachen", "blaumachen"),
            ("aufzustehn", "aufstehen"),
            ("hinzufügen", "hinzugefügt"),
        ] {
            assert_eq!(forms(form).stem, forms(verb).stem, "{form} and {verb}");
        }
    }

    #[test]
    fn compounds_in_lower_case_are_no_forms_of_a_verb() {
        assert_ne!(forms("sehtest").stem, forms("sehen").stem);
        // Read as a form of googeln, but the name is found too.
        assert!(forms("google").linked.contains(&forms("Google").stem));
    }
}
