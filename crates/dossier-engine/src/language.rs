//! The language of a document.

use std::sync::LazyLock;

use whatlang::{Detector, Lang};

/// Shorter texts (in letters) are too little to tell: they count as German.
const LEAST_LETTERS: usize = 200;

/// Bytes looked at. Over twice as many, with all languages, detection took a fifth of the time of
/// indexing.
pub(crate) const BYTES_READ: usize = 500;

/// Languages that are told apart: those a German archive is likely to hold. Each more takes time
/// and is one more to be wrong about.
const LANGUAGES: [Lang; 12] = [
    Lang::Deu,
    Lang::Eng,
    Lang::Fra,
    Lang::Ita,
    Lang::Spa,
    Lang::Nld,
    Lang::Pol,
    Lang::Ces,
    Lang::Tur,
    Lang::Rus,
    Lang::Ukr,
    Lang::Ara,
];

/// The commonest words of German that none of the other languages writes so. One word in five of
/// running text is among them.
const GERMAN_WORDS: [&str; 22] = [
    "und", "nicht", "ist", "für", "mit", "von", "auf", "eine", "einer", "werden", "dem", "sich",
    "auch", "nach", "wird", "sind", "durch", "oder", "zur", "zum", "über", "dass",
];

/// A text with so many of them among the bytes read is German; to ask further would take a tenth
/// of the time of indexing.
const ENOUGH_GERMAN_WORDS: usize = 5;

fn is_plainly_german(sample: &str) -> bool {
    let words = sample.split(|c: char| !c.is_alphabetic());
    words.filter(|word| GERMAN_WORDS.contains(word)).nth(ENOUGH_GERMAN_WORDS - 1).is_some()
}

/// ISO 639-3 code of a text's language: what a reliable verdict says, else German.
pub(crate) fn detect(text: &str) -> &'static str {
    static DETECTOR: LazyLock<Detector> =
        LazyLock::new(|| Detector::with_allowlist(LANGUAGES.to_vec()));
    let mut end = text.len().min(BYTES_READ);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    if is_plainly_german(sample) {
        return Lang::Deu.code();
    }
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let reliable = (letters >= LEAST_LETTERS)
        .then(|| DETECTOR.detect(sample))
        .flatten()
        .filter(whatlang::Info::is_reliable);
    reliable.map_or(Lang::Deu, |info| info.lang()).code()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn german_is_told_at_a_glance_and_french_is_not_taken_for_it() {
        assert!(is_plainly_german("Der Minister ist nicht mit dem Zug und auch nicht nach Rom."));
        let french = "Les ministres des affaires des pays des Balkans parlent des uns et des autres \
                      avec des représentants des régions et des villes de toute la France, où les \
                      citoyens attendent depuis longtemps une réponse claire du gouvernement.";
        assert!(!is_plainly_german(french));
    }
}
