//! All forms of one word, side by side.

use std::ops::Range;

use crate::compounds::{Piece, split, split_adjective};
use crate::fold::{exact, fold};
use crate::letters::Letters;
use crate::linked::linked_stems;
use crate::stem::{
    Class, OrNoun, Reading, adjective_behind_another_word, noun_form, read, stem_of_unknown,
    unknown_adjective, with_any_noun,
};
use crate::strip::is_verb_in_ier;
use crate::user_words::UserWords;
use crate::verbs::{verb_form, with_any_beginning, with_particle, with_zu_inside};

/// Words of more bytes than this are only folded: no word of German is that long (the longest in
/// a dictionary has 80 letters), and a text without spaces must not cost more than its length.
pub(crate) const LONGEST_WORD_ANALYSED: usize = 200;

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
    /// Stems of words so close in meaning that a reader wants them too, further down: the
    /// masculine of a feminine and the other way round, the verb of a participle, the noun that a
    /// word in lower case may be.
    pub linked: Vec<Box<str>>,
    /// The parts of a compound; empty for a word that is none. In order of where they start; a
    /// part that is a compound itself comes before its own parts: Atomwaffen, Atom, Waffen,
    /// Programm.
    pub parts: Vec<Part>,
    /// Keys under which other spellings of a name are found; empty for ordinary words.
    pub name_keys: Vec<Box<str>>,
}

impl Forms {
    /// The parts of a compound that are none themselves: Atom, Waffen, Programm.
    pub fn smallest_parts(&self) -> impl Iterator<Item = &Part> {
        let parts = self.parts.iter().enumerate();
        let own = |at: usize| self.parts.get(at + 1);
        parts.filter_map(move |(at, part)| {
            own(at).is_none_or(|next| next.range.start >= part.range.end).then_some(part)
        })
    }
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
    forms_with(word, &UserWords::default())
}

/// Gives all forms of a word, as [`forms`] does, where a user has added words to the lexicon.
///
/// ```
/// use dossier_german::{UserWords, forms_with};
///
/// let words = UserWords::new(["Kibana", "Abfrage"]);
/// let parts = forms_with("Kibanaabfrage", &words).parts;
/// assert_eq!(&*parts[0].stem, "kibana");
/// ```
pub fn forms_with(word: &str, user: &UserWords) -> Forms {
    let exact = exact(word);
    let folded = fold(&exact);
    let Analysis { stem, linked, parts } = if word.len() > LONGEST_WORD_ANALYSED {
        Analysis { stem: folded.clone(), linked: Vec::new(), parts: Vec::new() }
    } else {
        analyse(word, &folded, user)
    };
    Forms {
        exact: exact.into(),
        folded: folded.into(),
        stem: stem.into(),
        linked,
        parts,
        name_keys: Vec::new(),
    }
}

/// The forms that need more than the letters of a word.
struct Analysis {
    stem: String,
    linked: Vec<Box<str>>,
    parts: Vec<Part>,
}

/// Reads a word: its stem, what it is linked to, and the parts of a compound.
fn analyse(word: &str, folded: &str, user: &UserWords) -> Analysis {
    // Militär-Delegationen: the last part is inflected, the others are words of their own.
    if let Some((before, last)) = word.rsplit_once(['-', '‐', '‑'])
        && last.starts_with(char::is_alphanumeric)
    {
        let Analysis { stem, linked, .. } = analyse(last, &fold(last), user);
        let before = fold(before);
        let join = |stem: &str| fold(&format!("{before}{stem}"));
        let linked = linked.iter().map(|stem| join(stem).into()).collect();
        return Analysis { stem: join(&stem), linked, parts: Vec::new() };
    }
    let letters = Letters::new(word);
    let (text, capital) = (letters.text.as_str(), letters.capital);
    let (reading, pieces) = match user.find(text) {
        Some(word) => (Some(Reading::new(word, Class::Name)), Vec::new()),
        None => read_word(&letters, user),
    };
    let mut stem = match &reading {
        Some(reading) => reading.stem(),
        None => stem_of_unknown(text, capital),
    };
    if stem.is_empty() {
        folded.clone_into(&mut stem);
    }
    let mut linked = linked_stems(text, capital, reading.as_ref());
    linked.retain(|other| *other != stem && !other.is_empty());
    linked.dedup();
    let parts = pieces
        .iter()
        .map(|piece| Part {
            stem: piece.reading.stem().into(),
            range: letters.origin(piece.range.start)..letters.origin(piece.range.end),
        })
        .collect();
    Analysis { stem, linked: linked.into_iter().map(String::into_boxed_str).collect(), parts }
}

/// Reads a word as one of the lexicon, else as a compound, else by its ending alone.
fn read_word(letters: &Letters, user: &UserWords) -> (Option<Reading>, Vec<Piece>) {
    let (text, capital) = (letters.text.as_str(), letters.capital);
    if let Some(reading) = read(text, capital) {
        let pieces = match reading.class {
            Class::Noun => split(letters, user),
            Class::Adjective if !capital => split_adjective(letters, user),
            // Names and verbs (ab|holen) are no compounds of nouns.
            _ => Vec::new(),
        };
        return (Some(reading), pieces);
    }
    if capital {
        if let Some(reading) = noun_form(text) {
            return (Some(reading), split(letters, user));
        }
    } else {
        let verb = verb_form(text).or_else(|| with_particle(text));
        if let Some(reading) = verb.or_else(|| with_zu_inside(text)) {
            return (Some(reading), Vec::new());
        }
        if is_verb_in_ier(text) {
            return (None, Vec::new());
        }
        if let Some(reading) = unknown_adjective(text) {
            return (Some(reading), split_adjective(letters, user));
        }
    }
    let pieces = split(letters, user);
    let reading = match pieces.last() {
        Some(last) => Some(last.reading.behind(&text[..last.range.start])),
        None if capital => {
            with_any_noun(text).or_else(|| adjective_behind_another_word(text, OrNoun::Never))
        }
        None => adjective_behind_another_word(text, OrNoun::SameStem)
            .or_else(|| with_any_beginning(text)),
    };
    (reading, pieces)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check_laws(word: &str) {
        let forms = forms(word);
        assert_eq!(fold(&forms.stem), *forms.stem, "the stem of {word:?} is folded");
        assert_eq!(*forms.folded, *fold(word));
        for linked in &forms.linked {
            assert_eq!(fold(linked), **linked, "what {word:?} is linked to is folded");
        }
        if word.chars().any(char::is_alphanumeric) {
            assert!(!forms.stem.is_empty(), "{word:?} lost its stem");
        }
        let mut before = 0..0;
        for part in &forms.parts {
            let (start, end) = (part.range.start, part.range.end);
            assert!(start < end && word.get(start..end).is_some(), "{word:?}: {forms:?}");
            let inside = start >= before.start && end <= before.end;
            assert!(inside || start >= before.end, "{word:?}: {forms:?}");
            before = if inside { start..before.end } else { start..end };
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

    #[cfg(feature = "lexicon")]
    #[test]
    fn inflected_forms_meet_and_other_words_do_not() {
        for (form, lemma) in [
            ("ging", "gehen"),
            ("Häuser", "Haus"),
            ("Daten", "Datum"),
            ("empfing", "empfangen"),
            ("Militärdelegationen", "Militärdelegation"),
            ("schönsten", "schön"),
            ("besser", "gut"),
            ("umhergeflogen", "umherfliegen"),
            ("Selenskyjs", "Selenskyj"),
            ("Verteidigungs-\nminister", "Verteidigungsminister"),
            ("Kommandeures", "Kommandeur"),
            ("Wehrbeauftragtem", "Wehrbeauftragte"),
            ("Beamtem", "Beamte"),
            ("inhaltsarmem", "inhaltsarm"),
            ("ungeschliffnere", "ungeschliffen"),
            ("tiefblickend", "tiefblickende"),
            ("unkompliziertes", "unkompliziert"),
            ("formidable", "formidabel"),
            ("siebzehntem", "siebzehnte"),
        ] {
            assert_eq!(forms(form).stem, forms(lemma).stem, "{form} and {lemma}");
        }
        for (one, other) in [("Müller", "Müll"), ("zahlen", "zählen"), ("Präsidentin", "Präsident")]
        {
            assert_ne!(forms(one).stem, forms(other).stem, "{one} and {other}");
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
