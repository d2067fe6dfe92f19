//! What the command says when something cannot be done: each message once, with the place and the
//! next step, in both languages.

use std::path::Path;

use dossier_engine::{Error as EngineError, QueryError, QueryErrorKind};

use crate::messages::Language;
use crate::messages::Language::{English, German};
use crate::terminal::{visible, visible_path};

impl Language {
    /// That no article is named so.
    pub fn no_such_article(self, id: &str, near: &[String]) -> String {
        let id = visible(id);
        let mut text = match self {
            English => format!("no article has the id {id}, nor one that starts or ends so"),
            German => format!("kein Artikel heißt {id}, auch nicht am Anfang oder Ende"),
        };
        if !near.is_empty() {
            text.push_str(match self {
                English => "; did you mean:",
                German => "; gemeint war vielleicht:",
            });
        }
        for near in near {
            text.push_str("\n  ");
            text.push_str(&visible(near));
        }
        text
    }

    /// That several articles are named so: the first of them.
    pub fn which_article(self, id: &str, candidates: &[String], all: usize) -> String {
        let id = visible(id);
        let mut text = match self {
            English => format!("{all} articles fit {id}; which one?"),
            German => format!("{all} Artikel passen auf {id}; welcher soll es sein?"),
        };
        for candidate in candidates {
            text.push_str("\n  ");
            text.push_str(&visible(candidate));
        }
        if candidates.len() < all {
            text.push_str("\n  …");
        }
        text
    }

    /// Why a query cannot be searched, with the place in the query under a caret.
    pub fn query_error(self, error: &QueryError, query: &str) -> String {
        let (english, german) = match error.kind() {
            QueryErrorKind::Empty => ("the query holds no word", "in der Anfrage steht kein Wort"),
            QueryErrorKind::TooLong => (
                "the query is too long: at most 8192 bytes",
                "die Anfrage ist zu lang: höchstens 8192 Bytes",
            ),
            QueryErrorKind::TooDeep => (
                "the query is nested too deeply: at most 64 brackets or negations",
                "die Anfrage ist zu tief geschachtelt: höchstens 64 Klammern oder Verneinungen",
            ),
            QueryErrorKind::TooManyWords => (
                "the query has too many words: at most 1024",
                "die Anfrage hat zu viele Wörter: höchstens 1024",
            ),
            QueryErrorKind::WordTooLong => (
                "a word with ~, * or ? is too long: at most 64 letters",
                "ein Wort mit ~, * oder ? ist zu lang: höchstens 64 Buchstaben",
            ),
            QueryErrorKind::Unbalanced => (
                "a bracket or quotation mark lacks its counterpart",
                "einer Klammer oder einem Anführungszeichen fehlt das Gegenstück",
            ),
            QueryErrorKind::MissingOperand => (
                "something is missing beside an operator or a field",
                "neben einem Operator oder einem Feld fehlt etwas",
            ),
            QueryErrorKind::TooShort => (
                "too few letters beside * or ?: at least 2, and 3 behind a leading one",
                "neben * oder ? stehen zu wenige Buchstaben: mindestens 2, hinter einem führenden 3",
            ),
            QueryErrorKind::BadFuzziness => (
                "the number after ~ does not fit: at most 2 for a word, 1000 for a phrase of several words",
                "die Zahl hinter ~ passt nicht: höchstens 2 bei einem Wort, 1000 bei mehreren in Anführungszeichen",
            ),
            QueryErrorKind::TooManyPatterns => (
                "too many words with ~, * or ?: at most 64, and 8 that start with * or ?",
                "zu viele Wörter mit ~, * oder ?: höchstens 64, und 8, die mit * oder ? beginnen",
            ),
            QueryErrorKind::Conflict => (
                "=, ~ and wildcards exclude each other in one word",
                "=, ~ und Platzhalter schließen einander in einem Wort aus",
            ),
            QueryErrorKind::BadDistance => (
                "the number behind NEAR/ or NAH/ is too large: at most 1000",
                "die Zahl hinter NEAR/ oder NAH/ ist zu groß: höchstens 1000",
            ),
            QueryErrorKind::BadOperand => (
                "NEAR and NAH stand between words, phrases without ~number, or such with OR in brackets",
                "NEAR und NAH stehen zwischen Wörtern, Wortfolgen ohne ~Zahl oder solchen mit ODER in Klammern",
            ),
            QueryErrorKind::MixedNear => (
                "NEAR and NAH, or different distances, cannot be mixed in one chain",
                "NEAR und NAH oder verschiedene Abstände lassen sich nicht in einer Kette mischen",
            ),
            QueryErrorKind::TooManyNear => (
                "NEAR and NAH join at most 6, in at most 64 combinations of alternatives",
                "NEAR und NAH verbinden höchstens 6, mit höchstens 64 Kombinationen der Alternativen",
            ),
            QueryErrorKind::BadDate => (
                "no date; these are: 2024-11-21, 21.11.2024, 2024-11, 2024, 2024-06..2024-11, >2024-06-01, 7d, none",
                "kein Datum; gemeint sein kann: 2024-11-21, 21.11.2024, 2024-11, 2024, 2024-06..2024-11, >2024-06-01, 7d, keins",
            ),
            QueryErrorKind::Unsupported => (
                "this field holds names: no =, no words between, ~ for one word only",
                "dieses Feld enthält Namen: kein =, keine Wörter dazwischen, ~ nur bei einem Wort",
            ),
            _ => ("the query cannot be searched", "die Anfrage ist so nicht möglich"),
        };
        let mut text = match (self, error.notice()) {
            (_, Some(notice)) => self.remark_on_query(notice, query),
            (English, None) => english.to_owned(),
            (German, None) => german.to_owned(),
        };
        text.push_str(&caret(query, error.span()));
        if let Some(suggestion) = error.suggestion() {
            text.push('\n');
            text.push_str(&self.try_query(suggestion));
        }
        text
    }

    /// An error of the engine and the next step.
    pub fn engine_error(self, error: &EngineError) -> String {
        let place = error.path().map(visible_path).unwrap_or_default();
        match self {
            German if error.is_missing() => format!("kein Index in {place}"),
            German if error.is_foreign() => format!(
                "{place} enthält etwas anderes als einen Index und bleibt unberührt; \
                 nennen Sie mit --index einen anderen Ordner"
            ),
            German if error.is_outdated() => format!(
                "der Index in {place} stammt von einer anderen Version; \
                 `dossier-search index` baut ihn neu auf"
            ),
            German if error.is_corrupt() => format!(
                "der Index in {place} ist beschädigt; `dossier-search index` baut ihn neu auf"
            ),
            German if error.is_locked() => {
                format!("ein anderer Prozess schreibt den Index in {place}; später noch einmal")
            }
            German if error.is_read_only() => format!(
                "der Index in {place} kann nicht geschrieben werden; \
                 nennen Sie mit --index einen anderen Ordner"
            ),
            _ => visible(&error.to_string()).into_owned(),
        }
    }

    pub fn no_index(self, folder: &Path) -> String {
        let (place, folder) = (visible_path(folder), shell_quoted(&visible_path(folder)));
        match self {
            English => format!(
                "no index in {place}; make one: dossier-search index --index {folder} PATH…"
            ),
            German => format!(
                "kein Index in {place}; legen Sie einen an: dossier-search index --index {folder} PFAD…"
            ),
        }
    }

    pub fn no_index_yet(self, folder: &Path) -> String {
        let folder = visible_path(folder);
        match self {
            English => format!("{folder} has no index yet; search without --no-refresh to make it"),
            German => format!("{folder} hat noch keinen Index; ohne --no-refresh entsteht er"),
        }
    }

    pub fn no_articles(self, folder: &Path) -> String {
        let folder = visible_path(folder);
        match self {
            English => format!(
                "no articles in {folder} (.txt, .md, .jsonl); \
                 go to a folder with some, or name one: dossier-search index PATH…"
            ),
            German => format!(
                "keine Artikel in {folder} (.txt, .md, .jsonl); \
                 wechseln Sie in einen anderen Ordner oder nennen Sie einen: dossier-search index PFAD…"
            ),
        }
    }

    pub fn refuses_place(self, folder: &Path) -> String {
        let folder = visible_path(folder);
        match self {
            English => format!(
                "{folder} is too much to index unasked; \
                 name what to search: dossier-search index PATH…"
            ),
            German => format!(
                "{folder} wird nicht ungefragt eingelesen; \
                 nennen Sie, was zu durchsuchen ist: dossier-search index PFAD…"
            ),
        }
    }

    pub fn refuses_files(self, folder: &Path, files: usize) -> String {
        let folder = visible_path(folder);
        match self {
            English => format!(
                "{folder} holds {files} files, too many to index unasked; \
                 if you mean it: dossier-search index ."
            ),
            German => format!(
                "{folder} enthält {files} Dateien, zu viele, um sie ungefragt einzulesen; \
                 wenn das gewollt ist: dossier-search index ."
            ),
        }
    }

    pub fn no_such_path(self, path: &Path) -> String {
        let query = shell_quoted(&visible_path(path));
        let path = visible_path(path);
        match self {
            English => format!(
                "{path}: no such file or folder; \
                 to search for the words instead: dossier-search search index {query}"
            ),
            German => format!(
                "{path}: keine solche Datei, kein solcher Ordner; \
                 um nach den Wörtern zu suchen: dossier-search search index {query}"
            ),
        }
    }

    pub fn unknown_roots(self, folder: &Path) -> String {
        let (place, folder) = (visible_path(folder), shell_quoted(&visible_path(folder)));
        match self {
            English => format!(
                "the index in {place} must be built anew, and what it was made of cannot be read \
                 from it: name it with dossier-search index --index {folder} PATH…"
            ),
            German => format!(
                "der Index in {place} muss neu aufgebaut werden, und woraus, ist ihm nicht mehr \
                 zu entnehmen: nennen Sie es mit dossier-search index --index {folder} PFAD…"
            ),
        }
    }

    pub fn in_config(self, path: &Path, line: usize, why: &str) -> String {
        let (path, why) = (visible_path(path), visible(why));
        match self {
            English => format!("{path}, line {line}: {why}"),
            German => format!("{path}, Zeile {line}: {why}"),
        }
    }

    pub fn in_line(self, line: usize, why: &str) -> String {
        match self {
            English => format!("line {line}: {why}"),
            German => format!("Zeile {line}: {why}"),
        }
    }

    pub fn line_not_utf8(self) -> &'static str {
        match self {
            English => "not valid UTF-8; the bytes in question are replaced",
            German => "kein gültiges UTF-8; die betreffenden Bytes sind ersetzt",
        }
    }
}

/// A word as a shell takes it.
pub fn shell_quoted(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:,=+".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

/// The characters of a query shown before and after a fault.
const CONTEXT: usize = 40;

/// Two lines: the query around a span of its bytes, and carets under it.
fn caret(query: &str, span: std::ops::Range<usize>) -> String {
    let start = floor_char_boundary(query, span.start);
    let end = floor_char_boundary(query, span.end).max(start);
    let (before, fault, after) = (&query[..start], &query[start..end], &query[end..]);
    if query.trim().is_empty() {
        return String::new();
    }
    let from = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    let lead = if from > 0 { "…" } else { "" };
    let (fault, cut) = first_chars(fault, CONTEXT);
    let (after, more) = if cut { ("", true) } else { first_chars(after, CONTEXT) };
    let before = format!("{lead}{}", visible(&before[from..]));
    let fault = visible(fault);
    let width = |text: &str| text.chars().count();
    format!(
        "\n  {before}{fault}{}{}\n  {}{}",
        visible(after),
        if more { "…" } else { "" },
        " ".repeat(width(&before)),
        "^".repeat(width(&fault).max(1)),
    )
}

fn first_chars(text: &str, most: usize) -> (&str, bool) {
    match text.char_indices().nth(most) {
        Some((end, _)) => (&text[..end], true),
        None => (text, false),
    }
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    // 0 is a boundary of every text.
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_characters_of_the_span() {
        assert_eq!(caret("Käse (", 6..7), "\n  Käse (\n       ^");
        assert_eq!(caret("Käse UND", 6..9), "\n  Käse UND\n       ^^^");
        assert_eq!(caret("a\u{1b}[2J (", 6..7), "\n  a␛[2J (\n        ^");
        assert_eq!(caret("", 0..0), "");
        let long = caret(&"(".repeat(20_000), 64..65);
        assert!(long.contains('^') && long.chars().count() < 200, "{long}");
        // A span off the characters must not bring the message down.
        assert!(caret("ä", 1..9).contains('^'));
    }

    #[test]
    fn suggestions_are_quoted_for_a_shell() {
        assert_eq!(shell_quoted("Belousow~"), "'Belousow~'");
        assert_eq!(shell_quoted("\"Kim Jong Un\""), "'\"Kim Jong Un\"'");
        assert_eq!(shell_quoted("O'Neill"), r"'O'\''Neill'");
        assert_eq!(shell_quoted("seeds/000.txt"), "seeds/000.txt");
    }
}
