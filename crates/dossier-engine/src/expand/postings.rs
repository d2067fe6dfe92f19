//! The postings of the words that a word stands for.

use tantivy::DocId;
use tantivy::postings::{BlockSegmentPostings, SegmentPostings};
use tantivy::schema::IndexRecordOption;

use super::TermLeg;
use crate::searcher::Segment;

/// The postings of one of the words that a word stands for.
pub(crate) fn postings(
    segment: &Segment,
    leg: &TermLeg,
    option: IndexRecordOption,
) -> tantivy::Result<SegmentPostings> {
    Ok(segment.terms(leg.field, leg.terms).read_postings_from_terminfo(&leg.info, option)?)
}

/// The same, with frequencies, to be read a block at a time.
pub(crate) fn block_postings(
    segment: &Segment,
    leg: &TermLeg,
) -> tantivy::Result<BlockSegmentPostings> {
    let option = IndexRecordOption::WithFreqs;
    Ok(segment.terms(leg.field, leg.terms).read_block_postings_from_terminfo(&leg.info, option)?)
}

/// Reads the postings of many words one after the other. Calls `each` with documents of one, in
/// order, and how often it occurs in each of them: a block at a time.
pub(crate) fn read_each(
    segment: &Segment,
    legs: &[TermLeg],
    mut each: impl FnMut(&TermLeg, &[DocId], &[u32]),
) -> tantivy::Result<()> {
    for legs in legs.chunk_by(|a, b| (a.field, a.terms) == (b.field, b.terms)) {
        let terms = segment.terms(legs[0].field, legs[0].terms);
        let mut postings = block_postings(segment, &legs[0])?;
        for (number, leg) in legs.iter().enumerate() {
            if number > 0 {
                // To make new ones takes longer than to read most words' few documents.
                terms.reset_block_postings_from_terminfo(&leg.info, &mut postings)?;
            }
            let mut left = leg.info.doc_freq as usize;
            while !postings.docs().is_empty() {
                each(leg, postings.docs(), postings.freqs());
                left = left.saturating_sub(postings.docs().len());
                if left == 0 {
                    // To find that there is no other block takes as long as to read one.
                    break;
                }
                postings.advance();
            }
        }
    }
    Ok(())
}
