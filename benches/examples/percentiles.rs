//! How long the slowest of many queries of each kind take.
//!
//! ```sh
//! cargo run --release -p dossier-benches --example percentiles -- [QUERIES] [KIND]
//! ```
//!
//! Draws so many queries of every kind (500; or of one kind by its name) from the corpus, asks each
//! once with fragments and near-copies grouped. Prints median, 99th of 100 and slowest in milliseconds
//! of processor time (what else the machine does is no property of a query), and the slowest query.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::time::Duration;

use dossier_benches::{Engine, Kind, Queries, Variants, corpus, processor_time};
use dossier_engine::{Matching, SearchOptions};

fn main() {
    let count = std::env::args().nth(1).map_or(500, |count| count.parse().unwrap());
    let wanted = std::env::args().nth(2);
    let articles = corpus().unwrap();
    let queries = Queries::new(&articles, count);
    let engine = Engine::new(&articles).unwrap();
    for kind in Kind::COMPARED.into_iter().chain(Kind::OWN) {
        if wanted.as_ref().is_some_and(|wanted| *wanted != kind.name()) {
            continue;
        }
        let matching = if kind.wants_any_word() { Matching::Any } else { Matching::All };
        let options = SearchOptions { matching, group_copies: true, ..SearchOptions::default() };
        let mut times: Vec<(Duration, String)> = Vec::new();
        for typed in queries.typed(kind, Variants::On) {
            let before = processor_time();
            std::hint::black_box(engine.answer(&typed, &options));
            times.push((processor_time() - before, typed));
        }
        times.sort();
        let at = |share: f64| &times[((times.len() - 1) as f64 * share).round() as usize];
        let millis = |share| at(share).0.as_secs_f64() * 1e3;
        println!(
            "{:18} median {:7.2}  99 of 100 {:7.2}  slowest {:7.2}: {}",
            kind.name(),
            millis(0.5),
            millis(0.99),
            millis(1.0),
            at(1.0).1
        );
    }
}
