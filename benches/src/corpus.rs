//! Articles to search: a JSON Lines file, or made from seeded text.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use fastrand::Rng;
use serde_json::Value;

/// Names a JSON Lines file with the fields `title` and `text` to use instead of made-up articles.
pub const CORPUS: &str = "DOSSIER_BENCH_CORPUS";

/// Articles made up.
const ARTICLES: usize = 20_000;
/// Words of an article, about; a news agency's are as long.
const LENGTH: usize = 250;
/// Different stems. With their endings some 100,000 words, as a collection of that size has.
const STEMS: usize = 30_000;

/// A text with a headline.
pub struct Article {
    /// The headline.
    pub title: String,
    /// The text.
    pub body: String,
}

/// The corpus that the environment names, else the made-up one.
///
/// # Errors
///
/// A file that is missing or holds a line that is no JSON object.
pub fn corpus() -> Result<Vec<Article>, Box<dyn std::error::Error>> {
    match std::env::var_os(CORPUS) {
        Some(path) => read(Path::new(&path)),
        None => Ok(made_up()),
    }
}

fn read(path: &Path) -> Result<Vec<Article>, Box<dyn std::error::Error>> {
    let text = |record: &Value, field| record[field].as_str().unwrap_or_default().to_owned();
    let mut articles = Vec::new();
    for line in BufReader::new(File::open(path)?).lines() {
        let record: Value = serde_json::from_str(&line?)?;
        articles.push(Article { title: text(&record, "title"), body: text(&record, "text") });
    }
    Ok(articles)
}

/// Articles of words that look German and are distributed as words are (Zipf's law).
fn made_up() -> Vec<Article> {
    const BEGINNINGS: [&str; 24] = [
        "b", "br", "d", "dr", "f", "fl", "g", "gr", "h", "k", "kl", "kr", "l", "m", "n", "p", "pf",
        "r", "s", "sch", "st", "t", "w", "z",
    ];
    const VOWELS: [&str; 12] = ["a", "e", "i", "o", "u", "ä", "ö", "ü", "au", "ei", "ie", "eu"];
    const ENDS: [&str; 12] = ["b", "ch", "ck", "g", "l", "m", "n", "nd", "r", "rt", "s", "t"];
    const ENDINGS: [&str; 6] = ["", "", "", "e", "en", "s"];
    let mut random = Rng::with_seed(1);
    let pick = |random: &mut Rng, of: &'static [&'static str]| of[random.usize(..of.len())];
    let stems: Vec<String> = (0..STEMS)
        .map(|number| {
            // Frequent words are short.
            let syllables = 1 + usize::from(number > 100) + random.usize(..2);
            let mut stem = String::new();
            for _ in 0..syllables {
                for part in [&BEGINNINGS[..], &VOWELS, &ENDS] {
                    stem.push_str(pick(&mut random, part));
                }
            }
            stem
        })
        .collect();
    let text = |random: &mut Rng, words: usize| {
        let mut text = String::new();
        for number in 0..words {
            let rank = (STEMS as f64).powf(random.f64()) as usize;
            let stem = &stems[rank.min(STEMS - 1)];
            let ending = pick(random, &ENDINGS);
            let end = if number % 12 == 11 { ". " } else { " " };
            text.push_str(stem);
            text.push_str(ending);
            text.push_str(end);
        }
        text
    };
    (0..ARTICLES)
        .map(|_| {
            let length = LENGTH / 2 + random.usize(..LENGTH);
            Article { title: text(&mut random, 6), body: text(&mut random, length) }
        })
        .collect()
}
