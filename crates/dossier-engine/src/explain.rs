//! Why a document matches: which word of its text is meant by which word typed, and what that counts.
//!
//! Read from the plan that found the document and from what the highlighter marks in it.

use std::cmp::Reverse;
use std::ops::Range;

use dossier_german::exact;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use tantivy::DocAddress;

use crate::document::Document;
use crate::highlight::{Highlighter, Match, Place};
use crate::noise::Text;
use crate::plan::{Clause, Plan};
use crate::ranking::{TextField, weight};
use crate::results::MatchKind;
use crate::searcher::Searcher;

/// What a word or phrase of a query found in a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Explanation {
    /// What was typed, without marks; words of a phrase with a blank between.
    pub typed: String,
    /// Where: byte range into the text that was parsed; empty for queries that never were text.
    pub span: Range<usize>,
    /// What it found in title and text, what is nearest to what was typed first.
    pub matches: Vec<ExplainedMatch>,
    /// What all of it adds to the score of the document.
    pub score: f32,
    /// The same as a part of that score, from 0 to 1.
    pub share: f32,
}

/// Words of a document, and how they relate to what was typed: a word for a word, all the words of
/// a phrase for a phrase.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ExplainedMatch {
    /// As the document has it where it stands first: a word, or words with ` … ` where others stand
    /// between.
    pub text: String,
    /// How it relates to what was typed; of a phrase, the word that is least like its own.
    pub kind: MatchKind,
    /// Letters that differ; of a phrase, in the word where most do.
    pub edits: u8,
    /// What one occurrence counts beside one of what was typed itself, which counts 1. Of other
    /// spellings of a name it is the most: those that are less likely the same count less.
    pub weight: f32,
    /// How often it stands in the title.
    pub in_title: usize,
    /// How often it stands in the text, with its noise where that is searched.
    pub in_body: usize,
    /// What it adds to the score of the document, as a part of it from 0 to 1. About: all that
    /// one word found saturates together.
    pub share: f32,
}

/// Explains a document that a plan has found; clauses without a match are left out.
///
/// Takes about as long as marking it does.
pub(crate) fn explain(
    searcher: &Searcher,
    plan: &Plan,
    highlighter: &Highlighter<'_>,
    document: &Document,
    address: DocAddress,
) -> tantivy::Result<Vec<Explanation>> {
    let mut found: Vec<(Matches, Explanation)> = Vec::new();
    let title = highlighter.matches(Text::title(document), TextField::Title);
    let body = highlighter.matches(Text::body(document), TextField::Body);
    let clauses = plan.clauses.iter().enumerate().filter(|(_, clause)| !clause.negated);
    for (number, (of_plan, clause)) in clauses.enumerate() {
        let here = |matches: &&Match<'_>| matches.clause == number;
        let (title, body) = (title.iter().filter(here), body.iter().filter(here));
        let span = span(clause);
        // What was typed once may have become several clauses.
        let known = found.iter().position(|(_, known)| known.span == span && !span.is_empty());
        let at = known.unwrap_or(found.len());
        if known.is_none() {
            let (matches, score, share) = (Vec::new(), 0.0, 0.0);
            let explanation = Explanation { typed: typed(clause), span, matches, score, share };
            found.push((Matches::default(), explanation));
        }
        let (matches, explanation) = &mut found[at];
        explanation.score += plan.clause_score(searcher, of_plan, address)?;
        matches.add(clause, TextField::Title, &document.title, title);
        matches.add(clause, TextField::Body, &document.body, body);
    }
    let all: f32 = found.iter().map(|(_, explanation)| explanation.score).sum();
    let explanations = found.into_iter().map(|(matches, explanation)| {
        let share = if all > 0.0 { explanation.score / all } else { 0.0 };
        Explanation { matches: matches.sorted(share), share, ..explanation }
    });
    Ok(explanations.filter(|explanation| !explanation.matches.is_empty()).collect())
}

/// Where a clause was typed.
fn span(clause: &Clause) -> Range<usize> {
    let spans = || clause.slots.iter().map(|slot| &slot.typed.span.0);
    let start = spans().map(|span| span.start).min().unwrap_or(0);
    start..spans().map(|span| span.end).max().unwrap_or(start)
}

fn typed(clause: &Clause) -> String {
    let words: Vec<&str> = clause.slots.iter().map(|slot| slot.typed.text.as_str()).collect();
    words.join(" ")
}

/// How a word of a match relates to what was typed.
fn kind(clause: &Clause, text: &str, place: &Place<'_>) -> MatchKind {
    // Words that stand for a name together are that name, not what was typed.
    if let Some(variant) = &clause.variant {
        return variant.kind;
    }
    let written = exact(text.get(place.word.clone()).unwrap_or_default());
    let is_as_typed = || clause.slots.iter().any(|slot| exact(&slot.typed.text) == written);
    match place.term.kind {
        MatchKind::Exact if !is_as_typed() => MatchKind::Folded,
        kind => kind,
    }
}

/// The words of a match as they stand in the text, what stands between them left out.
fn written(text: &str, places: &[&Place<'_>]) -> String {
    let mut written = String::new();
    let mut end = None;
    for place in places {
        let Range { start, end: behind } = place.word;
        match end {
            // A hyphenated word and its parts.
            Some(end) if start < end && behind <= end => continue,
            Some(end) => {
                let between = text.get(end..start).unwrap_or_default();
                let seam = if between.contains(char::is_alphanumeric) { " … " } else { between };
                written.push_str(seam);
            }
            None => {}
        }
        written.push_str(text.get(start..behind).unwrap_or_default());
        end = Some(behind);
    }
    written
}

/// What one word or phrase found, by how it is written, case aside, and how it relates to what was
/// typed.
#[derive(Default)]
struct Matches {
    found: FxHashMap<(String, MatchKind), ExplainedMatch>,
    /// What has been counted: field, first byte, and kind. What was typed twice finds it twice.
    counted: FxHashSet<(TextField, usize, MatchKind)>,
}

impl Matches {
    /// Adds matches in a text.
    fn add<'m, 'p: 'm>(
        &mut self,
        clause: &Clause,
        field: TextField,
        text: &str,
        matches: impl Iterator<Item = &'m Match<'p>>,
    ) {
        for found in matches {
            // `NEAR` gives its words in any order.
            let mut places: Vec<&Place<'_>> = found.places.iter().collect();
            places.sort_by_key(|place| place.word.start);
            let Some(start) = places.first().map(|place| place.word.start) else { continue };
            let kinds = places.iter().map(|place| kind(clause, text, place));
            let Some(kind) = kinds.max() else { continue };
            if !self.counted.insert((field, start, kind)) {
                continue;
            }
            let written = written(text, &places);
            let new = || ExplainedMatch {
                kind,
                edits: places.iter().map(|place| place.term.edits).max().unwrap_or(0),
                weight: places
                    .iter()
                    .map(|place| weight(place.term.kind, place.term.edits))
                    .fold(weight(kind, 0), f32::min),
                text: written.clone(),
                in_title: 0,
                in_body: 0,
                share: 0.0,
            };
            let words: Vec<&str> = written.split_whitespace().collect();
            let found =
                self.found.entry((words.join(" ").to_lowercase(), kind)).or_insert_with(new);
            match field {
                TextField::Title => found.in_title += 1,
                TextField::Body | TextField::Noise => found.in_body += 1,
            }
        }
    }

    /// What is nearest first; `share` is what all of it adds to the score.
    fn sorted(self, share: f32) -> Vec<ExplainedMatch> {
        let mut matches: Vec<ExplainedMatch> = self.found.into_values().collect();
        let occurrences = |found: &ExplainedMatch| {
            let title = found.in_title as f32 * TextField::Title.weight();
            found.weight * (title + found.in_body as f32 * TextField::Body.weight())
        };
        let all: f32 = matches.iter().map(occurrences).sum();
        for found in &mut matches {
            found.share = share * occurrences(found) / all.max(f32::MIN_POSITIVE);
        }
        matches.sort_by(|a, b| {
            let times = |found: &ExplainedMatch| Reverse(found.in_title + found.in_body);
            let nearest = (a.kind, a.edits, times(a)).cmp(&(b.kind, b.edits, times(b)));
            nearest.then_with(|| a.text.cmp(&b.text))
        });
        matches
    }
}
