//! The lexicon unpacked: following a letter takes one look at memory.
//!
//! A double array. A node is a number, and what a byte leads to stands that far behind it; nodes stand
//! in each other's gaps. As no two nodes have one number, what is kept for a byte at its distance
//! behind a node is the node's own.

use fst::raw::{CompiledAddr, Fst};
use rustc_hash::FxHashMap;

use super::Place;

/// The lexicon unpacked: some four megabytes.
pub(super) struct Unpacked {
    steps: Vec<Step>,
    /// What steps and the ends of words add to the value of a word, each once; the first is 0.
    outputs: Vec<u64>,
    root: u32,
}

/// What a byte leads to.
#[derive(Clone, Copy)]
struct Step {
    /// The byte, and behind it the number of the next node.
    next: u32,
    /// Among the outputs.
    output: u16,
    /// Where a word ends, what that adds, plus one; 0 where none does.
    last_output: u16,
}

/// No byte of UTF-8: where nothing stands.
const NOTHING: Step = Step { next: u32::MAX, output: 0, last_output: 0 };

/// Bits of the number of a node.
const NODE_BITS: u32 = 24;

impl Unpacked {
    /// Unpacks a lexicon. None if it is too large, which is told by a test.
    pub fn new(words: &Fst<&[u8]>) -> Option<Unpacked> {
        let mut outputs = Outputs::default();
        let nodes = Nodes::new(words, &mut outputs)?;
        let mut steps = vec![NOTHING; nodes.room.taken.len()];
        for Way { place, byte, to, output } in nodes.ways.iter().copied() {
            let Node { number, last_output } = nodes.at(to)?;
            let next = u32::from(byte) << NODE_BITS | number;
            steps[place as usize] = Step { next, output, last_output };
        }
        let root = nodes.at(words.root().addr() as u32)?.number;
        Some(Unpacked { steps, outputs: outputs.all, root })
    }

    /// Where words begin.
    pub fn root(&self) -> u32 {
        self.root
    }

    /// Where a byte leads to.
    #[inline]
    pub fn step(&self, Place { node, value, .. }: Place, byte: u8) -> Option<Place> {
        let step = self.steps[node as usize + usize::from(byte)];
        if step.next >> NODE_BITS != u32::from(byte) {
            return None;
        }
        let value = value + self.outputs[usize::from(step.output)];
        let word = usize::from(step.last_output).checked_sub(1);
        let word = word.map(|last_output| value + self.outputs[last_output]);
        Some(Place { node: step.next & ((1 << NODE_BITS) - 1), value, word })
    }
}

/// What is added to the values of words, each once.
struct Outputs {
    all: Vec<u64>,
    numbers: FxHashMap<u64, u16>,
}

impl Default for Outputs {
    fn default() -> Outputs {
        Outputs { all: vec![0], numbers: FxHashMap::from_iter([(0, 0)]) }
    }
}

impl Outputs {
    /// The number of an output. None if there are too many: one more must have a number, too.
    fn number(&mut self, output: u64) -> Option<u16> {
        if let Some(number) = self.numbers.get(&output) {
            return Some(*number);
        }
        let number = u16::try_from(self.all.len()).ok().filter(|number| *number < u16::MAX)?;
        self.all.push(output);
        self.numbers.insert(output, number);
        Some(number)
    }
}

/// A node of the lexicon.
#[derive(Clone, Copy)]
struct Node {
    number: u32,
    /// See [`Step::last_output`].
    last_output: u16,
}

/// What leads from one node to another.
#[derive(Clone, Copy)]
struct Way {
    /// Among the steps.
    place: u32,
    byte: u8,
    /// An address in the packed lexicon.
    to: u32,
    output: u16,
}

/// The nodes of a lexicon.
struct Nodes {
    all: Vec<Node>,
    ways: Vec<Way>,
    /// Among all by address in the packed lexicon, plus one; 0 for none.
    places: Vec<u32>,
    room: Room,
}

impl Nodes {
    /// Gives each node a number.
    ///
    /// What is reached one after the other stands close together, so that it is in the same lines of
    /// the processor's cache.
    fn new(words: &Fst<&[u8]>, outputs: &mut Outputs) -> Option<Nodes> {
        let root = u32::try_from(words.root().addr()).ok()?;
        let (all, ways, room) = (Vec::new(), Vec::new(), Room::default());
        let mut nodes = Nodes { all, ways, places: vec![0; root as usize + 1], room };
        let mut open = vec![(root, 0)];
        while let Some((address, near)) = open.pop() {
            if nodes.at(address).is_some() {
                continue;
            }
            let node = words.node(address as CompiledAddr);
            let first = nodes.ways.len();
            for to in node.transitions() {
                let (byte, output) = (to.inp, outputs.number(to.out.value())?);
                nodes.ways.push(Way { place: 0, byte, to: to.addr as u32, output });
            }
            let ways = &mut nodes.ways[first..];
            let number = nodes.room.take(near, ways)?;
            ways.iter_mut().for_each(|way| way.place = number + u32::from(way.byte));
            open.extend(ways.iter().rev().map(|way| (way.to, way.place as usize)));
            let last_output = match node.is_final() {
                true => outputs.number(node.final_output().value())? + 1,
                false => 0,
            };
            nodes.all.push(Node { number, last_output });
            nodes.places[address as usize] = nodes.all.len() as u32;
        }
        Some(nodes)
    }

    fn at(&self, address: u32) -> Option<Node> {
        self.all.get(self.places[address as usize].checked_sub(1)? as usize).copied()
    }
}

/// What is taken of a double array.
#[derive(Default)]
struct Room {
    /// Whether a step stands there.
    taken: Vec<bool>,
    /// Whether a node has that number.
    numbers: Vec<bool>,
}

/// So many places before the last that is taken, and before them, there is hardly any room.
const WINDOW: usize = 320;

impl Room {
    /// Takes a number and room for the steps of a node with some ways on, the first of them if possible
    /// near a place.
    fn take(&mut self, near: usize, ways: &[Way]) -> Option<u32> {
        let is_set = |places: &[bool], at: usize| places.get(at).is_some_and(|is_set| *is_set);
        let fits = |number: &usize| {
            let takes = |way: &Way| is_set(&self.taken, number + usize::from(way.byte));
            !is_set(&self.numbers, *number) && !ways.iter().any(takes)
        };
        let first = ways.first().map_or(0, |way| usize::from(way.byte));
        let from = near.max(self.taken.len().saturating_sub(WINDOW)).saturating_sub(first);
        let number = (from..1 << NODE_BITS).find(fits)?;
        if number >= self.numbers.len() {
            self.numbers.resize(number + 1, false);
            self.taken.resize(number + 1 + usize::from(u8::MAX), false);
        }
        self.numbers[number] = true;
        ways.iter().for_each(|way| self.taken[number + usize::from(way.byte)] = true);
        Some(number as u32)
    }
}

#[cfg(all(test, feature = "lexicon"))]
mod tests {
    use fst::Streamer;

    use super::super::{Tree, data};
    use super::*;

    #[test]
    fn every_word_is_found_unpacked_as_it_is_packed() {
        let packed = Fst::new(data::WORDS).expect("the lexicon is whole");
        let unpacked = Unpacked::new(&packed).expect("the lexicon is not too large");
        let (mut stream, mut number) = (packed.stream(), 0);
        while let Some((word, value)) = stream.next() {
            number += 1;
            if number % 7 > 0 {
                continue;
            }
            let [mut one, mut other] = [Tree::Packed(&packed), Tree::Unpacked(&unpacked)]
                .map(|tree| (tree, Some(tree.root())));
            for byte in word.iter().copied().chain([b'e', b'n', 0, 255]) {
                for (tree, at) in [&mut one, &mut other] {
                    *at = at.and_then(|place| tree.step(place, byte));
                }
                let [one, other] = [one.1, other.1].map(|at| at.map(|at| (at.value, at.word)));
                assert_eq!(one, other, "{word:?}");
            }
            let found = word.iter().try_fold(other.0.root(), |at, byte| other.0.step(at, *byte));
            assert_eq!(found.and_then(|at| at.word), Some(value.value()), "{word:?}");
        }
        assert!(number > 100_000, "{number}");
    }
}
