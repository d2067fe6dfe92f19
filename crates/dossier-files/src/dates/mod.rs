//! Dates as people and machines write them: German first, English and the technical forms too.
//!
//! - Absolute: `21. November 2024`, `21.11.24`, `Nov. 2024`, `2024`, `Donnerstag, den 21.11.2024,
//!   14:33 Uhr`, `November 21, 2024`, `2024-11-21T08:00:00+01:00`, `Thu, 21 Nov 2024 14:33:00 +0100`.
//!   The day is the one that is written, in whatever time zone that was.
//! - Relative: `gestern`, `am Freitag`, `vor drei Wochen`, `im Juni`. They stay relative until the
//!   caller knows the day they were written on ([`Relative::resolve`]).
//! - Ranges (`21.–23. November`, `2022/23`, `von 2020 bis 2024`) are refused: no day is the date of
//!   them. So is what can be read in two ways (`03/04/2024`) and what is no day (`31.2.2024`).
//! - [`in_address`] reads the date in the address of an article: `/2024/11/21/`.
//!
//! Nothing here knows what day it is today.
//!
//! ```
//! use dossier_files::dates::{Expression, PartialDate, parse};
//! let date = PartialDate::day(2024, 11, 21).unwrap();
//! assert_eq!(parse("Donnerstag, den 21. November 2024"), Ok(Expression::Absolute(date)));
//! assert_eq!(date.to_string(), "2024-11-21");
//! ```

mod address;
mod grammar;
mod relative;
mod tokens;

use std::fmt;
use std::ops::Range;

use dossier_engine::Day;

pub use address::in_address;
pub use relative::{Direction, Relative, Weekday};

/// A day, or a month or year where no more is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// The day.
    Day,
}

/// What a date can be, as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expression {
    /// It names its year.
    Absolute(PartialDate),
    /// It counts from the day it was written on.
    Relative(Relative),
}

/// Why something is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoDate {
    /// It has another form.
    Unknown,
    /// From one day to another.
    Range,
    /// `03/04/2024` is in March or in April.
    Ambiguous,
    /// `31.2.2024`, or a year that nothing was published in.
    Impossible,
}

/// The years that articles are from: the first newspaper appeared in 1605.
const YEARS: std::ops::RangeInclusive<i16> = 1600..=2199;

impl PartialDate {
    /// The day of that year, month (1 to 12) and day of the month; none if there is no such day.
    pub fn day(year: i16, month: i8, day: i8) -> Option<PartialDate> {
        jiff::civil::Date::new(year, month, day)
            .ok()
            .filter(|_| YEARS.contains(&year))
            .map(|_| PartialDate { year, month: Some(month), day: Some(day) })
    }

    /// A month (1 to 12).
    pub fn month(year: i16, month: i8) -> Option<PartialDate> {
        PartialDate::day(year, month, 1).map(|date| PartialDate { day: None, ..date })
    }

    /// A year from 1600 to 2199.
    pub fn year(year: i16) -> Option<PartialDate> {
        PartialDate::month(year, 1).map(|date| PartialDate { month: None, ..date })
    }

    /// How much of it is known.
    pub fn precision(self) -> Precision {
        match (self.month, self.day) {
            (Some(_), Some(_)) => Precision::Day,
            (Some(_), None) => Precision::Month,
            (None, _) => Precision::Year,
        }
    }

    /// The first day it may be: of the month, or of the year, where no more is known.
    pub fn first_day(self) -> Day {
        let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        Day::new(self.year, month, day).expect("only days that there are can be made")
    }

    fn civil(self) -> jiff::civil::Date {
        let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        jiff::civil::Date::new(self.year, month, day).expect("only days that there are can be made")
    }

    fn of_civil(date: jiff::civil::Date) -> Option<PartialDate> {
        PartialDate::day(date.year(), date.month(), date.day())
    }
}

impl From<PartialDate> for Option<dossier_engine::Date> {
    /// The date as the engine keeps it.
    fn from(date: PartialDate) -> Option<dossier_engine::Date> {
        match (date.month, date.day) {
            (Some(month), Some(day)) => dossier_engine::Date::day(date.year, month, day),
            (Some(month), None) => dossier_engine::Date::month(date.year, month),
            (None, _) => dossier_engine::Date::year(date.year),
        }
    }
}

impl fmt::Display for PartialDate {
    /// `2024-11-21`, `2024-11` or `2024`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// Reads a text that is a date and nothing else; a day of the week before it and a time behind it
/// belong to it.
///
/// Takes time in the length of the text, and looks at no more than 64 words of it.
///
/// # Errors
///
/// Why it is no date.
pub fn parse(text: &str) -> Result<Expression, NoDate> {
    let tokens = tokens::tokens(text);
    let (expression, used) = grammar::date(&tokens)?;
    let used = used + grammar::time(&tokens[used..]);
    if tokens[used..].iter().all(|token| token.is_filler()) {
        Ok(expression)
    } else if grammar::goes_on_as_range(&tokens[used..]) {
        Err(NoDate::Range)
    } else {
        Err(NoDate::Unknown)
    }
}

/// Finds the first absolute date in a text, with the bytes it takes, time included; ranges and
/// what is no day are passed over.
///
/// Looks at no more than 64 words.
pub fn find(text: &str) -> Option<(Range<usize>, PartialDate)> {
    // Most lines hold none: a year is a number.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let tokens = tokens::tokens(text);
    let mut at = 0;
    while at < tokens.len() {
        match grammar::date(&tokens[at..]) {
            Ok((Expression::Absolute(date), used)) => {
                let used = used + grammar::time(&tokens[at + used..]);
                let end = tokens[at + used - 1].range.end;
                let is_range = grammar::goes_on_as_range(&tokens[at + used..]);
                // A year may be a number of anything: alone it must be the whole text.
                if !is_range && date.precision() > Precision::Year {
                    return Some((tokens[at].range.start..end, date));
                }
                at += used;
                if is_range {
                    // The other end of the range is no date either.
                    at += 2;
                }
            }
            Ok((Expression::Relative(_), used)) => at += used.max(1),
            // `letzte Woche` is a range of one word, none of two ends.
            Err(NoDate::Range) => at += grammar::range_length(&tokens[at..]).max(1),
            Err(_) => at += 1,
        }
    }
    None
}

#[cfg(test)]
mod tests;
