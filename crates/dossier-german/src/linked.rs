//! Words linked to a word at lower weight: a feminine and its masculine, a participle and its verb.

use crate::letters::{canonical, with_last_umlaut, without_last_umlaut};
use crate::lexicon::{Entry, lookup};
use crate::stem::{Class, Reading, noun, stem_of_unknown, verb};

/// Gives the stems that a word is linked to; may hold the stem of the word itself.
pub(crate) fn linked_stems(letters: &str, capital: bool, reading: Option<&Reading>) -> Vec<String> {
    let mut stems = Vec::new();
    let entry = lookup(letters);
    match reading {
        Some(reading) if reading.class == Class::Noun => {
            stems.extend(counterparts(&reading.lemma).iter().map(Reading::stem));
            stems.extend(same_plural(letters, &reading.lemma).map(|noun| noun.stem()));
        }
        // laufende is linked to laufen.
        Some(reading) if reading.class == Class::Adjective => {
            let participle = lookup(&reading.lemma).filter(|entry| entry.is_first_participle());
            stems
                .extend(participle.and_then(|entry| verb(&reading.lemma, entry)).map(|v| v.stem()));
        }
        // laufend, which counts as a form of laufen, is linked to laufende.
        Some(_) if entry.is_some_and(Entry::is_first_participle) => {
            stems.push(Reading::new(canonical(letters), Class::Adjective).stem());
        }
        Some(reading) if reading.class == Class::Verb && entry.is_none() && !capital => {
            stems.push(stem_of_unknown(letters, true));
        }
        Some(_) => {}
        // A name in lower case, as readers type it: Erdogan loses no n as a verb would.
        None if !capital => stems.push(stem_of_unknown(letters, true)),
        None => {}
    }
    // taten may be a form of tun, or be Taten typed in lower case.
    if !capital && let Some(reading) = entry.and_then(|entry| noun(letters, entry)) {
        stems.push(reading.stem());
    }
    stems
}

/// Gives the masculine of a feminine and the feminine of a masculine, where the lexicon has them:
/// Ärztin and Arzt, Botin and Bote.
fn counterparts(lemma: &str) -> Vec<Reading> {
    let known = |word: String| {
        let entry = lookup(&word).filter(|entry| entry.is_noun())?;
        let same = entry.noun_lemma(&word)? == word;
        same.then(|| Reading::new(word, Class::Noun))
    };
    if let Some(base) = lemma.strip_suffix("in").filter(|base| base.len() > 2) {
        let plain = without_last_umlaut(base);
        let masculine = [base.to_owned(), format!("{base}e"), plain.clone(), format!("{plain}e")];
        return masculine.into_iter().find_map(known).into_iter().collect();
    }
    let base = lemma.strip_suffix('e').unwrap_or(lemma);
    let feminine = [format!("{base}in"), format!("{}in", with_last_umlaut(base))];
    feminine.into_iter().find_map(known).into_iter().collect()
}

/// Gives the noun that a plural in -ien may be of as well: Studien is read as the plural of Studium,
/// so Studie leads there, and Studien to Studie.
fn same_plural(letters: &str, lemma: &str) -> Option<Reading> {
    let plural = lemma.strip_suffix('e').map(|base| format!("{base}en"));
    let other = match (plural, lemma.strip_suffix("um")) {
        (Some(plural), _) if lemma.ends_with("ie") => {
            lookup(&plural)?.noun_lemma(&plural).filter(|of| of.ends_with("ium") && of != lemma)?
        }
        (_, Some(base)) if letters.ends_with("ien") => format!("{base}e"),
        _ => return None,
    };
    let entry = lookup(&other).filter(|entry| entry.is_noun())?;
    let same = entry.noun_lemma(&other)? == other;
    same.then(|| Reading::new(other, Class::Noun))
}

#[cfg(all(test, feature = "lexicon"))]
mod tests {
    use crate::forms;

    #[test]
    fn close_words_are_linked() {
        for (word, other) in [
            ("Präsidentin", "Präsident"),
            ("Präsidenten", "Präsidentin"),
            ("Ärztinnen", "Arzt"),
            ("Arzt", "Ärztin"),
            ("laufende", "laufen"),
            ("taten", "Taten"),
            ("Studie", "Studien"),
            ("Studien", "Studie"),
            ("strelkowen", "Strelkowen"),
        ] {
            let stem = forms(other).stem;
            let forms = forms(word);
            assert!(forms.linked.contains(&stem), "{word} and {other}: {forms:?}");
        }
        assert!(forms("Berlin").linked.is_empty());
    }
}
