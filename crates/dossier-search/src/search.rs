//! `dossier-search QUERY…`: brings the index up to date, searches it, prints the hits.

use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::Path;

use anyhow::{Context as _, Result};
use dossier_engine::{
    Aliases, Day, Error as EngineError, Matching, Notice, Query, QueryError, Reading, Results,
    SearchOptions,
};

use crate::args::{Color, Match, PlaceArgs, ReadingArgs, SearchArgs, near_verb};
use crate::dossier::{Surroundings, locate};
use crate::kwic::Kwic;
use crate::messages::Language;
use crate::note::Note;
use crate::print::{self, Style};
use crate::refresh::{Purpose, Refresh, Refreshed, as_it_is};
use crate::terminal::say;
use crate::{Exit, json};

/// Read from standard input at most; the longest query is shorter by far, so that one that is too
/// long is refused as such.
const MOST_QUERY_BYTES: u64 = 1 << 20;

/// A query that is understood, and what is to be said of it.
pub struct Understood {
    pub query: Query,
    pub notices: Vec<Notice>,
    /// Which day it is, if the query asks.
    pub today: Option<Day>,
}

impl Understood {
    pub fn new(query: Query, notices: Vec<Notice>) -> Understood {
        let today = query.needs_today().then(today).flatten();
        Understood { query, notices, today }
    }
}

/// Which day it is in the time zone of the system.
fn today() -> Option<Day> {
    let now = jiff::Zoned::now();
    Day::new(now.year(), now.month(), now.day())
}

/// Searches and prints.
pub fn run(args: &SearchArgs, around: &Surroundings) -> Result<Exit> {
    let language = around.language;
    let text = query_text(args)?;
    let parsed = match understand(&text, &args.reading) {
        Ok(parsed) => parsed,
        Err(error) => {
            say(&format!("dossier-search: {}", language.query_error(&error, &text)));
            return Ok(Exit::Error);
        }
    };
    hint_at_verb(&args.words, around);
    let dossier = locate(args.place.index.as_deref(), around)?;
    let options = SearchOptions {
        limit: args.limit(),
        offset: args.offset,
        matching: matching(args.reading.matching),
        aliases: dossier.aliases.clone(),
        noise: args.reading.noise,
        explain: args.explain,
        group_copies: !args.all_copies,
        today: parsed.today,
        ..SearchOptions::default()
    };
    let refresh = Refresh { dossier: &dossier, around, purpose: Purpose::Search };
    let mut refreshed =
        if args.place.no_refresh { as_it_is(&dossier, around)? } else { refresh.run()? };
    if refreshed.interrupted {
        say(language.interrupted());
        return Ok(Exit::Interrupted);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let style = |refreshed: &'_ Refreshed| Style {
        colour: has_colour(args.color),
        columns: columns(),
        language,
        folder: around.folder.clone(),
        base: refreshed.base.clone(),
        offset: args.offset,
        articles: refreshed.searcher.documents(),
    };
    let mut search = |refreshed: &Refreshed| match args.kwic {
        true => {
            let kwic = Kwic { style: style(refreshed), json: args.json };
            kwic.search(&refreshed.searcher, &parsed.query, &options, &mut out)
        }
        false => Ok(refreshed.searcher.search(&parsed.query, &options)?),
    };
    let mut results = match search(&refreshed) {
        // Damage that only shows when the damaged part is read.
        Err(error) if is_corrupt(&error) && !args.place.no_refresh => {
            let note = refreshed.searcher.note().and_then(Note::read);
            refreshed = refresh.mend(note, error.downcast()?)?;
            search(&refreshed)?
        }
        results => results?,
    };
    results.notices.splice(0..0, parsed.notices);
    if args.json {
        json::write_results(&mut out, &results, None)?;
    } else if args.kwic {
        if results.reading == Reading::Relaxed && results.total > 0 {
            say(language.relaxed());
        }
        let shown = results.total.saturating_sub(args.offset).min(args.limit());
        print::write_foot(&mut out, &results, shown, &style(&refreshed))?;
    } else {
        print::write_results(&mut out, &results, &style(&refreshed))?;
    }
    out.flush()?;
    if !args.json {
        say_about(&results, &text, &refreshed, language);
    }
    Ok(exit(&results))
}

/// Whether the index is damaged.
fn is_corrupt(error: &anyhow::Error) -> bool {
    error.downcast_ref::<EngineError>().is_some_and(EngineError::is_corrupt)
}

/// Parses a query, or takes it as plain words.
pub fn understand(text: &str, reading: &ReadingArgs) -> Result<Understood, QueryError> {
    let reread = |query: Query| match reading {
        ReadingArgs { exact: true, .. } => query.exactly(),
        ReadingArgs { fuzzy: true, .. } => query.fuzzily(),
        _ => query,
    };
    if reading.plain {
        return Query::plain(text).map(|query| Understood::new(reread(query), Vec::new()));
    }
    let parsed = Query::parse(text)?;
    if reading.strict {
        return parsed.strict().map(|query| Understood::new(reread(query), Vec::new()));
    }
    Ok(Understood::new(reread(parsed.query), parsed.notices))
}

/// The engine's name for `--match`.
pub fn matching(matching: Match) -> Matching {
    match matching {
        Match::All => Matching::All,
        Match::Any => Matching::Any,
    }
}

/// The index that is meant, brought up to date unless that is not wanted, and the groups of names
/// of its dossier.
pub fn open(place: &PlaceArgs, around: &Surroundings) -> Result<(Refreshed, Aliases)> {
    let dossier = locate(place.index.as_deref(), around)?;
    let refreshed = if place.no_refresh {
        as_it_is(&dossier, around)?
    } else {
        Refresh { dossier: &dossier, around, purpose: Purpose::Search }.run()?
    };
    Ok((refreshed, dossier.aliases))
}

/// Hits count as such if they match what was typed.
pub fn exit(results: &Results) -> Exit {
    if results.total > 0 && results.reading == Reading::AsTyped { Exit::Hits } else { Exit::NoHits }
}

fn query_text(args: &SearchArgs) -> Result<String> {
    if args.literal || args.words != ["-"] {
        return Ok(args.words.join(" "));
    }
    let mut text = String::new();
    io::stdin()
        .lock()
        .take(MOST_QUERY_BYTES)
        .read_to_string(&mut text)
        .context("the query cannot be read from standard input")?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

/// Remarks on the query, and that nothing was found: for people, beside the results.
fn say_about(results: &Results, query: &str, refreshed: &Refreshed, language: Language) {
    if results.total == 0 {
        say(&language.nothing_found(refreshed.searcher.documents()));
    }
    for notice in &results.notices {
        say(&language.notice(notice, query));
    }
}

/// `indx seeds` searches, as everything does that is no verb, but was probably not meant to.
fn hint_at_verb(words: &[String], around: &Surroundings) {
    if let [verb, path] = words
        && let Some(verb) = near_verb(verb)
        && around.folder.join(Path::new(path)).exists()
    {
        say(&around.language.verb_hint(verb, path));
    }
}

/// The columns of standard output, if it is a terminal.
pub fn columns() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size_of(io::stdout())?;
    Some(usize::from(width.0))
}

/// Whether standard output is to be coloured.
pub fn has_colour(color: Color) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
            let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
            io::stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb
        }
    }
}
