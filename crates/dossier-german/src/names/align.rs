//! Aligns two spellings, grapheme by grapheme, at the least cost.

use super::graphemes::{GRAPHEMES, Grapheme, Graphemes, MOST_LETTERS, is_vowel};

/// What speaks for or against two spellings being one name, in natural logarithms of odds, or
/// hundredths of them.
pub(crate) struct Weights<N> {
    /// One grapheme for another, or for itself, by where the pair stands; symmetric.
    pub(crate) pair: [Vec<[N; GRAPHEMES]>; PAIR_PLACES],
    /// A grapheme that only one of the two has, by where it stands in its word.
    pub(crate) single: Vec<[N; PLACES]>,
    /// Two neighbours that changed places, as when typed in haste.
    pub(crate) swapped: N,
    /// Before anything is compared, by the number of consonants of the shorter spelling.
    pub(crate) start: [N; STARTS],
}

/// First, last and inside a word; the latter two by whether the neighbours are vowels.
pub(crate) const PLACES: usize = 7;
/// At the beginning of both, at the end of both, and elsewhere.
pub(crate) const PAIR_PLACES: usize = 3;
/// Names of more consonants count as names of this many, less one.
pub(crate) const STARTS: usize = 7;

/// Spellings that differ by more graphemes than this in length are not aligned: each costs odds.
pub(crate) const MOST_SINGLES: usize = 6;

/// One step of an alignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code)] // Read by the tool that learns the weights.
pub(crate) enum Step {
    Pair(Grapheme, Grapheme, usize),
    Single(Grapheme, usize),
    Swapped,
}

/// A spelling, ready to be compared.
#[derive(Clone, Debug)]
pub(crate) struct Spelling {
    pub(crate) graphemes: Graphemes,
    places: [u8; MOST_LETTERS],
    consonants: usize,
}

impl Spelling {
    pub(crate) fn new(graphemes: Graphemes) -> Spelling {
        let count = graphemes.len();
        let vowel = |at: usize| u8::from(is_vowel(graphemes[at]));
        let mut places = [0; MOST_LETTERS];
        for (at, place) in places[..count].iter_mut().enumerate() {
            *place = match at {
                0 => 0,
                _ if at + 1 == count => 1 + vowel(at - 1),
                _ => 3 + 2 * vowel(at - 1) + vowel(at + 1),
            };
        }
        let consonants = graphemes.iter().filter(|g| !is_vowel(**g)).count();
        Spelling { graphemes, places, consonants }
    }
}

/// What the number of consonants of the shorter of two spellings is counted as.
pub(crate) fn start(one: &Spelling, other: &Spelling) -> usize {
    one.consonants.min(other.consonants).min(STARTS - 1)
}

/// Where most pairs stand.
pub(crate) const INSIDE: usize = 2;

/// What a grapheme says that only one of the two spellings has.
pub(crate) fn single<N: Copy>(weights: &Weights<N>, word: &Spelling, at: usize) -> N {
    weights.single[usize::from(word.graphemes[at])][usize::from(word.places[at])]
}

/// Where a pair stands: at the beginning of both words, at the end of both, or else.
pub(crate) fn pair_place(one: &Spelling, i: usize, other: &Spelling, j: usize) -> usize {
    let last = i + 1 == one.graphemes.len() && j + 1 == other.graphemes.len();
    if i == 0 && j == 0 {
        0
    } else if last {
        1
    } else {
        INSIDE
    }
}

/// The odds of the best alignment, as the weights have them; `steps`, if asked for, are given in reverse order.
#[allow(dead_code)] // What is learned and tested with; a search compares by `compare.rs`.
pub(crate) fn align<N: Copy + Into<f32>>(
    one: &Spelling,
    other: &Spelling,
    weights: &Weights<N>,
    steps: Option<&mut Vec<Step>>,
) -> f32 {
    let (n, m) = (one.graphemes.len(), other.graphemes.len());
    if n.abs_diff(m) > MOST_SINGLES && steps.is_none() {
        return f32::NEG_INFINITY;
    }
    let width = m + 1;
    let mut best = vec![f32::NEG_INFINITY; (n + 1) * width];
    best[0] = 0.0;
    let single = |word: &Spelling, at: usize| -> f32 { single(weights, word, at).into() };
    let pair = |i: usize, j: usize| -> f32 {
        let (a, b) = (one.graphemes[i], other.graphemes[j]);
        weights.pair[pair_place(one, i, other, j)][usize::from(a)][usize::from(b)].into()
    };
    let is_swap = |i: usize, j: usize| {
        i > 0
            && j > 0
            && one.graphemes[i] != one.graphemes[i - 1]
            && one.graphemes[i] == other.graphemes[j - 1]
            && one.graphemes[i - 1] == other.graphemes[j]
    };
    for i in 0..=n {
        for j in 0..=m {
            let mut value = best[i * width + j];
            if i > 0 {
                value = value.max(best[(i - 1) * width + j] + single(one, i - 1));
            }
            if j > 0 {
                value = value.max(best[i * width + j - 1] + single(other, j - 1));
            }
            if i > 0 && j > 0 {
                value = value.max(best[(i - 1) * width + j - 1] + pair(i - 1, j - 1));
                if is_swap(i - 1, j - 1) {
                    value = value.max(best[(i - 2) * width + j - 2] + weights.swapped.into());
                }
            }
            best[i * width + j] = value;
        }
    }
    if let Some(steps) = steps {
        let (mut i, mut j) = (n, m);
        while i > 0 || j > 0 {
            let value = best[i * width + j];
            if i > 0 && j > 0 && value == best[(i - 1) * width + j - 1] + pair(i - 1, j - 1) {
                (i, j) = (i - 1, j - 1);
                let (a, b) = (one.graphemes[i], other.graphemes[j]);
                steps.push(Step::Pair(a, b, pair_place(one, i, other, j)));
            } else if i > 0 && value == best[(i - 1) * width + j] + single(one, i - 1) {
                i -= 1;
                steps.push(Step::Single(one.graphemes[i], one.places[i] as usize));
            } else if j > 0 && value == best[i * width + j - 1] + single(other, j - 1) {
                j -= 1;
                steps.push(Step::Single(other.graphemes[j], other.places[j] as usize));
            } else {
                (i, j) = (i - 2, j - 2);
                steps.push(Step::Swapped);
            }
        }
    }
    best[n * width + m] + weights.start[start(one, other)].into()
}
