//! Where several words of a query stand in a text as they must.

use super::{ENOUGH_MATCHES, Place};
use crate::near::{Order, Places, chains, occurrences};

/// Where the words of a clause stand as they must.
pub(super) fn arranged<'p>(slots: &[Vec<Place<'p>>], order: &Order) -> Vec<Vec<Place<'p>>> {
    match order {
        Order::Sequence { gap } => phrases(slots, *gap),
        Order::Near { lengths, gap, ordered } => near(slots, lengths, *gap, *ordered),
    }
}

/// The operands of `NEAR` and `NAH` where they stand near each other.
fn near<'p>(
    slots: &[Vec<Place<'p>>],
    lengths: &[u32],
    gap: u32,
    ordered: bool,
) -> Vec<Vec<Place<'p>>> {
    let mut standing = Vec::new();
    occurrences(slots, lengths, &mut standing);
    let mut found = Vec::new();
    chains(&standing, lengths, gap, ordered, true, |chain, links| {
        if found.len() >= ENOUGH_MATCHES {
            return;
        }
        let mut places = Vec::with_capacity(slots.len());
        for occurrence in chain.links(links).map(|number| standing[number]) {
            let first: u32 = lengths[..occurrence.operand].iter().sum();
            let slots = &slots[first as usize..][..lengths[occurrence.operand] as usize];
            for (slot, position) in slots.iter().zip(occurrence.start..) {
                places.extend(slot.find(position).map(|index| slot[index].clone()));
            }
        }
        found.push(places);
    });
    found
}

/// The occurrences of a phrase: from each place of the first word, the next of every other.
fn phrases<'p>(slots: &[Vec<Place<'p>>], gap: u32) -> Vec<Vec<Place<'p>>> {
    let Some((first, others)) = slots.split_first() else { return Vec::new() };
    let mut found = Vec::new();
    for start in first {
        let mut at = start.position;
        let mut places = vec![start.clone()];
        for (number, slot) in others.iter().enumerate() {
            let next = slot.partition_point(|place| place.position <= at);
            match slot.get(next) {
                Some(place) if place.position - start.position - (number as u32 + 1) <= gap => {
                    at = place.position;
                    places.push(place.clone());
                }
                _ => break,
            }
        }
        if places.len() == slots.len() {
            found.push(places);
        }
    }
    found
}
