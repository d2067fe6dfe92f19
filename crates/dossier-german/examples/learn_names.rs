//! Learns what speaks for two spellings being one name, and writes the table that is compiled in.
//!
//! ```sh
//! cargo run --release -p dossier-german --example learn_names -- FOLDER src/names/costs.tsv
//! ```
//!
//! `FOLDER` holds `names_SET.tsv` (cluster, spelling, ...: spellings of one name share a cluster),
//! from which the sets cyrillic, arabic, korean and han are read and no others: the rest is what
//! the result is measured with. A third argument `half` learns from every other cluster only, so
//! that the rest shows how well the table does on names it has not seen.
//!
//! The weights are those of a logistic regression over the steps of the best alignment, which is
//! found anew with each state of the weights. Against the pairs of one name stand pairs of
//! different names, and of names and German words, that share a key or nearly do: what a search
//! has to tell apart. Deterministic.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fmt::Write as _;
use std::{env, fs};

use fst::Streamer;

#[path = "../src/names/align.rs"]
mod align;
#[path = "../src/names/graphemes.rs"]
mod graphemes;
#[path = "../src/names/keys.rs"]
mod keys;

use align::{PLACES, STARTS, Spelling, Step, Weights, align, start};
use graphemes::{GRAPHEMES, Grapheme, TABLE, graphemes, is_vowel};

const SETS: [&str; 4] = ["cyrillic", "arabic", "korean", "han"];
/// Weight of a pair, so that the largest set does not drown the others.
const SET_WEIGHTS: [f32; 4] = [1.0, 3.0, 1.0, 0.7];
/// Pairs taken from one cluster at most.
const PAIRS_OF_CLUSTER: usize = 30;
const STRANGERS_OF_SPELLING: usize = 12;
/// German words that the first round takes for spellings of a name, taken for the second.
const HARDEST_OF_SPELLING: usize = 12;
/// Above these odds, a German name is taken to be the same name in truth: Maria, Marija.
const SURELY_SAME: f32 = 2.0;
const EPOCHS: usize = 16;
/// After each round but the last, the strangers that it takes for spellings are added.
const ROUNDS: usize = 3;
const BATCH: usize = 4000;
const RATE: f32 = 0.25;
/// Draws rare steps towards what is learned of their kind.
const DECAY: f32 = 5e-6;
/// Of so many pairs of one name, one is seen with a typing error too.
const TYPO_OF: u64 = 6;
/// Letters shared by spellings of one name at least, as a share of both; others of a cluster are
/// names in another language or errors.
const LEAST_SHARED: f32 = 0.4;

struct Example {
    one: Spelling,
    other: Spelling,
    same: bool,
    weight: f32,
}

fn main() -> Result<(), Box<dyn Error>> {
    let usage = "usage: learn_names FOLDER COSTS.tsv [half]";
    let folder = env::args().nth(1).ok_or(usage)?;
    let target = env::args().nth(2).ok_or(usage)?;
    let half = env::args().nth(3).is_some();
    let mut random = Random(42);
    let clusters = clusters(&folder, half)?;
    let mut words: Vec<(String, usize)> = Vec::new();
    for (id, (_, spellings)) in clusters.iter().enumerate() {
        words.extend(spellings.iter().map(|spelling| (spelling.clone(), id)));
    }
    // German words that are no spelling of any of the names: each a cluster of its own.
    let known: std::collections::HashSet<String> = words.iter().map(|(w, _)| w.clone()).collect();
    let mut id = clusters.len();
    for word in german_words(&mut random)? {
        if !known.contains(&word) {
            words.push((word, id));
            id += 1;
        }
    }
    let near = Near::new(&words);
    let mut examples = Vec::new();
    for (id, (set, spellings)) in clusters.iter().enumerate() {
        let mut pairs = Vec::new();
        for (i, one) in spellings.iter().enumerate() {
            for other in &spellings[i + 1..] {
                if shared(one, other) >= LEAST_SHARED {
                    pairs.push((one, other));
                }
            }
        }
        random.shuffle(&mut pairs);
        pairs.truncate(PAIRS_OF_CLUSTER);
        for (one, other) in pairs {
            let mut put = |one: &str, other: &str, weight: f32| {
                let (one, other) = (spelling(one), spelling(other));
                examples.push(Example { one, other, same: true, weight });
            };
            put(one, other, SET_WEIGHTS[*set]);
            if random.one_in(TYPO_OF) {
                put(one, &random.typo(other), SET_WEIGHTS[*set]);
            }
        }
        for one in spellings {
            let mut strangers = near.of(one, &words, id);
            random.shuffle(&mut strangers);
            strangers.truncate(STRANGERS_OF_SPELLING);
            for stranger in strangers {
                let (one, other) = (spelling(one), spelling(&words[stranger].0));
                examples.push(Example { one, other, same: false, weight: SET_WEIGHTS[*set] });
            }
        }
    }
    let same = examples.iter().filter(|example| example.same).count();
    let mut model = Model::new();
    let mut log = String::new();
    for round in 1..=ROUNDS {
        for epoch in 1..=EPOCHS {
            random.shuffle(&mut examples);
            let loss = model.learn(&examples);
            if epoch == EPOCHS {
                writeln!(log, "round {round}: loss {loss:.4}")?;
            }
        }
        if round == ROUNDS {
            break;
        }
        let weights = model.weights();
        for (id, (set, spellings)) in clusters.iter().enumerate() {
            for one in spellings {
                let one_ready = spelling(one);
                let mut rated: Vec<(f32, usize)> = near
                    .of(one, &words, id)
                    .into_iter()
                    .filter(|at| words[*at].1 >= clusters.len())
                    .map(|at| (align(&one_ready, &spelling(&words[at].0), &weights, None), at))
                    .filter(|(odds, _)| *odds < SURELY_SAME)
                    .collect();
                rated.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
                for (_, stranger) in rated.into_iter().take(HARDEST_OF_SPELLING) {
                    let (one, other) = (one_ready.clone(), spelling(&words[stranger].0));
                    let weight = SET_WEIGHTS[*set];
                    examples.push(Example { one, other, same: false, weight });
                }
            }
        }
    }
    eprint_line(&format!("{} pairs, {same} of one name\n{log}", examples.len()));
    fs::write(&target, model.table())?;
    Ok(())
}

#[allow(clippy::print_stderr)]
fn eprint_line(text: &str) {
    eprintln!("{text}");
}

type Clusters = Vec<(usize, Vec<String>)>;

fn clusters(folder: &str, half: bool) -> Result<Clusters, Box<dyn Error>> {
    let mut all = Vec::new();
    for (set, name) in SETS.iter().enumerate() {
        let text = fs::read_to_string(format!("{folder}/names_{name}.tsv"))?;
        let mut of_id: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for line in text.lines().skip(1) {
            let mut columns = line.split('\t');
            let (Some(id), Some(spelling)) = (columns.next(), columns.next()) else { continue };
            if half && id.bytes().map(u32::from).sum::<u32>() % 2 == 1 {
                continue;
            }
            let spelling = spelling.to_owned();
            let of_this = of_id.entry(id).or_default();
            if !spelling.contains(|c: char| c.is_ascii_digit()) && !of_this.contains(&spelling) {
                of_this.push(spelling);
            }
        }
        all.extend(of_id.into_values().map(|spellings| (set, spellings)));
    }
    Ok(all)
}

/// Names, places and some of the nouns of the lexicon.
fn german_words(random: &mut Random) -> Result<Vec<String>, Box<dyn Error>> {
    const NAME: u64 = 1 << 1;
    const PLACE: u64 = 1 << 44;
    const NOUN: u64 = 1;
    let words = fst::Map::new(dossier_lexicon::WORDS)?;
    let mut stream = words.stream();
    let mut found = Vec::new();
    while let Some((word, value)) = stream.next() {
        let one_in = match value {
            value if value & (NAME | PLACE) != 0 => 1,
            value if value & NOUN != 0 => 5,
            _ => continue,
        };
        if random.one_in(one_in) {
            found.push(String::from_utf8(word.to_vec())?);
        }
    }
    Ok(found)
}

fn spelling(word: &str) -> Spelling {
    Spelling::new(graphemes(word))
}

/// The longest common subsequence of letters, as a share of both words.
fn shared(one: &str, other: &str) -> f32 {
    let bare = |word: &str| -> Vec<Grapheme> {
        word.chars().flat_map(|c| graphemes(c.encode_utf8(&mut [0; 4])).to_vec()).collect()
    };
    let (one, other) = (bare(one), bare(other));
    let mut row = vec![0usize; other.len() + 1];
    for a in &one {
        let mut diagonal = 0;
        for (j, b) in other.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if a == b { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    2.0 * row[other.len()] as f32 / (one.len() + other.len()).max(1) as f32
}

/// Finds words that share a key, or nearly: a key less one of its sounds.
struct Near {
    of_key: HashMap<String, Vec<usize>>,
}

impl Near {
    fn new(words: &[(String, usize)]) -> Near {
        let mut of_key: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, (word, _)) in words.iter().enumerate() {
            for key in Near::keys(word) {
                of_key.entry(key).or_default().push(at);
            }
        }
        Near { of_key }
    }

    fn keys(word: &str) -> Vec<String> {
        let mut all = Vec::new();
        let mut found = Vec::new();
        keys::add_keys(&graphemes(word), keys::Side::Kept, &mut found);
        for key in found.iter().map(ToString::to_string) {
            if key.len() >= 4 {
                all.extend((0..key.len()).map(|at| format!("{}{}", &key[..at], &key[at + 1..])));
            }
            all.push(key);
        }
        all
    }

    fn of(&self, word: &str, words: &[(String, usize)], own: usize) -> Vec<usize> {
        let mut found: Vec<usize> = Near::keys(word)
            .iter()
            .filter_map(|key| self.of_key.get(key))
            .flatten()
            .copied()
            .filter(|at| words[*at].1 != own && words[*at].0 != word)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The weights as one row of numbers, each with its rate of learning.
struct Model {
    values: Vec<f32>,
    seen: Vec<f32>,
}

const SINGLES: usize = GRAPHEMES * GRAPHEMES;
const SINGLE_KINDS: usize = SINGLES + GRAPHEMES * PLACES;
const PAIR_AT: usize = SINGLE_KINDS + 2 * PLACES;
const SWAPPED: usize = PAIR_AT + 12;
const STARTED: usize = SWAPPED + 1;
const COUNT: usize = STARTED + STARTS;

fn pair_at(a: Grapheme, b: Grapheme) -> usize {
    a.min(b) as usize * GRAPHEMES + a.max(b) as usize
}

impl Model {
    fn new() -> Model {
        let mut values = vec![0.0; COUNT];
        // The first alignments should be sensible ones: equal letters face each other.
        for place in 0..3 {
            values[PAIR_AT + place] = 0.8;
            values[PAIR_AT + 3 + place] = -0.8;
            values[PAIR_AT + 6 + place] = -2.0;
            values[PAIR_AT + 9 + place] = -2.5;
        }
        values[SINGLE_KINDS..PAIR_AT].fill(-1.3);
        values[SWAPPED] = -1.5;
        values[STARTED..].fill(-2.0);
        Model { values, seen: vec![0.1; COUNT] }
    }

    fn weights(&self) -> Weights<f32> {
        let mut pair = vec![[0.0; GRAPHEMES]; GRAPHEMES];
        let mut single = vec![[0.0; PLACES]; GRAPHEMES];
        for a in 0..GRAPHEMES as u8 {
            for b in 0..GRAPHEMES as u8 {
                pair[a as usize][b as usize] = self.values[pair_at(a, b)];
            }
            let kind = SINGLE_KINDS + usize::from(is_vowel(a)) * PLACES;
            for (place, value) in single[a as usize].iter_mut().enumerate() {
                *value =
                    self.values[SINGLES + a as usize * PLACES + place] + self.values[kind + place];
            }
        }
        let mut at = [[0.0; 3]; 4];
        for (kind, row) in at.iter_mut().enumerate() {
            row.copy_from_slice(&self.values[PAIR_AT + 3 * kind..PAIR_AT + 3 * kind + 3]);
        }
        let mut start = [0.0; STARTS];
        start.copy_from_slice(&self.values[STARTED..]);
        Weights { pair, single, pair_at: at, swapped: self.values[SWAPPED], start }
    }

    fn learn(&mut self, examples: &[Example]) -> f32 {
        let (mut loss, mut total) = (0.0, 0.0);
        let mut steps = Vec::new();
        for batch in examples.chunks(BATCH) {
            let weights = self.weights();
            let mut slope = vec![0.0f32; COUNT];
            for example in batch {
                steps.clear();
                let odds = align(&example.one, &example.other, &weights, Some(&mut steps));
                let chance = 1.0 / (1.0 + (-odds).exp());
                let wanted = if example.same { 1.0 } else { 0.0 };
                let error = (wanted - chance) * example.weight;
                let right = if example.same { chance } else { 1.0 - chance };
                loss -= right.max(1e-6).ln() * example.weight;
                total += example.weight;
                slope[STARTED + start(&example.one, &example.other)] += error;
                for step in &steps {
                    match *step {
                        Step::Pair(a, b, kind, place) => {
                            slope[pair_at(a, b)] += error;
                            slope[PAIR_AT + 3 * kind + place] += error;
                        }
                        Step::Single(a, place) => {
                            slope[SINGLES + a as usize * PLACES + place] += error;
                            slope[SINGLE_KINDS + usize::from(is_vowel(a)) * PLACES + place] +=
                                error;
                        }
                        Step::Swapped => slope[SWAPPED] += error,
                    }
                }
            }
            for (at, value) in self.values.iter_mut().enumerate() {
                let slope =
                    slope[at] - DECAY * BATCH as f32 * *value * f32::from(at < SINGLE_KINDS);
                self.seen[at] += slope * slope;
                *value += RATE * slope / self.seen[at].sqrt().max(1e-3);
            }
        }
        loss / total
    }

    fn table(&self) -> String {
        let weights = self.weights();
        let mut table = String::from(
            "# Written by examples/learn_names.rs: natural logarithms of odds, times 100.\n\
             # pair a b odds: the two graphemes face each other; single a odds...: only one\n\
             # spelling has it (first; last behind a consonant, a vowel; between two consonants,\n\
             # before a vowel, behind a vowel, between two vowels).\n",
        );
        let number = |value: f32| (value * 100.0).round() as i32;
        let row = |name: &str, values: &[f32]| {
            let values: Vec<String> = values.iter().map(|v| number(*v).to_string()).collect();
            format!("{name}\t{}\n", values.join("\t"))
        };
        for (kind, name) in ["equal", "vowels", "consonants", "mixed"].iter().enumerate() {
            table += &row(name, &weights.pair_at[kind]);
        }
        table += &row("swapped", &[weights.swapped]);
        table += &row("start", &weights.start);
        for (a, line) in weights.single.iter().enumerate() {
            table += &row(&format!("single\t{}", TABLE[a].grapheme), line);
        }
        for (a, line) in weights.pair.iter().enumerate() {
            for (b, value) in line.iter().enumerate().skip(a) {
                // Small ones tell no more than the kind of the pair does.
                if number(*value).abs() >= 5 {
                    let name = format!("pair\t{}\t{}", TABLE[a].grapheme, TABLE[b].grapheme);
                    table += &row(&name, &[*value]);
                }
            }
        }
        table
    }
}

/// A small generator of reproducible numbers (xorshift64*).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33
    }

    fn one_in(&mut self, count: u64) -> bool {
        self.next().is_multiple_of(count)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }

    /// One letter left out, doubled by another, replaced, or changed places with its neighbour.
    fn typo(&mut self, word: &str) -> String {
        let mut letters: Vec<char> = word.chars().collect();
        if letters.len() < 4 {
            return word.to_owned();
        }
        let at = 1 + self.below(letters.len() - 1);
        let random = char::from(b'a' + self.below(26) as u8);
        match self.below(4) {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, random),
            2 => letters[at] = random,
            _ => letters.swap(at - 1, at),
        }
        letters.into_iter().collect()
    }
}
