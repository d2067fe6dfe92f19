//! All forms of one word, side by side.

use std::ops::Range;

use crate::compounds::{Piece, split, split_adjective};
use crate::family::family;
use crate::fold::{exact, fold};
use crate::letters::Letters;
use crate::linked::linked_stems;
use crate::stem::{
    Class, OrNoun, Reading, adjective_behind_another_word, noun_form_within, read_and_reach,
    stem_of_unknown, unknown_adjective, with_any_noun,
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
    /// The word as a dictionary has it, in lower case: `müllerin`. None for a word that is read by
    /// its ending alone.
    pub lemma: Option<Box<str>>,
    /// What kind of word it was read as; none where there is no lemma.
    pub class: Option<Class>,
    /// What the stem was made from.
    pub source: StemSource,
    /// Stems of words so close in meaning that a reader wants them too, further down: the
    /// masculine of a feminine and the other way round, the verb of a participle, the noun that a
    /// word in lower case may be.
    pub linked: Vec<Box<str>>,
    /// Stems of words of the same family, further in meaning than those of `linked`: Begrenzung and
    /// begrenzen, Arzt and ärztlich, Russland and russisch.
    pub family: Vec<Box<str>>,
    /// The parts of a compound; empty for a word that is none. In order of where they start; a
    /// part that is a compound itself comes before its own parts: Atomwaffen, Atom, Waffen,
    /// Programm.
    pub parts: Vec<Part>,
}

impl Forms {
    /// The parts of a compound that are none themselves: Atom, Waffen, Programm.
    pub fn smallest_parts(&self) -> impl Iterator<Item = &Part> {
        smallest_parts(&self.parts)
    }
}

/// The parts that have none themselves.
pub(crate) fn smallest_parts(parts: &[Part]) -> impl Iterator<Item = &Part> + Clone {
    let next = |at: usize| parts.get(at + 1);
    parts.iter().enumerate().filter_map(move |(at, part)| {
        next(at).is_none_or(|next| next.range.start >= part.range.end).then_some(part)
    })
}

/// What the stem of a word was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StemSource {
    /// A word that the user added to the lexicon.
    UserWords,
    /// A word of the lexicon of which this is a form.
    Lexicon,
    /// The last part of a compound, which is in the lexicon.
    Compound,
    /// Nothing but its letters: an ending was taken off.
    Ending,
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
    let analysis = Analysis::new(word, user);
    let (linked, family) = (analysis.linked(), analysis.family());
    let Analysis { stem, reading, source, parts, before, .. } = analysis;
    Forms {
        exact: exact.into(),
        folded: folded.into(),
        stem: stem.into(),
        class: reading.as_ref().map(|reading| reading.class),
        lemma: reading.map(|reading| (before + &reading.lemma).into()),
        source,
        linked,
        family,
        parts,
    }
}

/// Gives only the stem of a word and its parts: what an index takes beside the letters. Takes two
/// thirds of the time of [`forms_with`].
///
/// ```
/// use dossier_german::{UserWords, forms, stem_and_parts};
///
/// let (stem, parts) = stem_and_parts("Gästezimmers", &UserWords::default());
/// assert_eq!(stem, forms("Gästezimmer").stem);
/// assert_eq!(&*parts[0].stem, "gast");
/// ```
pub fn stem_and_parts(word: &str, user: &UserWords) -> (Box<str>, Vec<Part>) {
    let Analysis { stem, parts, .. } = Analysis::new(word, user);
    (stem.into(), parts)
}

/// The forms that need more than the letters of a word.
struct Analysis {
    stem: String,
    reading: Option<Reading>,
    source: StemSource,
    parts: Vec<Part>,
    /// What was read, and whether with a capital; behind the letters before a hyphen.
    text: String,
    capital: bool,
    before: String,
}

impl Analysis {
    fn new(word: &str, user: &UserWords) -> Analysis {
        // Militär-Delegationen: the last part is inflected, the others are words of their own.
        if word.len() <= LONGEST_WORD_ANALYSED
            && let Some((before, last)) = word.rsplit_once(['-', '‐', '‑'])
            && last.starts_with(char::is_alphanumeric)
        {
            let of_last = Analysis::new(last, user);
            let before = fold(before);
            let stem = fold(&format!("{before}{}", of_last.stem));
            return Analysis { stem, before, parts: Vec::new(), ..of_last };
        }
        let mut analysis = Analysis {
            stem: String::new(),
            reading: None,
            source: StemSource::Ending,
            parts: Vec::new(),
            text: String::new(),
            capital: false,
            before: String::new(),
        };
        if word.len() > LONGEST_WORD_ANALYSED {
            analysis.stem = fold(word);
            return analysis;
        }
        let letters = Letters::new(word);
        let (source, reading, pieces) = match user.find(&letters.text) {
            Some(word) => {
                (StemSource::UserWords, Some(Reading::new(word, Class::Name)), Vec::new())
            }
            None => read_word(&letters, user),
        };
        analysis.stem = match &reading {
            Some(reading) => reading.stem(),
            None => stem_of_unknown(&letters.text, letters.capital),
        };
        if analysis.stem.is_empty() {
            analysis.stem = fold(word);
        }
        let part = |piece: &Piece| Part {
            stem: piece.word.stem.clone(),
            range: letters.origin(piece.range.start)..letters.origin(piece.range.end),
        };
        analysis.parts = pieces.iter().map(part).collect();
        analysis.source = source;
        analysis.reading = reading;
        analysis.capital = letters.capital;
        analysis.text = letters.text;
        analysis
    }

    fn linked(&self) -> Vec<Box<str>> {
        self.other_stems(linked_stems(&self.text, self.capital, self.reading.as_ref()))
    }

    fn family(&self) -> Vec<Box<str>> {
        let family = family(&self.text, self.reading.as_ref());
        self.other_stems(family.iter().map(Reading::stem).collect())
    }

    /// Stems of words close to this one, but for its own.
    fn other_stems(&self, stems: Vec<String>) -> Vec<Box<str>> {
        if self.text.is_empty() {
            return Vec::new();
        }
        let mut stems: Vec<String> = stems
            .into_iter()
            .filter(|stem| !stem.is_empty())
            .map(|stem| match &*self.before {
                "" => stem,
                before => fold(&format!("{before}{stem}")),
            })
            .filter(|stem| *stem != self.stem)
            .collect();
        stems.dedup();
        stems.into_iter().map(String::into_boxed_str).collect()
    }
}

/// Reads a word as one of the lexicon, else as a compound, else by its ending alone.
fn read_word(letters: &Letters, user: &UserWords) -> (StemSource, Option<Reading>, Vec<Piece>) {
    let (text, capital) = (letters.text.as_str(), letters.capital);
    if user.is_empty() && text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_alphabetic()) {
        // Numbers: many, and in no lexicon.
        return (StemSource::Ending, None, Vec::new());
    }
    let (known, reach) = read_and_reach(text, capital);
    if let Some(reading) = known {
        let pieces = match reading.class {
            Class::Noun => split(letters, user),
            Class::Adjective if !capital => split_adjective(letters, user),
            // Names and verbs (ab|holen) are no compounds of nouns.
            _ => Vec::new(),
        };
        return (StemSource::Lexicon, Some(reading), pieces);
    }
    if capital {
        if let Some(reading) = noun_form_within(text, reach) {
            return (StemSource::Lexicon, Some(reading), split(letters, user));
        }
    } else {
        let verb = verb_form(text).or_else(|| with_particle(text));
        if let Some(reading) = verb.or_else(|| with_zu_inside(text)) {
            return (StemSource::Lexicon, Some(reading), Vec::new());
        }
        if is_verb_in_ier(text) {
            return (StemSource::Ending, None, Vec::new());
        }
        if let Some(reading) = unknown_adjective(text) {
            return (StemSource::Lexicon, Some(reading), split_adjective(letters, user));
        }
    }
    let pieces = split(letters, user);
    let reading = match pieces.last() {
        // The stem of a nominalised participle behind a part is that of the word in lower case.
        Some(last) if last.word.reading.class == Class::Verb => {
            adjective_behind_another_word(text, OrNoun::Never)
                .or_else(|| Some(last.word.reading.behind(&text[..last.range.start])))
        }
        Some(last) => Some(last.word.reading.behind(&text[..last.range.start])),
        None if capital => {
            with_any_noun(text).or_else(|| adjective_behind_another_word(text, OrNoun::Never))
        }
        None => adjective_behind_another_word(text, OrNoun::SameStem)
            .or_else(|| with_any_beginning(text)),
    };
    let source = match (&reading, pieces.is_empty()) {
        (None, _) => StemSource::Ending,
        (Some(_), true) => StemSource::Lexicon,
        (Some(_), false) => StemSource::Compound,
    };
    (source, reading, pieces)
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
            ("führt", "führen"),
            ("vorführe", "vorführen"),
            ("gelangt", "gelangen"),
            ("Medien", "Medium"),
            ("sandte", "senden"),
            ("hing", "hängen"),
            ("ergangen", "ergehen"),
            ("übergegangen", "übergehen"),
            ("Kürzere", "kurz"),
            ("Bundestagsabgeordneter", "bundestagsabgeordnete"),
        ] {
            assert_eq!(forms(form).stem, forms(lemma).stem, "{form} and {lemma}");
        }
        for (one, other) in [
            ("Müller", "Müll"),
            ("zahlen", "zählen"),
            ("Präsidentin", "Präsident"),
            ("führen", "fuhr"),
            ("verführt", "verfuhr"),
            ("gelangen", "gelungen"),
            ("betrügen", "betrug"),
            ("drucken", "drücken"),
            ("druckende", "drückende"),
            ("täuschen", "tauschen"),
        ] {
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
