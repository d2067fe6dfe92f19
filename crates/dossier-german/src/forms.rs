//! All forms of one word, side by side.

use std::ops::Range;

use crate::compounds::{Piece, split, split_adjective};
use crate::fold::{exact, fold};
use crate::letters::Letters;
use crate::stem::{
    Class, read, stem_of_unknown, unknown_adjective, with_any_beginning, with_any_noun,
    with_particle,
};

/// Words of more bytes than this are only folded: no word of German is that long (the longest in
/// a dictionary has 80 letters), and a text without spaces must not cost more than its length.
const LONGEST_WORD_ANALYSED: usize = 200;

/// The forms under which a word is found; all of them belong to one position in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Forms {
    /// Lower-cased, nothing else lost: `müllerin`. See [`exact`].
    pub exact: Box<str>,
    /// All spellings in one: `mullerin`. See [`fold`].
    pub folded: Box<str>,
    /// All inflected forms in one; consists of folded letters.
    pub stem: Box<str>,
    /// The parts of a compound, in order; empty for a word that is none.
    pub parts: Vec<Part>,
    /// Keys under which other spellings of a name are found; empty for ordinary words.
    pub name_keys: Vec<Box<str>>,
}

/// One part of a compound: `delegation` in Militärdelegationen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The stem of the part, as if it stood alone.
    pub stem: Box<str>,
    /// Where the part stands: bytes in the word as given to [`forms`].
    pub range: Range<usize>,
}

/// Gives all forms of a word as it stands in the text (one [`crate::Word::text`]).
///
/// None of `exact`, `folded` and `stem` is empty if the word has a letter or digit, and
/// `fold(&forms(word).exact) == fold(word)`. Linear time for words of more than 200 bytes, which
/// get no stem of their own and no parts.
///
/// ```
/// use dossier_german::forms;
///
/// let gaeste = forms("Gäste");
/// assert_eq!((&*gaeste.exact, &*gaeste.folded), ("gäste", "gaste"));
/// ```
pub fn forms(word: &str) -> Forms {
    let exact = exact(word);
    let folded = fold(&exact);
    let (stem, parts) = if word.len() > LONGEST_WORD_ANALYSED {
        (folded.clone(), Vec::new())
    } else {
        stem_and_parts(word, &folded)
    };
    Forms {
        exact: exact.into(),
        folded: folded.into(),
        stem: stem.into(),
        parts,
        name_keys: Vec::new(),
    }
}

/// Gives the stem of a word and the parts of a compound.
fn stem_and_parts(word: &str, folded: &str) -> (String, Vec<Part>) {
    // Militär-Delegationen: the last part is inflected, the others are words of their own.
    if let Some((before, last)) = word.rsplit_once(['-', '‐', '‑'])
        && last.chars().any(char::is_alphanumeric)
    {
        let (stem, _) = stem_and_parts(last, &fold(last));
        return (fold(before) + &stem, Vec::new());
    }
    let letters = Letters::new(word);
    let (stem, pieces) = analyse(&letters);
    let stem = if stem.is_empty() { folded.to_owned() } else { stem };
    let parts = pieces
        .iter()
        .map(|piece| Part {
            stem: piece.reading.stem().into(),
            range: letters.origin(piece.range.start)..letters.origin(piece.range.end),
        })
        .collect();
    (stem, parts)
}

/// Reads a word as one of the lexicon, else as a compound, else by its letters alone.
fn analyse(letters: &Letters) -> (String, Vec<Piece>) {
    let (text, capital) = (letters.text.as_str(), letters.capital);
    if let Some(reading) = read(text, capital) {
        let pieces = match reading.class {
            Class::Noun => split(letters),
            Class::Adjective if !capital => split_adjective(letters),
            // Names and verbs (ab|holen) are no compounds of nouns.
            _ => Vec::new(),
        };
        return (reading.stem(), pieces);
    }
    if !capital {
        if let Some(reading) = with_particle(text) {
            return (reading.stem(), Vec::new());
        }
        if let Some(reading) = unknown_adjective(text) {
            return (reading.stem(), split_adjective(letters));
        }
    }
    let pieces = split(letters);
    if let Some(last) = pieces.last() {
        let stem = fold(&format!("{}{}", &text[..last.range.start], last.reading.stem()));
        return (stem, pieces);
    }
    let reading = if capital { with_any_noun(text) } else { with_any_beginning(text) };
    (reading.map_or_else(|| stem_of_unknown(text, capital), |reading| reading.stem()), pieces)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check_laws(word: &str) {
        let forms = forms(word);
        assert_eq!(fold(&forms.stem), *forms.stem, "the stem of {word:?} is folded");
        assert_eq!(*forms.folded, *fold(word));
        if word.chars().any(char::is_alphanumeric) {
            assert!(!forms.stem.is_empty(), "{word:?} lost its stem");
        }
        let mut end = 0;
        for part in &forms.parts {
            assert!(part.range.start >= end && part.range.end > part.range.start, "{forms:?}");
            assert!(word.get(part.range.clone()).is_some(), "{word:?}: {forms:?}");
            end = part.range.end;
        }
    }

    #[test]
    fn a_stem_does_not_depend_on_how_an_umlaut_is_written() {
        for (one, other) in
            [("Häuser", "Haeuser"), ("empfängt", "empfaengt"), ("größte", "groesste")]
        {
            assert_eq!(forms(one).stem, forms(other).stem);
        }
    }

    #[test]
    fn a_very_long_word_is_safe() {
        let long = "Donau".repeat(20_000);
        assert_eq!(forms(&long).folded.len(), 100_000);
    }

    proptest! {
        #[test]
        fn laws_hold_for_any_word(word in "\\PC{0,12}") {
            check_laws(&word);
        }

        #[test]
        fn laws_hold_for_german_letters(word in "[a-zäöüßA-Z]{1,14}") {
            check_laws(&word);
        }
    }
}
