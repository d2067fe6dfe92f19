//! Cuts a query into brackets, operators and clauses.

use std::ops::Range;

use super::ast::{Phrase, Query, QueryField, Span, WordMode};
use super::error::{QueryError, QueryErrorKind as Kind};
use super::{MOST_EDITS, MOST_GAP};
use crate::automata;
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
    Near { ordered: bool, gap: u32 },
    Field(QueryField),
    Clause(Query),
}

/// Operators as whole words: only in capitals, so that `und` is a word.
pub(super) fn operator(chunk: &str) -> Option<TokenKind> {
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

/// Names of fields elsewhere, and what they are here.
const FOREIGN_FIELDS: [(&str, &str); 14] = [
    ("intitle", "titel:"),
    ("allintitle", "titel:"),
    ("headline", "titel:"),
    ("überschrift", "titel:"),
    ("intext", "text:"),
    ("site", "quelle:"),
    ("host", "quelle:"),
    ("domain", "quelle:"),
    ("filename", "datei:"),
    ("von", "autor:"),
    ("before", "datum:<"),
    ("vor", "datum:<"),
    ("after", "datum:>"),
    ("seit", "datum:>="),
];

/// The field that a name may have been meant for, as it is typed.
fn nearest_field(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let foreign = FOREIGN_FIELDS.iter().find(|(foreign, _)| *foreign == name);
    foreign.map(|(_, field)| *field).or_else(|| {
        // Two letters are too few to tell a slip from another word.
        let near = automata::Near::new(&name, u8::from(name.chars().count() > 3));
        let all = QueryField::names().chain([("datum", "datum:"), ("date", "datum:")]);
        all.into_iter().find(|(other, _)| near.distance(other.as_bytes()).is_some()).map(|f| f.1)
    })
}

/// Whether what comes is a date instead of words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dating {
    No,
    /// Behind `datum:`.
    Next,
    /// Within the bracket behind `datum:`, so deep.
    Within(usize),
}

pub(super) struct Lexer<'q> {
    pub(super) text: &'q str,
    pub(super) at: usize,
    /// Words so far, those that stand for many, and those that start with a wildcard.
    pub(super) words: usize,
    pub(super) patterns: usize,
    pub(super) leading: usize,
    brackets: usize,
    pub(super) dating: Dating,
    pub tokens: Vec<Token>,
    pub notices: Vec<Notice>,
}

/// What stands behind a phrase.
enum Tilde {
    Absent,
    Bare,
    Number(u32),
}

impl<'q> Lexer<'q> {
    pub fn new(text: &'q str) -> Lexer<'q> {
        Lexer {
            text,
            at: 0,
            words: 0,
            patterns: 0,
            leading: 0,
            brackets: 0,
            dating: Dating::No,
            tokens: Vec::new(),
            notices: Vec::new(),
        }
    }

    fn rest(&self) -> &'q str {
        &self.text[self.at..]
    }

    pub(super) fn push(&mut self, kind: TokenKind, bytes: usize) {
        self.tokens.push(Token { kind, span: self.at..self.at + bytes });
        self.at += bytes;
    }

    pub(super) fn notice(&mut self, kind: NoticeKind, span: Range<usize>, message: String) {
        self.notices.push(Notice { span, kind, message, suggestion: None, count: None });
    }

    pub(super) fn ignore(&mut self, span: Range<usize>) {
        // The end of a sentence that was typed or copied, as in `Wer ist „Kim“?`.
        let ends_sentence = |c| matches!(c, '?' | '.' | ',' | ';' | ':' | '…');
        let ignored = &self.text[span.clone()];
        if ignored.chars().all(ends_sentence) {
            return;
        }
        let message = format!("'{ignored}' was passed over: it holds no word");
        self.notice(NoticeKind::Ignored, span, message);
    }

    /// Cuts the whole text.
    pub fn run(&mut self) -> Result<(), QueryError> {
        while let Some(first) = self.rest().chars().next() {
            let mut following = self.rest().chars().skip(1);
            let next = following.next().filter(|c| !c.is_whitespace());
            match first {
                _ if first.is_whitespace() => self.at += first.len_utf8(),
                '(' => self.open(),
                ')' => self.close()?,
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
                _ if self.dating != Dating::No => self.dates()?,
                _ => self.chunk()?,
            }
        }
        self.dated()
    }

    /// Checks that `datum:` is not left without a date.
    pub(super) fn dated(&self) -> Result<(), QueryError> {
        match self.dating {
            Dating::Next => Err(QueryError::new(Kind::MissingOperand, self.at..self.at)),
            _ => Ok(()),
        }
    }

    fn open(&mut self) {
        self.brackets += 1;
        if self.dating == Dating::Next {
            self.dating = Dating::Within(self.brackets);
        }
        self.push(TokenKind::Open, 1);
    }

    fn close(&mut self) -> Result<(), QueryError> {
        self.dated()?;
        if self.dating == Dating::Within(self.brackets) {
            self.dating = Dating::No;
        }
        self.brackets = self.brackets.saturating_sub(1);
        self.push(TokenKind::Close, 1);
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
                _ => Err(QueryError::new(Kind::BadFuzziness, span).suggest(format!("~{MOST_GAP}"))),
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
        let behind = end + self.text[end..].chars().next().map_or(0, char::len_utf8);
        if self.dating != Dating::No {
            self.at = behind;
            return self.date(inside..end);
        }
        let mut words = Vec::new();
        for (offset, piece) in pieces(&self.text[inside..end]) {
            words.extend(self.slot(piece, inside + offset, exact)?);
        }
        self.at = behind;
        let tilde = self.tilde()?;
        let span = start..self.at;
        if words.is_empty() {
            self.ignore(span);
            return Ok(());
        }
        let mut phrase = Phrase::new(words);
        phrase.span = Span(span.clone());
        match tilde {
            Tilde::Absent | Tilde::Number(0) => {}
            Tilde::Bare => {
                self.loosen(&mut phrase, &span, if exact { start - 1 } else { start })?;
            }
            Tilde::Number(number) => match &phrase.words[..] {
                [word] => {
                    let edits = number.min(u32::from(MOST_EDITS));
                    let error = QueryError::new(Kind::BadFuzziness, span);
                    return Err(error.suggest(format!("{}~{edits}", word.text)));
                }
                _ => phrase.gap = number,
            },
        }
        self.tokens.push(Token { kind: TokenKind::Clause(Query::Phrase(phrase)), span });
        Ok(())
    }

    /// Lets the words of a phrase vary.
    fn loosen(
        &mut self,
        phrase: &mut Phrase,
        span: &Range<usize>,
        from: usize,
    ) -> Result<(), QueryError> {
        let may_vary = |mode| matches!(mode, WordMode::Plain | WordMode::Fuzzy(_));
        if !phrase.words.iter().any(|word| may_vary(word.mode)) {
            let bare = self.text[from..span.end].trim_end_matches('~').to_owned();
            return Err(QueryError::new(Kind::Conflict, from..span.end).suggest(bare));
        }
        phrase.loose = true;
        for _ in phrase.words.iter().filter(|word| word.mode == WordMode::Plain) {
            self.count_pattern(false)?;
        }
        Ok(())
    }

    /// The end of the chunk that starts at a place: the next blank, bracket or quotation mark.
    pub(super) fn end_of_chunk(&self, from: usize) -> usize {
        let ends =
            |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|') || closers(c).is_some();
        let rest = &self.text[from..];
        let length = rest.find(ends).unwrap_or(rest.len());
        from + rest[..length].find("&&").unwrap_or(length)
    }

    /// Whatever stands up to the next blank, bracket or quotation mark.
    fn chunk(&mut self) -> Result<(), QueryError> {
        let span = self.at..self.end_of_chunk(self.at);
        let chunk = &self.text[span.clone()];
        if let Some(operator) = operator(chunk) {
            self.push(operator, chunk.len());
            return Ok(());
        }
        if let Some(near) = self.near(chunk, &span)? {
            self.push(near, chunk.len());
            return Ok(());
        }
        if let Some((name, value)) = chunk.split_once(':').filter(|(name, _)| !name.is_empty())
            && self.field(name, value, &span)
        {
            return Ok(());
        }
        self.at = span.end;
        match self.clause(chunk, span.clone())? {
            Some(clause) => self.tokens.push(Token { kind: TokenKind::Clause(clause), span }),
            None => self.ignore(span),
        }
        Ok(())
    }

    /// `NEAR/3`, `NAH/3`; a remark where it only looks like that.
    fn near(&mut self, chunk: &str, span: &Range<usize>) -> Result<Option<TokenKind>, QueryError> {
        let (name, number) = match chunk.split_once('/') {
            Some((name, number)) => (name, Some(number)),
            None => (chunk, None),
        };
        let ordered = match name.to_ascii_uppercase().as_str() {
            "NEAR" => true,
            "NAH" => false,
            _ => return Ok(None),
        };
        let capitals = name.bytes().all(|byte| byte.is_ascii_uppercase());
        let digits = |text: &&str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let number = number.filter(digits);
        if let Some(number) = number.filter(|_| capitals) {
            return match number.parse() {
                Ok(gap) if gap <= MOST_GAP => Ok(Some(TokenKind::Near { ordered, gap })),
                _ => Err(QueryError::new(Kind::BadDistance, span.clone())
                    .suggest(format!("{name}/{MOST_GAP}"))),
            };
        }
        if capitals || number.is_some() {
            let meant = format!("{}/{}", name.to_ascii_uppercase(), number.unwrap_or("5"));
            let message =
                format!("'{chunk}' was searched as a word: the operator is written {meant}");
            self.notice(NoticeKind::NoOperator, span.clone(), message);
            if let Some(notice) = self.notices.last_mut() {
                notice.suggestion = Some(meant);
            }
        }
        Ok(None)
    }

    /// Whether a name before a colon is that of a field: then it has been read. If not, the chunk is
    /// searched as it stands, with a remark.
    fn field(&mut self, name: &str, value: &str, span: &Range<usize>) -> bool {
        // Marks before it (`…titel:Putin`) make no other name of it.
        let bare = name.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '=');
        if let Some(field) = QueryField::named(bare) {
            self.push(TokenKind::Field(field), name.len() + 1);
            return true;
        }
        if matches!(&*bare.to_lowercase(), "datum" | "date") {
            self.at += name.len() + 1;
            self.dating = Dating::Next;
            return true;
        }
        let group = value.is_empty()
            && self.text[span.end..].starts_with(|c| c == '(' || closers(c).is_some());
        if name.chars().any(char::is_alphabetic) && (group || !value.is_empty()) {
            let chunk = &self.text[span.clone()];
            let message = format!("'{name}:' names no field: '{chunk}' is searched as it stands");
            self.notice(NoticeKind::UnknownField, span.clone(), message);
            let address = value.starts_with("//");
            if let Some(notice) = self.notices.last_mut().filter(|_| !address) {
                notice.suggestion = nearest_field(name).map(|field| format!("{field}{value}"));
            }
        }
        false
    }
}

/// The pieces between blanks, with their offsets in bytes.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace()
        .map(move |piece| (piece.as_ptr() as usize - text.as_ptr() as usize, piece))
}
