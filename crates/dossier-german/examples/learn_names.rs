//! Learns what speaks for two spellings being one name, and writes the table that is compiled in.
//!
//! ```sh
//! cargo run --release -p dossier-german --example learn_names -- FOLDER src/names/costs.tsv
//! ```
//!
//! `FOLDER` holds `names_SET.tsv` (cluster, spelling, ...: spellings of one name share a cluster),
//! from which the sets cyrillic, arabic, korean and han are read and no others: the rest is what
//! the result is measured with. A third argument, 0 or 1, learns from every other cluster only, so
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

use align::{PAIR_PLACES, PLACES, STARTS, Spelling, Step, Weights, align, start};
use graphemes::{GRAPHEMES, Grapheme, SORTS, TABLE, graphemes, name_of_sort, sort_of};

const SETS: [&str; 4] = ["cyrillic", "arabic", "korean", "han"];
/// Weight of a pair, so that the largest set does not drown the others.
const SET_WEIGHTS: [f32; 4] = [1.0, 6.0, 1.0, 0.7];
/// The schemes that German papers print.
const USUAL_SCHEMES: [&str; 4] = ["de", "en", "fr", "iso"];
/// What a pair of such spellings counts beside one of which one is in another scheme.
const USUAL_WEIGHT: f32 = 2.0;
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
const DECAY_OF_SORTS: f32 = 5e-7;
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
    let usage = "usage: learn_names FOLDER COSTS.tsv [0|1]";
    let folder = env::args().nth(1).ok_or(usage)?;
    let target = env::args().nth(2).ok_or(usage)?;
    let half = env::args().nth(3).map(|half| half.parse()).transpose()?;
    let mut random = Random(42);
    let clusters = clusters(&folder, half)?;
    let mut words: Vec<(String, usize)> = Vec::new();
    for (id, (_, spellings)) in clusters.iter().enumerate() {
        words.extend(spellings.iter().map(|(spelling, _)| (spelling.clone(), id)));
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
        for (i, (one, one_usual)) in spellings.iter().enumerate() {
            for (other, other_usual) in &spellings[i + 1..] {
                if shared(one, other) >= LEAST_SHARED {
                    pairs.push((one, other, *one_usual && *other_usual));
                }
            }
        }
        random.shuffle(&mut pairs);
        pairs.truncate(PAIRS_OF_CLUSTER);
        for (one, other, usual) in pairs {
            let weight = SET_WEIGHTS[*set] * if usual { USUAL_WEIGHT } else { 1.0 };
            let mut put = |one: &str, other: &str, weight: f32| {
                let (one, other) = (spelling(one), spelling(other));
                examples.push(Example { one, other, same: true, weight });
            };
            put(one, other, weight);
            if random.one_in(TYPO_OF) {
                put(one, &random.typo(other), weight);
            }
        }
        for (one, _) in spellings {
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
            for (one, _) in spellings {
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

/// The set of a cluster, and its spellings, each with whether a usual scheme has it.
type Clusters = Vec<(usize, Vec<(String, bool)>)>;

fn clusters(folder: &str, half: Option<u32>) -> Result<Clusters, Box<dyn Error>> {
    let mut all = Vec::new();
    for (set, name) in SETS.iter().enumerate() {
        let text = fs::read_to_string(format!("{folder}/names_{name}.tsv"))?;
        let mut of_id: BTreeMap<&str, Vec<(String, bool)>> = BTreeMap::new();
        for line in text.lines().skip(1) {
            let mut columns = line.split('\t');
            let (Some(id), Some(spelling)) = (columns.next(), columns.next()) else { continue };
            let schemes = columns.next().unwrap_or_default();
            let usual = schemes.split('+').any(|scheme| USUAL_SCHEMES.contains(&scheme));
            if half.is_some_and(|half| id.bytes().map(u32::from).sum::<u32>() % 2 != half) {
                continue;
            }
            let of_this = of_id.entry(id).or_default();
            let known = of_this.iter().any(|(known, _)| known == spelling);
            if !spelling.contains(|c: char| c.is_ascii_digit()) && !known {
                of_this.push((spelling.to_owned(), usual));
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
/// From here on what is said of sorts of graphemes, which many names have.
const OF_SORTS: usize = SINGLES + GRAPHEMES * PLACES;
const ALONE: usize = OF_SORTS + SORTS * SORTS * PAIR_PLACES;
const EQUAL: usize = ALONE + SORTS * PLACES;
const SWAPPED: usize = EQUAL + PAIR_PLACES;
const STARTED: usize = SWAPPED + 1;
const COUNT: usize = STARTED + STARTS;

fn pair(a: Grapheme, b: Grapheme) -> usize {
    usize::from(a.min(b)) * GRAPHEMES + usize::from(a.max(b))
}

fn sorts(a: usize, b: usize, place: usize) -> usize {
    OF_SORTS + (a.min(b) * SORTS + a.max(b)) * PAIR_PLACES + place
}

fn pair_of_sorts(a: Grapheme, b: Grapheme, place: usize) -> usize {
    sorts(sort_of(a.into()), sort_of(b.into()), place)
}

fn single(a: Grapheme, place: usize) -> usize {
    SINGLES + usize::from(a) * PLACES + place
}

fn single_of_sort(a: Grapheme, place: usize) -> usize {
    ALONE + sort_of(a.into()) * PLACES + place
}

impl Model {
    fn new() -> Model {
        let mut values = vec![0.0; COUNT];
        // The first alignments should be sensible ones: equal letters face each other.
        let is_vowel = |sort: usize| "aeiouy".contains(name_of_sort(sort));
        for a in 0..SORTS {
            for b in 0..SORTS {
                let odds = match (is_vowel(a), is_vowel(b)) {
                    (true, true) => -0.8,
                    (false, false) if a == b => -0.8,
                    (false, false) => -2.0,
                    _ => -2.5,
                };
                let at = sorts(a, b, 0);
                values[at..at + PAIR_PLACES].fill(odds);
            }
        }
        values[EQUAL..SWAPPED].fill(1.6);
        values[ALONE..EQUAL].fill(-1.3);
        values[SWAPPED] = -1.5;
        values[STARTED..].fill(-2.0);
        Model { values, seen: vec![0.1; COUNT] }
    }

    fn weights(&self) -> Weights<f32> {
        let value = |at: usize| self.values[at];
        let of_pair = |a: usize, b: usize, place: usize| {
            let equal = if a == b { value(EQUAL + place) } else { 0.0 };
            let (a, b) = (a as Grapheme, b as Grapheme);
            value(pair(a, b)) + value(pair_of_sorts(a, b, place)) + equal
        };
        let pair = std::array::from_fn(|place| {
            let row = |a: usize| std::array::from_fn(|b| of_pair(a, b, place));
            (0..GRAPHEMES).map(row).collect()
        });
        let of_single =
            |a: Grapheme, place| value(single(a, place)) + value(single_of_sort(a, place));
        let singles = 0..GRAPHEMES as Grapheme;
        let single = singles.map(|a| std::array::from_fn(|place| of_single(a, place))).collect();
        let mut start = [0.0; STARTS];
        start.copy_from_slice(&self.values[STARTED..]);
        Weights { pair, single, swapped: self.values[SWAPPED], start }
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
                        Step::Pair(a, b, place) => {
                            slope[pair(a, b)] += error;
                            slope[pair_of_sorts(a, b, place)] += error;
                            slope[EQUAL + place] += if a == b { error } else { 0.0 };
                        }
                        Step::Single(a, place) => {
                            slope[single(a, place)] += error;
                            slope[single_of_sort(a, place)] += error;
                        }
                        Step::Swapped => slope[SWAPPED] += error,
                    }
                }
            }
            for (at, value) in self.values.iter_mut().enumerate() {
                let decay = match at {
                    ..OF_SORTS => DECAY,
                    OF_SORTS..EQUAL => DECAY_OF_SORTS,
                    _ => 0.0,
                };
                let slope = slope[at] - decay * BATCH as f32 * *value;
                self.seen[at] += slope * slope;
                *value += RATE * slope / self.seen[at].sqrt().max(1e-3);
            }
        }
        loss / total
    }

    fn table(&self) -> String {
        let mut table = String::from(
            "# Written by examples/learn_names.rs: natural logarithms of odds, times 100.\n\
             # sorts a b odds...: graphemes of the two sorts face each other (at the beginning of\n\
             # both spellings, at the end of both, elsewhere); equal: on top, if they are the same;\n\
             # alone a odds...: only one spelling has such a grapheme (first; last behind a\n\
             # consonant, a vowel; between two consonants, before a vowel, behind a vowel, between\n\
             # two vowels). pair and single: the same for two graphemes or one, on top of that.\n",
        );
        let rounded = |at: usize| (self.values[at] * 100.0).round() as i32;
        let row = |name: &str, from: usize, count: usize| {
            let values: Vec<String> =
                (from..from + count).map(|at| rounded(at).to_string()).collect();
            format!("{name}\t{}\n", values.join("\t"))
        };
        // Small ones tell no more than what is said of the sort.
        let tells =
            |from: usize, count: usize| (from..from + count).any(|at| rounded(at).abs() >= 5);
        for a in 0..SORTS {
            for b in a..SORTS {
                let name = format!("sorts\t{}\t{}", name_of_sort(a), name_of_sort(b));
                table += &row(&name, sorts(a, b, 0), PAIR_PLACES);
            }
        }
        table += &row("equal", EQUAL, PAIR_PLACES);
        for a in 0..SORTS {
            table += &row(&format!("alone\t{}", name_of_sort(a)), ALONE + a * PLACES, PLACES);
        }
        table += &row("swapped", SWAPPED, 1);
        table += &row("start", STARTED, STARTS);
        for a in 0..GRAPHEMES as Grapheme {
            let name = TABLE[usize::from(a)].grapheme;
            if tells(single(a, 0), PLACES) {
                table += &row(&format!("single\t{name}"), single(a, 0), PLACES);
            }
            for b in (a..GRAPHEMES as Grapheme).filter(|b| tells(pair(a, *b), 1)) {
                let other = TABLE[usize::from(b)].grapheme;
                table += &row(&format!("pair\t{name}\t{other}"), pair(a, b), 1);
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
