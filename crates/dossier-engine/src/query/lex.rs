//! Cuts a query into brackets, operators and clauses.

use std::ops::Range;

use dossier_german::{WordKind, words};

use super::ast::{Phrase, Query, QueryField, Span, Word, WordMode};
use super::error::{QueryError, QueryErrorKind as Kind};
use super::{LEAST_FIXED, MOST_EDITS, MOST_GAP, MOST_LETTERS, MOST_WORDS};
use crate::results::{Notice, NoticeKind};

/// A piece of a query and where it stands, in bytes.
#[derive(Debug)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub span: Range<usize>,
}

#[derive(Debug)]
pub(super) enum TokenKind {
    Open,
    Close,
    And,
    Or,
    Not,
    Field(QueryField),
    Clause(Query),
}

/// Operators as whole words: only in capitals, so that `und` is a word.
fn operator(chunk: &str) -> Option<TokenKind> {
    match chunk {
        "AND" | "UND" => Some(TokenKind::And),
        "OR" | "ODER" => Some(TokenKind::Or),
        "NOT" | "NICHT" => Some(TokenKind::Not),
        _ => None,
    }
}

/// Quotation marks: what opens a phrase, and what may close it.
const QUOTES: [(char, &[char]); 6] = [
    ('"', &['"']),
    ('„', &['“', '”', '"']),
    ('“', &['”', '“', '"']),
    ('”', &['”', '"']),
    ('»', &['«']),
    ('«', &['»']),
];

fn closers(opener: char) -> Option<&'static [char]> {
    QUOTES.iter().find(|(open, _)| *open == opener).map(|(_, close)| *close)
}

pub(super) struct Lexer<'q> {
    text: &'q str,
    at: usize,
    words: usize,
    pub tokens: Vec<Token>,
    pub notices: Vec<Notice>,
}

/// What stands behind a word or phrase.
enum Tilde {
    Absent,
    Bare,
    Number(u32),
}

impl<'q> Lexer<'q> {
    pub fn new(text: &'q str) -> Lexer<'q> {
        Lexer { text, at: 0, words: 0, tokens: Vec::new(), notices: Vec::new() }
    }

    fn rest(&self) -> &'q str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: TokenKind, bytes: usize) {
        self.tokens.push(Token { kind, span: self.at..self.at + bytes });
        self.at += bytes;
    }

    fn ignore(&mut self, span: Range<usize>) {
        // The end of a sentence that was typed or copied, as in `Wer ist „Kim“?`.
        let ends_sentence = |c| matches!(c, '?' | '.' | ',' | ';' | ':' | '…');
        if self.text[span.clone()].chars().all(ends_sentence) {
            return;
        }
        self.notices.push(Notice {
            message: format!("'{}' was passed over: it holds no word", &self.text[span.clone()]),
            span,
            kind: NoticeKind::Ignored,
            suggestion: None,
        });
    }

    /// Cuts the whole text.
    pub fn run(&mut self) -> Result<(), QueryError> {
        while let Some(first) = self.rest().chars().next() {
            let mut following = self.rest().chars().skip(1);
            let next = following.next().filter(|c| !c.is_whitespace());
            match first {
                _ if first.is_whitespace() => self.at += first.len_utf8(),
                '(' => self.push(TokenKind::Open, 1),
                ')' => self.push(TokenKind::Close, 1),
                '|' => self.push(TokenKind::Or, if next == Some('|') { 2 } else { 1 }),
                '&' if next == Some('&') => self.push(TokenKind::And, 2),
                '-' | '!' if next.is_some_and(|c| c != ')') => self.push(TokenKind::Not, 1),
                // All the words are wanted anyway.
                '+' if next.is_some_and(|c| c != ')') => self.at += 1,
                '=' if next.is_some_and(|c| closers(c).is_some()) => {
                    self.at += 1;
                    self.phrase(true)?;
                }
                _ if closers(first).is_some() => self.phrase(false)?,
                _ => self.chunk()?,
            }
        }
        Ok(())
    }

    fn tilde(&mut self) -> Result<Tilde, QueryError> {
        let Some(behind) = self.rest().strip_prefix('~') else { return Ok(Tilde::Absent) };
        let digits = behind.len() - behind.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let span = self.at..self.at + 1 + digits;
        self.at = span.end;
        match &behind[..digits] {
            "" => Ok(Tilde::Bare),
            number => match number.parse() {
                Ok(number) if number <= MOST_GAP => Ok(Tilde::Number(number)),
                _ => Err(QueryError::new(Kind::BadFuzziness, span)),
            },
        }
    }

    /// A phrase: the opening mark is next.
    fn phrase(&mut self, exact: bool) -> Result<(), QueryError> {
        let start = self.at;
        let opener = self.rest().chars().next().unwrap_or('"');
        let inside = start + opener.len_utf8();
        let closing = closers(opener).unwrap_or_default();
        let Some(length) = self.text[inside..].find(closing) else {
            return Err(QueryError::new(Kind::Unbalanced, start..inside));
        };
        let end = inside + length;
        let mut found = Vec::new();
        for (offset, piece) in pieces(&self.text[inside..end]) {
            found.extend(self.slot(piece, inside + offset, exact)?);
        }
        self.at = end + self.text[end..].chars().next().map_or(0, char::len_utf8);
        let tilde = self.tilde()?;
        let span = start..self.at;
        if found.is_empty() {
            self.ignore(span);
            return Ok(());
        }
        let (loose, gap) = match tilde {
            Tilde::Absent => (false, 0),
            Tilde::Bare => (true, 0),
            Tilde::Number(0) => (false, 0),
            Tilde::Number(number) if found.len() == 1 => {
                return Err(QueryError::new(Kind::BadFuzziness, span).suggest(format!(
                    "{}~{}",
                    found[0].text,
                    number.min(2)
                )));
            }
            Tilde::Number(number) => (false, number),
        };
        let phrase = Phrase { words: found, gap, loose, span: Span(span.clone()) };
        self.tokens.push(Token { kind: TokenKind::Clause(Query::Phrase(phrase)), span });
        Ok(())
    }

    /// The words that a piece of a phrase (without blanks) stands for.
    fn slot(&mut self, piece: &str, start: usize, exact: bool) -> Result<Vec<Word>, QueryError> {
        let span = start..start + piece.len();
        let (piece, exact) = match piece.strip_prefix('=') {
            Some(rest) => (rest, true),
            None => (piece, exact),
        };
        let (base, tilde) = split_tilde(piece);
        if is_wildcard(base) {
            let word = self.wildcard(base, span, exact || tilde.is_some())?;
            return Ok(word.into_iter().collect());
        }
        let plain = if exact { WordMode::Exact } else { WordMode::Plain };
        let mode = match tilde {
            Some(edits) => WordMode::Fuzzy(self.edits(edits, base, &span)?),
            None => plain,
        };
        let mut found = Vec::new();
        for word in
            words(base).filter(|word| matches!(word.kind, WordKind::Simple | WordKind::Part))
        {
            let at = span.end - piece.len();
            found.push(Word {
                text: word.text.into_owned(),
                mode,
                span: Span(at + word.range.start..at + word.range.end),
            });
            self.count()?;
        }
        Ok(found)
    }

    fn count(&mut self) -> Result<(), QueryError> {
        self.words += 1;
        if self.words > MOST_WORDS {
            return Err(QueryError::new(Kind::TooManyWords, self.at..self.text.len()));
        }
        Ok(())
    }

    /// Checks what stands behind the `~` of a word.
    fn edits(
        &self,
        number: &str,
        base: &str,
        span: &Range<usize>,
    ) -> Result<Option<u8>, QueryError> {
        if base.chars().count() > MOST_LETTERS {
            return Err(QueryError::new(Kind::WordTooLong, span.clone()));
        }
        if number.is_empty() {
            return Ok(None);
        }
        match number.parse() {
            Ok(edits) if edits <= MOST_EDITS => Ok(Some(edits)),
            _ => Err(QueryError::new(Kind::BadFuzziness, span.clone())
                .suggest(format!("{base}~{MOST_EDITS}"))),
        }
    }

    /// A word with `*` or `?`; `marked`: with `=` or `~` beside it.
    fn wildcard(
        &mut self,
        piece: &str,
        span: Range<usize>,
        marked: bool,
    ) -> Result<Option<Word>, QueryError> {
        let pattern = piece.trim_matches(|c: char| !c.is_alphanumeric() && c != '*' && c != '?');
        if marked || pattern.contains('~') {
            // A pattern has neither a spelling nor typing errors: better refused than searched as
            // something else.
            let bare = pattern.split('~').next().unwrap_or_default();
            return Err(QueryError::new(Kind::Unsupported, span).suggest(bare));
        }
        let fixed = pattern.chars().filter(|c| c.is_alphanumeric()).count();
        let least = LEAST_FIXED + usize::from(pattern.starts_with(['*', '?']));
        if fixed < least {
            return Err(QueryError::new(Kind::TooShort, span));
        }
        if pattern.chars().count() > MOST_LETTERS {
            return Err(QueryError::new(Kind::WordTooLong, span));
        }
        self.count()?;
        Ok(Some(Word { text: pattern.to_owned(), mode: WordMode::Wildcard, span: Span(span) }))
    }

    /// Whatever stands up to the next blank, bracket or quotation mark.
    fn chunk(&mut self) -> Result<(), QueryError> {
        let ends =
            |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|') || closers(c).is_some();
        let mut length = self.rest().find(ends).unwrap_or(self.rest().len());
        if let Some(and) = self.rest()[..length].find("&&") {
            length = and;
        }
        let chunk = &self.rest()[..length];
        let span = self.at..self.at + length;
        if let Some(operator) = operator(chunk) {
            self.push(operator, length);
            return Ok(());
        }
        if let Some((name, _)) = chunk.split_once('/').filter(|(name, distance)| {
            matches!(*name, "NEAR" | "NAH") && distance.parse::<u32>().is_ok()
        }) {
            let distance = &chunk[name.len() + 1..];
            return Err(QueryError::new(Kind::Unsupported, span)
                .suggest(format!("\"Wort Wort\"~{distance}")));
        }
        if let Some((name, value)) = chunk.split_once(':').filter(|(name, _)| !name.is_empty()) {
            let group = value.is_empty()
                && self.text[span.end..].starts_with(|c| c == '(' || closers(c).is_some());
            // Marks before it (`…titel:Putin`) make no other name of it.
            let bare = name.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '=');
            if let Some(field) = QueryField::named(bare) {
                self.push(TokenKind::Field(field), name.len() + 1);
                return Ok(());
            }
            if name.chars().any(char::is_alphabetic) && (group || !value.is_empty()) {
                self.notices.push(Notice {
                    message: format!(
                        "'{name}:' names no field: '{chunk}' is searched as it stands"
                    ),
                    span: span.clone(),
                    kind: NoticeKind::UnknownField,
                    suggestion: None,
                });
            }
        }
        self.at = span.end;
        let clause = self.clause(chunk, span.clone())?;
        match clause {
            Some(clause) => self.tokens.push(Token { kind: TokenKind::Clause(clause), span }),
            None => self.ignore(span),
        }
        Ok(())
    }

    /// A word, or the phrase of words that a chunk such as `www.beispiel.de/seite` stands for.
    fn clause(&mut self, chunk: &str, span: Range<usize>) -> Result<Option<Query>, QueryError> {
        let (piece, exact) = match chunk.strip_prefix('=') {
            Some(rest) => (rest, true),
            None => (chunk, false),
        };
        let (base, tilde) = split_tilde(piece);
        if is_wildcard(base) {
            return Ok(self.wildcard(base, span, exact || tilde.is_some())?.map(Query::Word));
        }
        let mut whole =
            words(base).filter(|word| matches!(word.kind, WordKind::Simple | WordKind::Whole));
        let (first, more) = (whole.next(), whole.next().is_some());
        let Some(first) = first else { return Ok(None) };
        if more {
            let found = self.slot(base, span.start, exact)?;
            let loose = tilde.is_some();
            let phrase = Phrase { words: found, gap: 0, loose, span: Span(span) };
            return Ok(Some(Query::Phrase(phrase)));
        }
        self.count()?;
        let mode = match tilde {
            Some(edits) => WordMode::Fuzzy(self.edits(edits, base, &span)?),
            None if exact => WordMode::Exact,
            None => WordMode::Plain,
        };
        let mut text = first.text.into_owned();
        if mode == WordMode::Plain && operator(&text).is_some() {
            // `AND.` is a word: it must not be printed as the operator.
            text.make_ascii_lowercase();
        }
        Ok(Some(Query::Word(Word { text, mode, span: Span(span) })))
    }
}

/// The pieces between blanks, with their offsets in bytes.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace()
        .map(move |piece| (piece.as_ptr() as usize - text.as_ptr() as usize, piece))
}

/// Splits `wort~2` into the word and what stands behind the tilde, if that is a number or nothing.
/// Marks behind belong to the sentence, as in `Wer kennt Belousow~?`.
fn split_tilde(piece: &str) -> (&str, Option<&str>) {
    let bare = piece.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '~' | '*'));
    match bare.rsplit_once('~') {
        Some((base, number)) if number.chars().all(|c| c.is_ascii_digit()) && !base.is_empty() => {
            (base, Some(number))
        }
        _ => (piece, None),
    }
}

/// A star anywhere, or a question mark inside a word: one at its end closes a question. In an
/// address they are letters like others.
fn is_wildcard(piece: &str) -> bool {
    if piece.contains("://") {
        return false;
    }
    let asks = piece.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '*').contains('?');
    (asks || piece.contains('*')) && piece.chars().any(|c| c.is_alphanumeric() || c == '*')
}
