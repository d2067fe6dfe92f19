//! A fuzz target for the query language: no text brings the parser down, none means something else
//! once printed, and every place that is named lies in the text.
//!
//! As a test the target makes up a bounded number of texts, others in each run; a failure names the
//! seed that repeats it (`BOLERO_RANDOM_SEED`). With `cargo install cargo-bolero` and a nightly
//! compiler, libFuzzer looks for texts without end: `cargo bolero test -p dossier-engine queries`.
//! What it finds is kept in `tests/__fuzz__`, and is tried first in every later run.

// Helpers of tests may panic like these.
#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/typed.rs"]
mod typed;

use bolero::check;
use dossier_engine::Searcher;
use typed::{PIECES, SEEDS, search, searcher};

/// Texts for each target: some seconds in a debug build.
const INPUTS: usize = 4_000;

/// Bytes from that one on stand for pieces of the language, those from the next on for whole queries;
/// the others are text as it is.
const PIECE: u8 = 0x80;
const WHOLE: u8 = 0xE0;

/// Bytes as a query of which much makes sense.
fn spelled(bytes: &[u8]) -> String {
    let mut text = Vec::new();
    for &byte in bytes {
        let one = |of: &[&'static str], from: u8| of[usize::from(byte - from) % of.len()];
        match byte {
            WHOLE.. => text.extend_from_slice(one(SEEDS, WHOLE).as_bytes()),
            PIECE.. => text.extend_from_slice(one(PIECES, PIECE).as_bytes()),
            _ => text.push(byte),
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

#[test]
fn queries() {
    thread_local! {
        static SEARCHER: Searcher = searcher();
    }
    check!().with_iterations(INPUTS).with_max_len(60).for_each(|bytes: &[u8]| {
        let text = spelled(bytes);
        if let Some(query) = typed::check(&text)
            && bytes.len().is_multiple_of(8)
        {
            SEARCHER.with(|searcher| search(searcher, &query, &text));
        }
    });
}

/// Bytes as they are, in whatever encoding.
#[test]
fn any_bytes() {
    check!().with_iterations(INPUTS).with_max_len(200).for_each(|bytes: &[u8]| {
        typed::check(&String::from_utf8_lossy(bytes));
    });
}
