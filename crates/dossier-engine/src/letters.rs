//! Runs of letters: how alike a query and a text are below the words.
//!
//! Where any of the words may do, a text that says the same with other words, with typing errors or
//! with other compounds still shares many short runs of letters with the query. Runs are not
//! indexed: the best documents by words are compared with the query and put in a better order.
//!
//! Source: McNamee and Mayfield, Character n-gram tokenization for European language text retrieval
//! (2004), who index runs of four letters.

use rustc_hash::FxHashMap;

use crate::noise::Text;
use crate::ranking::{COVERAGE_SHARE, LIKENESS_SHARE, TITLE_WEIGHT, rarity, score_of_lead};
use crate::search::Found;
use crate::searcher::Searcher;

/// Documents that are compared. Of thirty, half of what is gained would be lost; three hundred gain
/// .002 nDCG more.
pub(crate) const MOST_LIKENED: usize = 100;

/// Bytes that are read of a text, some 300 words: what an article is about stands at its beginning.
/// With the whole of long articles, definitions find them as badly as without (.54 for .62 nDCG).
const LEAD_BYTES: usize = 2_000;

/// A text whose beginning has less of the query than this share counts as if it had that: what was
/// asked for may stand further down.
const LEAST_COVERED: f32 = 0.1;

/// Letters of a run, the bounds of words among them.
const RUN: u32 = 4;

/// Bits of a letter in a run.
const LETTER_BITS: u32 = 6;

/// All letters of a run.
const RUN_BITS: u32 = (1 << (RUN * LETTER_BITS)) - 1;

/// The bound of a word.
const BOUND: u32 = 0;

/// The runs of letters of a query.
pub(crate) struct QueryRuns {
    /// A place for each run.
    places: FxHashMap<u32, usize>,
    /// A bit for each run's place in a small table: of most runs of a text it tells that the query
    /// has them not.
    bits: Box<[u64; 64]>,
    /// How often each stands in the query.
    times: Vec<f32>,
    /// Words they were taken from.
    words: usize,
}

/// What of them stands in a text.
struct TextRuns {
    /// How often each does, what stands in the title counted more.
    times: Vec<f32>,
    /// Runs of the text, whatever they are, counted the same way.
    length: f32,
}

impl QueryRuns {
    /// The runs of some words.
    pub fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> QueryRuns {
        let (places, bits) = (FxHashMap::default(), Box::new([0; 64]));
        let mut runs = QueryRuns { places, bits, times: Vec::new(), words: 0 };
        for word in words {
            runs.words += 1;
            for_each_run(word, |run| {
                let next = runs.times.len();
                let (block, bit) = bit(run);
                runs.bits[block] |= bit;
                let place = *runs.places.entry(run).or_insert(next);
                if place == next {
                    runs.times.push(0.0);
                }
                runs.times[place] += 1.0;
            });
        }
        runs
    }

    /// Counts them in a title and in the beginning of a text.
    fn count(&self, title: &str, lead: &str) -> TextRuns {
        let mut counted = TextRuns { times: vec![0.0; self.times.len()], length: 0.0 };
        for (text, weight) in [(title, TITLE_WEIGHT), (lead, 1.0)] {
            for_each_run(text, |run| {
                counted.length += weight;
                let (block, bit) = bit(run);
                if self.bits[block] & bit == 0 {
                    return;
                }
                if let Some(&place) = self.places.get(&run) {
                    counted.times[place] += weight;
                }
            });
        }
        counted
    }

    /// How like the query each of some texts is: what it gains, and the share of the query's runs
    /// that it has, from 0 to 1. How telling a run is, is asked among these texts: what all of them
    /// share tells nothing about which of them is meant.
    fn likenesses(&self, texts: &[TextRuns]) -> Vec<(f32, f32)> {
        let average = texts.iter().map(|text| text.length).sum::<f32>() / texts.len().max(1) as f32;
        let rarity_of = |(run, times): (usize, &f32)| {
            let holding = texts.iter().filter(|text| text.times[run] > 0.0).count();
            times * rarity(holding as u64, texts.len() as u64)
        };
        let rarities: Vec<f32> = self.times.iter().enumerate().map(rarity_of).collect();
        let all: f32 = rarities.iter().sum();
        let likeness = |text: &TextRuns| {
            let length = text.length / average.max(1.0);
            let (mut gain, mut covered) = (0.0, 0.0);
            for (&times, rarity) in
                text.times.iter().zip(&rarities).filter(|(times, _)| **times > 0.0)
            {
                gain += rarity * score_of_lead(times, length);
                covered += rarity;
            }
            (LIKENESS_SHARE * gain, if all > 0.0 { covered / all } else { 1.0 })
        };
        texts.iter().map(likeness).collect()
    }

    /// Puts the first of some documents, best first, in the order of their scores by words and by
    /// likeness, and changes the scores to that. Reads their texts: some 20 microseconds for each.
    pub fn reorder(&self, searcher: &Searcher, found: &mut [Found]) -> tantivy::Result<()> {
        let (first, rest) = found.split_at_mut(found.len().min(MOST_LIKENED));
        let count = |found: &Found| -> tantivy::Result<TextRuns> {
            let document = searcher.load(found.address)?;
            let lead = Text::body(&document).beginning(LEAD_BYTES);
            Ok(self.count(&document.title, &lead))
        };
        let texts = first.iter().map(count).collect::<tantivy::Result<Vec<_>>>()?;
        let exponent = COVERAGE_SHARE / self.words.max(1) as f32;
        for (found, (gain, covered)) in first.iter_mut().zip(self.likenesses(&texts)) {
            found.score = (found.score + gain) * covered.max(LEAST_COVERED).powf(exponent);
        }
        // Equal ones keep the order of their ids.
        first.sort_by(|a, b| b.score.total_cmp(&a.score));
        let least = first.last().map_or(0.0, |found| found.score);
        for found in rest {
            found.score = found.score.min(least);
        }
        Ok(())
    }
}

/// The bit of a run in a table of 4,096.
fn bit(run: u32) -> (usize, u64) {
    let hash = run.wrapping_mul(0x9E37_79B1) >> 20;
    (hash as usize / 64, 1 << (hash % 64))
}

/// Goes through the runs of a text. A run may begin before a word and end behind it: endings and
/// beginnings tell more than what stands inside of words. Words of one letter have none.
fn for_each_run(text: &str, mut with: impl FnMut(u32)) {
    let mut run = BOUND;
    let mut next = |letter: u32| {
        run = (run << LETTER_BITS | letter) & RUN_BITS;
        let inside = |place: u32| run >> (place * LETTER_BITS) & ((1 << LETTER_BITS) - 1) != BOUND;
        if inside(1) && inside(2) {
            with(run);
        }
        if letter == BOUND {
            run = BOUND;
        }
    };
    let mut last = ' ';
    for letter in text.chars() {
        let letter = match letter.is_ascii() {
            true => letter.to_ascii_lowercase(),
            false => letter.to_lowercase().next().unwrap_or(letter),
        };
        match letter {
            'a'..='z' | '0'..='9' => {
                // Umlauts are written with an e or without.
                if letter != 'e' || !matches!(last, 'a' | 'o' | 'u') {
                    next(code(letter));
                }
            }
            'ä' => next(code('a')),
            'ö' => next(code('o')),
            'ü' => next(code('u')),
            'ß' => {
                next(code('s'));
                next(code('s'));
            }
            // Hyphens that are seen at line ends only, and marks above the letter before.
            '\u{ad}' | '\u{300}'..='\u{36f}' => continue,
            letter if letter.is_alphanumeric() => next(code(letter)),
            _ => next(BOUND),
        }
        last = letter;
    }
    next(BOUND);
}

/// A letter as a number that fits into a run. Letters of other scripts may share one.
fn code(letter: char) -> u32 {
    const OTHERS: u32 = (1 << LETTER_BITS) - 37;
    match letter {
        'a'..='z' => letter as u32 - 'a' as u32 + 1,
        '0'..='9' => letter as u32 - '0' as u32 + 27,
        letter => 37 + letter as u32 % OTHERS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str) -> Vec<u32> {
        let mut runs = Vec::new();
        for_each_run(text, |run| runs.push(run));
        runs
    }

    #[test]
    fn a_word_has_a_run_for_each_letter_but_one_and_spelling_of_umlauts_makes_no_difference() {
        let cases = [("", 0), ("a", 0), ("ab", 1), ("abc", 2), ("Haus", 3), ("Haus, Boot", 6)];
        for (text, count) in cases {
            assert_eq!(runs(text).len(), count, "{text}");
        }
        for (a, b) in [
            ("Müller", "MUELLER"),
            ("Straße", "STRASSE"),
            ("Stra\u{ad}ße", "straße"),
            ("Mu\u{308}ller", "müller"),
        ] {
            assert_eq!(runs(a), runs(b), "{a} {b}");
        }
    }

    #[test]
    fn what_shares_more_telling_runs_gains_more() {
        let query = QueryRuns::new(["Telefonnumer", "Rathaus"]);
        let count = |text: &str| query.count("", text);
        let texts = [
            count("Die Rufnummer im Rathaus"),
            count("Die Telefonnummern im Rathaus"),
            count("Der Garten am Rathaus"),
        ];
        let likenesses = query.likenesses(&texts);
        let falls = |a: (f32, f32), b: (f32, f32)| a.0 > b.0 && a.1 > b.1;
        assert!(falls(likenesses[1], likenesses[0]), "{likenesses:?}");
        assert!(falls(likenesses[0], likenesses[2]), "{likenesses:?}");
    }
}
