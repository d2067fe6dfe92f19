//! The numbers of the ranking: BM25 over title and body together (BM25F).
//!
//! A word counts in each field by its occurrences, weighted by how each relates to the word typed
//! and divided by the document's length; the sum saturates once. So a word in title and body is not
//! two words, and all forms of a word share one document frequency: a rare misspelling does not
//! outrank the right spelling.
//!
//! Source of the formula: Robertson, Zaragoza and Taylor, Simple BM25 extension to multiple
//! weighted fields (2004).

use std::sync::{Arc, OnceLock};

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
pub(crate) const TITLE_WEIGHT: f32 = 1.5;

/// An occurrence in noise counts as so many in the body: who asks for noise wants to find it, but a
/// hint at another article says little of what this one is about.
const NOISE_WEIGHT: f32 = 0.5;

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
        // From .4 to .65 the same within .002 nDCG.
        MatchKind::Related => 0.6,
        MatchKind::Part => 0.5,
        // Any of many words: each says little.
        MatchKind::Wildcard => 0.7,
        // One letter is a typing error or another transcription, two are a guess.
        MatchKind::Fuzzy if edits <= 1 => 0.6,
        MatchKind::Fuzzy => 0.4,
    }
}

/// What likeness in runs of letters counts beside the words, where any of them may do: from .2 to
/// .35 the same within .01 nDCG on five collections; it gains .01 on paragraphs to .10 on
/// definitions. At .35 headings of law sections, handbooks and help pages gain .001 over .3, questions
/// and answers lose .003.
pub(crate) const LIKENESS_SHARE: f32 = 0.35;

/// How much it counts, where any of the words may do, that a document has all that the query says:
/// divided by the query's words, because nobody expects all of a long one in one text. 1 gains .003
/// nDCG on web queries of some four words and loses .008 on questions and answers, 0 the reverse.
pub(crate) const COVERAGE_SHARE: f32 = 0.3;

/// The score of so many occurrences at the beginning of a text, for what has rarity 1; `length` in
/// that of the average beginning.
pub(crate) fn score_of_lead(occurrences: f32, length: f32) -> f32 {
    let saturation = SHORTEST + SATURATION * LENGTH_SHARE * length;
    occurrences * MOST_SCORE / (saturation + occurrences)
}

/// Rarity of a word: `documents` of `all` hold it.
pub(crate) fn rarity(documents: u64, all: u64) -> f32 {
    // What was deleted still counts in `documents`: it must not exceed `all`.
    let (documents, all) = (documents.min(all) as f32, all as f32);
    (1.0 + (all - documents + 0.5) / (documents + 0.5)).ln()
}

/// About how many of `all` documents hold any of some terms, each held by so many: between what it
/// would be if all stood in the same documents, and if they knew nothing of each other. Their sum is
/// too high by far where documents are long: forms of a word stand together.
pub(crate) fn any_of(documents: impl Iterator<Item = u64>, all: u64) -> u64 {
    let all = all.max(1) as f64;
    let (mut most, mut without) = (0.0_f64, 1.0);
    for documents in documents {
        let documents = (documents as f64).min(all);
        most = most.max(documents);
        without *= 1.0 - documents / all;
    }
    ((most + all * (1.0 - without)) / 2.0 - 1e-6).ceil() as u64
}

/// A text field that words are searched in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TextField {
    Title,
    Body,
    /// What of the body is no part of the text.
    Noise,
}

impl TextField {
    pub const ALL: [TextField; 3] = [TextField::Title, TextField::Body, TextField::Noise];

    /// Those that are searched, with noise or without.
    pub fn searched(noise: bool) -> &'static [TextField] {
        if noise { &Self::ALL } else { &Self::ALL[..2] }
    }

    /// What an occurrence there counts.
    pub fn weight(self) -> f32 {
        match self {
            TextField::Title => TITLE_WEIGHT,
            TextField::Body => 1.0,
            TextField::Noise => NOISE_WEIGHT,
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
    /// What a length adds to the saturation, by the byte that tantivy keeps of it.
    shares: Arc<[f32; 256]>,
    /// The saturation of each document, computed a stretch at a time when first read through.
    stretches: Arc<[OnceLock<Box<[f32]>>]>,
}

/// Documents in a stretch.
const STRETCH: usize = 4096;

impl Lengths {
    /// `average`: words of a document, title and body together.
    pub fn new(title: FieldNormReader, body: FieldNormReader, average: f32) -> Lengths {
        let each = SATURATION * LENGTH_SHARE / average.max(1.0);
        let share = |id: usize| each * FieldNormReader::id_to_fieldnorm(id as u8) as f32;
        let stretches = (title.num_docs() as usize).div_ceil(STRETCH);
        Lengths {
            title,
            body,
            shares: Arc::new(std::array::from_fn(share)),
            stretches: std::iter::repeat_with(OnceLock::new).take(stretches).collect(),
        }
    }

    /// Weighted occurrences at which a word has half of the score it can reach in a document.
    fn saturation(&self, document: DocId) -> f32 {
        let share = |norms: &FieldNormReader| self.shares[norms.fieldnorm_id(document) as usize];
        SHORTEST + share(&self.title) + share(&self.body)
    }

    /// The saturations of documents from one on, of 64 at most; one whose number 64 divides.
    pub fn saturations(&self, first: DocId) -> &[f32] {
        let (stretch, place) = (first as usize / STRETCH, first as usize % STRETCH);
        let compute = || {
            let first = first - place as DocId;
            let last = (first + STRETCH as DocId).min(self.title.num_docs());
            (first..last).map(|document| self.saturation(document)).collect()
        };
        let stretch = self.stretches[stretch].get_or_init(compute);
        &stretch[place..stretch.len().min(place + 64)]
    }

    /// The score of weighted occurrences in a document, for a word of rarity 1: divided by the
    /// document's length, then saturated.
    pub fn score(&self, occurrences: f32, document: DocId) -> f32 {
        occurrences * MOST_SCORE / (self.saturation(document) + occurrences)
    }
}

/// The saturation of a document without any length.
const SHORTEST: f32 = SATURATION * (1.0 - LENGTH_SHARE);

/// What the score of a word of rarity 1 stays below.
const MOST_SCORE: f32 = SATURATION + 1.0;

/// Adds the scores of weighted occurrences in documents of such saturations, for a word of some
/// rarity. Has no branches, so that several are computed at once.
pub(crate) fn add_scores(
    rarity: f32,
    occurrences: &[f32],
    saturations: &[f32],
    scores: &mut [f32; 64],
) {
    for ((score, occurrences), saturation) in scores.iter_mut().zip(occurrences).zip(saturations) {
        *score += rarity * (occurrences * MOST_SCORE / (saturation + occurrences));
    }
}

/// A score to reach, turned into what a document needs for it.
#[derive(Clone, Copy)]
pub(crate) struct Bound {
    /// Saturation that an occurrence makes up for.
    each: f32,
}

impl Bound {
    /// For a word of rarity 1.
    pub fn new(score: f32) -> Bound {
        // The score solved for the saturation, a little more: what a computation rounds must not
        // lose a document.
        let each = if score > 0.0 { 1.001 * MOST_SCORE / score - 1.0 } else { f32::INFINITY };
        Bound { each }
    }

    /// Whether a document of a saturation with so many weighted occurrences may reach the score.
    pub fn allows(&self, occurrences: f32, saturation: f32) -> bool {
        saturation <= occurrences * self.each
    }

    /// Whether any document of several may. Has no branches: guessing them wrong costs more than
    /// all else.
    pub fn allows_any(&self, occurrences: &[f32], saturations: &[f32]) -> bool {
        let mut beyond = [-1.0_f32; 8];
        let pairs = occurrences.chunks_exact(8).zip(saturations.chunks_exact(8));
        for (occurrences, saturations) in pairs {
            for at in 0..8 {
                let here = occurrences[at] * self.each - saturations[at];
                beyond[at] = if here > beyond[at] { here } else { beyond[at] };
            }
        }
        let rest = occurrences.len().min(saturations.len()) / 8 * 8;
        let mut rest = occurrences[rest..].iter().zip(&saturations[rest..]);
        beyond.iter().any(|beyond| *beyond >= 0.0)
            || rest.any(|(occurrences, saturation)| self.allows(*occurrences, *saturation))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn forms_of_a_word_are_in_some_of_the_same_documents() {
        for (documents, all, any) in [
            (&[][..], 100, 0),
            (&[7], 100, 7),
            (&[1, 1], 6, 2),
            (&[10, 10], 100_000, 15),
            (&[90, 80], 100, 94),
            (&[100, 50], 100, 100),
            // More than there are: some were deleted.
            (&[12], 10, 10),
        ] {
            assert_eq!(any_of(documents.iter().copied(), all), any, "{documents:?} of {all}");
        }
    }

    proptest! {
        #[test]
        fn a_bound_loses_no_document_that_reaches_the_score(
            documents in proptest::collection::vec((0.01_f32..9.0, SHORTEST..40.0), 1..70),
            share in 0.0_f32..1.2,
        ) {
            let score = |&(occurrences, saturation): &(f32, f32)| {
                occurrences * MOST_SCORE / (saturation + occurrences)
            };
            let best = documents.iter().map(score).fold(0.0, f32::max);
            let bound = Bound::new(best * share);
            let reaching = |document: &&(f32, f32)| score(document) >= best * share;
            for document in documents.iter().filter(reaching) {
                prop_assert!(bound.allows(document.0, document.1));
            }
            let (occurrences, saturations): (Vec<f32>, Vec<f32>) = documents.iter().copied().unzip();
            let any = documents.iter().any(|document| bound.allows(document.0, document.1));
            prop_assert_eq!(bound.allows_any(&occurrences, &saturations), any);
        }
    }
}
