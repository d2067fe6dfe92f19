//! Documents that are removed, or replaced: before they become part of the index, and in it.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use tantivy::directory::TerminatingWrite;
use tantivy::fastfield::write_alive_bitset;
use tantivy::index::{SegmentComponent, SegmentId};
use tantivy::query::{
    BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{
    BitSet, DocId, DocSet, Opstamp, Score, Segment, SegmentReader, TERMINATED, TantivyError,
};

use super::segment::WrittenSegment;

/// Documents with a term are removed if they were put before.
pub(super) struct Removal {
    pub term: Term,
    pub stamp: u64,
}

/// Which commit the list of removed documents is of: of none, a commit brings it in.
const NO_COMMIT: Opstamp = 0;

/// Marks what was removed in a segment that is not part of the index yet. None, if nothing is left.
pub(super) fn without_removed(
    WrittenSegment { segment, stamps }: WrittenSegment,
    removals: &[Removal],
) -> tantivy::Result<Option<Segment>> {
    if removals.is_empty() {
        return Ok(Some(segment));
    }
    let reader = SegmentReader::open(&segment)?;
    let documents = stamps.len() as u32;
    let mut alive = BitSet::with_max_value_and_full(documents);
    for Removal { term, stamp } in removals {
        for_each_document(&reader, term, |document| {
            if stamps[document as usize] < *stamp {
                alive.remove(document);
            }
        })?;
    }
    let removed = documents - alive.len() as u32;
    if removed == 0 || removed == documents {
        return Ok((removed == 0).then_some(segment));
    }
    let segment = segment.with_delete_meta(removed, NO_COMMIT);
    let mut file = segment.open_write(SegmentComponent::Delete)?;
    write_alive_bitset(&alive, &mut file)?;
    file.terminate()?;
    Ok(Some(segment))
}

/// Documents with one of some terms, in segments that were there before: what tantivy is told to
/// remove. A segment that is added would lose them, too, whenever its documents were put.
#[derive(Clone, Debug)]
pub(crate) struct Removed(Arc<RemovedTerms>);

#[derive(Debug)]
struct RemovedTerms {
    terms: Vec<Term>,
    new_segments: FxHashSet<SegmentId>,
}

impl Removed {
    pub fn new(terms: Vec<Term>, new_segments: impl Iterator<Item = SegmentId>) -> Removed {
        Removed(Arc::new(RemovedTerms { terms, new_segments: new_segments.collect() }))
    }
}

impl Query for Removed {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Removed {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut found = BitSet::with_max_value(reader.max_doc());
        let Removed(removed) = self;
        if !removed.new_segments.contains(&reader.segment_id()) {
            for term in &removed.terms {
                for_each_document(reader, term, |document| {
                    found.insert(document);
                })?;
            }
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(found), 1.0)))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InternalError("nothing is ranked by what is removed".to_owned()))
    }
}

/// Calls `each` with the documents of a segment that have a term.
fn for_each_document(
    reader: &SegmentReader,
    term: &Term,
    mut each: impl FnMut(DocId),
) -> tantivy::Result<()> {
    let index = reader.inverted_index(term.field())?;
    let Some(mut found) = index.read_postings(term, IndexRecordOption::Basic)? else {
        return Ok(());
    };
    while found.doc() != TERMINATED {
        each(found.doc());
        found.advance();
    }
    Ok(())
}
