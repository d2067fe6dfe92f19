//! Why a query cannot be searched, and where.

use std::fmt;
use std::ops::Range;

use super::{
    LEAST_FIXED, MOST_BYTES, MOST_DEPTH, MOST_EDITS, MOST_GAP, MOST_LEADING, MOST_LETTERS,
    MOST_NEAR, MOST_PATTERNS, MOST_READINGS, MOST_WORDS,
};
use crate::results::Notice;

/// Why a query cannot be searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    pub(super) kind: QueryErrorKind,
    pub(super) span: Range<usize>,
    pub(super) suggestion: Option<String>,
    /// The notice that is an error here.
    pub(super) notice: Option<Box<Notice>>,
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
    /// More than 64 words with `~`, `*` or `?`, or more than 8 that start with a wildcard.
    TooManyPatterns,
    /// Marks that exclude each other: `=Wort~`, `=Wor*`, `Wor*~`.
    Conflict,
    /// The number behind `NEAR/` or `NAH/` is more than 1,000.
    BadDistance,
    /// Beside `NEAR` or `NAH` stands something else than a word, a phrase without a gap, or
    /// alternatives in brackets.
    BadOperand,
    /// `NEAR` and `NAH`, or different distances, in one chain.
    MixedNear,
    /// `NEAR` or `NAH` joins more than 6, or alternatives that make more than 64 combinations.
    TooManyNear,
    /// Behind `datum:` stands no date.
    BadDate,
    /// A field of names (`quelle:`, `autor:` and the like) has neither spellings nor gaps, nor typing
    /// errors but in one word.
    Unsupported,
    /// What is only remarked otherwise; see [`Parsed::strict`](crate::Parsed::strict).
    Remarked,
}

impl QueryError {
    pub(super) fn new(kind: QueryErrorKind, span: Range<usize>) -> QueryError {
        QueryError { kind, span, suggestion: None, notice: None }
    }

    /// What a notice remarks, as an error.
    pub(super) fn remarked(notice: Notice) -> QueryError {
        QueryError {
            kind: QueryErrorKind::Remarked,
            span: notice.span.clone(),
            suggestion: notice.suggestion.clone(),
            notice: Some(Box::new(notice)),
        }
    }

    /// Suggests what could stand at its place.
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

    /// What was remarked, for [`QueryErrorKind::Remarked`].
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_deref()
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
            QueryErrorKind::TooManyPatterns => write!(
                f,
                "the query has more than {MOST_PATTERNS} words with ~, * or ?, or more than {MOST_LEADING} that start with * or ?"
            ),
            QueryErrorKind::Conflict => {
                write!(f, "=, ~ and wildcards exclude each other in one word")
            }
            QueryErrorKind::BadDistance => {
                write!(f, "the number behind NEAR/ or NAH/ is more than {MOST_GAP}")
            }
            QueryErrorKind::BadOperand => write!(
                f,
                "NEAR and NAH stand between words, phrases without ~number, or such with OR in brackets"
            ),
            QueryErrorKind::MixedNear => {
                write!(f, "NEAR and NAH, or different distances, cannot be mixed in one chain")
            }
            QueryErrorKind::TooManyNear => write!(
                f,
                "NEAR and NAH join at most {MOST_NEAR}, in at most {MOST_READINGS} combinations of alternatives"
            ),
            QueryErrorKind::BadDate => write!(
                f,
                "no date: 2024-11-21, 21.11.2024, 2024-11, 2024, 2024-06..2024-11, >2024-06-01, 7d and none are"
            ),
            QueryErrorKind::Unsupported => {
                write!(f, "this field holds names: no =, no words between, ~ for one word only")
            }
            QueryErrorKind::Remarked => {
                write!(f, "{}", self.notice.as_ref().map_or("", |notice| &notice.message))
            }
        }?;
        write!(f, " at byte {}", self.span.start)?;
        match &self.suggestion {
            Some(suggestion) => write!(f, "; try {suggestion}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for QueryError {}
