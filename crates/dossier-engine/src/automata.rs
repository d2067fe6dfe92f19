//! Automata that run over a dictionary of terms: typing errors and wildcards.

use std::sync::OnceLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy_fst::Automaton;

use crate::query::MOST_EDITS;

/// The automaton that tells in how many letters others differ from a word, up to so many, which are
/// at most [`MOST_EDITS`].
pub(crate) fn automaton(word: &str, edits: u8) -> DFA {
    // Making a builder takes milliseconds, an automaton from it microseconds.
    static BUILDERS: [OnceLock<LevenshteinAutomatonBuilder>; MOST_EDITS as usize + 1] =
        [const { OnceLock::new() }; MOST_EDITS as usize + 1];
    let edits = edits.min(MOST_EDITS);
    let builder =
        BUILDERS[usize::from(edits)].get_or_init(|| LevenshteinAutomatonBuilder::new(edits, true));
    builder.build_dfa(word)
}

/// Accepts words that differ from one in few letters; neighbouring letters swapped count as one.
pub(crate) struct Near(DFA);

impl Near {
    /// `edits` is at most [`MOST_EDITS`].
    pub fn new(word: &str, edits: u8) -> Near {
        Near(automaton(word, edits))
    }

    /// In how many letters `term` differs, if it is accepted.
    pub fn distance(&self, term: &[u8]) -> Option<u8> {
        match self.0.eval(term) {
            Distance::Exact(edits) => Some(edits),
            Distance::AtLeast(_) => None,
        }
    }
}

impl Automaton for Near {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

/// Accepts words that fit a pattern: `*` is any run of letters, `?` one letter.
pub(crate) struct Glob {
    items: Vec<Item>,
    /// The places of runs.
    runs: u128,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Item {
    Byte(u8),
    /// One letter.
    One,
    /// Any number of letters.
    Run,
}

/// Bits of the state: one for each place in the pattern.
const MOST_ITEMS: usize = 127;

impl Glob {
    /// From a pattern with its fixed parts folded as the terms are. `None` if it is too long.
    pub fn new(pattern: &str) -> Option<Glob> {
        let items: Vec<Item> = pattern
            .bytes()
            .map(|byte| match byte {
                b'*' => Item::Run,
                b'?' => Item::One,
                byte => Item::Byte(byte),
            })
            .collect();
        if items.len() > MOST_ITEMS {
            return None;
        }
        let runs = items.iter().enumerate().filter(|(_, item)| **item == Item::Run);
        let runs = runs.fold(0, |runs, (place, _)| runs | 1 << place);
        Some(Glob { items, runs })
    }

    /// Places reachable without reading: behind a run as well as at it.
    fn closure(&self, mut places: u128) -> u128 {
        loop {
            let more = places | (places & self.runs) << 1;
            if more == places {
                return places;
            }
            places = more;
        }
    }

    /// Whether a whole word fits.
    pub fn matches(&self, word: &[u8]) -> bool {
        let end = word.iter().fold(self.start(), |state, byte| self.accept(&state, *byte));
        self.is_match(&end)
    }
}

impl Automaton for Glob {
    type State = u128;

    fn start(&self) -> u128 {
        self.closure(1)
    }

    fn is_match(&self, places: &u128) -> bool {
        places & (1 << self.items.len()) != 0
    }

    fn can_match(&self, places: &u128) -> bool {
        *places != 0
    }

    fn accept(&self, places: &u128, byte: u8) -> u128 {
        let end = 1 << self.items.len();
        if places & end != 0 && self.items.last() == Some(&Item::Run) {
            // Whatever follows a prefix fits.
            return end;
        }
        let continues = byte & 0xC0 == 0x80;
        let mut next = 0u128;
        let mut rest = *places;
        while rest != 0 {
            let place = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            // The rest of a letter of several bytes belongs to the `?` before.
            if continues && place > 0 && self.items[place - 1] == Item::One {
                next |= 1 << place;
            }
            match self.items.get(place) {
                Some(Item::Byte(expected)) if *expected == byte => next |= 1 << (place + 1),
                Some(Item::One) if !continues => next |= 1 << (place + 1),
                Some(Item::Run) => next |= 1 << place,
                _ => {}
            }
        }
        self.closure(next)
    }
}
