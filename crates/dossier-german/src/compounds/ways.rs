//! The cheapest ways through a word, from part to part.

/// How a part was reached: the cheapest way to its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub cost: f32,
    pub from: usize,
    /// A letter that is read but not written before the part.
    pub before: Option<u8>,
    pub parts: u8,
}

/// The cheapest ways from the beginning of a word to places in it.
pub(super) struct Ways {
    /// The last step of the way to each place, in bytes of the word.
    steps: Vec<Option<Step>>,
    /// Places that were reached, from which no further way was looked for.
    open: Vec<usize>,
}

impl Ways {
    /// To the beginning of a word of so many bytes.
    pub fn new(length: usize) -> Ways {
        let mut steps = vec![None; length + 1];
        steps[0] = Some(Step { cost: 0.0, from: 0, before: None, parts: 0 });
        Ways { steps, open: vec![0] }
    }

    /// The last step of the way to a place.
    pub fn step(&self, at: usize) -> Option<Step> {
        self.steps[at]
    }

    /// Infinite where no way leads.
    pub fn cost(&self, at: usize) -> f32 {
        self.steps[at].map_or(f32::INFINITY, |step| step.cost)
    }

    /// The open place that costs least: no other way to it can cost less.
    pub fn cheapest(&self) -> Option<usize> {
        let places = self.open.iter().copied();
        places.min_by(|one, other| self.cost(*one).total_cmp(&self.cost(*other)))
    }

    /// After all ways on from a place were taken.
    pub fn close(&mut self, at: usize) {
        self.open.retain(|open| *open != at);
    }

    /// Takes a part that goes on from a place with a way to it. Of ways that cost the same, the one
    /// whose last part is longest counts.
    pub fn reach(&mut self, end: usize, cost: f32, from: usize, before: Option<u8>) {
        let Some(here) = self.steps[from] else { return };
        let cost = here.cost + cost;
        let step = self.steps[end];
        if step.is_none() && end + 1 < self.steps.len() {
            self.open.push(end);
        }
        if step.is_none_or(|step| (cost, from) < (step.cost, step.from)) {
            self.steps[end] = Some(Step { cost, from, before, parts: here.parts + 1 });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Places of the word.
    const LENGTH: usize = 9;

    proptest! {
        #[test]
        fn going_on_from_the_cheapest_place_finds_what_going_from_left_to_right_does(
            parts in prop::collection::vec((0..LENGTH, 1..=LENGTH, 1_u8..20), 0..40),
        ) {
            let parts: Vec<_> = parts.into_iter().filter(|(from, end, _)| from < end).collect();
            let parts_from = |place: usize| parts.iter().filter(move |(from, ..)| *from == place);
            let mut ways = Ways::new(LENGTH);
            while let Some(place) = ways.cheapest() {
                for (from, end, cost) in parts_from(place) {
                    ways.reach(*end, f32::from(*cost), *from, None);
                }
                ways.close(place);
            }
            let mut steps = [None; LENGTH + 1];
            steps[0] = Some((0.0, 0));
            for place in 0..LENGTH {
                let Some((here, _)) = steps[place] else { continue };
                for (from, end, cost) in parts_from(place) {
                    let cost = here + f32::from(*cost);
                    if steps[*end].is_none_or(|(known, _)| cost < known) {
                        steps[*end] = Some((cost, *from));
                    }
                }
            }
            for (place, expected) in steps.into_iter().enumerate() {
                let found = ways.step(place).map(|step| (step.cost, step.from));
                prop_assert_eq!(found, expected);
            }
        }
    }
}
