//! The numbers of the ranking: BM25 over title and body together (BM25F).
//!
//! A word counts in each field by its occurrences, weighted by how each relates to the word typed
//! and divided by the document's length; the sum saturates once. So a word in title and body is not
//! two words, and all forms of a word share one document frequency: a rare misspelling does not
//! outrank the right spelling.
//!
//! Source of the formula: Robertson, Zaragoza and Taylor, Simple BM25 extension to multiple
//! weighted fields (2004).

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;

use crate::results::MatchKind;

/// How soon more occurrences stop to count. The usual value; .9, with a length share of .5, gained
/// .007 nDCG@10 on questions from the web and lost .016 on questions and answers.
const SATURATION: f32 = 1.2;

/// How much the length of a document counts against it, from 0 to 1. The usual value.
const LENGTH_SHARE: f32 = 0.75;

/// An occurrence in the title counts as so many in the body. At 1, a question answered in one
/// sentence is not found by its title; from 3 on, titles that many documents share mislead.
const TITLE_WEIGHT: f32 = 1.5;

/// What a spelling that differs from the typed one loses, so that `schwül` ranks below `schwul`
/// for who typed that. Small: most readers who type `Mueller` mean Müller.
pub(crate) const SPELLING_SHARE: f32 = 0.1;

/// What the occurrences of a word as a part of compounds count at most, together. Below the one of
/// the word itself: among documents of one length, `Delegation` stands before any number of
/// Militärdelegationen.
pub(crate) const MOST_OF_PARTS: f32 = 0.8;

/// What an occurrence counts that relates so to the word typed. They fall in the order of kinds:
/// at equal frequency, what is nearer to the typed word stands first.
pub(crate) fn weight(kind: MatchKind, edits: u8) -> f32 {
    match kind {
        MatchKind::Exact | MatchKind::Folded => 1.0,
        // Who types `Minister` means `Ministers` as well, but less.
        MatchKind::Inflection => 0.8,
        // Another transcription of the name typed, most likely.
        MatchKind::Name => 0.7,
        // Another name for the same: who wants it may also look for this one.
        MatchKind::Alias => 0.7,
        MatchKind::Related => 0.5,
        MatchKind::Part => 0.5,
        // Any of many words: each says little.
        MatchKind::Wildcard => 0.7,
        // One letter is a typing error or another transcription, two are a guess.
        MatchKind::Fuzzy if edits <= 1 => 0.6,
        MatchKind::Fuzzy => 0.4,
    }
}

/// Rarity of a word: `documents` of `all` hold it.
pub(crate) fn rarity(documents: u64, all: u64) -> f32 {
    // What was deleted still counts in `documents`: it must not exceed `all`.
    let (documents, all) = (documents.min(all) as f32, all as f32);
    (1.0 + (all - documents + 0.5) / (documents + 0.5)).ln()
}

/// A text field that words are searched in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TextField {
    Title,
    Body,
}

impl TextField {
    pub const ALL: [TextField; 2] = [TextField::Title, TextField::Body];

    /// What an occurrence there counts.
    pub fn weight(self) -> f32 {
        match self {
            TextField::Title => TITLE_WEIGHT,
            TextField::Body => 1.0,
        }
    }
}

/// The lengths of documents.
///
/// The length is that of title and body together: a document is one text, and one that consists of
/// a title only is a short one. Separate lengths cost .03 nDCG on questions and answers.
#[derive(Clone)]
pub(crate) struct Lengths {
    title: FieldNormReader,
    body: FieldNormReader,
    /// What a word of length adds to the saturation.
    each: f32,
}

impl Lengths {
    /// `average`: words of a document, title and body together.
    pub fn new(title: FieldNormReader, body: FieldNormReader, average: f32) -> Lengths {
        Lengths { title, body, each: SATURATION * LENGTH_SHARE / average.max(1.0) }
    }

    /// The score of weighted occurrences in a document, for a word of rarity 1: divided by the
    /// document's length, then saturated.
    pub fn score(&self, occurrences: f32, document: DocId) -> f32 {
        let length = self.title.fieldnorm(document) + self.body.fieldnorm(document);
        let saturation = SATURATION * (1.0 - LENGTH_SHARE) + self.each * length as f32;
        occurrences * (SATURATION + 1.0) / (saturation + occurrences)
    }

    /// Weighted occurrences below which no document reaches a score, however short it is, for a
    /// word of rarity 1.
    pub fn enough(&self, score: f32) -> f32 {
        // The score of a document without any length, solved for the occurrences.
        let most = SATURATION + 1.0;
        if score >= most {
            return f32::INFINITY;
        }
        // A little less: what a computation rounds must not lose a document.
        0.999 * score * SATURATION * (1.0 - LENGTH_SHARE) / (most - score)
    }
}
