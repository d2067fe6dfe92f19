//! Output for people: ranked hits with title, file and the passages that match.
//!
//! On terminals matches are bold and red. Without colour they stand between `**`: German news is
//! full of »…« and „…“, which would pass for quotes of the article.

use std::io::{self, Write};
use std::ops::Range;
use std::path::PathBuf;

use dossier_engine::{Fragment, Hit, MatchKind, Reading, Results, Variant};

use crate::messages::Language;
use crate::surfaces::{name_in, surfaces};
use crate::terminal::{prose, visible};
use crate::why;

/// How to print.
#[derive(Clone)]
pub struct Style {
    pub colour: bool,
    /// Columns of the terminal: lines end between words before them. `None`: lines end where the text
    /// does.
    pub columns: Option<usize>,
    pub language: Language,
    /// The folder that files are shown relative to: where the user is.
    pub folder: PathBuf,
    /// The folder that the paths of hits are relative to.
    pub base: PathBuf,
    /// The rank of the first hit, less one.
    pub offset: usize,
    /// Documents in the index.
    pub articles: usize,
}

/// Prints the hits and what was searched for. Prints nothing if nothing was found.
pub fn write_results(out: &mut dyn Write, results: &Results, style: &Style) -> io::Result<()> {
    if results.total == 0 {
        return Ok(());
    }
    if results.reading == Reading::Relaxed {
        writeln!(out, "{}\n", style.language.relaxed())?;
    }
    let shown = results.hits.len();
    let width = (style.offset + shown + results.nearest.len()).to_string().len();
    let mut ranks = style.offset + 1..;
    for (hit, rank) in results.hits.iter().zip(&mut ranks) {
        write_hit(out, rank, width, hit, style)?;
    }
    write_foot(out, results, shown, style)?;
    if !results.nearest.is_empty() {
        writeln!(out, "\n{}\n", style.language.nearest())?;
    }
    for (hit, rank) in results.nearest.iter().zip(ranks) {
        write_hit(out, rank, width, hit, style)?;
    }
    Ok(())
}

/// Prints what was searched for, and how many were found. Prints nothing if nothing was found.
pub fn write_foot(
    out: &mut dyn Write,
    results: &Results,
    shown: usize,
    style: &Style,
) -> io::Result<()> {
    if results.total == 0 {
        return Ok(());
    }
    if !results.also_searched.is_empty() {
        let written = surfaces(&results.hits);
        let told = |variant: &Variant| {
            let term = match variant.kind {
                MatchKind::Name | MatchKind::Alias => name_in(&written, &variant.term),
                _ => variant.term.clone(),
            };
            let inside = if variant.kind == MatchKind::Part { "…" } else { "" };
            format!("{inside}{}{inside} ({})", visible(&term), variant.documents)
        };
        let variants: Vec<String> = results.also_searched.iter().map(told).collect();
        let variants = format!("{} {}", style.language.also_searched(), variants.join(", "));
        write_wrapped(out, "", &variants, style)?;
    }
    let copies: usize = results.hits.iter().map(|hit| hit.copies.len()).sum();
    let mut total = if (1..results.total - copies.min(results.total)).contains(&shown) {
        let last = style.offset + shown;
        style.language.shown(style.offset + 1, last, results.total, style.articles)
    } else {
        style.language.total(results.total, style.articles)
    };
    if copies > 0 {
        total.push_str(", ");
        total.push_str(&style.language.copies_folded(copies));
    }
    writeln!(out, "{total}")
}

/// Rank and title, and below where it is from, with the margin before what follows.
pub fn write_head(
    out: &mut dyn Write,
    rank: usize,
    width: usize,
    hit: &Hit,
    style: &Style,
) -> io::Result<String> {
    let margin = " ".repeat(width + 2);
    write!(out, "{rank:>width$}  ")?;
    if !hit.title.is_empty() {
        writeln!(out, "{}", style.marked(&hit.title, &hit.title_marks, Some(BOLD)))?;
    } else if !hit.first_words.is_empty() {
        let words = prose(&hit.first_words);
        let is_cut = words.chars().count() > SURELY_WHOLE && !words.ends_with(['.', '!', '?', '…']);
        let words = style.painted(&words, BOLD);
        writeln!(out, "{words}{}", if is_cut { "…" } else { "" })?;
    } else {
        writeln!(out, "{}", style.painted(&visible(&hit.id), BOLD))?;
    }
    writeln!(out, "{margin}{}", whence(hit, style))?;
    Ok(margin)
}

fn write_hit(
    out: &mut dyn Write,
    rank: usize,
    width: usize,
    hit: &Hit,
    style: &Style,
) -> io::Result<()> {
    let margin = write_head(out, rank, width, hit, style)?;
    for fragment in &hit.fragments {
        write_wrapped(out, &margin, &passage(fragment, style), style)?;
    }
    write_copies(out, &hit.copies, &margin, style)?;
    let mut why = style.language.why().to_owned();
    for line in why::lines(&hit.explanations, style.language) {
        write_wrapped(out, &margin, &format!("{why} {line}"), style)?;
        why = " ".repeat(why.chars().count());
    }
    writeln!(out)
}

/// A text behind a margin, in as many lines as it needs.
pub fn write_wrapped(
    out: &mut dyn Write,
    margin: &str,
    text: &str,
    style: &Style,
) -> io::Result<()> {
    let Some(columns) = style.columns else { return writeln!(out, "{margin}{text}") };
    let options = textwrap::Options::new(columns.max(LEAST_COLUMNS))
        .initial_indent(margin)
        .subsequent_indent(margin)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .break_words(false);
    textwrap::wrap(text, options).iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// `+2 fast gleich: 001.txt, 002.txt`
pub fn write_copies(
    out: &mut dyn Write,
    copies: &[String],
    margin: &str,
    style: &Style,
) -> io::Result<()> {
    if copies.is_empty() {
        return Ok(());
    }
    let (named, rest) = copies.split_at(copies.len().min(MOST_COPIES_NAMED));
    let named: Vec<String> = named.iter().map(|id| style.painted(&visible(id), PATH)).collect();
    let more = if rest.is_empty() { "" } else { ", …" };
    let count = style.language.copies(copies.len());
    writeln!(out, "{margin}{count}: {}{more}", named.join(", "))
}

/// Source, date and file, where known; the id where it says more than the file.
fn whence(hit: &Hit, style: &Style) -> String {
    let mut parts = Vec::new();
    parts.extend(hit.source.as_deref().map(|source| prose(source).into_owned()));
    parts.extend(hit.date.map(|date| style.language.dated(date, hit.date_origin)));
    match &hit.path {
        Some(path) => {
            let mut file = visible(&shown_path(path, style)).into_owned();
            // An article of an archive has the id `file!member`.
            match hit.id.strip_prefix(path.as_str()) {
                Some(member) => file.push_str(&visible(member)),
                None => {
                    file.push(' ');
                    file.push_str(&visible(&hit.id));
                }
            }
            parts.push(style.painted(&file, PATH));
        }
        None => parts.push(style.painted(&visible(&hit.id), PATH)),
    }
    parts.join(" · ")
}

/// A path that can be opened from where the user is.
pub fn shown_path(path: &str, style: &Style) -> String {
    let absolute: PathBuf = style.base.join(dossier_files::path_of(path)).components().collect();
    match absolute.strip_prefix(&style.folder) {
        Ok(inside) => inside.to_string_lossy().into_owned(),
        Err(_) => absolute.to_string_lossy().into_owned(),
    }
}

fn passage(fragment: &Fragment, style: &Style) -> String {
    let (from_start, to_end) = fragment.whole;
    let text = style.marked(&fragment.text, &fragment.marks, None);
    format!(
        "{}{}{}",
        if from_start { "" } else { "… " },
        text.trim(),
        if to_end { "" } else { " …" }
    )
}

/// No lines are shorter for want of columns: words would stand below each other.
const LEAST_COLUMNS: usize = 30;

/// Ids of near-copies named under a hit.
const MOST_COPIES_NAMED: usize = 3;

/// First words of no more characters are the whole text: the engine cuts near 80, between words.
const SURELY_WHOLE: usize = 50;

const BOLD: &str = "\u{1b}[1m";
pub const MATCH: &str = "\u{1b}[1;31m";
const PATH: &str = "\u{1b}[36m";
const PLAIN: &str = "\u{1b}[0m";

impl Style {
    pub fn painted(&self, text: &str, colour: &str) -> String {
        if self.colour { format!("{colour}{text}{PLAIN}") } else { text.to_owned() }
    }

    /// Running text on one line with its matches marked; `around` is the colour of the rest.
    fn marked(&self, text: &str, marks: &[Range<usize>], around: Option<&str>) -> String {
        let mut line = Line::default();
        let mut done = 0;
        for mark in &joined(text, marks) {
            // Marks are ascending and on boundaries; others are passed over, not obeyed.
            let (Some(before), Some(matching)) =
                (text.get(done..mark.start), text.get(mark.clone()))
            else {
                continue;
            };
            self.put(&mut line, before, around);
            if self.colour {
                line.put_raw(MATCH);
                line.put_words(matching);
                line.put_raw(PLAIN);
            } else {
                line.put_raw("**");
                line.put_words(matching);
                line.put_raw("**");
            }
            done = mark.end;
        }
        self.put(&mut line, &text[done..], around);
        line.text
    }

    fn put(&self, line: &mut Line, text: &str, around: Option<&str>) {
        match around.filter(|_| self.colour && !text.is_empty()) {
            Some(colour) => {
                line.put_raw(colour);
                line.put_words(text);
                line.put_raw(PLAIN);
            }
            None => line.put_words(text),
        }
    }
}

/// The marks with neighbours joined: `**Kim Jong-un**` is easier to read than each word by itself.
pub fn joined(text: &str, marks: &[Range<usize>]) -> Vec<Range<usize>> {
    let is_seam = |c: char| c.is_whitespace() || c == '-';
    let mut joined: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        match joined.last_mut() {
            Some(last)
                if text.get(last.end..mark.start).is_some_and(|seam| seam.chars().all(is_seam))
                    && text.is_char_boundary(mark.end) =>
            {
                last.end = mark.end;
            }
            _ => joined.push(mark.clone()),
        }
    }
    joined
}

/// A line being put together, in which white space of any length is one blank.
#[derive(Default)]
struct Line {
    text: String,
    after_blank: bool,
}

impl Line {
    fn put_raw(&mut self, ours: &str) {
        self.text.push_str(ours);
    }

    fn put_words(&mut self, text: &str) {
        for c in prose(text).chars() {
            let blank = c == ' ';
            if !(blank && self.after_blank) {
                self.text.push(c);
            }
            self.after_blank = blank;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(colour: bool) -> Style {
        Style {
            colour,
            columns: None,
            language: Language::English,
            folder: "/d/seeds".into(),
            base: "/d".into(),
            offset: 0,
            articles: 5,
        }
    }

    fn marked(colour: bool, text: &str, marks: &[(usize, usize)], around: Option<&str>) -> String {
        let marks: Vec<_> = marks.iter().map(|&(start, end)| start..end).collect();
        style(colour).marked(text, &marks, around)
    }

    #[test]
    fn matches_are_marked_with_and_without_colour() {
        let text = "Herr\nKim  Jong\tUn";
        assert_eq!(marked(false, text, &[(5, 8), (10, 14)], None), "Herr **Kim Jong** Un");
        assert_eq!(marked(true, text, &[(5, 8)], None), "Herr \u{1b}[1;31mKim\u{1b}[0m Jong Un");
        assert_eq!(
            marked(true, "Kim kommt", &[(0, 3)], Some(BOLD)),
            "\u{1b}[1;31mKim\u{1b}[0m\u{1b}[1m kommt\u{1b}[0m"
        );
        assert_eq!(
            marked(false, "Jong-un, Kim", &[(0, 4), (5, 7), (9, 12)], None),
            "**Jong-un**, **Kim**"
        );
        // A part of a compound.
        assert_eq!(marked(false, "Militärdelegation", &[(8, 18)], None), "Militär**delegation**");
    }

    #[test]
    fn lines_end_between_words_where_the_terminal_ends() {
        let lines = |columns| {
            let mut out = Vec::new();
            let style = Style { columns, ..style(true) };
            let text = "Der \u{1b}[1;31mVerteidigungsminister\u{1b}[0m sprach in Pjöngjang.";
            write_wrapped(&mut out, "   ", text, &style).unwrap();
            String::from_utf8(out).unwrap()
        };
        let minister = "\u{1b}[1;31mVerteidigungsminister\u{1b}[0m";
        assert_eq!(lines(None), format!("   Der {minister} sprach in Pjöngjang.\n"));
        assert_eq!(lines(Some(36)), format!("   Der {minister} sprach\n   in Pjöngjang.\n"));
        assert_eq!(lines(Some(5)), lines(Some(LEAST_COLUMNS)));
    }

    #[test]
    fn a_faulty_mark_does_not_bring_the_output_down() {
        assert_eq!(marked(false, "äab", &[(1, 2), (3, 4), (9, 12)], None), "äa**b**");
    }

    #[test]
    fn the_text_cannot_mark_or_colour_anything() {
        let shown = marked(true, "a\u{1b}[31m\u{202e}b", &[(0, 1)], None);
        assert_eq!(shown, "\u{1b}[1;31ma\u{1b}[0m␛[31m<U+202E>b");
    }

    #[test]
    fn files_are_shown_from_where_the_user_is() {
        for (path, expected) in [
            ("seeds/000.txt", "000.txt"),
            ("mehr/1.txt", "/d/mehr/1.txt"),
            ("/x/1.txt", "/x/1.txt"),
        ] {
            assert_eq!(shown_path(path, &style(false)), expected);
        }
    }
}
