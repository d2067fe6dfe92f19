//! The grammar: `NICHT` binds closest, then `UND`, then `ODER`; words side by side bind as `UND`.

use std::ops::Range;
use std::str::FromStr;

use dossier_german::{WordKind, words};

use super::ast::{Query, Span, Word, WordMode};
use super::error::{QueryError, QueryErrorKind as Kind};
use super::lex::{Lexer, Token, TokenKind};
use super::{MOST_BYTES, MOST_DEPTH, MOST_WORDS};
use crate::results::Notice;

/// A query and what should be known about how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The query.
    pub query: Query,
    /// In the order of the text.
    pub notices: Vec<Notice>,
}

impl Query {
    /// Reads the query language.
    ///
    /// ```
    /// use dossier_engine::Query;
    /// let parsed = Query::parse("„Kim Jong Un“ ODER Belousow~")?;
    /// assert_eq!(parsed.query.to_string(), "\"Kim Jong Un\" OR Belousow~");
    /// # Ok::<(), dossier_engine::QueryError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A query without a word, too long or too deep, or with something missing: each with its
    /// position in bytes. Time and memory are linear in the text, which has at most 8 KiB.
    pub fn parse(text: &str) -> Result<Parsed, QueryError> {
        check_length(text)?;
        let mut lexer = Lexer::new(text);
        lexer.run()?;
        let mut parser =
            Parser { tokens: lexer.tokens.into_iter().peekable(), end: text.len(), depth: 0 };
        if parser.tokens.peek().is_none() {
            return Err(QueryError::new(Kind::Empty, 0..text.len()));
        }
        let query = parser.any()?;
        match parser.tokens.next() {
            Some(token) => Err(QueryError::new(Kind::Unbalanced, token.span)),
            None => Ok(Parsed { query, notices: lexer.notices }),
        }
    }

    /// The words of a text, side by side; nothing in it is an operator.
    ///
    /// # Errors
    ///
    /// A text without a word, with more than 8 KiB or 1,024 words.
    pub fn plain(text: &str) -> Result<Query, QueryError> {
        check_length(text)?;
        let found: Vec<Query> = words(text)
            .filter(|word| matches!(word.kind, WordKind::Simple | WordKind::Whole))
            .map(|word| {
                let span = Span(word.range);
                Query::Word(Word { text: word.text.into_owned(), mode: WordMode::Plain, span })
            })
            .collect();
        if found.len() > MOST_WORDS {
            return Err(QueryError::new(Kind::TooManyWords, 0..text.len()));
        }
        group(found, Query::Words).ok_or_else(|| QueryError::new(Kind::Empty, 0..text.len()))
    }
}

impl FromStr for Query {
    type Err = QueryError;

    /// As [`Query::parse`], without the notices.
    fn from_str(text: &str) -> Result<Query, QueryError> {
        Query::parse(text).map(|parsed| parsed.query)
    }
}

fn check_length(text: &str) -> Result<(), QueryError> {
    if text.len() > MOST_BYTES {
        return Err(QueryError::new(Kind::TooLong, MOST_BYTES..text.len()));
    }
    Ok(())
}

/// Several clauses as a group, one as itself.
fn group(mut clauses: Vec<Query>, of: fn(Vec<Query>) -> Query) -> Option<Query> {
    if clauses.len() > 1 { Some(of(clauses)) } else { clauses.pop() }
}

struct Parser {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    end: usize,
    depth: usize,
}

impl Parser {
    /// Where the next token stands, or the end.
    fn here(&mut self) -> Range<usize> {
        self.tokens.peek().map_or(self.end..self.end, |token| token.span.clone())
    }

    fn missing(&mut self) -> QueryError {
        QueryError::new(Kind::MissingOperand, self.here())
    }

    fn any(&mut self) -> Result<Query, QueryError> {
        let mut clauses = vec![self.all()?];
        while self.tokens.next_if(|token| matches!(token.kind, TokenKind::Or)).is_some() {
            clauses.push(self.all()?);
        }
        group(clauses, Query::Any).ok_or_else(|| self.missing())
    }

    fn all(&mut self) -> Result<Query, QueryError> {
        let mut clauses = vec![self.words()?];
        while self.tokens.next_if(|token| matches!(token.kind, TokenKind::And)).is_some() {
            clauses.push(self.words()?);
        }
        group(clauses, Query::All).ok_or_else(|| self.missing())
    }

    fn words(&mut self) -> Result<Query, QueryError> {
        let mut clauses = Vec::new();
        while let Some(token) = self.tokens.peek() {
            if matches!(token.kind, TokenKind::And | TokenKind::Or | TokenKind::Close) {
                break;
            }
            clauses.push(self.clause()?);
        }
        group(clauses, Query::Words).ok_or_else(|| self.missing())
    }

    fn clause(&mut self) -> Result<Query, QueryError> {
        let Some(token) = self.tokens.next() else { return Err(self.missing()) };
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err(QueryError::new(Kind::TooDeep, token.span));
        }
        let clause = match token.kind {
            TokenKind::Clause(clause) => clause,
            TokenKind::Not => Query::Not(Box::new(self.clause()?)),
            TokenKind::Field(field) => Query::In(field, Box::new(self.clause()?)),
            TokenKind::Open => {
                let inside = self.any()?;
                match self.tokens.next_if(|token| matches!(token.kind, TokenKind::Close)) {
                    Some(_) => inside,
                    None => return Err(QueryError::new(Kind::Unbalanced, token.span)),
                }
            }
            TokenKind::And | TokenKind::Or | TokenKind::Close => {
                return Err(QueryError::new(Kind::MissingOperand, token.span));
            }
        };
        self.depth -= 1;
        Ok(clause)
    }
}
