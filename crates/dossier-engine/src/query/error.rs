//! Why a query cannot be searched, and where.

use std::fmt;
use std::ops::Range;

use super::{LEAST_FIXED, MOST_BYTES, MOST_DEPTH, MOST_EDITS, MOST_GAP, MOST_LETTERS, MOST_WORDS};

/// Why a query cannot be searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    pub(super) kind: QueryErrorKind,
    pub(super) span: Range<usize>,
    pub(super) suggestion: Option<String>,
}

/// What is wrong with a query, for programs and translations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum QueryErrorKind {
    /// There is no word in it.
    Empty,
    /// It has more than 8 KiB.
    TooLong,
    /// Brackets or negations are nested more than 64 deep.
    TooDeep,
    /// It has more than 1,024 words.
    TooManyWords,
    /// A word with `~`, `*` or `?` has more than 64 letters.
    WordTooLong,
    /// A bracket or quotation mark lacks its counterpart.
    Unbalanced,
    /// An operator or a field lacks what it applies to.
    MissingOperand,
    /// A word with `*` or `?` has too few fixed letters.
    TooShort,
    /// The number after `~` does not fit, as in `"Kim"~1` or `Kim~9`.
    BadFuzziness,
    /// A construction has no meaning here, such as wildcards in `quelle:`.
    Unsupported,
}

impl QueryError {
    pub(super) fn new(kind: QueryErrorKind, span: Range<usize>) -> QueryError {
        QueryError { kind, span, suggestion: None }
    }

    pub(super) fn suggest(mut self, suggestion: impl Into<String>) -> QueryError {
        self.suggestion = Some(suggestion.into());
        self
    }

    /// What is wrong.
    pub fn kind(&self) -> QueryErrorKind {
        self.kind
    }

    /// Where: byte range into the text that was parsed.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// A query that may have been meant.
    pub fn suggestion(&self) -> Option<&str> {
        self.suggestion.as_deref()
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            QueryErrorKind::Empty => write!(f, "the query holds no word"),
            QueryErrorKind::TooLong => write!(f, "the query is longer than {MOST_BYTES} bytes"),
            QueryErrorKind::TooDeep => {
                write!(f, "brackets or negations are nested more than {MOST_DEPTH} deep")
            }
            QueryErrorKind::TooManyWords => write!(f, "the query has more than {MOST_WORDS} words"),
            QueryErrorKind::WordTooLong => {
                write!(f, "a word with ~, * or ? has more than {MOST_LETTERS} letters")
            }
            QueryErrorKind::Unbalanced => {
                write!(f, "a bracket or quotation mark lacks its counterpart")
            }
            QueryErrorKind::MissingOperand => write!(f, "something is missing beside an operator"),
            QueryErrorKind::TooShort => write!(
                f,
                "a word with * or ? needs {LEAST_FIXED} letters, {} where it starts so",
                LEAST_FIXED + 1
            ),
            QueryErrorKind::BadFuzziness => write!(
                f,
                "the number after ~ does not fit: at most {MOST_EDITS} for a word, {MOST_GAP} for a phrase of several words"
            ),
            QueryErrorKind::Unsupported => write!(f, "this has no meaning here"),
        }?;
        write!(f, " at byte {}", self.span.start)?;
        match &self.suggestion {
            Some(suggestion) => write!(f, "; try {suggestion}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for QueryError {}
