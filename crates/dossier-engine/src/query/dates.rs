//! What stands behind `datum:`, German or English: `2024-06..2024-11`, `21.11.2024`, `>2024-06-01`,
//! `7d`, `keins`.

use std::ops::Range;

use super::ast::{DateCondition, Dates, Period, Query, Span};
use super::error::{QueryError, QueryErrorKind as Kind};
use super::lex::{Dating, Lexer, Token, TokenKind, operator};
use crate::document::Date;

impl Lexer<'_> {
    /// A date: `datum:` stands before it.
    pub(super) fn dates(&mut self) -> Result<(), QueryError> {
        let start = self.at;
        let mut end = self.end_of_chunk(start);
        if let Some(operator) = operator(&self.text[start..end]) {
            let needs_before = !matches!(operator, TokenKind::Not);
            if needs_before {
                self.dated()?;
            }
            self.push(operator, end - start);
            return Ok(());
        }
        // `> 2024-06-01` and `2024-06 .. 2024-11` with blanks in them.
        loop {
            let ahead = self.text[end..].trim_start();
            let next = self.text.len() - ahead.len();
            let next_end = self.end_of_chunk(next);
            let joins = |text: &str| ["..", "…", "–"].iter().any(|sign| text.starts_with(sign));
            let open = self.text[start..end].ends_with(['<', '>', '=', '…', '–'])
                || self.text[start..end].ends_with("..");
            let next_text = &self.text[next..next_end];
            let is_date = date(next_text.trim_end_matches(is_end_mark)).is_some();
            if next_end == next || !(joins(next_text) || (open && is_date)) {
                break;
            }
            end = next_end;
        }
        self.at = end;
        self.date(start..end)
    }

    /// Reads a date or a range of dates.
    pub(super) fn date(&mut self, span: Range<usize>) -> Result<(), QueryError> {
        let text = self.text[span.clone()].trim();
        let mut bare = text.trim_end_matches(is_end_mark);
        if text[bare.len()..].starts_with("..") {
            // An open range.
            bare = &text[..bare.len() + 2];
        }
        let bare: String = bare.split_whitespace().collect();
        let condition = condition(&bare).map_err(|suggestion| {
            let error = QueryError::new(Kind::BadDate, span.clone());
            match suggestion {
                Some(suggestion) => error.suggest(suggestion),
                None => error,
            }
        })?;
        if self.dating == Dating::Next {
            self.dating = Dating::No;
        }
        let dates = Dates { condition, span: Span(span.clone()) };
        self.tokens.push(Token { kind: TokenKind::Clause(Query::Dates(dates)), span });
        self.count()
    }
}

/// Whether a mark may end a sentence behind a date.
fn is_end_mark(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | '!' | '?')
}

/// Reads a condition; the error is what may have been meant.
fn condition(text: &str) -> Result<DateCondition, Option<String>> {
    let lower = text.to_lowercase();
    if matches!(&*lower, "keins" | "kein" | "keine" | "ohne" | "none") {
        return Ok(DateCondition::Unknown);
    }
    if matches!(&*lower, "heute" | "today") {
        return Ok(DateCondition::Last(0, Period::Days));
    }
    if let Some(last) = last(&lower) {
        return Ok(last);
    }
    if let Some(compared) = comparison(text) {
        return compared.ok_or(None);
    }
    if let Some((from, to)) = range(text) {
        return between(from, to);
    }
    match date(text) {
        Some(date) => Ok(DateCondition::Between(Some(date), Some(date))),
        None => Err(nearest(text)),
    }
}

/// `7d`, `2w`, `3m`, `1j`.
fn last(text: &str) -> Option<DateCondition> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let period = match &text[digits.len()..] {
        "d" | "t" => Period::Days,
        "w" => Period::Weeks,
        "m" => Period::Months,
        "y" | "j" => Period::Years,
        _ => return None,
    };
    // More would lead out of the calendar.
    let count = number(digits).filter(|count| *count < 10_000)?;
    Some(DateCondition::Last(count as u16, period))
}

/// `>2024-06-01`, `<=2024`; the inner `None` where nothing is left of the calendar.
fn comparison(text: &str) -> Option<Option<DateCondition>> {
    let rest = text.trim_start_matches(['<', '>', '=', '≤', '≥']);
    let from = |date: Date| DateCondition::Between(Some(date), None);
    let to = |date: Date| DateCondition::Between(None, Some(date));
    let date = date(rest)?;
    Some(match &text[..text.len() - rest.len()] {
        ">=" | "≥" => Some(from(date)),
        "<=" | "≤" => Some(to(date)),
        ">" => date.next().map(from),
        "<" => date.previous().map(to),
        "=" | "==" => Some(DateCondition::Between(Some(date), Some(date))),
        _ => return None,
    })
}

/// What stands on both sides of the sign between two dates.
fn range(text: &str) -> Option<(&str, &str)> {
    ["...", "..", "…", "–"].iter().find_map(|sign| text.split_once(sign))
}

fn between(from: &str, to: &str) -> Result<DateCondition, Option<String>> {
    let end = |text: &str| match text {
        "" => Ok(None),
        text => date(text).map(Some).ok_or_else(|| nearest(text)),
    };
    let both = |from: Option<String>, to: Option<String>| match (from, to) {
        (None, None) => None,
        (from, to) => Some(format!("{}..{}", from.unwrap_or_default(), to.unwrap_or_default())),
    };
    let text = |date: Option<Date>| date.map(|date| date.to_string());
    match (end(from), end(to)) {
        (Ok(None), Ok(None)) => Err(None),
        (Ok(Some(from)), Ok(Some(to))) if from.first_day() > to.last_day() => {
            Err(Some(format!("{to}..{from}")))
        }
        (Ok(from), Ok(to)) => Ok(DateCondition::Between(from, to)),
        (Err(None), _) | (_, Err(None)) => Err(None),
        (from, to) => {
            Err(both(from.map_or_else(|near| near, text), to.map_or_else(|near| near, text)))
        }
    }
}

/// A day, month or year: `2024-11-21`, `2024/11`, `21.11.2024`, `11.2024`, `2024`.
fn date(text: &str) -> Option<Date> {
    let sign = ['-', '/', '.'].into_iter().find(|sign| text.contains(*sign));
    let Some(sign) = sign else {
        return Date::year(year(text)?);
    };
    let mut parts: Vec<&str> = text.split(sign).collect();
    if sign == '.' {
        parts.reverse();
    }
    match parts[..] {
        [y, m] => Date::month(year(y)?, short(m)?),
        [y, m, d] => Date::day(year(y)?, short(m)?, short(d)?),
        _ => None,
    }
}

fn number(text: &str) -> Option<i32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

fn year(text: &str) -> Option<i16> {
    number(text).filter(|_| text.len() == 4).map(|year| year as i16)
}

fn short(text: &str) -> Option<i8> {
    number(text).filter(|_| text.len() <= 2).map(|number| number as i8)
}

/// A date that may have been meant.
fn nearest(text: &str) -> Option<String> {
    let bare = text.trim_matches(|c: char| !c.is_ascii_digit());
    if bare != text && condition(bare).is_ok() {
        // `2024*`, `[2024]`
        return Some(bare.to_owned());
    }
    if let Some((from, to)) =
        text.split_once('-').filter(|(from, to)| from.len() == 4 && to.len() == 4)
        && date(from).is_some()
        && date(to).is_some()
    {
        return between(from, to).ok().map(|_| format!("{from}..{to}"));
    }
    // 21.11.24: dates of the press are of this century, mostly.
    let (rest, year) = text.rsplit_once('.')?;
    let whole = format!("{rest}.20{year}");
    (year.len() == 2 && date(&whole).is_some()).then_some(whole)
}
