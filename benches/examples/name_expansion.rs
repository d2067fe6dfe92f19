//! How long a name takes to be expanded to its other spellings in an index of a million of them.
//!
//! ```sh
//! cargo run --release -p dossier-benches --example name_expansion -- [WORDS]
//! ```
//!
//! The words are made of syllables, each with a capital and each once. A search with no hits asked
//! for is timed: nearly all of it is expansion.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::collections::HashSet;
use std::env;
use std::time::{Duration, Instant};

use dossier_engine::{Document, Index, Query, SearchOptions, Searcher};
use fastrand::Rng;

const BEGINNINGS: &[&str] = &[
    "b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "w", "z", "sch", "ch",
    "kr", "gr", "st", "tr", "br", "",
];
const VOWELS: &[&str] = &["a", "e", "i", "o", "u", "ja", "ju", "y", "ei", "au"];
const ENDS: &[&str] = &["", "", "", "n", "l", "r", "w", "k", "m", "s", "sk", "ng"];
const WORDS_OF_DOCUMENT: usize = 1_000;
const TRIES: usize = 5;

fn word(random: &mut Rng) -> String {
    let mut word = String::new();
    for _ in 0..random.usize(2..5) {
        for pieces in [BEGINNINGS, VOWELS, ENDS] {
            word.push_str(pieces[random.usize(..pieces.len())]);
        }
    }
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

fn time(searcher: &Searcher, word: &str) -> Duration {
    let options = SearchOptions { limit: 0, fragment_chars: 0, ..SearchOptions::default() };
    let query = Query::plain(word).unwrap();
    let once = |_| {
        let start = Instant::now();
        searcher.search(&query, &options).unwrap();
        start.elapsed()
    };
    (0..TRIES).map(once).min().unwrap_or_default()
}

fn main() {
    let count = env::args().nth(1).map_or(1_000_000, |count| count.parse().unwrap());
    let mut random = Rng::with_seed(7);
    let mut seen = HashSet::new();
    let mut words = Vec::with_capacity(count);
    while words.len() < count {
        let word = word(&mut random);
        if seen.insert(word.clone()) {
            words.push(word);
        }
    }
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for (number, words) in words.chunks(WORDS_OF_DOCUMENT).enumerate() {
        let document =
            Document { id: number.to_string(), body: words.join(", "), ..Document::default() };
        writer.put(document).unwrap();
    }
    writer.commit().unwrap();
    let searcher = index.searcher().unwrap();
    let mut times: Vec<(Duration, &str)> = (0..100)
        .map(|_| &*words[random.usize(..words.len())])
        .map(|word| (time(&searcher, word), word))
        .collect();
    times.sort_unstable();
    let millis = |at: usize| times[at].0.as_secs_f64() * 1e3;
    println!("{count} words: median {:.2} ms, 90 of 100 {:.2} ms", millis(50), millis(90));
    println!("slowest {:.2} ms: {}", millis(99), times[99].1);
}
