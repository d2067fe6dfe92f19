//! The numbers of the ranking: BM25 over title and body together (BM25F).
//!
//! A word counts in each field by its occurrences, weighted by how each relates to the word typed
//! and divided by the field's length; the sum saturates once. So a word in title and body is not
//! two words, and all forms of a word share one document frequency: a rare misspelling does not
//! outrank the right spelling.
//!
//! Source of the formula: Robertson, Zaragoza and Taylor, Simple BM25 extension to multiple
//! weighted fields (2004).

use tantivy::fieldnorm::FieldNormReader;

use crate::results::MatchKind;

/// How soon more occurrences stop to count. Above the usual 1.2: articles are longer than the
/// passages that value comes from.
const SATURATION: f32 = 1.2;

/// How much the length of a body counts against it, from 0 to 1. The usual value.
const BODY_LENGTH_SHARE: f32 = 0.75;

/// Titles differ in length by chance more than by content.
const TITLE_LENGTH_SHARE: f32 = 0.5;

/// An occurrence in the title counts as so many in the body.
const TITLE_WEIGHT: f32 = 1.5;

/// What a spelling that differs from the typed one loses, so that `schwül` ranks below `schwul`
/// for who typed that. Small: most readers who type `Mueller` mean Müller.
pub(crate) const SPELLING_SHARE: f32 = 0.1;

/// What an occurrence counts that relates so to the word typed. They fall in the order of kinds:
/// at equal frequency, what is nearer to the typed word stands first.
pub(crate) fn weight(kind: MatchKind, edits: u8) -> f32 {
    match kind {
        MatchKind::Exact | MatchKind::Folded => 1.0,
        // Who types `Minister` means `Ministers` as well, but less.
        MatchKind::Inflection => 0.8,
        // Any of many words: each says little.
        MatchKind::Wildcard => 0.7,
        // One letter is a typing error or another transcription, two are a guess.
        MatchKind::Fuzzy if edits <= 1 => 0.5,
        MatchKind::Fuzzy => 0.3,
    }
}

/// Rarity of a word: `documents` of `all` hold it.
pub(crate) fn rarity(documents: u64, all: u64) -> f32 {
    // What was deleted still counts in `documents`: it must not exceed `all`.
    let (documents, all) = (documents.min(all) as f32, all as f32);
    (1.0 + (all - documents + 0.5) / (documents + 0.5)).ln()
}

/// The score of a weighted, length-adjusted number of occurrences.
pub(crate) fn saturated(occurrences: f32) -> f32 {
    occurrences * (SATURATION + 1.0) / (SATURATION + occurrences)
}

/// A text field that words are searched in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TextField {
    Title,
    Body,
}

impl TextField {
    pub const ALL: [TextField; 2] = [TextField::Title, TextField::Body];
}

/// What one occurrence counts in a field, by the field's length in steps as tantivy stores it.
#[derive(Clone, Debug)]
pub(crate) struct LengthFactors([f32; 256]);

impl LengthFactors {
    /// For a field with that many words on average.
    pub fn new(field: TextField, average: f32) -> LengthFactors {
        let (weight, share) = match field {
            TextField::Title => (TITLE_WEIGHT, TITLE_LENGTH_SHARE),
            TextField::Body => (1.0, BODY_LENGTH_SHARE),
        };
        LengthFactors(std::array::from_fn(|id| {
            let length = FieldNormReader::id_to_fieldnorm(id as u8) as f32;
            weight / (1.0 - share + share * length / average.max(1.0))
        }))
    }

    pub fn get(&self, id: u8) -> f32 {
        self.0[usize::from(id)]
    }
}
