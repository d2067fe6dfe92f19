//! What goes in: a document, plain data with public fields.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::noise::{Text, is_valid};

/// An article, or whatever else is found as one thing.
///
/// ```
/// use dossier_engine::Document;
/// let document = Document {
///     id: "000.txt".into(),
///     body: "Herr Kim Jong Un empfing den Minister.".into(),
///     ..Default::default()
/// };
/// assert!(document.title.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    /// Unique within an index: putting a document replaces the one with the same id. Not empty.
    pub id: String,
    /// The headline; empty where there is none.
    pub title: String,
    /// The text.
    pub body: String,
    /// What stands in the body but is no part of the text (menus, comment forms): byte ranges,
    /// ascending and apart. It is kept, but searched and shown only
    /// [if asked for](crate::SearchOptions::noise), and does not count in the ranking otherwise.
    pub noise: Vec<Range<usize>>,
    /// The outlet or host it appeared in.
    pub source: Option<String>,
    /// The file it was read from; see [`Writer::delete_path`](crate::Writer::delete_path).
    pub path: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// ISO 639-3 code of its language (`deu`); detected from the text where `None`. The words of
    /// other languages are indexed without German stems and parts of compounds. What is plainly
    /// German is, whatever is claimed here.
    pub language: Option<String>,
    /// The agency whose text it is, wholly or in part.
    pub agency: Option<String>,
    /// When it was published, as far as is known.
    pub date: Option<Date>,
    /// Where the date was found.
    pub date_origin: Option<DateOrigin>,
    /// Whose the photos are; kept, not searched.
    pub photo: Option<String>,
}

impl Document {
    /// The body without its noise. Of the line breaks before and behind noise the more are kept;
    /// noise that is not valid stays.
    ///
    /// ```
    /// # use dossier_engine::Document;
    /// let body = "Kim kam.\n\nAnzeige\n\nEr ging.".to_owned();
    /// let document = Document { body, noise: vec![10..17], ..Default::default() };
    /// assert_eq!(document.text(), "Kim kam.\n\nEr ging.");
    /// ```
    pub fn text(&self) -> Cow<'_, str> {
        let Document { body, noise, .. } = self;
        if noise.is_empty() || !is_valid(body, noise) {
            return Cow::Borrowed(body);
        }
        let breaks = |blanks: &str| blanks.matches('\n').count();
        let mut text = String::with_capacity(body.len());
        for part in Text::body(self).outside(0..body.len()) {
            let part = &body[part];
            let rest = part.trim_start();
            let kept = text.trim_end().len();
            let (before, behind) =
                (breaks(&text[kept..]), breaks(&part[..part.len() - rest.len()]));
            if kept > 0 && (before == 0 || behind == 0) {
                text.push_str(part);
                continue;
            }
            text.truncate(kept);
            if kept > 0 {
                text.extend(std::iter::repeat_n('\n', before.max(behind)));
            }
            text.push_str(rest);
        }
        Cow::Owned(text)
    }
}

/// Where a date was found, the most certain first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrigin {
    /// In a field that is made for it.
    Metadata,
    /// In the address of the article.
    Address,
    /// In a line of the text, or in its first words.
    Text,
}

impl DateOrigin {
    /// All, the most certain first.
    const ALL: [DateOrigin; 3] = [DateOrigin::Metadata, DateOrigin::Address, DateOrigin::Text];

    /// As it is kept in an index.
    pub(crate) fn name(self) -> &'static str {
        match self {
            DateOrigin::Metadata => "metadata",
            DateOrigin::Address => "address",
            DateOrigin::Text => "text",
        }
    }

    pub(crate) fn of_name(name: &str) -> Option<DateOrigin> {
        DateOrigin::ALL.into_iter().find(|origin| origin.name() == name)
    }
}

/// A calendar day of the years 1 to 9999, written `2024-11-21`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(jiff::civil::Date);

impl Day {
    /// The day of that year, month (1 to 12) and day of the month, if there is one.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Day> {
        // Earlier years are written with a sign, which would break the order of the index.
        let date = jiff::civil::Date::new(year, month, day).ok()?;
        (year > 0).then_some(Day(date))
    }

    /// The next day, the day before, or one further off; none outside of the years 1 to 9999.
    pub(crate) fn plus_days(self, days: i32) -> Option<Day> {
        let date = self.0.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
        Day::new(date.year(), date.month(), date.day())
    }

    /// The same day so many months later; the last of the month where that is shorter.
    pub(crate) fn plus_months(self, months: i32) -> Option<Day> {
        let date = self.0.checked_add(jiff::Span::new().try_months(months).ok()?).ok()?;
        Day::new(date.year(), date.month(), date.day())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Day {
    type Err = String;

    /// Reads `2024-11-21`; what follows the day (a time) is ignored if it starts with `T` or a blank.
    fn from_str(text: &str) -> Result<Day, String> {
        let day = text.split(['T', ' ']).next().unwrap_or_default();
        let day = day.parse().ok().filter(|day: &jiff::civil::Date| day.year() > 0);
        day.map(Day).ok_or_else(|| format!("'{text}' is no date of the form 2024-11-21"))
    }
}

/// A day, a month or a year: a date as far as it is known, of the years 1 to 9999. Written
/// `2024-11-21`, `2024-11` or `2024`, and ordered as these texts are.
///
/// ```
/// use dossier_engine::{Date, Day};
/// let november: Date = "2024-11".parse()?;
/// assert_eq!(november, Date::month(2024, 11).unwrap());
/// assert_eq!(Some(november.last_day()), Day::new(2024, 11, 30));
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i16,
    /// 0 where only the year is known.
    month: i8,
    /// 0 where only the month is known.
    day: i8,
}

impl Date {
    /// A whole year.
    pub fn year(year: i16) -> Option<Date> {
        Day::new(year, 1, 1).map(|_| Date { year, month: 0, day: 0 })
    }

    /// A whole month, 1 to 12.
    pub fn month(year: i16, month: i8) -> Option<Date> {
        Day::new(year, month, 1).map(|_| Date { year, month, day: 0 })
    }

    /// A day.
    pub fn day(year: i16, month: i8, day: i8) -> Option<Date> {
        Day::new(year, month, day).map(Date::from)
    }

    /// The first day it may mean.
    pub fn first_day(self) -> Day {
        Day(jiff::civil::date(self.year, self.month.max(1), self.day.max(1)))
    }

    /// The last day it may mean.
    pub fn last_day(self) -> Day {
        match (self.month, self.day) {
            (0, _) => Day(self.first_day().0.last_of_year()),
            (_, 0) => Day(self.first_day().0.last_of_month()),
            _ => self.first_day(),
        }
    }

    /// The month and the year of a day, as far as they are not over with it: what is dated so may be
    /// later than that day.
    pub(crate) fn unfinished_with(day: Day) -> impl Iterator<Item = Date> {
        let (year, month) = (day.0.year(), day.0.month());
        let around = [Date { year, month: 0, day: 0 }, Date { year, month, day: 0 }];
        around.into_iter().filter(move |date| date.last_day() > day)
    }

    /// The month and the year of a day, as far as they began before it: what is dated so may be
    /// earlier than that day.
    pub(crate) fn begun_before(day: Day) -> impl Iterator<Item = Date> {
        let (year, month) = (day.0.year(), day.0.month());
        let around = [Date { year, month: 0, day: 0 }, Date { year, month, day: 0 }];
        around.into_iter().filter(move |date| date.first_day() < day)
    }

    /// The year, or else the month, that begins with a day; the day itself where none does.
    pub(crate) fn longest_from(day: Day) -> Date {
        let (year, month) = (day.0.year(), day.0.month());
        let around = [Date { year, month: 0, day: 0 }, Date { year, month, day: 0 }];
        around.into_iter().find(|date| date.first_day() == day).unwrap_or(day.into())
    }

    /// The day, month or year behind it.
    pub(crate) fn next(self) -> Option<Date> {
        self.last_day().plus_days(1).map(|day| self.like(day))
    }

    /// The day, month or year before it.
    pub(crate) fn previous(self) -> Option<Date> {
        self.first_day().plus_days(-1).map(|day| self.like(day))
    }

    /// A day, or the month or year around it, as this is one.
    fn like(self, day: Day) -> Date {
        let Date { year, month, day } = day.into();
        let month = if self.month > 0 { month } else { 0 };
        Date { year, month, day: if self.day > 0 { day } else { 0 } }
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Date {
        Date { year: day.0.year(), month: day.0.month(), day: day.0.day() }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

impl FromStr for Date {
    type Err = String;

    /// Reads `2024-11-21`, `2024-11` and `2024`; what follows a day (a time) is ignored if it starts
    /// with `T` or a blank.
    fn from_str(text: &str) -> Result<Date, String> {
        let digits = |text: &str, count| {
            let fits = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
            fits.then(|| text.parse::<i16>().ok()).flatten()
        };
        let date = match (digits(text, 4), text.split_once('-')) {
            (Some(year), _) => Date::year(year),
            (None, Some((year, month))) => match (digits(year, 4), digits(month, 2)) {
                (Some(year), Some(month)) => Date::month(year, month as i8),
                _ => text.parse::<Day>().ok().map(Date::from),
            },
            (None, None) => text.parse::<Day>().ok().map(Date::from),
        };
        date.ok_or_else(|| format!("'{text}' is no date like 2024-11-21, 2024-11 or 2024"))
    }
}

/// Serializes as it is written.
macro_rules! serde_as_text {
    ($type:ty) => {
        impl Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<$type, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

serde_as_text!(Day);
serde_as_text!(Date);

/// What an index knows of a file (or any other origin) that documents were read from: enough to
/// tell whether it must be read again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The `path` of its documents.
    pub path: String,
    /// Changes whenever the file does, for instance a hash of size and time.
    pub stamp: u64,
    /// Stays the same when the file is moved, and no other file has it: for instance a hash of the
    /// number it has in its file system.
    pub identity: Option<u64>,
    /// Why the file, or a part of it, could not be read.
    pub problem: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_far_as_they_are_known() {
        for (text, first, last) in [
            ("2024-11-21", "2024-11-21", "2024-11-21"),
            ("2024-11-21T08:00:00Z", "2024-11-21", "2024-11-21"),
            ("2024-11", "2024-11-01", "2024-11-30"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2024", "2024-01-01", "2024-12-31"),
            ("0001", "0001-01-01", "0001-12-31"),
        ] {
            let date: Date = text.parse().unwrap_or_else(|error| panic!("{error}"));
            let days = [date.first_day().to_string(), date.last_day().to_string()];
            assert_eq!(days, [first, last], "{text}");
            assert!(text.starts_with(&date.to_string()), "{text}: {date}");
        }
        for text in [
            "",
            "24",
            "0000",
            "2024-13",
            "2024-00",
            "2024-1",
            "2024-02-30",
            "21.11.2024",
            "+2024",
            "-2024",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn dates_stand_in_the_order_of_their_texts() {
        let dates =
            ["2023-12-31", "2024", "2024-01", "2024-01-01", "2024-01-31", "2024-02", "2025"];
        assert!(dates.is_sorted());
        assert!(dates.iter().map(|text| text.parse::<Date>()).is_sorted_by(|a, b| match (a, b) {
            (Ok(a), Ok(b)) => a < b,
            _ => false,
        }));
    }

    #[test]
    fn days_end_where_the_calendar_does() {
        let last = Day::new(9999, 12, 31);
        assert_eq!(last.and_then(|day| day.plus_days(1)), None);
        assert_eq!(Day::new(1, 1, 1).and_then(|day| day.plus_days(-1)), None);
        assert_eq!(last.and_then(|day| day.plus_months(i32::MIN)), None);
        let may = Day::new(2024, 5, 31);
        assert_eq!(may.and_then(|day| day.plus_months(-3)), Day::new(2024, 2, 29));
    }
}
