//! Queries of more words than anybody types: a text that was pasted.

use super::Planner;
use crate::query::Query;
use crate::results::Matching;

/// Of words of which any may do, so many are searched, the rarest. The others stand in most documents
/// and say little, and reading all of their postings takes up to a millisecond for each.
pub(super) const MOST_WANTED: usize = 64;

/// The same for words that were typed as alternatives: who does that wants all of them.
const MOST_ALTERNATIVES: usize = 400;

/// The same where words also stand for those of their family, and for their parts.
const MOST_WIDE_ALTERNATIVES: usize = 100;

impl Planner<'_> {
    /// How many of some alternatives are searched.
    pub(super) fn most_alternatives(&self) -> usize {
        match self.options.matching {
            // Whatever stands under a negation must not be found.
            _ if self.negated => usize::MAX,
            Matching::All => MOST_ALTERNATIVES,
            Matching::Any => MOST_WIDE_ALTERNATIVES,
        }
    }

    /// The rarest of some clauses, `most` of them in their order; the others are left out.
    pub(super) fn rarest<'q>(
        &mut self,
        clauses: Vec<&'q Query>,
        most: usize,
    ) -> tantivy::Result<Vec<&'q Query>> {
        if clauses.len() <= most {
            return Ok(clauses);
        }
        let mut ranked = Vec::with_capacity(clauses.len());
        for (number, clause) in clauses.iter().enumerate() {
            let documents = match clause {
                Query::Word(word) => self.expander.documents(&word.text)?,
                // Whoever sets words into a phrase wants them.
                _ => 1,
            };
            // What no document holds is looked for last: it may be mistyped.
            ranked.push((if documents == 0 { u64::MAX } else { documents }, number));
        }
        ranked.sort_unstable();
        let mut kept: Vec<usize> = ranked[..most].iter().map(|(_, number)| *number).collect();
        kept.sort_unstable();
        self.left_out += clauses.len() - kept.len();
        Ok(kept.into_iter().map(|number| clauses[number]).collect())
    }
}
