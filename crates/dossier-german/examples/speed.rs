//! Measures how fast running text is analysed: words, all forms of each through the cache,
//! and the keys of names.
//!
//! ```sh
//! cargo run --release -p dossier-german --example speed -- TEXT_FILE
//! ```

use std::env;
use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::time::Instant;

use dossier_german::{WordCache, forms, name_keys_of_text, words};

/// As many words as an indexing thread might keep; a text of a million words has some 60,000.
const WORDS_KEPT: usize = 200_000;

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).ok_or("usage: speed TEXT_FILE")?;
    let text = fs::read_to_string(path)?;
    let mut out = io::stdout().lock();

    let start = Instant::now();
    let count = words(&text).count();
    writeln!(out, "words alone: {:.2} million a second", rate(count, start))?;

    let start = Instant::now();
    let mut cache = WordCache::new(WORDS_KEPT);
    let mut made = 0usize;
    let mut letters = 0;
    for word in words(&text) {
        let forms = cache.get_or_insert_with(&word.text, |word| {
            made += 1;
            forms(word)
        });
        letters += forms.stem.len();
    }
    writeln!(out, "words and forms: {:.2} million a second", rate(count, start))?;
    writeln!(out, "{count} words, {made} of them made, {letters} bytes of stems")?;

    let start = Instant::now();
    let mut seen = std::collections::HashSet::new();
    let distinct: Vec<_> = words(&text).filter(|word| seen.insert(word.text.clone())).collect();
    let collected = start.elapsed();
    let start = Instant::now();
    let stems: usize = distinct.iter().map(|word| forms(&word.text).stem.len()).sum();
    let each = start.elapsed().as_secs_f64() / distinct.len().max(1) as f64;
    writeln!(out, "forms of a new word: {:.1} microseconds ({stems}, {collected:?})", each * 1e6)?;

    // With a capital each, as if all of them were names.
    let names: Vec<String> = distinct.iter().map(|word| capital(&word.text)).collect();
    let start = Instant::now();
    let keys: usize = names.iter().map(|name| name_keys_of_text(name, &[]).len()).sum();
    let each = start.elapsed().as_secs_f64() / names.len().max(1) as f64;
    writeln!(out, "keys of a name: {:.2} microseconds ({keys})", each * 1e6)?;
    Ok(())
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// Millions a second since `start`.
fn rate(count: usize, start: Instant) -> f64 {
    count as f64 / start.elapsed().as_secs_f64() / 1e6
}
