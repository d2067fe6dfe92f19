//! How the words of a clause must stand in a text, and where words and phrases stand near each
//! other. Matching and highlighting ask the same function.

use crate::query::MOST_NEAR;

/// How the words of a clause must stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// In the order of the slots, with so many words between them altogether.
    Sequence { gap: u32 },
    /// Operands of so many slots each, the words of one side by side; between one and the next in
    /// the text stand at most so many words. In the order of the slots, or in any.
    Near { lengths: Vec<u32>, gap: u32, ordered: bool },
}

/// Where a slot is found: positions in words, ascending.
pub(crate) trait Places {
    fn count(&self) -> usize;
    fn position(&self, index: usize) -> u32;
    /// What an occurrence there counts.
    fn weight(&self, index: usize) -> f32;

    /// The first index at or behind a position.
    fn first_from(&self, position: u32) -> usize {
        let (mut low, mut high) = (0, self.count());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.position(middle) < position {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The index of a position.
    fn find(&self, position: u32) -> Option<usize> {
        let index = self.first_from(position);
        (index < self.count() && self.position(index) == position).then_some(index)
    }
}

/// An operand where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Occurrence {
    pub start: u32,
    pub operand: usize,
    weight: f32,
}

/// Every place of every operand, in the order of the text, put into `found`.
pub(crate) fn occurrences<P: Places>(slots: &[P], lengths: &[u32], found: &mut Vec<Occurrence>) {
    found.clear();
    if slots.len() <= MOST_NEAR && lengths.iter().all(|length| *length == 1) {
        return words(slots, found);
    }
    let mut first = 0;
    for (operand, &length) in lengths.iter().enumerate() {
        let Some(slots) = slots.get(first..first + length as usize) else { break };
        first += slots.len();
        let Some((slot, others)) = slots.split_first() else { continue };
        for index in 0..slot.count() {
            let start = slot.position(index);
            let mut words = others.iter().zip(start + 1..);
            let weight = words.try_fold(slot.weight(index), |least, (slot, position)| {
                Some(least.min(slot.weight(slot.find(position)?)))
            });
            found.extend(weight.map(|weight| Occurrence { start, operand, weight }));
        }
    }
    // The stable sort merges what is in order, as the places of each operand are.
    found.sort_by_key(|occurrence| (occurrence.start, occurrence.operand));
}

/// The same for operands of one word each: the places of all are merged.
fn words<P: Places>(slots: &[P], found: &mut Vec<Occurrence>) {
    const NONE: u64 = u64::MAX;
    const OPERAND: u32 = u8::BITS;
    // Where each stands next, its number in the lowest bits: the least of them is the next of all,
    // and only that one moves on.
    let ahead = |operand: usize, index: usize| match slots[operand].count() > index {
        true => u64::from(slots[operand].position(index)) << OPERAND | operand as u64,
        false => NONE,
    };
    let mut next = [0; MOST_NEAR];
    let mut heads = [NONE; MOST_NEAR];
    for (operand, head) in heads.iter_mut().enumerate().take(slots.len()) {
        *head = ahead(operand, 0);
    }
    while let Some(&head) = heads[..slots.len()].iter().min().filter(|head| **head != NONE) {
        let operand = head as u8 as usize;
        let index = next[operand];
        let (start, weight) = ((head >> OPERAND) as u32, slots[operand].weight(index));
        found.push(Occurrence { start, operand, weight });
        next[operand] = index + 1;
        heads[operand] = ahead(operand, index + 1);
    }
}

/// Operands that stand near each other, some or all of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chain {
    start: u32,
    end: u32,
    /// That of its least likely word.
    pub weight: f32,
    /// Number of the last link.
    link: u32,
}

/// The last occurrence of a chain and the link before it.
pub(crate) type Link = (usize, Option<u32>);

impl Chain {
    /// Words between its operands.
    pub fn gaps(&self, lengths: &[u32]) -> u32 {
        (self.end - self.start + 1).saturating_sub(lengths.iter().sum())
    }

    /// The occurrences it is made of, last first.
    pub fn links(self, links: &[Link]) -> impl Iterator<Item = usize> {
        let link = |number: Option<u32>| number.and_then(|number| links.get(number as usize));
        std::iter::successors(link(Some(self.link)), move |(_, before)| link(*before))
            .map(|(occurrence, _)| *occurrence)
    }
}

/// Calls `each` with the nearest chain of all operands that ends at an occurrence, for every
/// occurrence that ends one. Links are kept only if asked for: else there are none.
///
/// Time is linear in the occurrences, and exponential in the operands where any order will do.
pub(crate) fn chains(
    occurrences: &[Occurrence],
    lengths: &[u32],
    gap: u32,
    ordered: bool,
    keep: bool,
    mut each: impl FnMut(Chain, &[Link]),
) {
    // What of the operands stands in a chain: how many of the first, or a bit for each.
    let states = if ordered { lengths.len() + 1 } else { 1 << lengths.len() };
    // The chain of each state that ends last: whatever comes is nearest to it.
    let mut last: Vec<Option<Chain>> = vec![None; states];
    // Chains that end at or behind the present occurrence's start.
    let mut waiting: Vec<(usize, Chain)> = Vec::new();
    let mut links = Vec::new();
    for (number, occurrence) in occurrences.iter().enumerate() {
        let Occurrence { start, operand, weight } = *occurrence;
        waiting.retain(|(state, chain)| {
            let ended = chain.end < start;
            let later = |last: &Chain| (last.end, last.weight) < (chain.end, chain.weight);
            if ended && last[*state].as_ref().is_none_or(later) {
                last[*state] = Some(*chain);
            }
            !ended
        });
        let end = start + lengths[operand] - 1;
        let mut reach = |from: usize, to: usize| {
            let before = match from {
                0 => None,
                from => match last[from] {
                    Some(chain) if start - chain.end - 1 <= gap => Some(chain),
                    _ => return,
                },
            };
            if keep {
                links.push((number, before.map(|chain| chain.link)));
            }
            let chain = Chain {
                start: before.map_or(start, |chain| chain.start),
                end,
                weight: before.map_or(weight, |chain| chain.weight.min(weight)),
                link: links.len().saturating_sub(1) as u32,
            };
            if to == states - 1 {
                each(chain, &links);
            } else {
                waiting.push((to, chain));
            }
        };
        if ordered {
            reach(operand, operand + 1);
        } else {
            let bit = 1 << operand;
            (0..states).filter(|state| state & bit == 0).for_each(|from| reach(from, from | bit));
        }
    }
}

/// States of [`word_chains`] without an operand, a bit each, by operand.
const WITHOUT: [u64; MOST_NEAR] = [
    0x5555_5555_5555_5555,
    0x3333_3333_3333_3333,
    0x0F0F_0F0F_0F0F_0F0F,
    0x00FF_00FF_00FF_00FF,
    0x0000_FFFF_0000_FFFF,
    0x0000_0000_FFFF_FFFF,
];

/// What [`chains`] does, without links, for operands of one word each: by far the commonest, and what
/// takes long where frequent words stand near each other in half of all documents.
pub(crate) fn word_chains(
    occurrences: &[Occurrence],
    operands: usize,
    gap: u32,
    ordered: bool,
    mut each: impl FnMut(Chain),
) {
    let all = if ordered { operands } else { (1 << operands) - 1 };
    let none = Chain { start: 0, end: 0, weight: 0.0, link: 0 };
    let mut states = States { last: [none; 1 << MOST_NEAR], known: 0, fresh: 0 };
    for here in occurrences.chunk_by(|a, b| a.start == b.start) {
        states.fresh = 0;
        let known = states.known;
        // What stands at one place follows what stands before it, not each other. A single operand
        // cannot follow itself: the states that it makes are not those it is added to.
        let before = (here.len() > 1).then_some(states.last);
        for &Occurrence { start, operand, weight } in here {
            let mut reach = |states: &mut States, chain: Chain, from: usize| match if ordered {
                operand + 1
            } else {
                from | 1 << operand
            } {
                to if to == all => each(chain),
                to => states.reach(to, chain),
            };
            if !ordered || operand == 0 {
                reach(&mut states, Chain { start, end: start, weight, link: 0 }, 0);
            }
            let mut from = known & if ordered { 1 << operand } else { WITHOUT[operand] };
            while from != 0 {
                let state = from.trailing_zeros() as usize;
                from &= from - 1;
                let last = before.as_ref().unwrap_or(&states.last)[state];
                if start - last.end - 1 <= gap {
                    let weight = last.weight.min(weight);
                    let chain = Chain { start: last.start, end: start, weight, link: 0 };
                    reach(&mut states, chain, state);
                }
            }
        }
    }
}

/// The chain of each state that ends last.
struct States {
    last: [Chain; 1 << MOST_NEAR],
    /// The states that have one, a bit each.
    known: u64,
    /// Those that have one that ends at the present place.
    fresh: u64,
}

impl States {
    /// Keeps a chain that ends at the present place.
    fn reach(&mut self, state: usize, chain: Chain) {
        let bit = 1 << state;
        if self.fresh & bit == 0 || self.last[state].weight < chain.weight {
            self.last[state] = chain;
            self.known |= bit;
            self.fresh |= bit;
        }
    }
}
