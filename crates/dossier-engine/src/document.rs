//! What goes in: a document, plain data with public fields.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

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
    /// The outlet or host it appeared in.
    pub source: Option<String>,
    /// The file it was read from; see [`Writer::delete_path`](crate::Writer::delete_path).
    pub path: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// ISO 639-3 code of its language (`deu`); detected from the text where `None`.
    pub language: Option<String>,
    /// The day it was published.
    pub date: Option<Day>,
}

/// A calendar day, written `2024-11-21`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(jiff::civil::Date);

impl Day {
    /// The day of that year, month (1 to 12) and day of the month, if there is one.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Day> {
        jiff::civil::Date::new(year, month, day).ok().map(Day)
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
        day.parse().map(Day).map_err(|_| format!("'{text}' is no date of the form 2024-11-21"))
    }
}

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// What an index knows of a file (or any other origin) that documents were read from: enough to
/// tell whether it must be read again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The `path` of its documents.
    pub path: String,
    /// Changes whenever the file does, for instance a hash of size and time.
    pub stamp: u64,
    /// Why the file, or a part of it, could not be read.
    pub problem: Option<String>,
}
