//! `--kwic`: every occurrence in its context, one a line, the keyword in a column.

use std::io::{self, Write};
use std::ops::ControlFlow;

use anyhow::Result;
use dossier_engine::{Hit, Occurrence, Query, Results, SearchOptions, Searcher};

use crate::json;
use crate::print::{MATCH, Style, shown_path};
use crate::search;
use crate::terminal::{prose, say, visible};

/// Columns where nobody knows how many there are.
const COLUMNS: usize = 120;

/// Columns left for file and place behind the context.
const FOR_PLACE: usize = 32;

/// Contexts are at least so wide, however narrow the terminal.
const LEAST_CONTEXT: usize = 20;

/// Characters of context for programs, on each side.
const CONTEXT_FOR_PROGRAMS: usize = 80;

/// The engine gives no more occurrences of one text.
const MOST_OCCURRENCES: usize = 10_000;

/// How occurrences are printed.
pub struct Kwic {
    pub style: Style,
    pub json: bool,
}

impl Kwic {
    /// Searches, and prints occurrences as they are found; the results have no hits.
    pub fn search(
        &self,
        searcher: &Searcher,
        query: &Query,
        options: &SearchOptions,
        out: &mut dyn Write,
    ) -> Result<Results> {
        let context = if self.json { CONTEXT_FOR_PROGRAMS } else { context_width(columns()) };
        let mut written = Ok(());
        let mut cut = Vec::new();
        // Blanks in a row become one: a little more is needed to fill the line.
        let asked = if self.json { context } else { context + context / 4 };
        let each = &mut |hit: Hit, occurrences: Vec<Occurrence>| {
            if occurrences.len() >= MOST_OCCURRENCES {
                cut.push(hit.id.clone());
            }
            written = match self.json {
                true => json::write_occurrences(out, &hit, &occurrences),
                false => self.write(out, &hit, &occurrences, context),
            };
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        let results = searcher.occurrences(query, options, asked, each)?;
        written?;
        for id in cut {
            say(&self.style.language.occurrences_cut(&id, MOST_OCCURRENCES));
        }
        Ok(results)
    }

    fn write(
        &self,
        out: &mut dyn Write,
        hit: &Hit,
        occurrences: &[Occurrence],
        context: usize,
    ) -> io::Result<()> {
        let file = match &hit.path {
            Some(path) => match hit.id.strip_prefix(path.as_str()) {
                Some(member) => shown_path(path, &self.style) + member,
                None => hit.id.clone(),
            },
            None => hit.id.clone(),
        };
        let file = visible(&file);
        for occurrence in occurrences {
            let (before, text, after) = line(occurrence, context);
            let text = match self.style.colour {
                true => self.style.painted(&text, MATCH),
                false => format!("**{text}**"),
            };
            let title = if occurrence.in_title { self.style.language.in_title() } else { "" };
            writeln!(out, "{before}{text}{after}  {file}:{title}{}", occurrence.chars.start)?;
        }
        Ok(())
    }
}

/// Columns that a line may have.
fn columns() -> usize {
    let named = || std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    search::columns().or_else(named).unwrap_or(COLUMNS)
}

/// Characters of context on each side.
fn context_width(columns: usize) -> usize {
    // The keyword needs some, too.
    (columns.saturating_sub(FOR_PLACE + 12) / 2).max(LEAST_CONTEXT)
}

/// What stands before the keyword, filled up on the left; the keyword; and what stands behind,
/// filled up on the right so that both together are as wide in every line, if the keyword allows.
fn line(occurrence: &Occurrence, context: usize) -> (String, String, String) {
    let before = one_line(&occurrence.before);
    let text = one_line(occurrence.text.trim());
    let after = one_line(&occurrence.after);
    let skipped = before.chars().count().saturating_sub(context);
    let before: String = before.chars().skip(skipped).collect();
    // The keyword takes from what stands behind it, which is the wider for it.
    let room = (context + 12).saturating_sub(text.chars().count()).max(LEAST_CONTEXT);
    let after: String = after.chars().take(room).collect();
    (format!("{before:>context$}"), text, format!("{after:<room$}"))
}

/// A text on one line, white space of any length as one blank.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in prose(text).chars() {
        if c != ' ' || !line.ends_with(' ') {
            line.push(c);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts_fit_the_terminal() {
        for (columns, expected) in [(0, 20), (80, 20), (120, 38), (200, 78)] {
            assert_eq!(context_width(columns), expected, "{columns}");
        }
    }

    #[test]
    fn white_space_is_one_blank() {
        assert_eq!(one_line("a\n\n  b\u{1b}[1m \t"), "a b␛[1m ");
    }
}
