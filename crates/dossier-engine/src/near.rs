//! How the words of a clause must stand in a text, and where words and phrases stand near each
//! other. Matching and highlighting ask the same function.

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

/// Every place of every operand, in the order of the text.
pub(crate) fn occurrences<P: Places>(slots: &[P], lengths: &[u32]) -> Vec<Occurrence> {
    let mut found = Vec::new();
    let mut first = 0;
    for (operand, &length) in lengths.iter().enumerate() {
        let Some(slots) = slots.get(first..first + length as usize) else { break };
        first += slots.len();
        let Some((slot, others)) = slots.split_first() else { continue };
        for index in 0..slot.count() {
            let start = slot.position(index);
            let weight =
                others.iter().zip(start + 1..).try_fold(slot.weight(index), |least, at| {
                    let (slot, position) = at;
                    Some(least.min(slot.weight(slot.find(position)?)))
                });
            found.extend(weight.map(|weight| Occurrence { start, operand, weight }));
        }
    }
    found.sort_unstable_by_key(|occurrence| (occurrence.start, occurrence.operand));
    found
}

/// Operands that stand near each other, some or all of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chain {
    start: u32,
    end: u32,
    /// That of its least likely word.
    pub weight: f32,
    /// Number of the last link.
    link: usize,
}

/// The last occurrence of a chain and the link before it.
pub(crate) type Link = (usize, Option<usize>);

impl Chain {
    /// Words between its operands.
    pub fn gaps(&self, lengths: &[u32]) -> u32 {
        (self.end - self.start + 1).saturating_sub(lengths.iter().sum())
    }

    /// The occurrences it is made of, last first.
    pub fn links(self, links: &[Link]) -> impl Iterator<Item = usize> {
        let link = |number: Option<usize>| number.and_then(|number| links.get(number));
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
                link: links.len().saturating_sub(1),
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
