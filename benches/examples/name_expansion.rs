//! How long a name takes to be expanded to its other spellings in an index of a million words.
//!
//! ```sh
//! cargo run --release -p dossier-benches --example name_expansion -- [WORDS]
//! DOSSIER_BENCH_CORPUS=articles.jsonl cargo run --release -p dossier-benches --example name_expansion
//! ```
//!
//! Without a corpus each word is made of syllables and has a capital: all could be names, and they
//! are as dense as names never are. Of a corpus, words with a capital are drawn, the rare as likely
//! as the frequent. A search with no hits asked for is timed, in processor time: nearly all of it is
//! expansion.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::env;
use std::time::Duration;

use dossier_benches::{CORPUS, corpus, processor_time};
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
const DRAWN: usize = 500;

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
        let start = processor_time();
        searcher.search(&query, &options).unwrap();
        processor_time() - start
    };
    (0..TRIES).map(once).min().unwrap_or_default()
}

/// Articles of so many words that could all be names, and these words.
fn made_up(count: usize, random: &mut Rng) -> (Vec<Document>, Vec<String>) {
    let mut words = BTreeSet::new();
    while words.len() < count {
        words.insert(word(random));
    }
    let mut words = Vec::from_iter(words);
    random.shuffle(&mut words);
    let bodies = words.chunks(WORDS_OF_DOCUMENT).map(|words| words.join(", "));
    (bodies.map(document).collect(), words)
}

/// The articles of the corpus, and its words with a capital.
fn real() -> (Vec<Document>, Vec<String>) {
    let (mut all, mut documents) = (BTreeSet::new(), Vec::new());
    for article in corpus().unwrap() {
        let body = article.title + "\n" + &article.body;
        let words = body.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        all.extend(words.map(str::to_owned));
        documents.push(document(body));
    }
    println!("{} different words", all.len());
    let is_name = |word: &String| word.starts_with(char::is_uppercase) && word.len() > 2;
    (documents, all.into_iter().filter(is_name).collect())
}

fn document(body: String) -> Document {
    Document { body, ..Document::default() }
}

fn main() {
    let mut random = Rng::with_seed(7);
    let (documents, words) = match env::var_os(CORPUS) {
        Some(_) => real(),
        None => made_up(env::args().nth(1).map_or(1_000_000, |n| n.parse().unwrap()), &mut random),
    };
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for (number, document) in documents.into_iter().enumerate() {
        writer.put(Document { id: number.to_string(), ..document }).unwrap();
    }
    writer.commit().unwrap();
    let searcher = index.searcher().unwrap();
    let mut times: Vec<(Duration, &str)> = (0..DRAWN)
        .map(|_| &*words[random.usize(..words.len())])
        .map(|word| (time(&searcher, word), word))
        .collect();
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    let millis = |share: usize| at(share).0.as_secs_f64() * 1e3;
    println!(
        "{} words with a capital, {DRAWN} of them: median {:.2} ms, 90 of 100 {:.2} ms",
        words.len(),
        millis(50),
        millis(90)
    );
    println!("slowest {:.2} ms: {}", millis(100), at(100).1);
}
