//! The parsed query.

use std::ops::Range;

use crate::document::{Date, Day};

/// A query. Printing gives the query language: parsing what was printed from a parsed query gives
/// the same query again.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Query {
    /// Words side by side, without operators: all of them, unless any of them suffices by
    /// [`Matching::Any`](crate::Matching::Any). Two clauses at least.
    Words(Vec<Query>),
    /// `a UND b`: every clause. Two clauses at least.
    All(Vec<Query>),
    /// `a ODER b`: at least one clause. Two clauses at least.
    Any(Vec<Query>),
    /// `NICHT a`, `-a`.
    Not(Box<Query>),
    /// `titel:…`.
    In(QueryField, Box<Query>),
    /// A word.
    Word(Word),
    /// Words in this order.
    Phrase(Phrase),
    /// `a NEAR/3 b`, `a NAH/3 b`.
    Near(Near),
    /// `datum:…`.
    Dates(Dates),
}

/// A word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As typed, without operators; with wildcards where the mode says so.
    pub text: String,
    /// How it matches.
    pub mode: WordMode,
    /// Where it was typed.
    pub(crate) span: Span,
}

/// How a word of a query matches words of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WordMode {
    /// With its other forms; in a phrase: in any spelling of this form.
    Plain,
    /// `=Wort`: this spelling only, case aside.
    Exact,
    /// `Wort~`, `Wort~1`: with that many letters changed at most; by its length where `None`.
    Fuzzy(Option<u8>),
    /// `Wort*`, `*wort`, `w?rt`.
    Wildcard,
}

/// Words in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// At least one.
    pub words: Vec<Word>,
    /// Words that may stand between, all together.
    pub gap: u32,
    /// `"…"~`: each word with its other forms and typing errors.
    pub loose: bool,
    pub(crate) span: Span,
}

/// Words, phrases or alternatives near each other.
///
/// In the text, at most [`gap`](Near::gap) words stand between each and the next one, and no two
/// share a word. The parts of a hyphenated word count as words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// Two at least: each a [`Query::Word`], a [`Query::Phrase`] without a gap, or [`Query::Any`] of
    /// such.
    pub operands: Vec<Query>,
    /// Words that may stand between one and the next.
    pub gap: u32,
    /// Whether they stand in this order, as for `NEAR`, or in any, as for `NAH`.
    pub ordered: bool,
}

/// A condition on the date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dates {
    /// Which dates.
    pub condition: DateCondition,
    pub(crate) span: Span,
}

/// Which dates a document may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DateCondition {
    /// `keins`: none is known.
    Unknown,
    /// `7d`: today, or at most so long ago.
    Last(u16, Period),
    /// From one date to another, both included; open where there is none. A document of which only
    /// the month or the year is known must lie between them as a whole.
    Between(Option<Date>, Option<Date>),
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// `d`, `t`
    Days,
    /// `w`
    Weeks,
    /// `m`
    Months,
    /// `y`, `j`
    Years,
}

impl DateCondition {
    /// The first and the last day that fit; `None` where it needs to be known which day it is, and is
    /// not, or where no document's date fits.
    pub(crate) fn days(self, today: Option<Day>) -> Option<(Option<Day>, Option<Day>)> {
        match self {
            DateCondition::Unknown => None,
            DateCondition::Between(from, to) => {
                Some((from.map(Date::first_day), to.map(Date::last_day)))
            }
            DateCondition::Last(count, period) => {
                let (today, count) = (today?, i32::from(count));
                let first = match period {
                    Period::Days => today.plus_days(-count),
                    Period::Weeks => today.plus_days(-count * 7),
                    Period::Months => today.plus_months(-count),
                    Period::Years => today.plus_months(-count * 12),
                };
                Some((first, Some(today)))
            }
        }
    }
}

/// A field a query may be confined to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum QueryField {
    /// `titel:`, `title:`
    Title,
    /// `text:`, `body:`
    Body,
    /// `quelle:`, `source:`
    Source,
    /// `autor:`, `author:`
    Author,
    /// `agentur:`, `agency:`
    Agency,
    /// `datei:`, `file:`, `path:`
    Path,
    /// `sprache:`, `language:`
    Language,
}

impl QueryField {
    const NAMES: [(QueryField, &'static [&'static str]); 7] = [
        (QueryField::Title, &["titel", "title"]),
        (QueryField::Body, &["text", "body"]),
        (QueryField::Source, &["quelle", "source"]),
        (QueryField::Author, &["autor", "author"]),
        (QueryField::Agency, &["agentur", "agency"]),
        (QueryField::Path, &["datei", "file", "path"]),
        (QueryField::Language, &["sprache", "language", "lang"]),
    ];

    /// The field of that name, German or English, in any case.
    pub(crate) fn named(name: &str) -> Option<QueryField> {
        let name = name.to_lowercase();
        Self::NAMES.iter().find(|(_, names)| names.contains(&&*name)).map(|(field, _)| *field)
    }

    /// Every name, with the German one as it is typed.
    pub(crate) fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
        const TYPED: [&str; 7] =
            ["titel:", "text:", "quelle:", "autor:", "agentur:", "datei:", "sprache:"];
        Self::NAMES
            .iter()
            .zip(TYPED)
            .flat_map(|((_, names), typed)| names.iter().map(move |name| (*name, typed)))
    }

    /// Its German name.
    pub(crate) fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(field, _)| *field == self).map_or("", |(_, names)| names[0])
    }

    /// Whether its words have forms and positions in the text.
    pub(crate) fn is_text(self) -> bool {
        matches!(self, QueryField::Title | QueryField::Body)
    }
}

/// Where something was typed, in bytes. All spans are equal: where a word stood makes no query
/// different.
#[derive(Clone, Debug, Default)]
pub(crate) struct Span(pub Range<usize>);

impl PartialEq for Span {
    fn eq(&self, _: &Span) -> bool {
        true
    }
}

impl Eq for Span {}

impl Word {
    /// A word that matches with its other forms.
    pub fn new(text: impl Into<String>) -> Word {
        Word { text: text.into(), mode: WordMode::Plain, span: Span::default() }
    }
}

impl Phrase {
    /// Words side by side in this order.
    pub fn new(words: Vec<Word>) -> Phrase {
        Phrase { words, gap: 0, loose: false, span: Span::default() }
    }
}

impl Dates {
    /// Documents whose date fits.
    pub fn new(condition: DateCondition) -> Dates {
        Dates { condition, span: Span::default() }
    }
}

impl Query {
    /// Whether it depends on which day it is, as `datum:7d` does: then
    /// [`SearchOptions::today`](crate::SearchOptions::today) is needed.
    pub fn needs_today(&self) -> bool {
        match self {
            Query::Words(clauses) | Query::All(clauses) | Query::Any(clauses) => {
                clauses.iter().any(Query::needs_today)
            }
            Query::Not(clause) | Query::In(_, clause) => clause.needs_today(),
            Query::Dates(dates) => matches!(dates.condition, DateCondition::Last(..)),
            Query::Word(_) | Query::Phrase(_) | Query::Near(_) => false,
        }
    }
}
