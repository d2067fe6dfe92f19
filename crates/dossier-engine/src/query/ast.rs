//! The parsed query, and how it is printed.

use std::fmt;
use std::ops::Range;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// `datei:`, `file:`, `path:`
    Path,
    /// `sprache:`, `language:`
    Language,
}

impl QueryField {
    const NAMES: [(QueryField, &'static [&'static str]); 6] = [
        (QueryField::Title, &["titel", "title"]),
        (QueryField::Body, &["text", "body"]),
        (QueryField::Source, &["quelle", "source"]),
        (QueryField::Author, &["autor", "author"]),
        (QueryField::Path, &["datei", "file", "path"]),
        (QueryField::Language, &["sprache", "language", "lang"]),
    ];

    /// The field of that name, German or English, in any case.
    pub(crate) fn named(name: &str) -> Option<QueryField> {
        let name = name.to_lowercase();
        Self::NAMES.iter().find(|(_, names)| names.contains(&&*name)).map(|(field, _)| *field)
    }

    fn name(self) -> &'static str {
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

impl Query {
    /// Whether it is one clause when printed among others.
    fn is_group(&self) -> bool {
        matches!(self, Query::Words(_) | Query::All(_) | Query::Any(_))
    }
}

/// Prints a clause in brackets if it would otherwise fall apart.
struct Clause<'q>(&'q Query);

impl fmt::Display for Clause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_group() { write!(f, "({})", self.0) } else { self.0.fmt(f) }
    }
}

fn join(f: &mut fmt::Formatter<'_>, clauses: &[Query], between: &str) -> fmt::Result {
    for (number, clause) in clauses.iter().enumerate() {
        let between = if number == 0 { "" } else { between };
        write!(f, "{between}{}", Clause(clause))?;
    }
    Ok(())
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Query::Words(clauses) => join(f, clauses, " "),
            Query::All(clauses) => join(f, clauses, " AND "),
            Query::Any(clauses) => join(f, clauses, " OR "),
            Query::Not(clause) => write!(f, "-{}", Clause(clause)),
            Query::In(field, clause) => write!(f, "{}:{}", field.name(), Clause(clause)),
            Query::Word(word) => word.fmt(f),
            Query::Phrase(phrase) => phrase.fmt(f),
        }
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.mode {
            WordMode::Plain | WordMode::Wildcard => write!(f, "{}", self.text),
            WordMode::Exact => write!(f, "={}", self.text),
            WordMode::Fuzzy(None) => write!(f, "{}~", self.text),
            WordMode::Fuzzy(Some(edits)) => write!(f, "{}~{edits}", self.text),
        }
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"")?;
        for (number, word) in self.words.iter().enumerate() {
            write!(f, "{}{word}", if number == 0 { "" } else { " " })?;
        }
        write!(f, "\"")?;
        match (self.loose, self.gap) {
            (true, _) => write!(f, "~"),
            (false, 0) => Ok(()),
            (false, gap) => write!(f, "~{gap}"),
        }
    }
}
