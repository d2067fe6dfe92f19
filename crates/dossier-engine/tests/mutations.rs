//! Queries, changed at random again and again: none may bring the parser down, none may mean
//! something else once printed, and whatever can be read can be searched.
//!
//! The changes are the same in every run, and so many that they take a few seconds.

#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/typed.rs"]
mod typed;

use std::ops::Range;

use fastrand::Rng;

use typed::{PIECES, SEEDS, check, search, searcher};

/// A run of characters, as their numbers.
fn run_of(random: &mut Rng, length: usize) -> Range<usize> {
    let start = random.usize(..=length);
    let most = 1 + random.usize(..6);
    start..(start + most).min(length)
}

/// Changes a query in one place.
fn mutate(random: &mut Rng, query: &mut Vec<char>) {
    let range = run_of(random, query.len());
    match random.usize(..6) {
        0 => drop(query.drain(range)),
        1 => {
            let copy: Vec<char> = query[range].to_vec();
            let at = random.usize(..=query.len());
            query.splice(at..at, copy);
        }
        2 => {
            let other: Vec<char> = SEEDS[random.usize(..SEEDS.len())].chars().collect();
            let part = run_of(random, other.len());
            query.splice(range, other[part].to_vec());
        }
        3 if range.len() > 1 => query.swap(range.start, range.end - 1),
        _ => {
            let piece = PIECES[random.usize(..PIECES.len())];
            query.splice(range.start..range.start, piece.chars());
        }
    }
    query.truncate(400);
}

#[test]
fn changed_queries_are_read_or_refused() {
    let searcher = searcher();
    let mut random = Rng::with_seed(1);
    let mut read = 0;
    for round in 0..12_000 {
        let mut query: Vec<char> = SEEDS[random.usize(..SEEDS.len())].chars().collect();
        for _ in 0..1 + random.usize(..8) {
            mutate(&mut random, &mut query);
        }
        let text: String = query.into_iter().collect();
        let parsed = check(&text);
        read += usize::from(parsed.is_some());
        if let Some(query) = parsed.filter(|_| round % 8 == 0) {
            search(&searcher, &query, &text);
        }
    }
    assert!(read > 2_000, "only {read} could be read");
}
