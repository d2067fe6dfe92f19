//! Every place where a query matches, in its context (keyword in context), a document at a time.

use std::ops::{ControlFlow, Range};

use serde::Serialize;

use crate::document::Document;
use crate::highlight::{Highlighter, Match};
use crate::noise::Text;
use crate::query::Query;
use crate::ranking::TextField;
use crate::results::{Hit, Results, SearchOptions};
use crate::search::{answer, bare_hit};
use crate::searcher::Searcher;

/// A place in a document where a query matches: a word, a phrase, or words of the query that stand
/// side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Occurrence {
    /// Whether it stands in the title; else in the text.
    pub in_title: bool,
    /// Where in the title or the text, in bytes.
    pub bytes: Range<usize>,
    /// The same in characters.
    pub chars: Range<usize>,
    /// What stands before it, as far as was asked for; as it is in the document.
    pub before: String,
    /// What matches.
    pub text: String,
    /// What stands behind it.
    pub after: String,
}

/// A match of several words with more bytes than that, because others stand between, is shown word
/// by word.
const LONGEST: usize = 200;

/// Calls `each` with the hits of a query, best first, and the occurrences in each; see
/// [`Searcher::occurrences`].
pub(crate) fn occurrences(
    searcher: &Searcher,
    query: &Query,
    options: &SearchOptions,
    context_chars: usize,
    each: &mut dyn FnMut(Hit, Vec<Occurrence>) -> ControlFlow<()>,
) -> tantivy::Result<Results> {
    // Who asks for each occurrence wants those in copies, too.
    let options = SearchOptions { group_copies: false, ..options.clone() };
    let answer = answer(searcher, query, &options)?;
    let highlighter = Highlighter::new(&answer.plan, searcher.analysis(), options.noise);
    for found in answer.hits() {
        let document = searcher.load(found.address)?;
        let occurrences = in_document(&highlighter, &document, context_chars, options.noise);
        if each(bare_hit(document, found.score), occurrences).is_break() {
            break;
        }
    }
    let side_by_side = highlighter.side_by_side();
    answer.results(searcher, query, &options, side_by_side, Vec::new())
}

fn in_document(
    highlighter: &Highlighter<'_>,
    document: &Document,
    context_chars: usize,
    with_noise: bool,
) -> Vec<Occurrence> {
    let mut found = Vec::new();
    let (title, body) = (Text::title(document), Text::body(document));
    for (searched, field) in [(title, TextField::Title), (body, TextField::Body)] {
        let text = searched.text;
        let matches = highlighter.all_matches(searched, field);
        let shown = if with_noise { searched.with_noise() } else { searched };
        let mut counted = (0, 0);
        // Ranges ascend: characters are counted once.
        let mut chars_up_to = |byte: usize| {
            counted.1 += text[counted.0..byte].chars().count();
            counted.0 = byte;
            counted.1
        };
        for bytes in places(text, &matches) {
            let (before, after) = context(shown, &bytes, context_chars);
            found.push(Occurrence {
                in_title: field == TextField::Title,
                chars: chars_up_to(bytes.start)..chars_up_to(bytes.end),
                before: before.to_owned(),
                text: text[bytes.clone()].to_owned(),
                after: after.to_owned(),
                bytes,
            });
        }
    }
    found
}

/// The places of matches: byte ranges, ascending and apart. What different words of a query found
/// side by side is one place.
fn places(text: &str, matches: &[Match<'_>]) -> Vec<Range<usize>> {
    let mut ranges: Vec<(Range<usize>, usize)> = Vec::with_capacity(matches.len());
    for found in matches {
        let range = found.range();
        if range.len() <= LONGEST {
            ranges.push((range, found.clause));
        } else {
            ranges.extend(found.ranges().map(|range| (range.clone(), found.clause)));
        }
    }
    ranges.sort_by_key(|(range, clause)| (range.start, range.end, *clause));
    let mut places: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    // What the words of the last place were found by.
    let mut clauses = Vec::new();
    for (range, clause) in ranges {
        if text.get(range.clone()).is_none_or(str::is_empty) {
            continue;
        }
        let joins = |last: &Range<usize>| {
            let is_seam = |c: char| c.is_whitespace() || c == '-';
            let between = text.get(last.end..range.start).unwrap_or_default();
            range.start < last.end || between.chars().all(is_seam) && !clauses.contains(&clause)
        };
        match places.last_mut() {
            Some(last) if joins(last) => last.end = last.end.max(range.end),
            _ => {
                places.push(range);
                clauses.clear();
            }
        }
        clauses.push(clause);
    }
    places
}

/// So many characters of a text before a range and behind it, up to noise.
fn context<'t>(text: Text<'t>, range: &Range<usize>, chars: usize) -> (&'t str, &'t str) {
    let stretch = text.stretch_around(range);
    let before = &text.text[stretch.start.min(range.start)..range.start];
    let after = &text.text[range.end..stretch.end];
    let start = match chars.checked_sub(1) {
        Some(last) => before.char_indices().rev().nth(last).map_or(0, |(at, _)| at),
        None => before.len(),
    };
    let end = after.char_indices().nth(chars).map_or(after.len(), |(at, _)| at);
    (&before[start..], &after[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts_count_characters() {
        let text = "äöü Kim ßÄÖ";
        let kim = text.find("Kim").map_or(0..0, |at| at..at + 3);
        for (chars, expected) in
            [(0, ("", "")), (1, (" ", " ")), (3, ("öü ", " ßÄ")), (99, ("äöü ", " ßÄÖ"))]
        {
            assert_eq!(
                context(Text { text, noise: &[], plain: false }, &kim, chars),
                expected,
                "{chars}"
            );
        }
    }
}
