//! How long each query takes in an index on disk: a query a line on standard input.
//!
//! ```sh
//! cargo run --release -p dossier-benches --example queries -- INDEX [TRIES [bare]] <queries
//! ```
//!
//! Prints for each the median and the slowest of some tries in milliseconds, and the median of the
//! processor time of the asking thread (it tells more on a busy machine), with ten hits, their
//! fragments, near-copies grouped, or with `bare` hits only; then the median and the 99th of 100 over all queries. A line
//! `similar ID` asks for what is like an article.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::io::BufRead;
use std::path::Path;
use std::time::Instant;

use dossier_benches::processor_time;
use dossier_engine::{Index, Query, SearchOptions, Searcher};

fn answer(searcher: &Searcher, line: &str, options: &SearchOptions) -> String {
    if let Some(id) = line.strip_prefix("similar ") {
        return match searcher.similar(id, options) {
            Ok(similar) => format!("{} like it", similar.hits.len()),
            Err(error) => format!("{error}"),
        };
    }
    match line.parse::<Query>() {
        Ok(query) => {
            let results = searcher.search(&query, options).unwrap();
            format!("{} hits", results.total)
        }
        Err(error) => format!("{error}").chars().take(60).collect(),
    }
}

fn main() {
    let folder = std::env::args().nth(1).expect("the folder of an index");
    let tries: usize = std::env::args().nth(2).map_or(5, |tries| tries.parse().unwrap());
    let bare = std::env::args().nth(3).is_some_and(|mode| mode == "bare");
    let options = match bare {
        true => SearchOptions { fragment_chars: 0, ..SearchOptions::default() },
        false => SearchOptions { group_copies: true, ..SearchOptions::default() },
    };
    let searcher = Index::open_read_only(Path::new(&folder)).unwrap().searcher().unwrap();
    let (mut all, mut all_busy) = (Vec::new(), Vec::new());
    for line in std::io::stdin().lock().lines().map(Result::unwrap) {
        let (mut times, mut busy) = (Vec::new(), Vec::new());
        let mut found = String::new();
        for _ in 0..tries {
            let (start, before) = (Instant::now(), processor_time());
            found = answer(&searcher, &line, &options);
            times.push(start.elapsed().as_secs_f64() * 1e3);
            busy.push((processor_time() - before).as_secs_f64() * 1e3);
        }
        times.sort_by(f64::total_cmp);
        busy.sort_by(f64::total_cmp);
        let (median, most, busy) = (times[tries / 2], times[tries - 1], busy[tries / 2]);
        all.push(median);
        all_busy.push(busy);
        let shown: String = line.chars().take(60).collect();
        println!("{median:8.2} ms, slowest {most:8.2}, busy {busy:8.2}: {shown}: {found}");
    }
    for (name, mut all) in [("", all), ("busy: ", all_busy)] {
        all.sort_by(f64::total_cmp);
        let at = |share: f64| all[((all.len() - 1) as f64 * share).round() as usize];
        println!("{name}median {:.2} ms, 99 of 100 {:.2} ms", at(0.5), at(0.99));
    }
}
