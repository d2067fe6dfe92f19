//! `dossier-search batch FILE`: many queries at once, on several threads, printed in the order they
//! were asked.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;

use anyhow::{Context as _, Result, anyhow};
use dossier_engine::{Aliases, Near, Phrase, Query, QueryError, Results, SearchOptions, Searcher};

use crate::args::{BatchArgs, BatchFormat};
use crate::dossier::Surroundings;
use crate::messages::Language;
use crate::report::{Articles, Output, Row};
use crate::search::{Understood, exit, matching, open, understand};
use crate::surfaces::whole_texts;
use crate::terminal::{prose, say, visible_path};
use crate::{Exit, json};

/// A query of the file.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    id: String,
    text: String,
    line: usize,
}

/// What came of a query.
enum Answer {
    /// Its hits as they are printed, and whether there are any.
    Hits(Vec<u8>, Exit),
    /// What is to be said of them in a line.
    Row(Row),
    /// Why it could not be searched: a fault of the query.
    Refused(String),
}

/// Articles whose whole texts are held at once, by each thread.
const PAGE: usize = 200;

/// Runs the queries.
pub fn run(args: &BatchArgs, around: &Surroundings) -> Result<Exit> {
    let language = around.language;
    let queries = read_queries(&args.file, language)?;
    let (refreshed, aliases) = open(&args.place, around)?;
    if refreshed.interrupted {
        say(language.interrupted());
        return Ok(Exit::Interrupted);
    }
    let job = Job { args, format: args.format(), searcher: &refreshed.searcher, aliases, language };
    let mut out = Output::new(BufWriter::new(io::stdout().lock()), job.format);
    let (mut found, mut refused) = (false, 0);
    job.answer_all(&queries, &mut |asked, answer| {
        match answer {
            Answer::Hits(text, exit) => {
                out.write_raw(&text)?;
                found |= exit == Exit::Hits;
            }
            Answer::Row(row) => {
                if row.documents > row.ids.len() {
                    say(&language
                        .in_line(asked.line, &language.partly_read(row.ids.len(), row.documents)));
                }
                found |= row.documents > 0;
                out.write_row(row)?;
            }
            Answer::Refused(why) => {
                say(&language.in_line(asked.line, &why));
                refused += 1;
            }
        }
        Ok(())
    })?;
    out.finish(language)?;
    Ok(match found {
        true => Exit::Hits,
        false if refused > 0 && refused == queries.len() => Exit::Error,
        false => Exit::NoHits,
    })
}

/// What is done with each query.
struct Job<'j> {
    args: &'j BatchArgs,
    format: BatchFormat,
    searcher: &'j Searcher,
    aliases: Aliases,
    language: Language,
}

impl Job<'_> {
    /// Answers on as many threads as there are cores, and hands the answers over in order.
    fn answer_all(
        &self,
        queries: &[Asked],
        hand_over: &mut dyn FnMut(&Asked, Answer) -> Result<()>,
    ) -> Result<()> {
        let threads = thread::available_parallelism().map_or(2, |cores| cores.get().max(2));
        let next = AtomicUsize::new(0);
        thread::scope(|scope| {
            // Bounded, so that a slow reader of the output does not fill the memory.
            let (sender, receiver) = sync_channel(threads * 16);
            for _ in 0..threads {
                let (sender, next) = (sender.clone(), &next);
                scope.spawn(move || {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        let Some(asked) = queries.get(number) else { break };
                        // Nobody listens any more after an error.
                        if sender.send((number, self.answer(asked))).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            let mut early = BTreeMap::new();
            let mut due = 0;
            for (number, answer) in receiver {
                early.insert(number, answer);
                while let Some(answer) = early.remove(&due) {
                    hand_over(&queries[due], answer?)?;
                    due += 1;
                }
            }
            Ok(())
        })
    }

    fn answer(&self, asked: &Asked) -> Result<Answer> {
        let understood = match self.args.names {
            true => name_query(&asked.text),
            false => understand(&asked.text, &self.args.reading),
        };
        let understood = match understood {
            Ok(understood) => understood,
            Err(error) => {
                return Ok(Answer::Refused(self.language.query_error(&error, &asked.text)));
            }
        };
        let options = SearchOptions {
            limit: self.args.limit,
            matching: matching(self.args.reading.matching),
            aliases: self.aliases.clone(),
            noise: self.args.reading.noise,
            today: understood.today,
            ..SearchOptions::default()
        };
        let options = match self.format {
            BatchFormat::Table | BatchFormat::Csv | BatchFormat::Json => {
                let options = SearchOptions { nearest: 0, ..whole_texts(options) };
                let articles = self.articles(&understood.query, &options)?;
                return Ok(Answer::Row(articles.into_row(&asked.id, asked.text.trim())));
            }
            BatchFormat::Tsv | BatchFormat::Trec => SearchOptions { fragment_chars: 0, ..options },
            BatchFormat::Jsonl => options,
        };
        let mut results = self.searcher.search(&understood.query, &options)?;
        results.notices.splice(0..0, understood.notices);
        let mut out = Vec::new();
        match self.format {
            BatchFormat::Jsonl => json::write_results(&mut out, &results, Some(&asked.id))?,
            BatchFormat::Trec => write_trec(&mut out, &asked.id, &results)?,
            _ => write_tsv(&mut out, &asked.id, &results)?,
        }
        Ok(Answer::Hits(out, exit(&results)))
    }

    /// Reads the articles of a query, a page at a time.
    fn articles(&self, query: &Query, options: &SearchOptions) -> Result<Articles> {
        let mut articles = Articles::default();
        for offset in (0..options.limit.max(1)).step_by(PAGE) {
            let limit = PAGE.min(options.limit - offset);
            let page = SearchOptions { limit, offset, ..options.clone() };
            let results = self.searcher.search(query, &page)?;
            articles.add(&results);
            if results.hits.len() < PAGE {
                break;
            }
        }
        Ok(articles)
    }
}

/// A name: its words follow each other, each in any spelling, or as they stand in another name for
/// the same, apart or joined. `Putin, Wladimir` is turned round.
fn name_query(name: &str) -> Result<Understood, QueryError> {
    let turned = match name.split_once(',') {
        Some((last, first)) if !first.contains(',') => format!("{first} {last}"),
        _ => name.to_owned(),
    };
    let query = match Query::plain(&turned)? {
        Query::Words(operands) => {
            let words = operands.iter().filter_map(|operand| match operand {
                Query::Word(word) => Some(word.clone()),
                _ => None,
            });
            let phrase = Query::Phrase(Phrase::new(words.collect()));
            Query::Any(vec![Query::Near(Near { operands, gap: 0, ordered: true }), phrase])
        }
        query => query,
    };
    Ok(Understood::new(query, Vec::new()))
}

/// `query Q0 document rank score dossier`, as trec_eval reads it: what comes nearest behind what was
/// found, and no score above the one before, as trec_eval goes by the scores.
fn write_trec(out: &mut dyn Write, query: &str, results: &Results) -> io::Result<()> {
    let query = without_blanks(query);
    let mut before = f32::INFINITY;
    for (rank, hit) in (1..).zip(results.hits.iter().chain(&results.nearest)) {
        let document = without_blanks(&hit.id);
        before = before.min(hit.score);
        writeln!(out, "{query} Q0 {document} {rank} {before} dossier")?;
    }
    Ok(())
}

fn write_tsv(out: &mut dyn Write, query: &str, results: &Results) -> io::Result<()> {
    for (rank, hit) in (1..).zip(&results.hits) {
        let title = if hit.title.is_empty() { &hit.first_words } else { &hit.title };
        let (query, id, title) = (prose(query), prose(&hit.id), prose(title));
        writeln!(out, "{query}\t{rank}\t{id}\t{}\t{title}", hit.score)?;
    }
    Ok(())
}

/// The columns of a run are separated by blanks, so ids cannot hold any: they are percent-encoded,
/// and control characters with them.
fn without_blanks(id: &str) -> String {
    let mut encoded = String::with_capacity(id.len());
    for c in id.chars() {
        if c.is_whitespace() || crate::terminal::is_unsafe(c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                encoded.push_str(&format!("%{byte:02X}"));
            }
        } else {
            encoded.push(c);
        }
    }
    encoded
}

fn read_queries(file: &Path, language: Language) -> Result<Vec<Asked>> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        io::stdin().lock().read_to_end(&mut bytes).context("standard input cannot be read")?;
    } else {
        let read = File::open(file).and_then(|mut file| file.read_to_end(&mut bytes));
        read.map_err(|error| anyhow!("{}: {error}", visible_path(file)))?;
    }
    Ok(queries(&bytes, &mut |line| say(&language.in_line(line, language.line_not_utf8()))))
}

/// The queries of a file; empty lines are passed over. `damaged` hears of lines that are no UTF-8.
fn queries(bytes: &[u8], damaged: &mut dyn FnMut(usize)) -> Vec<Asked> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut queries = Vec::new();
    for (line, text) in (1..).zip(bytes.split(|&byte| byte == b'\n')) {
        let text = String::from_utf8_lossy(text.strip_suffix(b"\r").unwrap_or(text));
        if matches!(text, std::borrow::Cow::Owned(_)) {
            damaged(line);
        }
        if text.trim().is_empty() {
            continue;
        }
        let (id, text) = text.split_once('\t').unwrap_or(("", &text));
        let id = if id.trim().is_empty() { line.to_string() } else { id.trim().to_owned() };
        queries.push(Asked { id, text: text.to_owned(), line });
    }
    queries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_a_line() {
        let text = b"\xef\xbb\xbfq1\tKim Jong Un\r\n\nBeloussow\n\tPutin\nq 2\ta\tb\n\xff\n";
        let mut damaged = Vec::new();
        let asked = queries(text, &mut |line| damaged.push(line));
        let asked: Vec<_> = asked.iter().map(|q| (&*q.id, &*q.text, q.line)).collect();
        assert_eq!(
            asked,
            [
                ("q1", "Kim Jong Un", 1),
                ("3", "Beloussow", 3),
                ("4", "Putin", 4),
                ("q 2", "a\tb", 5),
                ("6", "\u{fffd}", 6),
            ]
        );
        assert_eq!(damaged, [6]);
    }

    #[test]
    fn ids_in_a_run_have_no_blanks() {
        for (id, expected) in [
            ("seeds/a b.txt", "seeds/a%20b.txt"),
            ("a\tb\u{a0}c", "a%09b%C2%A0c"),
            ("100%.txt", "100%.txt"),
            ("Köln\u{1b}", "Köln%1B"),
        ] {
            assert_eq!(without_blanks(id), expected);
        }
    }
}
