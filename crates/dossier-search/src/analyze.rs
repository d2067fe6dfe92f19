//! `dossier-search analyze`: the forms under which words are found.

use std::io::{self, BufRead, Write};

use anyhow::Result;
use dossier_german::{Forms, forms};
use serde::Serialize;

use crate::Exit;
use crate::args::AnalyzeArgs;
use crate::json;
use crate::messages::Language;
use crate::terminal::{say, visible};

/// Prints the forms of each word: of the arguments, else of each line of standard input.
pub fn run(args: &AnalyzeArgs, language: Language) -> Result<Exit> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    if !args.json {
        write_columns(&mut out, language.columns())?;
    }
    let mut write = |word: &str| {
        let forms = forms(word);
        if args.json {
            write_json(&mut out, word, &forms)
        } else {
            write_row(&mut out, word, &forms)
        }
    };
    if args.text.is_empty() {
        each_line(&mut io::stdin().lock(), language, &mut write)?;
    } else {
        for word in args.text.iter().flat_map(|text| text.split_whitespace()) {
            write(word)?;
        }
    }
    out.flush()?;
    Ok(Exit::Hits)
}

/// Calls `write` with each line of the input.
fn each_line(
    input: &mut dyn BufRead,
    language: Language,
    write: &mut dyn FnMut(&str) -> io::Result<()>,
) -> Result<()> {
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let word = line.strip_suffix(b"\n").unwrap_or(&line);
        let word = String::from_utf8_lossy(word.strip_suffix(b"\r").unwrap_or(word));
        if matches!(word, std::borrow::Cow::Owned(_)) {
            say(&language.in_line(number, language.line_not_utf8()));
        }
        write(&word)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct WordLine<'f> {
    word: &'f str,
    exact: &'f str,
    folded: &'f str,
    stem: &'f str,
    parts: Vec<PartObject<'f>>,
    name_keys: Vec<&'f str>,
}

#[derive(Serialize)]
struct PartObject<'f> {
    text: &'f str,
    /// In bytes of the word as given.
    start: usize,
    end: usize,
}

fn write_json(out: &mut dyn Write, word: &str, forms: &Forms) -> io::Result<()> {
    json::write_line(
        out,
        &WordLine {
            word,
            exact: &forms.exact,
            folded: &forms.folded,
            stem: &forms.stem,
            parts: forms
                .parts
                .iter()
                .map(|part| PartObject {
                    text: &part.stem,
                    start: part.range.start,
                    end: part.range.end,
                })
                .collect(),
            name_keys: forms.name_keys.iter().map(|key| &**key).collect(),
        },
    )
}

/// A row of the table; a dash where there is nothing.
fn write_row(out: &mut dyn Write, word: &str, forms: &Forms) -> io::Result<()> {
    let parts: Vec<&str> = forms.parts.iter().map(|part| &*part.stem).collect();
    let keys: Vec<&str> = forms.name_keys.iter().map(|key| &**key).collect();
    let (parts, keys) = (parts.join("+"), keys.join(","));
    write_columns(out, [word, &forms.exact, &forms.folded, &forms.stem, &parts, &keys])
}

fn write_columns(out: &mut dyn Write, columns: [&str; 6]) -> io::Result<()> {
    let [word, exact, folded, stem, parts, keys] =
        columns.map(|column| if column.is_empty() { "-".into() } else { visible(column) });
    writeln!(out, "{word:<26} {exact:<26} {folded:<26} {stem:<20} {parts:<26} {keys}")
}
