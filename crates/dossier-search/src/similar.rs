//! `dossier-search similar ID`: the articles like one.

use std::io::{self, BufWriter, Write};

use anyhow::Result;
use dossier_engine::{Hit, SearchOptions, Similar};

use crate::args::SimilarArgs;
use crate::dossier::Surroundings;
use crate::print::{Style, write_copies, write_head, write_wrapped};
use crate::search::{columns, has_colour, open};
use crate::show::article;
use crate::terminal::{prose, say};
use crate::{Exit, json};

/// Prints the articles, best first, each with the words that it shares.
pub fn run(args: &SimilarArgs, around: &Surroundings) -> Result<Exit> {
    let language = around.language;
    let (refreshed, aliases) = open(&args.place, around)?;
    if refreshed.interrupted {
        say(language.interrupted());
        return Ok(Exit::Interrupted);
    }
    let id = article(&args.id, &refreshed, around)?.id;
    let options = SearchOptions {
        limit: args.limit,
        group_copies: !args.all_copies,
        aliases,
        ..SearchOptions::default()
    };
    let similar = refreshed.searcher.similar(&id, &options)?;
    let mut out = BufWriter::new(io::stdout().lock());
    if args.json {
        json::write_similar(&mut out, &id, &similar)?;
    } else {
        let style = Style {
            colour: has_colour(args.color),
            columns: columns(),
            language,
            folder: around.folder.clone(),
            base: refreshed.base.clone(),
            offset: 0,
            articles: refreshed.searcher.documents(),
        };
        write(&mut out, &similar, &style)?;
    }
    out.flush()?;
    if similar.hits.is_empty() {
        if !args.json {
            say(&language.nothing_similar(refreshed.searcher.documents()));
        }
        return Ok(Exit::NoHits);
    }
    Ok(Exit::Hits)
}

fn write(out: &mut dyn Write, similar: &Similar, style: &Style) -> io::Result<()> {
    if similar.words.is_empty() {
        return Ok(());
    }
    let words: Vec<_> = similar.words.iter().map(|telling| prose(&telling.word)).collect();
    let words = format!("{} {}", style.language.telling_words(), words.join(", "));
    write_wrapped(out, "", &words, style)?;
    write_copies(out, &similar.copies, "", style)?;
    writeln!(out)?;
    let width = similar.hits.len().to_string().len();
    for (rank, hit) in (1..).zip(&similar.hits) {
        let margin = write_head(out, rank, width, hit, style)?;
        let shared = format!("{} {}", style.language.shared(), shared(hit));
        write_wrapped(out, &margin, &shared, style)?;
        write_copies(out, &hit.copies, &margin, style)?;
        writeln!(out)?;
    }
    Ok(())
}

/// The words that an article shares with the one asked for, those that count most first; where it
/// has them otherwise, as it has them: `Belousow (Belousov)`.
fn shared(hit: &Hit) -> String {
    let word = |explanation: &dossier_engine::Explanation| {
        let typed = prose(&explanation.typed).into_owned();
        let first = explanation.matches.first().map(|found| prose(&found.text).into_owned());
        match first {
            Some(found) if found.to_lowercase() != typed.to_lowercase() => {
                format!("{typed} ({found})")
            }
            _ => typed,
        }
    };
    hit.explanations.iter().map(word).collect::<Vec<_>>().join(", ")
}
