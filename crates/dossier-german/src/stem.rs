//! Stems: inflected forms of a word become one.

use frostem::{Algorithm, Stemmer};

use crate::fold::fold;

/// Gives the stem of a folded word, itself folded.
///
/// Works on the folded word so that the stem cannot depend on whether ä or ae was written.
pub(crate) fn stem_of_folded(folded: &str) -> String {
    let stem = Stemmer::new(Algorithm::German).stem(folded);
    let stem = fold(&stem);
    if stem.is_empty() { folded.to_owned() } else { stem }
}
