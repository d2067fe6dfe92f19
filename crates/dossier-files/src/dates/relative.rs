//! Dates that count from the day they were written on.

use super::PartialDate;

/// A date that is known only with the day it was written on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Relative {
    /// `heute`, `gestern` (-1), `vor drei Wochen` (-21).
    Days(i32),
    /// `am Freitag`: that day or the last Friday before it; or the one before or after.
    Weekday(Weekday, Direction),
    /// `im Juni`: this one or the last June before; a whole month.
    Month(i8, Direction),
    /// `letzten Monat` (-1), `vor drei Monaten` (-3): a whole month.
    Months(i32),
    /// `dieses Jahr`, `voriges Jahr` (-1): a whole year.
    Years(i32),
}

/// Which one is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// This one or, if it is not there yet, the last: reports look back.
    Latest,
    /// `letzten`, `vergangenen`, `vorigen`: before this one.
    Before,
    /// `kommenden`, `nächsten`.
    After,
}

/// A day of the week, Monday first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weekday {
    /// Montag
    Monday = 1,
    /// Dienstag
    Tuesday,
    /// Mittwoch
    Wednesday,
    /// Donnerstag
    Thursday,
    /// Freitag
    Friday,
    /// Samstag, Sonnabend
    Saturday,
    /// Sonntag
    Sunday,
}

impl Relative {
    /// The date it is if it was written on that day. None if only a month or a year of the anchor
    /// is known, or if it leads out of the calendar.
    pub fn resolve(self, anchor: PartialDate) -> Option<PartialDate> {
        anchor.day?;
        let day = anchor.civil();
        match self {
            Relative::Days(days) => days_from(day, days),
            Relative::Weekday(weekday, direction) => {
                let ahead = (weekday as i32 - i32::from(day.weekday().to_monday_one_offset()))
                    .rem_euclid(7);
                let days = match direction {
                    Direction::Latest if ahead == 0 => 0,
                    Direction::Latest | Direction::Before => ahead - 7,
                    Direction::After if ahead == 0 => 7,
                    Direction::After => ahead,
                };
                days_from(day, days)
            }
            Relative::Month(month, direction) => {
                let years = match direction {
                    Direction::Latest => i16::from(month > day.month()),
                    Direction::Before => i16::from(month >= day.month()),
                    Direction::After => -i16::from(month <= day.month()),
                };
                PartialDate::month(day.year().checked_sub(years)?, month)
            }
            Relative::Months(months) => {
                let month = i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
                let month = month.checked_add(months)?;
                let year = i16::try_from(month.div_euclid(12)).ok()?;
                PartialDate::month(year, i8::try_from(month.rem_euclid(12)).ok()? + 1)
            }
            Relative::Years(years) => {
                let year = i32::from(day.year()).checked_add(years)?;
                PartialDate::year(i16::try_from(year).ok()?)
            }
        }
    }
}

fn days_from(day: jiff::civil::Date, days: i32) -> Option<PartialDate> {
    let span = jiff::Span::new().try_days(days).ok()?;
    PartialDate::of_civil(day.checked_add(span).ok()?)
}
