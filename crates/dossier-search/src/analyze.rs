//! `dossier-search analyze`: the forms under which words are found.

use std::io::{self, BufRead, Write};

use anyhow::Result;
use dossier_german::{Forms, UserWords, forms_with, name_keys_of_text};
use serde::Serialize;

use crate::Exit;
use crate::args::AnalyzeArgs;
use crate::dossier::{Surroundings, locate};
use crate::json;
use crate::messages::Language;
use crate::table::{write_row, write_table};
use crate::terminal::{say, visible};

/// Prints the forms of each word, of the arguments, else of each line of standard input: as the
/// dossier around reads them, with the words it adds to the lexicon.
pub fn run(args: &AnalyzeArgs, around: &Surroundings) -> Result<Exit> {
    let language = around.language;
    let user_words = UserWords::new(locate(None, around)?.words.unwrap_or_default());
    let forms = |word: &str| forms_with(word, &user_words);
    let mut out = io::BufWriter::new(io::stdout().lock());
    let heading = language.columns();
    let words = args.text.iter().flat_map(|text| text.split_whitespace());
    match (args.text.is_empty(), args.json) {
        (true, true) => each_line(&mut io::stdin().lock(), language, &mut |word| {
            write_json(&mut out, word, &forms(word))
        })?,
        (false, true) => {
            for word in words {
                write_json(&mut out, word, &forms(word))?;
            }
        }
        (true, false) => {
            let widths = [COLUMN_WIDTH; COLUMNS];
            write_row(&mut out, &heading, &widths)?;
            each_line(&mut io::stdin().lock(), language, &mut |word| {
                write_row(&mut out, &row(word, &forms(word), language), &widths)
            })?;
        }
        (false, false) => {
            let rows: Vec<_> = words.map(|word| row(word, &forms(word), language)).collect();
            write_table(&mut out, &heading, &rows)?;
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
    /// Null where the stem was made from the ending alone.
    lemma: Option<&'f str>,
    parts: Vec<PartObject<'f>>,
    name_keys: Vec<String>,
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
            lemma: forms.lemma.as_deref(),
            parts: forms
                .parts
                .iter()
                .map(|part| PartObject {
                    text: &part.stem,
                    start: part.range.start,
                    end: part.range.end,
                })
                .collect(),
            name_keys: name_keys(word, forms),
        },
    )
}

/// The keys of a word of a text as a name.
fn name_keys(word: &str, forms: &Forms) -> Vec<String> {
    name_keys_of_text(word, &forms.parts).iter().map(ToString::to_string).collect()
}

/// Columns of the table.
pub const COLUMNS: usize = 8;

/// Characters of a column while nobody knows what is still to come.
const COLUMN_WIDTH: usize = 18;

/// A row of the table; a dash where there is nothing.
fn row(word: &str, forms: &Forms, language: Language) -> [String; COLUMNS] {
    let parts: Vec<&str> = forms.parts.iter().map(|part| &*part.stem).collect();
    let keys = name_keys(word, forms);
    let lemma = forms.lemma.as_deref().unwrap_or_default();
    let source = language.stem_source(forms.source, forms.class);
    let (parts, keys) = (parts.join("+"), keys.join(","));
    [word, &forms.exact, &forms.folded, &forms.stem, lemma, &source, &parts, &keys]
        .map(|cell| if cell.is_empty() { "-".to_owned() } else { visible(cell).into_owned() })
}
