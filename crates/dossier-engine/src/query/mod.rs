//! The query language: text becomes a [`Query`], with positions for every complaint.

mod ast;
mod dates;
mod error;
mod lex;
mod parse;
mod print;
mod rewrite;
mod words;

pub use ast::{DateCondition, Dates, Near, Period, Phrase, Query, QueryField, Word, WordMode};
pub use error::{QueryError, QueryErrorKind};
pub use parse::Parsed;

/// Longest query in bytes.
pub(crate) const MOST_BYTES: usize = 8 * 1024;
/// Brackets and negations within each other.
pub(crate) const MOST_DEPTH: usize = 64;
/// Words and phrases' words together.
pub(crate) const MOST_WORDS: usize = 1_024;
/// Letters of a word searched with typing errors or wildcards.
pub(crate) const MOST_LETTERS: usize = 64;
/// Fixed letters of a wildcard word, at least; one more where it starts with a wildcard, because
/// then every word of the index must be looked at.
pub(crate) const LEAST_FIXED: usize = 2;
/// Most letters that may differ in a word searched with typing errors.
pub(crate) const MOST_EDITS: u8 = 2;
/// Most words between the words of a phrase, or those beside NEAR and NAH.
pub(crate) const MOST_GAP: u32 = 1_000;
/// Words that stand for many: each takes a walk through the words of the index.
pub(crate) const MOST_PATTERNS: usize = 64;
/// Words that start with a wildcard: each is compared with every word of the index.
pub(crate) const MOST_LEADING: usize = 8;
/// What one chain of NEAR or NAH joins.
pub(crate) const MOST_NEAR: usize = 6;
/// Ways to choose one of the alternatives of each operand of NEAR or NAH.
pub(crate) const MOST_READINGS: usize = 64;
