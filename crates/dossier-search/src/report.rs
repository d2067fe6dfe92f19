//! What `batch` says of a query in one line: how many articles, how it is written there, and when.

use std::io::{self, Write};

use anyhow::Result;
use dossier_engine::{Reading, Results};
use serde::Serialize;

use crate::args::BatchFormat;
use crate::json;
use crate::messages::Language;
use crate::surfaces::{Surfaces, without_abbreviations};
use crate::table::write_table;
use crate::terminal::prose;

/// What was found for a query, as it was asked: near readings do not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    v: u8,
    #[serde(rename = "type")]
    kind: &'static str,
    query_id: String,
    query: String,
    /// Articles in all; the rest is known of those in `ids`.
    pub documents: usize,
    occurrences: usize,
    spellings: Vec<Spelling>,
    /// Of the articles whose date is known.
    first_date: Option<String>,
    last_date: Option<String>,
    /// The best articles.
    pub ids: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Spelling {
    text: String,
    documents: usize,
}

/// What is known of the articles of a query, some at a time: whole texts of all of them would fill
/// the memory.
#[derive(Default)]
pub struct Articles {
    documents: usize,
    surfaces: Surfaces,
    dates: Option<(String, String)>,
    ids: Vec<String>,
}

impl Articles {
    /// Adds the next of them, from results with whole texts.
    pub fn add(&mut self, results: &Results) {
        if results.reading != Reading::AsTyped {
            return;
        }
        self.documents = results.total;
        self.surfaces.add(&results.hits);
        for date in results.hits.iter().filter_map(|hit| hit.date.map(|date| date.to_string())) {
            // A date of which only the month is known stands before the days of that month.
            self.dates = Some(match self.dates.take() {
                Some((first, last)) => (first.min(date.clone()), last.max(date)),
                None => (date.clone(), date),
            });
        }
        self.ids.extend(results.hits.iter().map(|hit| hit.id.clone()));
    }

    /// What is said of them.
    pub fn into_row(self, id: &str, query: &str) -> Row {
        let surfaces = without_abbreviations(self.surfaces.into_sorted(), query);
        let (first_date, last_date) = self.dates.unzip();
        Row {
            v: 1,
            kind: "row",
            query_id: id.to_owned(),
            query: query.to_owned(),
            documents: self.documents,
            occurrences: surfaces.iter().map(|surface| surface.occurrences).sum(),
            spellings: surfaces
                .into_iter()
                .map(|surface| Spelling { text: surface.text, documents: surface.documents })
                .collect(),
            first_date,
            last_date,
            ids: self.ids,
        }
    }
}

impl Row {
    /// `Beloussow (2); Belousov (1)`
    fn spellings(&self, most: usize) -> String {
        let texts = self.spellings.iter().map(|one| format!("{} ({})", one.text, one.documents));
        let mut text = texts.take(most).collect::<Vec<_>>().join("; ");
        if self.spellings.len() > most {
            text.push_str("; …");
        }
        text
    }
}

/// Spellings in a row of the table at most.
const MOST_IN_TABLE: usize = 8;

/// Where rows and hits go.
pub struct Output<W: Write> {
    out: W,
    format: BatchFormat,
    /// Rows of a table: its columns are known when all are there.
    rows: Vec<[String; 6]>,
    any: bool,
}

impl<W: Write> Output<W> {
    pub fn new(out: W, format: BatchFormat) -> Output<W> {
        Output { out, format, rows: Vec::new(), any: false }
    }

    /// Hits that are formatted already.
    pub fn write_raw(&mut self, text: &[u8]) -> io::Result<()> {
        self.out.write_all(text)
    }

    pub fn write_row(&mut self, row: Row) -> Result<()> {
        match self.format {
            BatchFormat::Csv => self.write_csv(&row)?,
            BatchFormat::Json => json::write_line(&mut self.out, &row)?,
            _ => self.rows.push(cells(&row)),
        }
        Ok(())
    }

    fn write_csv(&mut self, row: &Row) -> Result<()> {
        let mut csv = csv::Writer::from_writer(&mut self.out);
        if !std::mem::replace(&mut self.any, true) {
            csv.write_record(CSV_COLUMNS)?;
        }
        let ids = row.ids.join("; ");
        let numbers = [row.documents.to_string(), row.occurrences.to_string()];
        csv.write_record([
            &inert(&row.query_id),
            &inert(&row.query),
            &numbers[0],
            &numbers[1],
            &inert(&row.spellings(usize::MAX)),
            row.first_date.as_deref().unwrap_or_default(),
            row.last_date.as_deref().unwrap_or_default(),
            &inert(&ids),
        ])?;
        csv.flush()?;
        Ok(())
    }

    /// Prints what waited for the rest.
    pub fn finish(mut self, language: Language) -> io::Result<()> {
        if !self.rows.is_empty() {
            write_table(&mut self.out, &language.batch_columns(), &self.rows)?;
        }
        self.out.flush()
    }
}

const CSV_COLUMNS: [&str; 8] = [
    "query_id",
    "query",
    "documents",
    "occurrences",
    "spellings",
    "first_date",
    "last_date",
    "ids",
];

/// A row of the table; a dash where there is nothing.
fn cells(row: &Row) -> [String; 6] {
    let date = |date: &Option<String>| date.clone().unwrap_or_else(|| "-".to_owned());
    let spellings = match row.spellings.is_empty() {
        true => "-".to_owned(),
        false => prose(&row.spellings(MOST_IN_TABLE)).into_owned(),
    };
    [
        prose(&row.query).into_owned(),
        row.documents.to_string(),
        row.occurrences.to_string(),
        date(&row.first_date),
        date(&row.last_date),
        spellings,
    ]
}

/// A cell that no spreadsheet takes for a formula, on one line.
fn inert(cell: &str) -> String {
    let cell = prose(cell);
    match cell.starts_with(['=', '+', '-', '@', '\t']) {
        true => format!("'{cell}"),
        false => cell.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-Putin", "'-Putin"),
            ("Kim\nJong", "Kim Jong"),
            ("a=b", "a=b"),
        ] {
            assert_eq!(inert(cell), expected);
        }
    }
}
