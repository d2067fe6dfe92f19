//! Which segments are merged.
//!
//! A query looks its words up in each segment, so few are better; merging writes every posting again,
//! so what is large is merged seldom. tantivy's own policy, twice.

use tantivy::SegmentMeta;
use tantivy::merge_policy::{LogMergePolicy, MergeCandidate, MergePolicy};

/// Segments of fewer documents are small: merging some takes a second at most. Those that a first
/// run leaves behind where its threads end are mostly larger.
const LARGE_SEGMENT: u32 = 10_000;

/// So many small segments of about the same size are merged into one: each time something changed
/// brings one in.
const SMALL_AT_ONCE: usize = 2;

/// So many large ones. Merging two at once, indexing 100,000 articles took a fifth longer.
const LARGE_AT_ONCE: usize = 8;

/// Segments of fewer documents count as of the same size. Merging so many takes a tenth of a second,
/// which is what bringing in a changed file may take longer.
const TINY_SEGMENT: u32 = 1_000;

/// A segment is merged once this share of its documents is deleted: until then their words still
/// count in the ranking.
const MOST_DELETED: f32 = 0.2;

/// Merges small segments eagerly, large ones when many have come together.
#[derive(Debug)]
pub(crate) struct Merging {
    small: LogMergePolicy,
    large: LogMergePolicy,
}

impl Default for Merging {
    fn default() -> Merging {
        let policy = |at_once| {
            let mut policy = LogMergePolicy::default();
            policy.set_del_docs_ratio_before_merge(MOST_DELETED);
            policy.set_min_num_segments(at_once);
            policy.set_min_layer_size(TINY_SEGMENT);
            policy
        };
        Merging { small: policy(SMALL_AT_ONCE), large: policy(LARGE_AT_ONCE) }
    }
}

impl MergePolicy for Merging {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let (small, large): (Vec<SegmentMeta>, Vec<SegmentMeta>) =
            segments.iter().cloned().partition(|segment| segment.num_docs() < LARGE_SEGMENT);
        let mut candidates = self.small.compute_merge_candidates(&small);
        candidates.extend(self.large.compute_merge_candidates(&large));
        candidates
    }
}
