//! `dossier-search names NAME…`: the spellings of a name in the index, and why each is taken as the
//! same.

use std::io::{self, BufWriter, Write};

use anyhow::Result;
use dossier_engine::{Aliases, MatchKind, Query, SearchOptions, Searcher, Word};
use dossier_german::{NameKey, fold, name_keys};
use serde::Serialize;

use crate::args::NamesArgs;
use crate::dossier::Surroundings;
use crate::messages::Language;
use crate::search::open;
use crate::surfaces::{surfaces, whole_texts};
use crate::table::write_table;
use crate::terminal::{say, visible};
use crate::{Exit, json};

/// Articles read to see how a spelling is written.
const SAMPLE: usize = 100;

/// Why a spelling is taken as the same name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum Reason {
    /// It was typed so.
    Typed,
    /// A form of it, the genitive mostly.
    Form,
    /// It has a key of the typed name: all transcriptions of a name sound alike.
    SameSound { key: String },
    /// Its key is close to one of the typed name, and the difference is one that transcriptions
    /// make.
    LikeSound { key: String, typed: String },
    /// Another name for the same: of the user's groups, or an exonym that comes along.
    OtherName { own_group: bool },
    /// The same letters, apart or joined.
    OtherSpacing,
}

/// A spelling in the index.
#[derive(Debug, Serialize)]
struct Spelling {
    v: u8,
    #[serde(rename = "type")]
    kind: &'static str,
    name: String,
    spelling: String,
    documents: usize,
    #[serde(flatten)]
    reason: Reason,
}

/// Prints a table of the spellings of each word of the name.
pub fn run(args: &NamesArgs, around: &Surroundings) -> Result<Exit> {
    let language = around.language;
    let name = args.words.join(" ");
    if let Err(error) = Query::plain(&name) {
        say(&format!("dossier-search: {}", language.query_error(&error, &name)));
        return Ok(Exit::Error);
    }
    let (refreshed, aliases) = open(&args.place, around)?;
    if refreshed.interrupted {
        say(language.interrupted());
        return Ok(Exit::Interrupted);
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut found = Vec::new();
    for word in &words {
        found.extend(spellings(word, &refreshed.searcher, &aliases)?);
    }
    if words.len() > 1 {
        found.extend(of_whole_name(&name, &refreshed.searcher, &aliases)?);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    if args.json {
        for spelling in &found {
            json::write_line(&mut out, spelling)?;
        }
    } else {
        print(&mut out, &found, language)?;
    }
    out.flush()?;
    if found.is_empty() {
        say(&language.nothing_found(refreshed.searcher.documents()));
        return Ok(Exit::NoHits);
    }
    Ok(Exit::Hits)
}

/// What one word of a name stands for in the index.
fn spellings(word: &str, searcher: &Searcher, aliases: &Aliases) -> Result<Vec<Spelling>> {
    let mut found = Vec::new();
    let typed = Query::Word(Word::new(word)).exactly();
    let options = SearchOptions { limit: 0, aliases: aliases.clone(), ..SearchOptions::default() };
    let documents = searcher.search(&typed, &options)?.total;
    if documents > 0 {
        found.push(spelling(word, word, documents, Reason::Typed));
    }
    let results = searcher.search(&Query::Word(Word::new(word)), &options)?;
    for variant in results.also_searched {
        let reason = match variant.kind {
            MatchKind::Folded | MatchKind::Inflection => Reason::Form,
            MatchKind::Name if variant.term.contains(' ') => Reason::OtherSpacing,
            MatchKind::Name => sound(word, &variant.term),
            MatchKind::Alias => other_name(word, &variant.term, aliases),
            // Words that hold it, or are close in meaning, are no spellings of it.
            _ => continue,
        };
        let written = as_written(&variant.term, searcher)?;
        found.push(spelling(word, &written, variant.documents, reason));
    }
    Ok(found)
}

/// What the words of a name stand for together: another name for the same, or one word.
fn of_whole_name(name: &str, searcher: &Searcher, aliases: &Aliases) -> Result<Vec<Spelling>> {
    let phrase = Query::plain(name).map(|query| match query {
        Query::Words(clauses) => {
            let words = clauses.into_iter().filter_map(|clause| match clause {
                Query::Word(word) => Some(word),
                _ => None,
            });
            Query::Phrase(dossier_engine::Phrase::new(words.collect()))
        }
        query => query,
    });
    let Ok(phrase) = phrase else { return Ok(Vec::new()) };
    let options = SearchOptions { limit: 0, aliases: aliases.clone(), ..SearchOptions::default() };
    let mut found = Vec::new();
    for variant in searcher.search(&phrase, &options)?.also_searched {
        let reason = match variant.kind {
            MatchKind::Name => Reason::OtherSpacing,
            MatchKind::Alias => other_name(name, &variant.term, aliases),
            _ => continue,
        };
        let written = as_written(&variant.term, searcher)?;
        found.push(spelling(name, &written, variant.documents, reason));
    }
    Ok(found)
}

fn spelling(name: &str, spelling: &str, documents: usize, reason: Reason) -> Spelling {
    let (name, spelling) = (name.to_owned(), spelling.to_owned());
    Spelling { v: 1, kind: "spelling", name, spelling, documents, reason }
}

/// Whether two names share a key, and which.
fn sound(typed: &str, found: &str) -> Reason {
    let (keys, of_found) = (name_keys(typed), name_keys(found));
    let text = |key: Option<&NameKey>| key.map(ToString::to_string).unwrap_or_default();
    match of_found.iter().find(|key| keys.contains(key)) {
        Some(key) => Reason::SameSound { key: text(Some(key)) },
        None => Reason::LikeSound { key: text(of_found.first()), typed: text(keys.first()) },
    }
}

fn other_name(typed: &str, found: &str, aliases: &Aliases) -> Reason {
    let own = aliases.of(typed).into_iter().any(|alias| fold(alias.text()) == fold(found));
    Reason::OtherName { own_group: own }
}

/// A term of the index as texts have it, with its capitals and umlauts.
fn as_written(term: &str, searcher: &Searcher) -> Result<String> {
    let words = term.split(' ').map(Word::new).collect();
    let options = whole_texts(SearchOptions { limit: SAMPLE, ..SearchOptions::default() });
    let phrase = Query::Phrase(dossier_engine::Phrase::new(words));
    let results = searcher.search(&phrase, &options)?;
    let written = surfaces(&results.hits).into_iter().find(|found| fold(&found.text) == fold(term));
    Ok(written.map_or_else(|| term.to_owned(), |found| found.text))
}

fn print(out: &mut dyn Write, found: &[Spelling], language: Language) -> io::Result<()> {
    let row = |one: &Spelling| {
        let why = language.reason(&one.reason);
        [&one.name, &one.spelling, &one.documents.to_string(), &why]
            .map(|cell| visible(cell).into())
    };
    let rows: Vec<[String; 4]> = found.iter().map(row).collect();
    if rows.is_empty() {
        return Ok(());
    }
    write_table(out, &language.name_columns(), &rows)
}
