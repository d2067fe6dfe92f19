//! The passages of a text that tell most of why it matches.

use std::ops::Range;

use super::{ENOUGH_BYTES, Highlighter, Match, marks};
use crate::noise::Text;
use crate::passages::{fragment, trimmed, widened, written};
use crate::ranking::TextField;
use crate::results::{Fragment, SearchOptions};

impl Highlighter<'_> {
    /// The most telling passages of a text, in its order; its beginning if nothing matches there.
    /// `chars` is their length in characters, about, and at most half as much again.
    /// Noise is left out, unless it is asked for.
    pub fn fragments(&self, body: Text<'_>, chars: usize, most: usize) -> Vec<Fragment> {
        let whole = chars == SearchOptions::WHOLE_TEXT;
        let enough_bytes = if whole { usize::MAX } else { ENOUGH_BYTES };
        let matches = self.matches_within(body, TextField::Body, enough_bytes);
        let body = if self.noise { body.with_noise() } else { body };
        let ranges: Vec<Range<usize>> = matches.iter().map(Match::range).collect();
        let mut passages: Vec<Range<usize>> = Vec::new();
        if whole {
            passages.push(0..body.text.len());
        }
        while passages.len() < most {
            let Some(passage) = self.best_passage(body, chars, &matches, &ranges, &passages) else {
                break;
            };
            passages.push(passage);
        }
        if passages.is_empty()
            && let Some(first) = written(body, 0..body.text.len()).next()
        {
            let start = trimmed(body.text, first).start;
            passages.push(widened(body, start..start, chars));
        }
        passages.sort_by_key(|passage| passage.start);
        let shown = |passage: Range<usize>| {
            let inside = matches.iter().zip(&ranges).filter(|(_, range)| within(range, &passage));
            let marks = marks(inside.flat_map(|(found, _)| found.ranges()).cloned());
            fragment(body, passage, marks)
        };
        passages.into_iter().filter_map(shown).collect()
    }

    /// The passage, apart from those taken, that shows most clauses that those do not.
    fn best_passage(
        &self,
        body: Text<'_>,
        chars: usize,
        matches: &[Match<'_>],
        ranges: &[Range<usize>],
        taken: &[Range<usize>],
    ) -> Option<Range<usize>> {
        let free = |range: &Range<usize>| {
            taken.iter().all(|passage| range.end <= passage.start || passage.end <= range.start)
        };
        let mut shown = vec![false; self.clauses.len()];
        for (found, range) in matches.iter().zip(ranges) {
            shown[found.clause] |= taken.iter().any(|passage| within(range, passage));
        }
        let mut before = None;
        let mut best: Option<(usize, usize, Range<usize>)> = None;
        // By clause, the first match of the passage in which it was last seen.
        let mut seen = vec![usize::MAX; self.clauses.len()];
        for (number, core) in ranges.iter().enumerate() {
            // What starts at one place is seen from the first of it: a query may hold the same
            // word a thousand times.
            if before == Some(core.start) || !free(core) {
                continue;
            }
            before = Some(core.start);
            let (mut new, mut count, mut end) = (0, 0, core.end);
            for (found, next) in matches[number..].iter().zip(&ranges[number..]) {
                if next.end.saturating_sub(core.start) > chars || !free(next) {
                    break;
                }
                end = end.max(next.end);
                if std::mem::replace(&mut seen[found.clause], number) != number {
                    new += usize::from(!shown[found.clause]);
                }
                count += 1;
            }
            if best.as_ref().is_none_or(|(most_new, most, _)| (new, count) > (*most_new, *most)) {
                best = Some((new, count.max(1), core.start..end));
            }
        }
        let (_, _, core) = best?;
        let mut passage = widened(body, core, chars);
        for other in taken {
            if passage.start < other.end && other.end <= passage.end {
                passage.start = other.end;
            } else if other.start < passage.end && passage.start <= other.start {
                passage.end = other.start;
            }
        }
        Some(trimmed(body.text, passage))
    }
}

fn within(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
