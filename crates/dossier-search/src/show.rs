//! `dossier-search show ID`: an article as the index has it.

use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::{Result, bail};
use dossier_engine::{Document, Searcher};
use dossier_files::{articles, id_of, path_of, walk};

use crate::args::ShowArgs;
use crate::dossier::Surroundings;
use crate::ingest::limits;
use crate::messages::Language;
use crate::refresh::Refreshed;
use crate::search::open;
use crate::terminal::{prose, say, visible};
use crate::{Exit, json};

/// Articles named where several fit.
const MOST_CANDIDATES: usize = 10;

/// Prints the article.
///
/// Errors: no article is named so, or several.
pub fn run(args: &ShowArgs, around: &Surroundings) -> Result<Exit> {
    let language = around.language;
    let (refreshed, _) = open(&args.place, around)?;
    if refreshed.interrupted {
        say(language.interrupted());
        return Ok(Exit::Interrupted);
    }
    let document = article(&args.id, &refreshed, around)?;
    let mut out = BufWriter::new(io::stdout().lock());
    if args.json {
        json::write_article(&mut out, &document, args.raw)?;
    } else {
        let whole = if args.raw { in_file(&document, &refreshed.base) } else { None };
        write_article(&mut out, &document, args.raw, whole.as_deref(), language)?;
    }
    out.flush()?;
    Ok(Exit::Hits)
}

/// The article that is meant by an id, a file, or a beginning or end of them.
///
/// Errors: no article is named so, or several.
pub fn article(typed: &str, refreshed: &Refreshed, around: &Surroundings) -> Result<Document> {
    let path = around.absolute(Path::new(typed));
    let as_path = id_of(path.strip_prefix(&refreshed.base).unwrap_or(&path));
    find(&refreshed.searcher, typed, &as_path, around.language)
}

/// The article with that id, or that path, or else the only one whose id or file is like it.
fn find(searcher: &Searcher, typed: &str, as_path: &str, language: Language) -> Result<Document> {
    for id in [typed, as_path] {
        if let Some(document) = searcher.document(id)? {
            return Ok(document);
        }
    }
    let fits = |id: &str| {
        let name = id.rsplit('/').next().unwrap_or(id);
        id.starts_with(typed) || id.ends_with(typed) || name.starts_with(typed)
    };
    let found = if typed.is_empty() { Vec::new() } else { searcher.ids_that(&fits)? };
    match &found[..] {
        [id] => match searcher.document(id)? {
            Some(document) => Ok(document),
            None => bail!(language.no_such_article(typed, &[])),
        },
        [] => bail!(language.no_such_article(typed, &searcher.ids_near(typed)?)),
        several => {
            let shown = &several[..several.len().min(MOST_CANDIDATES)];
            bail!(language.which_article(typed, shown, several.len()))
        }
    }
}

/// The whole text of an article as it stands in its file, with the headline where that is in it: an
/// index keeps that apart. None if the file is not as it was indexed.
fn in_file(document: &Document, base: &Path) -> Option<String> {
    let path = base.join(path_of(document.path.as_deref()?));
    let mut found = None;
    for file in walk(&[path], base).files {
        let read = articles(&file, &limits(), &mut |article| {
            if article.id != document.id {
                return ControlFlow::Continue(());
            }
            let is_the_same = article.title == document.title && article.body() == document.body;
            found = is_the_same.then_some(article.text);
            ControlFlow::Break(())
        });
        // What cannot be read is shown as the index has it.
        let _ = read;
    }
    found
}

/// Prints headline, what is known, and the text, line by line; `whole` is that of the file.
fn write_article(
    out: &mut dyn Write,
    document: &Document,
    raw: bool,
    whole: Option<&str>,
    language: Language,
) -> io::Result<()> {
    if !document.title.is_empty() {
        writeln!(out, "{}\n", prose(&document.title))?;
    }
    let date = document.date.map(|date| language.dated(date, document.date_origin));
    let date = date.as_deref().unwrap_or(language.unknown());
    let Document { id, path, source, agency, author, photo, .. } = document;
    // The id says more than the file, where the two differ.
    let file = match path {
        Some(path) if !id.starts_with(path.as_str()) => format!("{path} {id}"),
        _ => id.clone(),
    };
    let values = [
        source.as_deref(),
        Some(date),
        agency.as_deref(),
        author.as_deref(),
        photo.as_deref(),
        document.language.as_deref(),
        Some(&*file),
    ];
    let labels = language.article_labels();
    let width = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
    for (label, value) in labels.into_iter().zip(values) {
        if let Some(value) = value {
            writeln!(out, "{:<width$} {}", format!("{label}:"), visible(value), width = width + 1)?;
        }
    }
    writeln!(out)?;
    let text = document.text();
    let text = if raw { whole.unwrap_or(&document.body) } else { text.trim() };
    for line in text.lines() {
        writeln!(out, "{}", prose(line))?;
    }
    Ok(())
}
