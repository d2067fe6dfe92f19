//! Automata that run over a dictionary of terms: typing errors and wildcards.

use std::cell::{Cell, RefCell};
use std::sync::OnceLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use rustc_hash::FxHashMap;
use tantivy_fst::Automaton;

use crate::query::MOST_EDITS;
use crate::schema::SEPARATOR;

/// Accepts words that differ from one in few letters; neighbouring letters swapped count as one.
pub(crate) struct Near(DFA);

impl Near {
    /// `edits` is at most [`MOST_EDITS`].
    pub fn new(word: &str, edits: u8) -> Near {
        // Making a builder takes milliseconds, an automaton from it microseconds.
        static BUILDERS: [OnceLock<LevenshteinAutomatonBuilder>; MOST_EDITS as usize + 1] =
            [const { OnceLock::new() }; MOST_EDITS as usize + 1];
        let edits = edits.min(MOST_EDITS);
        let builder = BUILDERS[usize::from(edits)]
            .get_or_init(|| LevenshteinAutomatonBuilder::new(edits, true));
        Near(builder.build_dfa(word))
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

/// Accepts what begins with a key that differs from one of several in one letter and is none of
/// them, and its separator. One walk for all of them: many keys are near to more than one. Of what
/// stands behind a key, a walk sees as much as it wants: see [`NearKeys::leave`].
pub(crate) struct NearKeys {
    /// With the bytes of another key at least, for it to count as near this one.
    keys: Vec<(Near, usize)>,
    /// What was read before: the walk comes to the same states again and again, and a look into a
    /// table takes a tenth of the time that all automata take for a letter.
    seen: RefCell<Seen>,
    /// Whether enough was seen of what stands behind the key that was read last.
    left: Cell<bool>,
}

/// Keys that are looked for at once.
pub(crate) const MOST_NEAR_KEYS: usize = 16;

/// Behind a key and its separator.
const BEHIND: u32 = 0;
/// Nothing that follows can fit.
const LOST: u32 = 1;
/// Not looked at yet.
const UNKNOWN: u32 = u32::MAX;

/// Letters of keys, and one place for the separator.
const KEY_BYTES: usize = 32;

/// The states of all automata together that were reached, by number.
#[derive(Default)]
struct Seen {
    states: Vec<(KeyState, [u32; KEY_BYTES])>,
    numbers: FxHashMap<KeyState, u32>,
}

/// How far each automaton is, and bytes read.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct KeyState([u32; MOST_NEAR_KEYS], usize);

impl Seen {
    fn number(&mut self, state: KeyState) -> u32 {
        let next = (self.states.len() + 2) as u32;
        let number = *self.numbers.entry(state).or_insert(next);
        if number == next {
            self.states.push((state, [UNKNOWN; KEY_BYTES]));
        }
        number
    }
}

impl NearKeys {
    /// From keys, each with the bytes that another needs at least to count as near it.
    pub fn new<'k>(keys: impl Iterator<Item = (&'k str, usize)>) -> NearKeys {
        let automaton = |(key, least): (&str, usize)| (Near::new(key, 1), least);
        let keys = keys.take(MOST_NEAR_KEYS).map(automaton).collect();
        NearKeys { keys, seen: RefCell::default(), left: Cell::default() }
    }

    /// Lets the walk go on behind all that begins with the key that was read last.
    pub fn leave(&self) {
        self.left.set(true);
    }

    /// The numbers of the keys that one is near to.
    pub fn near<'s>(&'s self, key: &'s str) -> impl Iterator<Item = usize> + 's {
        let is_near = move |(near, least): &(Near, usize)| {
            key.len() >= *least && near.distance(key.as_bytes()) == Some(1)
        };
        (0..).zip(&self.keys).filter(move |(_, near)| is_near(near)).map(|(number, _)| number)
    }

    fn is_near(&self, KeyState(states, bytes): KeyState) -> bool {
        let mut any = false;
        for ((near, least), state) in self.keys.iter().zip(states) {
            match near.0.distance(state) {
                Distance::Exact(0) => return false,
                Distance::Exact(_) => any |= bytes >= *least,
                Distance::AtLeast(_) => {}
            }
        }
        any
    }

    /// The state behind a letter, or none if nothing that follows can fit.
    fn step(&self, KeyState(mut states, bytes): KeyState, byte: u8) -> Option<KeyState> {
        for ((near, _), state) in self.keys.iter().zip(&mut states) {
            *state = near.accept(state, byte);
        }
        // How many more there are than any key needs tells nothing.
        let most = self.keys.iter().map(|(_, least)| *least).max().unwrap_or(0);
        let any = states.iter().any(|state| *state != SINK_STATE);
        any.then_some(KeyState(states, (bytes + 1).min(most)))
    }
}

impl Automaton for NearKeys {
    type State = u32;

    fn start(&self) -> u32 {
        let mut states = [SINK_STATE; MOST_NEAR_KEYS];
        for (state, (near, _)) in states.iter_mut().zip(&self.keys) {
            *state = near.start();
        }
        self.seen.borrow_mut().number(KeyState(states, 0))
    }

    fn is_match(&self, state: &u32) -> bool {
        *state == BEHIND
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != LOST
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        match *state {
            BEHIND if self.left.get() => return LOST,
            BEHIND | LOST => return *state,
            _ => {}
        }
        let mut seen = self.seen.borrow_mut();
        let at = *state as usize - 2;
        let place = usize::from(byte) % KEY_BYTES;
        // Keys are letters from A to Z; the place of the separator is that of none of them.
        if !byte.is_ascii_uppercase() && byte != SEPARATOR as u8 {
            return LOST;
        }
        let next = seen.states[at].1[place];
        if next == BEHIND {
            self.left.set(false);
        }
        if next != UNKNOWN {
            return next;
        }
        let known = seen.states[at].0;
        let number = match byte == SEPARATOR as u8 {
            true if self.is_near(known) => {
                self.left.set(false);
                BEHIND
            }
            true => LOST,
            false => self.step(known, byte).map_or(LOST, |state| seen.number(state)),
        };
        seen.states[at].1[place] = number;
        number
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
