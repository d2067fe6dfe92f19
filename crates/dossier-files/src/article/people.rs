//! Who wrote an article: lines like `Von Max Mustermann`.

use super::agencies::agency;
use super::lines::{is_blank, start_of};
use crate::dates;

/// Words that introduce authors, in small letters, the longest first. Only `von` and `by` need no
/// colon.
const BYLINES: [&str; 22] = [
    "ein gastbeitrag von",
    "ein kommentar von",
    "eine analyse von",
    "ein interview von",
    "ein bericht von",
    "eine reportage von",
    "ein essay von",
    "gastbeitrag von",
    "kommentar von",
    "analyse von",
    "bericht von",
    "aufgezeichnet von",
    "geschrieben von",
    "verfasst von",
    "written by",
    "posted by",
    "text von",
    "autor:",
    "autorin:",
    "autoren:",
    "von",
    "by",
];

const LABELS: [&str; 10] = [
    "autor:",
    "autorin:",
    "autoren:",
    "autor/in:",
    "autor*in:",
    "text:",
    "von:",
    "author:",
    "by:",
    "interview:",
];

/// More than a label and the blank behind it, in bytes.
const LABEL_BYTES: usize = 32;

/// Parts of names that are written small.
const PARTICLES: [&str; 18] = [
    "von", "van", "vom", "zu", "zur", "de", "der", "den", "di", "da", "du", "del", "al", "el",
    "bin", "ibn", "ter", "la",
];

/// The authors that a line names, if it does nothing else: `Von Max Mustermann und Erika Muster`.
/// A date and a time in it are passed over.
pub(super) fn byline(line: &str) -> Option<String> {
    if line.len() > 160 {
        return None;
    }
    let lower = start_of(line, LABEL_BYTES).to_lowercase();
    let label = LABELS.iter().chain(&BYLINES).find(|label| {
        lower
            .strip_prefix(**label)
            .is_some_and(|rest| label.ends_with(':') || rest.starts_with(is_blank))
    })?;
    // The lower-case line may have other bytes; labels have not.
    let rest = line.get(label.len()..)?;
    let end = match dates::find(rest) {
        Some((range, _)) => {
            let start = rest[..range.start].trim_end_matches(|char: char| !char.is_alphanumeric());
            start.trim_end_matches(" am").trim_end_matches(" vom").len()
        }
        None => rest.len(),
    };
    names(rest[..end].trim_matches(|char: char| is_blank(char) || "|·•,–-/:".contains(char)))
}

/// Names of people, each of two to five words, between commas, `und` and slashes; a place behind
/// the last comma (`Max Mustermann, Berlin`) and abbreviations in brackets are passed over.
pub(super) fn names(text: &str) -> Option<String> {
    let text = match text.split_once('(') {
        Some((before, _)) if text.ends_with(')') => before.trim_end(),
        _ => text,
    };
    let separated =
        text.replace(" und ", ",").replace(" and ", ",").replace(" & ", ",").replace('/', ",");
    let mut names: Vec<String> = Vec::new();
    for (number, part) in separated.split(',').map(str::trim).enumerate() {
        if is_name(part) {
            names.push(titled(part));
        } else if number == 0 || !is_word(part) && agency(part).is_none() {
            return None;
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// One word with a capital: a place, or a paper.
fn is_word(text: &str) -> bool {
    text.split(is_blank).count() <= 2 && text.starts_with(char::is_uppercase)
}

/// Whether a text reads like the name of a person: two to five words with a capital each, or
/// initials, with particles between them.
pub(super) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_capital = |word: &str| {
        let mut letters = word.trim_end_matches('.').chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.all(|char| char.is_alphabetic() || matches!(char, '-' | '’' | '\''))
    };
    let [first, middle @ .., last] = words.as_slice() else { return false };
    (2..=5).contains(&words.len())
        && is_capital(first)
        && is_capital(last)
        && last.chars().count() > 1
        && middle.iter().all(|word| is_capital(word) || PARTICLES.contains(word))
        && !NO_FIRST_NAMES.contains(&first.to_lowercase().as_str())
}

/// Words that start lines of two or three capitals which are no people.
const NO_FIRST_NAMES: [&str; 22] = [
    "der",
    "die",
    "das",
    "ein",
    "eine",
    "unsere",
    "unserer",
    "unserem",
    "redaktion",
    "team",
    "neue",
    "neues",
    "mehr",
    "alle",
    "foto",
    "bild",
    "quelle",
    "news",
    "herr",
    "frau",
    "wie",
    "warum",
];

/// `MAX MUSTERMANN` as `Max Mustermann`; other names as they are.
fn titled(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let mut titled = String::with_capacity(name.len());
    let mut is_start = true;
    for char in name.chars() {
        if is_start {
            titled.push(char);
        } else {
            titled.extend(char.to_lowercase());
        }
        is_start = !char.is_alphabetic();
    }
    titled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines() {
        for (line, expected) in [
            ("Von Max Mustermann", Some("Max Mustermann")),
            ("VON MAX MUSTERMANN", Some("Max Mustermann")),
            ("Von Max Mustermann und Erika Muster-Frau", Some("Max Mustermann, Erika Muster-Frau")),
            ("Von Max Mustermann, Berlin", Some("Max Mustermann")),
            ("Von Max Mustermann | 21.11.2024, 14:33 Uhr", Some("Max Mustermann")),
            ("Von Max Mustermann am 21. November 2024", Some("Max Mustermann")),
            ("Ein Gastbeitrag von Ursula von der Linde", Some("Ursula von der Linde")),
            ("Autor: Dr. Max Mustermann", Some("Dr. Max Mustermann")),
            ("Text: Erika Muster", Some("Erika Muster")),
            ("by John F. Doe", Some("John F. Doe")),
            ("Von Max Mustermann (mm)", Some("Max Mustermann")),
            ("Von der Leyen kündigt Rücktritt an", None),
            ("Von Berlin nach Moskau", None),
            ("Von Berlin", None),
            ("Von nun an", None),
            ("Von Max Mustermann stammt das Bild", None),
            ("Von unserer Redaktion", None),
            ("Vonwegen Max Mustermann", None),
            ("Text", None),
        ] {
            assert_eq!(byline(line).as_deref(), expected, "{line}");
        }
    }
}
