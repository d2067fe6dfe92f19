//! The grammar: `NEAR` and `NAH` bind closest, then fields and `NICHT`, then words side by side,
//! then `UND`, then `ODER`.

use std::ops::Range;
use std::str::FromStr;

use dossier_german::{WordKind, words};

use super::ast::{Near, Phrase, Query, Span, Word, WordMode};
use super::error::{QueryError, QueryErrorKind as Kind};
use super::lex::{Lexer, Token, TokenKind};
use super::{MOST_BYTES, MOST_DEPTH, MOST_NEAR, MOST_READINGS, MOST_WORDS};
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
        // A suggestion is the whole query with a part replaced, and is made only if it can be read.
        let suggestion = |span: &Range<usize>, replacement: String| {
            let (before, behind) = (text.get(..span.start)?, text.get(span.end..)?);
            let whole = format!("{before}{replacement}{behind}");
            read(&whole).is_ok().then_some(whole)
        };
        match read(text) {
            Ok(mut parsed) => {
                parsed.notices.truncate(MOST_NOTICES);
                for notice in &mut parsed.notices {
                    let meant = notice.suggestion.take();
                    notice.suggestion = meant.and_then(|meant| suggestion(&notice.span, meant));
                }
                Ok(parsed)
            }
            Err(mut error) => {
                let meant = error.suggestion.take();
                error.suggestion = meant.and_then(|meant| suggestion(&error.span, meant));
                Err(error)
            }
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

impl Parsed {
    /// The query, if there is nothing to remark about how it was read.
    ///
    /// # Errors
    ///
    /// The first notice, as [`QueryErrorKind::Remarked`](crate::QueryErrorKind::Remarked).
    pub fn strict(self) -> Result<Query, QueryError> {
        match self.notices.into_iter().next() {
            Some(notice) => Err(QueryError::remarked(notice)),
            None => Ok(self.query),
        }
    }
}

/// Remarks on one query at most: whoever pastes a text instead of a query wants no list of its marks.
const MOST_NOTICES: usize = 16;

/// Reads a query; suggestions stand for the part they are about.
fn read(text: &str) -> Result<Parsed, QueryError> {
    check_length(text)?;
    let mut lexer = Lexer::new(text);
    lexer.run()?;
    let mut parser =
        Parser { text, tokens: lexer.tokens.into_iter().peekable(), last: 0, depth: 0 };
    if parser.tokens.peek().is_none() {
        return Err(QueryError::new(Kind::Empty, 0..text.len()));
    }
    let query = parser.any()?;
    match parser.tokens.next() {
        Some(token) => Err(QueryError::new(Kind::Unbalanced, token.span)),
        None => Ok(Parsed { query, notices: lexer.notices }),
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

struct Parser<'q> {
    text: &'q str,
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    /// The end of the last token read.
    last: usize,
    depth: usize,
}

impl Parser<'_> {
    /// The next token, if it is one of those.
    fn next_if(&mut self, fits: impl FnOnce(&TokenKind) -> bool) -> Option<Token> {
        let token = self.tokens.next_if(|token| fits(&token.kind))?;
        self.last = token.span.end;
        Some(token)
    }

    /// Where the next token stands, or the end.
    fn here(&mut self) -> Range<usize> {
        let end = self.text.len();
        self.tokens.peek().map_or(end..end, |token| token.span.clone())
    }

    fn missing(&mut self) -> QueryError {
        QueryError::new(Kind::MissingOperand, self.here())
    }

    fn any(&mut self) -> Result<Query, QueryError> {
        let mut clauses = vec![self.all()?];
        while self.next_if(|kind| matches!(kind, TokenKind::Or)).is_some() {
            clauses.push(self.all()?);
        }
        group(clauses, Query::Any).ok_or_else(|| self.missing())
    }

    fn all(&mut self) -> Result<Query, QueryError> {
        let mut clauses = vec![self.words()?];
        while self.next_if(|kind| matches!(kind, TokenKind::And)).is_some() {
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

    fn deeper<T>(
        &mut self,
        at: &Range<usize>,
        read: impl FnOnce(&mut Self) -> Result<T, QueryError>,
    ) -> Result<T, QueryError> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err(QueryError::new(Kind::TooDeep, at.clone()));
        }
        let read = read(self)?;
        self.depth -= 1;
        Ok(read)
    }

    fn clause(&mut self) -> Result<Query, QueryError> {
        let prefix = |kind: &TokenKind| matches!(kind, TokenKind::Not | TokenKind::Field(_));
        let Some(Token { kind, span }) = self.next_if(prefix) else { return self.near() };
        let clause = self.deeper(&span, Self::clause)?;
        Ok(match kind {
            TokenKind::Field(field) => {
                if !field.is_text() {
                    check_names(&clause)?;
                }
                Query::In(field, Box::new(clause))
            }
            _ => Query::Not(Box::new(clause)),
        })
    }

    /// What may stand beside `NEAR` and `NAH`, one or a chain of them.
    fn near(&mut self) -> Result<Query, QueryError> {
        let start = self.here().start;
        let first = self.primary()?;
        let mut span = start..self.last;
        let mut found: Option<(Near, usize)> = None;
        let mut first = Some(first);
        while let Some(token) = self.next_if(|kind| matches!(kind, TokenKind::Near { .. })) {
            let TokenKind::Near { ordered, gap } = token.kind else { continue };
            if let Some(first) = first.take() {
                let readings = readings(&first, &span)?;
                found = Some((Near { operands: vec![first], gap, ordered }, readings));
            }
            let Some((near, readings_so_far)) = &mut found else { continue };
            if (near.ordered, near.gap) != (ordered, gap) {
                let operand = &self.text[span];
                let error = QueryError::new(Kind::MixedNear, token.span.clone());
                return Err(error.suggest(format!("UND {operand} {}", &self.text[token.span])));
            }
            let start = self.here().start;
            let next = self.primary()?;
            span = start..self.last;
            *readings_so_far *= readings(&next, &span)?;
            near.operands.push(next);
            if near.operands.len() > MOST_NEAR || *readings_so_far > MOST_READINGS {
                return Err(QueryError::new(Kind::TooManyNear, token.span));
            }
        }
        first.or(found.map(|(near, _)| Query::Near(near))).ok_or_else(|| self.missing())
    }

    fn primary(&mut self) -> Result<Query, QueryError> {
        let Some(token) = self.tokens.next() else { return Err(self.missing()) };
        self.last = token.span.end;
        match token.kind {
            TokenKind::Clause(clause) => Ok(clause),
            TokenKind::Open => {
                let inside = self.deeper(&token.span, Self::any)?;
                match self.next_if(|kind| matches!(kind, TokenKind::Close)) {
                    Some(_) => Ok(inside),
                    None => Err(QueryError::new(Kind::Unbalanced, token.span)),
                }
            }
            // Only behind NEAR or NAH: `a NEAR/3 -b`.
            TokenKind::Not | TokenKind::Field(_) => {
                Err(QueryError::new(Kind::BadOperand, token.span))
            }
            _ => Err(QueryError::new(Kind::MissingOperand, token.span)),
        }
    }
}

/// In how many ways an operand of `NEAR` or `NAH` can be read: its alternatives.
fn readings(operand: &Query, span: &Range<usize>) -> Result<usize, QueryError> {
    match operand {
        Query::Word(_) => Ok(1),
        Query::Phrase(phrase) if phrase.gap == 0 => Ok(1),
        Query::Any(clauses) => {
            clauses.iter().try_fold(0, |sum, clause| Ok(sum + readings(clause, span)?))
        }
        _ => Err(QueryError::new(Kind::BadOperand, span.clone())),
    }
}

/// Checks what is looked for in names: they have neither spellings nor words between others, and
/// typing errors are looked for in one word only.
fn check_names(query: &Query) -> Result<(), QueryError> {
    let unsupported = |span: &Span| Err(QueryError::new(Kind::Unsupported, span.0.clone()));
    match query {
        Query::Words(clauses) | Query::All(clauses) | Query::Any(clauses) => {
            clauses.iter().try_for_each(check_names)
        }
        Query::Not(clause) => check_names(clause),
        Query::Near(near) => {
            near.operands.iter().try_for_each(check_names)?;
            Err(QueryError::new(Kind::Unsupported, span_of(&near.operands[0]).unwrap_or_default()))
        }
        Query::Word(Word { mode: WordMode::Exact, text, span }) => {
            Err(QueryError::new(Kind::Unsupported, span.0.clone()).suggest(text.clone()))
        }
        Query::Phrase(Phrase { words, gap, loose, span }) => {
            let fits = |word: &Word| match word.mode {
                WordMode::Plain | WordMode::Wildcard => true,
                WordMode::Fuzzy(_) => words.len() == 1,
                WordMode::Exact => false,
            };
            if *gap > 0 || *loose || !words.iter().all(fits) { unsupported(span) } else { Ok(()) }
        }
        Query::Word(_) | Query::In(..) | Query::Dates(_) => Ok(()),
    }
}

/// Where a word or phrase was typed.
fn span_of(query: &Query) -> Option<Range<usize>> {
    match query {
        Query::Word(word) => Some(word.span.0.clone()),
        Query::Phrase(phrase) => Some(phrase.span.0.clone()),
        Query::Any(clauses) => clauses.first().and_then(span_of),
        _ => None,
    }
}
