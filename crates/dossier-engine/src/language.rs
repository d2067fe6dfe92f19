//! The language of a document: it decides whether its words are read as German ones.

use std::sync::LazyLock;

use whatlang::{Detector, Lang};

use crate::document::Document;
use crate::noise::Text;

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

/// A text with so many plainly German words among the bytes read is German: a verdict takes far longer than
/// to look for them.
const ENOUGH_GERMAN_WORDS: usize = 5;

/// Whether a sample has enough plainly German words, and not only one of them: Dutch ones may tell of
/// a Van der Poel in each sentence.
fn is_plainly_german(sample: &str) -> bool {
    let words = sample.split(|c: char| !c.is_alphabetic());
    let mut found = words.filter(|word| is_german_word(word));
    let Some(first) = found.next() else { return false };
    let (mut count, mut others) = (1, false);
    found.any(|word| {
        count += 1;
        others |= word != first;
        count >= ENOUGH_GERMAN_WORDS && others
    })
}

/// The commonest words of German that the other languages hardly write so. One word in five of
/// running text is among them.
fn is_german_word(word: &str) -> bool {
    matches!(
        word,
        "der"
            | "und"
            | "nicht"
            | "ist"
            | "für"
            | "mit"
            | "von"
            | "auf"
            | "eine"
            | "einer"
            | "werden"
            | "dem"
            | "sich"
            | "auch"
            | "nach"
            | "wird"
            | "sind"
            | "durch"
            | "oder"
            | "zur"
            | "zum"
            | "über"
            | "dass"
            | "das"
            | "ein"
            | "zu"
            | "bei"
            | "aus"
            | "nur"
            | "kann"
            | "einen"
            | "einem"
            | "eines"
            | "diese"
            | "dieser"
    )
}

/// Codes of German, and of dialects that its rules serve better than none.
const GERMAN: [&str; 6] = ["de", "deu", "ger", "gsw", "bar", "nds"];

/// Whether a code names German: `deu`, `de`, `de-AT`.
pub(crate) fn is_german(code: &str) -> bool {
    let language = code.split(['-', '_']).next().unwrap_or_default();
    GERMAN.iter().any(|german| language.eq_ignore_ascii_case(german))
}

/// Whether a document that was read from the index is in another language than German: its words
/// were indexed without German stems and parts.
pub(crate) fn is_foreign(document: &Document) -> bool {
    document.language.as_deref().is_some_and(|language| !is_german(language))
}

/// Other languages than German are looked for at so many places of a text, evenly spread: German
/// articles may begin with a summary, a quotation or a menu in English.
const PLACES: usize = 4;

/// The language of a text: what was given for it, unless the text is plainly German, as the
/// templates of pages and office programs claim what they like; else what a reliable verdict says;
/// else German. A text is German if any of its places is: German rules find what plain ones do, and
/// more.
pub(crate) fn of<'g>(given: Option<&'g str>, text: Text<'_>) -> &'g str {
    if given.is_some_and(is_german) {
        return given.unwrap_or(Lang::Deu.code());
    }
    let beginning = text.beginning(BYTES_READ);
    let beginning = first_bytes(&beginning);
    // A verdict takes long, and few texts are German without being plainly so anywhere.
    if is_plainly_german(beginning) || places(text.text).any(is_plainly_german) {
        return Lang::Deu.code();
    }
    let first = given.unwrap_or_else(|| verdict(beginning).unwrap_or(Lang::Deu).code());
    if is_german(first) || places(text.text).any(|sample| verdict(sample) == Some(Lang::Deu)) {
        return Lang::Deu.code();
    }
    first
}

/// Samples behind the beginning of a text.
fn places(text: &str) -> impl Iterator<Item = &str> {
    let boundary = |at: usize| (at..=text.len()).find(|at| text.is_char_boundary(*at));
    let last = text.len().saturating_sub(BYTES_READ);
    (1..=PLACES).map(move |place| {
        let start = boundary(last / PLACES * place).unwrap_or(text.len());
        first_bytes(&text[start..])
    })
}

/// What is reliable about the language of a sample, if it is long enough.
fn verdict(sample: &str) -> Option<Lang> {
    static DETECTOR: LazyLock<Detector> =
        LazyLock::new(|| Detector::with_allowlist(LANGUAGES.to_vec()));
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let info = (letters >= LEAST_LETTERS).then(|| DETECTOR.detect(sample)).flatten();
    info.filter(whatlang::Info::is_reliable).map(|info| info.lang())
}

fn first_bytes(text: &str) -> &str {
    let mut end = text.len().min(BYTES_READ);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
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
        let dutch = "Van der Poel won, van der Breggen en van der Hoorn niet. Van der Poel is van \
                     der Breggen te snel af, zei van der Hoorn.";
        assert!(!is_plainly_german(dutch));
    }

    const GERMAN_TEXT: &str = "Der Minister reiste am Freitag in die Hauptstadt und traf dort den \
        Präsidenten, mit dem er auch über die Grenze und über eine neue Brücke sprach. Von dem Treffen \
        wird nicht viel berichtet, doch es ist das erste nach drei Jahren, und auch die Gegner warten.";

    const ENGLISH_TEXT: &str = "The minister travelled to the capital on Friday and met the president \
        there, with whom he also talked about the border and about a new bridge. Not much has been \
        reported of the meeting, but it is the first one after three years, and the others are waiting.";

    fn language<'g>(given: Option<&'g str>, text: &str) -> &'g str {
        of(given, Text { text, noise: &[], plain: false })
    }

    #[test]
    fn languages_are_believed_when_reliable() {
        let short = &ENGLISH_TEXT[..120];
        let english_first = format!("{ENGLISH_TEXT}\n\n{GERMAN_TEXT} {GERMAN_TEXT}");
        let german_first = format!("{GERMAN_TEXT}\n\n{ENGLISH_TEXT} {ENGLISH_TEXT}");
        let long = format!("{ENGLISH_TEXT}\n").repeat(20);
        for (given, text, expected) in [
            (None, GERMAN_TEXT, "deu"),
            (None, ENGLISH_TEXT, "eng"),
            (None, &long, "eng"),
            (None, short, "deu"),
            (None, "", "deu"),
            // Mixed.
            (None, &english_first, "deu"),
            (None, &german_first, "deu"),
            // What was given.
            (Some("vie"), "Ngắn", "vie"),
            (Some("de-AT"), ENGLISH_TEXT, "de-AT"),
            (Some("eng"), short, "eng"),
            (Some("eng"), GERMAN_TEXT, "deu"),
            (Some("eng"), &english_first, "deu"),
        ] {
            assert_eq!(language(given, text), expected, "{given:?} {text}");
        }
        for (code, german) in
            [("deu", true), ("DE", true), ("de_CH", true), ("den", false), ("", false)]
        {
            assert_eq!(is_german(code), german, "{code}");
        }
    }
}
