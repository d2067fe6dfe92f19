//! Keys that differ from one of several in one sound.

use levenshtein_automata::{DFA, Distance, SINK_STATE};
use rustc_hash::FxHashMap;

use crate::automata::automaton;

/// Keys that are looked for at once.
const MOST_NEAR_KEYS: usize = 16;

/// Finds, sound by sound, the keys that differ from one of several in one sound too many, too few,
/// wrong, or changed with its neighbour, and are none of them. All are looked for at once, as many
/// keys are near to more than one.
pub(crate) struct NearKeys {
    automata: Vec<DFA>,
    /// What was read before: a walk comes to the same states again and again, and a look into a
    /// table takes a tenth of the time that all automata take for a sound.
    states: Vec<([u32; MOST_NEAR_KEYS], [u32; SOUNDS])>,
    numbers: FxHashMap<[u32; MOST_NEAR_KEYS], u32>,
}

/// How far all automata are: the number of their states together.
pub(crate) type State = u32;

/// Nothing that follows can fit.
const LOST: State = 0;
/// Not looked at yet.
const UNKNOWN: State = u32::MAX;

/// Sounds of keys: letters from A to Z.
const SOUNDS: usize = 26;

/// What a key that was found is near to.
pub(crate) struct Near<'n> {
    automata: &'n [DFA],
    states: &'n [u32; MOST_NEAR_KEYS],
}

impl Near<'_> {
    /// The places of the keys it is near to, of those that are looked for.
    pub fn to(&self) -> impl Iterator<Item = usize> + '_ {
        let distances = self.automata.iter().zip(self.states).map(|(dfa, at)| dfa.distance(*at));
        distances.enumerate().filter(|(_, is)| *is == Distance::Exact(1)).map(|(place, _)| place)
    }
}

impl NearKeys {
    /// Looks for keys near these; of more than [`MOST_NEAR_KEYS`], near the first.
    pub fn new<'k>(keys: impl Iterator<Item = &'k str>) -> NearKeys {
        let automata = keys.take(MOST_NEAR_KEYS).map(|key| automaton(key, 1)).collect();
        let lost = ([SINK_STATE; MOST_NEAR_KEYS], [LOST; SOUNDS]);
        let numbers = FxHashMap::from_iter([(lost.0, LOST)]);
        NearKeys { automata, states: vec![lost], numbers }
    }

    /// Before the first sound.
    pub fn start(&mut self) -> State {
        let mut states = [SINK_STATE; MOST_NEAR_KEYS];
        for (state, dfa) in states.iter_mut().zip(&self.automata) {
            *state = dfa.initial_state();
        }
        self.number(states)
    }

    /// The state behind one more sound; none if no key that begins so can be near.
    pub fn step(&mut self, state: State, sound: u8) -> Option<State> {
        let sound_at = usize::from(sound.checked_sub(b'A')?);
        let (states, known) = &self.states[state as usize];
        let mut next = *known.get(sound_at)?;
        if next == UNKNOWN {
            let mut states = *states;
            for (state, dfa) in states.iter_mut().zip(&self.automata) {
                *state = dfa.transition(*state, sound);
            }
            next = self.number(states);
            self.states[state as usize].1[sound_at] = next;
        }
        (next != LOST).then_some(next)
    }

    /// The key that leads to a state, if it is near others.
    pub fn near(&self, state: State) -> Option<Near<'_>> {
        let states = &self.states[state as usize].0;
        let mut any = false;
        for (dfa, state) in self.automata.iter().zip(states) {
            match dfa.distance(*state) {
                Distance::Exact(0) => return None,
                Distance::Exact(_) => any = true,
                Distance::AtLeast(_) => {}
            }
        }
        any.then_some(Near { automata: &self.automata, states })
    }

    fn number(&mut self, states: [u32; MOST_NEAR_KEYS]) -> State {
        let next = self.states.len() as State;
        let number = *self.numbers.entry(states).or_insert(next);
        if number == next {
            self.states.push((states, [UNKNOWN; SOUNDS]));
        }
        number
    }
}
