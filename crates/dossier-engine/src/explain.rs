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
use crate::highlight::{Highlighter, Match};
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
    /// The words of the text, those that count most first.
    pub words: Vec<ExplainedWord>,
    /// What all of it adds to the score of the document.
    pub score: f32,
}

/// A word of a text, and how it relates to the word typed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ExplainedWord {
    /// As the text has it where it stands first.
    pub word: String,
    /// How it relates to the word typed.
    pub kind: MatchKind,
    /// Letters that differ.
    pub edits: u8,
    /// What one occurrence counts beside one of the word typed itself, which counts 1. Of other
    /// spellings of a name it is the most: those that are less likely the same count less.
    pub weight: f32,
    /// How often it stands in the title.
    pub in_title: usize,
    /// How often it stands in the text, with its noise where that is searched.
    pub in_body: usize,
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
    let mut found: Vec<(Range<usize>, Words, Explanation)> = Vec::new();
    let title = highlighter.matches(Text::clean(&document.title), TextField::Title);
    let body = Text { text: &document.body, noise: &document.noise };
    let body = highlighter.matches(body, TextField::Body);
    let clauses = plan.clauses.iter().enumerate().filter(|(_, clause)| !clause.negated);
    for (number, (of_plan, clause)) in clauses.enumerate() {
        let score = plan.clause_score(searcher, of_plan, address)?;
        let here = |matches: &&Match<'_>| matches.clause == number;
        let (title, body) = (title.iter().filter(here), body.iter().filter(here));
        let span = span(clause);
        // What was typed once may have become several clauses.
        let known = found.iter().position(|(known, ..)| *known == span && !span.is_empty());
        let at = known.unwrap_or(found.len());
        if known.is_none() {
            let (words, score) = (Vec::new(), 0.0);
            let explanation =
                Explanation { typed: typed(clause), span: span.clone(), words, score };
            found.push((span, Words::default(), explanation));
        }
        let (_, words, explanation) = &mut found[at];
        explanation.score += score;
        words.add(clause, TextField::Title, &document.title, title);
        words.add(clause, TextField::Body, &document.body, body);
    }
    let explanations = found
        .into_iter()
        .map(|(_, words, explanation)| Explanation { words: words.sorted(), ..explanation });
    Ok(explanations.filter(|explanation| !explanation.words.is_empty()).collect())
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

/// Whether a word is one of those typed, letter by letter, case aside.
fn is_spelled_as_typed(clause: &Clause, written: &str) -> bool {
    let written = exact(written);
    clause.slots.iter().any(|slot| exact(&slot.typed.text) == written)
}

/// The words of a text that one clause found, by how they are written, case aside, and how they
/// relate to what was typed.
#[derive(Default)]
struct Words {
    found: FxHashMap<(String, MatchKind), ExplainedWord>,
    /// What has been counted: field, first byte, and kind. A word may belong to several matches of a
    /// phrase, and what was typed twice finds it twice.
    counted: FxHashSet<(TextField, usize, MatchKind)>,
}

impl Words {
    /// Adds the words of some matches in a text.
    fn add<'m, 'p: 'm>(
        &mut self,
        clause: &Clause,
        field: TextField,
        text: &str,
        matches: impl Iterator<Item = &'m Match<'p>>,
    ) {
        for place in matches.flat_map(|found| &found.places) {
            let Some(written) = text.get(place.word.clone()) else { continue };
            // Words that stand for a name together are that name, not what was typed.
            let kind = match (&clause.variant, place.term.kind) {
                (Some(variant), _) => variant.kind,
                (None, MatchKind::Exact) if !is_spelled_as_typed(clause, written) => {
                    MatchKind::Folded
                }
                (None, kind) => kind,
            };
            let key = (written.to_lowercase(), kind);
            if !self.counted.insert((field, place.word.start, kind)) {
                continue;
            }
            let new = || ExplainedWord {
                word: written.to_owned(),
                kind,
                edits: place.term.edits,
                weight: weight(kind, place.term.edits),
                in_title: 0,
                in_body: 0,
            };
            let word = self.found.entry(key).or_insert_with(new);
            match field {
                TextField::Title => word.in_title += 1,
                TextField::Body | TextField::Noise => word.in_body += 1,
            }
        }
    }

    /// Those that count most first.
    fn sorted(self) -> Vec<ExplainedWord> {
        let mut words: Vec<ExplainedWord> = self.found.into_values().collect();
        words.sort_by(|a, b| {
            let times = |word: &ExplainedWord| Reverse(word.in_title + word.in_body);
            let nearest = (a.kind, a.edits, times(a)).cmp(&(b.kind, b.edits, times(b)));
            nearest.then_with(|| a.word.cmp(&b.word))
        });
        words
    }
}
