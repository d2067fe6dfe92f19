//! Reads the words of a query: what stands for many, what for one spelling, and what is cut apart.

use std::ops::Range;

use dossier_german::{WordKind, words};

use super::ast::{Phrase, Query, Span, Word, WordMode};
use super::error::{QueryError, QueryErrorKind as Kind};
use super::lex::{Lexer, operator};
use super::{LEAST_FIXED, MOST_EDITS, MOST_LEADING, MOST_LETTERS, MOST_PATTERNS, MOST_WORDS};
use crate::results::NoticeKind;

/// Letters of two bytes, of which two that a pattern does not hold stand for `*` and `?` while it is
/// cut into words.
const PLACES: std::ops::RangeInclusive<char> = 'ƀ'..='ɏ';

impl Lexer<'_> {
    /// The words that a piece of a phrase (without blanks) stands for.
    pub(super) fn slot(
        &mut self,
        piece: &str,
        start: usize,
        exact: bool,
    ) -> Result<Vec<Word>, QueryError> {
        let span = start..start + piece.len();
        let (piece, exact) = match piece.strip_prefix('=') {
            Some(rest) => (rest, true),
            None => (piece, exact),
        };
        let (base, tilde) = split_tilde(piece);
        let at = span.end - piece.len();
        if is_wildcard(base) {
            return self.patterns(base, at, span, exact || tilde.is_some());
        }
        let mode = self.mode(base, tilde, exact, &span)?;
        self.parts(base, at, mode)
    }

    /// A word, or the phrase of words that a chunk such as `www.beispiel.de/seite` stands for.
    pub(super) fn clause(
        &mut self,
        chunk: &str,
        span: Range<usize>,
    ) -> Result<Option<Query>, QueryError> {
        let chunk = self.without_weight(chunk, &span);
        let (piece, exact) = match chunk.strip_prefix('=') {
            Some(rest) => (rest, true),
            None => (chunk, false),
        };
        let at = span.start + chunk.len() - piece.len();
        let (base, tilde) = split_tilde(piece);
        if is_wildcard(base) {
            let found = self.patterns(base, at, span.clone(), exact || tilde.is_some())?;
            return Ok(one_or_phrase(found, span));
        }
        let mut whole =
            words(base).filter(|word| matches!(word.kind, WordKind::Simple | WordKind::Whole));
        let (first, more) = (whole.next(), whole.next().is_some());
        let Some(first) = first else { return Ok(None) };
        if more {
            let loose = tilde == Some("") && !exact;
            let tilde = tilde.filter(|_| !loose);
            let mode = self.mode(base, tilde, exact, &span)?;
            let found = self.parts(base, at, mode)?;
            let mut phrase = Phrase { span: Span(span), ..Phrase::new(found) };
            if loose {
                phrase.loose = true;
                for _ in &phrase.words {
                    self.count_pattern(false)?;
                }
            }
            return Ok(Some(Query::Phrase(phrase)));
        }
        // Each part of a hyphenated word is looked up.
        for _ in words(base).filter(|word| word.kind != WordKind::Completed) {
            self.count()?;
        }
        let mode = self.mode(base, tilde, exact, &span)?;
        if matches!(mode, WordMode::Fuzzy(_)) {
            self.count_pattern(false)?;
        }
        let word = Word { text: first.text.into_owned(), mode, span: Span(span) };
        Ok(Some(Query::Word(no_operator(word))))
    }

    /// A chunk without the weight that other search engines know: `Putin^2`.
    fn without_weight<'c>(&mut self, chunk: &'c str, span: &Range<usize>) -> &'c str {
        let number = |text: &str| {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        };
        match chunk.rsplit_once('^').filter(|(base, weight)| !base.is_empty() && number(weight)) {
            Some((base, weight)) => {
                let span = span.start + base.len()..span.end;
                let message = format!("'^{weight}' was passed over: words have no weights here");
                self.notice(NoticeKind::Ignored, span, message);
                base
            }
            None => chunk,
        }
    }

    /// The words of a piece, hyphenated ones in parts.
    fn parts(&mut self, base: &str, at: usize, mode: WordMode) -> Result<Vec<Word>, QueryError> {
        let mut found = Vec::new();
        let parts =
            words(base).filter(|word| matches!(word.kind, WordKind::Simple | WordKind::Part));
        for word in parts {
            let span = Span(at + word.range.start..at + word.range.end);
            found.push(Word { text: word.text.into_owned(), mode, span });
            self.count()?;
            if matches!(mode, WordMode::Fuzzy(_)) {
                self.count_pattern(false)?;
            }
        }
        Ok(found)
    }

    pub(super) fn count(&mut self) -> Result<(), QueryError> {
        self.words += 1;
        if self.words > MOST_WORDS {
            return Err(QueryError::new(Kind::TooManyWords, self.at..self.text.len()));
        }
        Ok(())
    }

    /// Counts a word that stands for many.
    pub(super) fn count_pattern(&mut self, leading: bool) -> Result<(), QueryError> {
        self.patterns += 1;
        self.leading += usize::from(leading);
        if self.patterns > MOST_PATTERNS || self.leading > MOST_LEADING {
            return Err(QueryError::new(Kind::TooManyPatterns, self.at..self.text.len()));
        }
        Ok(())
    }

    /// How a word matches, by the marks around it.
    fn mode(
        &mut self,
        base: &str,
        tilde: Option<&str>,
        exact: bool,
        span: &Range<usize>,
    ) -> Result<WordMode, QueryError> {
        let Some(number) = tilde else {
            return Ok(if exact { WordMode::Exact } else { WordMode::Plain });
        };
        if exact {
            let bare = format!("{base}~{number}");
            return Err(QueryError::new(Kind::Conflict, span.clone()).suggest(bare));
        }
        if base.chars().count() > MOST_LETTERS {
            return Err(QueryError::new(Kind::WordTooLong, span.clone()));
        }
        if number.is_empty() {
            return Ok(WordMode::Fuzzy(None));
        }
        match number.parse() {
            Ok(edits) if edits <= MOST_EDITS => Ok(WordMode::Fuzzy(Some(edits))),
            _ => Err(QueryError::new(Kind::BadFuzziness, span.clone())
                .suggest(format!("{base}~{MOST_EDITS}"))),
        }
    }

    /// The words and patterns of a piece with `*` or `?`, whose first byte stands at `at`;
    /// `marked`: with `=` or `~` beside it.
    fn patterns(
        &mut self,
        piece: &str,
        at: usize,
        span: Range<usize>,
        marked: bool,
    ) -> Result<Vec<Word>, QueryError> {
        if marked || piece.contains('~') {
            // A pattern has neither a spelling nor typing errors: better refused than searched as
            // something else.
            let bare = piece.split('~').next().unwrap_or_default();
            return Err(QueryError::new(Kind::Conflict, span).suggest(bare));
        }
        let Some(texts) = cut_pattern(piece) else {
            return Err(QueryError::new(Kind::WordTooLong, span));
        };
        let mut found = Vec::new();
        let mut bare = None;
        for (text, range) in texts {
            let span = at + range.start..at + range.end;
            if text.chars().all(|c| c == '*' || c == '?') {
                bare = Some(span);
            } else if text.contains(['*', '?']) {
                found.push(self.wildcard(text, span)?);
            } else {
                found.extend(self.parts(&text, span.start, WordMode::Plain)?);
            }
        }
        match bare {
            Some(_) if found.is_empty() => Err(QueryError::new(Kind::TooShort, span)),
            Some(bare) => {
                self.ignore_wildcard(bare);
                Ok(found)
            }
            None => Ok(found),
        }
    }

    fn ignore_wildcard(&mut self, span: Range<usize>) {
        let message =
            format!("'{}' was passed over: it stands for any word", &self.text[span.clone()]);
        self.notice(NoticeKind::Ignored, span, message);
    }

    /// A word with `*` or `?`.
    fn wildcard(&mut self, pattern: String, span: Range<usize>) -> Result<Word, QueryError> {
        let leading = pattern.starts_with(['*', '?']);
        let fixed = pattern.chars().filter(|c| c.is_alphanumeric()).count();
        if fixed < LEAST_FIXED + usize::from(leading) {
            return Err(QueryError::new(Kind::TooShort, span));
        }
        if pattern.chars().count() > MOST_LETTERS {
            return Err(QueryError::new(Kind::WordTooLong, span));
        }
        self.count()?;
        self.count_pattern(leading)?;
        Ok(Word { text: pattern, mode: WordMode::Wildcard, span: Span(span) })
    }
}

/// Cuts a piece with wildcards where a text would be cut into words: marks that no word of a text
/// holds separate words here too, as in `www.beispiel.*`. Texts and their bytes in the piece; `None`
/// if it holds so many letters that none is left to stand for a wildcard.
fn cut_pattern(piece: &str) -> Option<Vec<(String, Range<usize>)>> {
    let mut free = PLACES.filter(|place| !piece.contains(*place));
    let (run, one) = (free.next()?, free.next()?);
    let places = piece.replace('*', &run.to_string()).replace('?', &one.to_string());
    // A place has one byte more than the wildcard it stands for.
    let is_place = |c: &char| *c == run || *c == one;
    let shift = |end: usize| end - places[..end].chars().filter(is_place).count();
    let simple = |kind| matches!(kind, WordKind::Simple | WordKind::Whole);
    let mut found = Vec::new();
    for word in words(&places).filter(|word| simple(word.kind)) {
        let text = word.text.replace(run, "*").replace(one, "?");
        let range = shift(word.range.start)..shift(word.range.end);
        let open = text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '*').len();
        match text[open..].find('?').filter(|_| open > 0) {
            // A question mark at the end closes a question. The marks before it may be none of the
            // word's either.
            Some(asks) => {
                let within = cut_pattern(&text[..open + asks])?;
                let start = range.start;
                let moved =
                    |(text, at): (String, Range<usize>)| (text, start + at.start..start + at.end);
                found.extend(within.into_iter().map(moved));
            }
            None => found.push((text, range)),
        }
    }
    Some(found)
}

fn one_or_phrase(mut found: Vec<Word>, span: Range<usize>) -> Option<Query> {
    if found.len() > 1 {
        return Some(Query::Phrase(Phrase { span: Span(span), ..Phrase::new(found) }));
    }
    found.pop().map(no_operator).map(Query::Word)
}

/// `AND.` is a word: it must not be printed as the operator.
fn no_operator(mut word: Word) -> Word {
    if word.mode == WordMode::Plain && operator(&word.text).is_some() {
        word.text.make_ascii_lowercase();
    }
    word
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
