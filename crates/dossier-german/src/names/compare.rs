//! Compares one name with thousands of spellings, most of which are strangers.
//!
//! Gives what [`align`](super::align::align) gives, but leaves a stranger as soon as nothing that
//! is still to come can make up for what was seen.

use super::align::{
    INSIDE, MOST_SINGLES, PAIR_PLACES, Spelling, Weights, pair_place, single, start,
};
use super::graphemes::{GRAPHEMES, MOST_LETTERS};

/// A name with what each of its graphemes says, whatever it faces. In hundredths, as the weights are
/// written: sums of whole numbers take half the time.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    name: Spelling,
    /// For each grapheme of the name: the weight of each that may face it inside the word.
    facing: Vec<[i32; GRAPHEMES]>,
    /// For each grapheme of the name: its weight if it faces none.
    alone: Vec<i32>,
    /// The most that the graphemes of the name from a place on can say.
    rest: Vec<i32>,
    /// The most that a grapheme of another spelling can say by facing any of the name's.
    best_of: Box<[i32; GRAPHEMES]>,
    /// What each grapheme says at most that the name has more than the other spelling.
    best_alone: i32,
    /// What those say together at most that speak for the name though they face none.
    surplus: i32,
}

/// Less than any odds are, and far from the least number.
const NEVER: i32 = i32::MIN / 2;

impl Prepared {
    /// Takes a microsecond.
    pub(super) fn new(name: Spelling, weights: &Weights<i16>) -> Prepared {
        let count = name.graphemes.len();
        let mut best_of = Box::new([NEVER; GRAPHEMES]);
        let mut facing = vec![[0; GRAPHEMES]; count];
        let mut best = vec![NEVER; count];
        for (i, own) in name.graphemes.iter().enumerate() {
            for (other, facing) in facing[i].iter_mut().enumerate() {
                let at = |place: usize| i32::from(weights.pair[place][usize::from(*own)][other]);
                let most = (0..PAIR_PLACES).map(at).fold(NEVER, i32::max);
                *facing = at(INSIDE);
                best[i] = best[i].max(most);
                best_of[other] = best_of[other].max(most);
            }
        }
        // Two that changed places are two graphemes of either spelling.
        let half = i32::from(weights.swapped) / 2 + 1;
        best_of.iter_mut().for_each(|best| *best = half.max(*best));
        let alone: Vec<i32> = (0..count).map(|i| single(weights, &name, i).into()).collect();
        let mut rest = vec![0; count + 1];
        for i in (0..count).rev() {
            rest[i] = rest[i + 1] + best[i].max(alone[i]).max(half);
        }
        let best_alone = alone.iter().copied().fold(NEVER, i32::max);
        let surplus = alone.iter().map(|alone| alone.max(&0)).sum();
        Prepared { name, facing, alone, rest, best_of, best_alone, surplus }
    }

    /// The odds that another spelling is one of the name, as a natural logarithm; negative infinity
    /// where they are below `least`.
    pub(super) fn odds(&self, other: &Spelling, weights: &Weights<i16>, least: f32) -> f32 {
        // Nearly all are short, and to clear the rows for the longest takes as long as to fill them.
        match other.graphemes.len() {
            ..16 => self.odds_in::<17>(other, weights, least),
            _ => self.odds_in::<{ MOST_LETTERS + 1 }>(other, weights, least),
        }
    }

    /// The same for a spelling of fewer graphemes than `ROW`.
    fn odds_in<const ROW: usize>(
        &self,
        other: &Spelling,
        weights: &Weights<i16>,
        least: f32,
    ) -> f32 {
        let (n, m) = (self.name.graphemes.len(), other.graphemes.len());
        if n.abs_diff(m) > MOST_SINGLES {
            return f32::NEG_INFINITY;
        }
        let start = i32::from(weights.start[start(&self.name, other)]);
        let least = (least * 100.0).floor() as i32;
        let least = least.max(NEVER) - start;
        let mut singles = [0; ROW];
        // The most that the other's graphemes from a place on can say where they face none.
        let mut surplus = [0; ROW];
        let mut most = match self.best_alone {
            best if best < 0 => n.saturating_sub(m) as i32 * best.max(-10_000),
            _ => self.surplus,
        };
        for j in (0..m).rev() {
            singles[j] = i32::from(single(weights, other, j));
            surplus[j] = surplus[j + 1] + singles[j].max(0);
            most += singles[j].max(self.best_of[usize::from(other.graphemes[j])]);
        }
        if most < least {
            return f32::NEG_INFINITY;
        }
        let (singles, surplus) = (&singles[..m], &surplus[..=m]);
        // The odds of the best way to each place of the other spelling, for the grapheme before the
        // last, the last, and this one.
        let [mut before, mut last, mut here] = [[0; ROW]; 3];
        let (mut before, mut last, mut here) =
            (&mut before[..=m], &mut last[..=m], &mut here[..=m]);
        for (j, single) in singles.iter().enumerate() {
            last[j + 1] = last[j] + single;
        }
        let mut open = true;
        for i in 0..n {
            self.step(i, other, weights, singles, (before, last, here));
            let hope = here.iter().zip(surplus).map(|(odds, surplus)| odds + surplus);
            let hopeful = hope.fold(NEVER, i32::max) + self.rest[i + 1] >= least;
            // Two that change places lead past a grapheme.
            if !hopeful && !open {
                return f32::NEG_INFINITY;
            }
            open = hopeful;
            (before, last, here) = (last, here, before);
        }
        (last[m] + start) as f32 / 100.0
    }

    /// Fills in the odds of all ways that end behind a grapheme of the name.
    #[inline]
    fn step(
        &self,
        i: usize,
        other: &Spelling,
        weights: &Weights<i16>,
        singles: &[i32],
        (before, last, here): (&[i32], &[i32], &mut [i32]),
    ) {
        let (own, facing, alone) = (self.name.graphemes[i], &self.facing[i], self.alone[i]);
        let graphemes = &other.graphemes[..singles.len()];
        here[0] = last[0] + alone;
        // What needs nothing of this row comes first: the sums do not wait for each other then.
        for (j, grapheme) in graphemes.iter().enumerate() {
            here[j + 1] = (last[j] + facing[usize::from(*grapheme)]).max(last[j + 1] + alone);
        }
        // Weights at both ends differ from those inside.
        for j in [Some(0), graphemes.len().checked_sub(1)].into_iter().flatten() {
            let Some(grapheme) = graphemes.get(j) else { continue };
            let place = pair_place(&self.name, i, other, j);
            let pair = i32::from(weights.pair[place][usize::from(own)][usize::from(*grapheme)]);
            here[j + 1] = (last[j] + pair).max(last[j + 1] + alone);
        }
        if let Some(former) = i.checked_sub(1).map(|i| self.name.graphemes[i])
            && former != own
        {
            for (j, _) in graphemes.windows(2).enumerate().filter(|(_, two)| **two == [own, former])
            {
                here[j + 2] = here[j + 2].max(before[j] + i32::from(weights.swapped));
            }
        }
        for (j, single) in singles.iter().enumerate() {
            here[j + 1] = here[j + 1].max(here[j] + single);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::names::align::align;
    use crate::names::graphemes::graphemes;
    use crate::names::weights::weights;

    fn check(one: &str, other: &str, least: f32) {
        let spelling = |word: &str| Spelling::new(graphemes(word));
        let (name, other_one) = (spelling(one), spelling(other));
        let expected = align(&name, &other_one, weights(), None) / 100.0;
        let odds = Prepared::new(name, weights()).odds(&other_one, weights(), least);
        match expected >= least {
            true => assert!((odds - expected).abs() < 1e-3, "{one} {other}: {odds} {expected}"),
            false => assert!(odds < least, "{one} {other}: {odds} {expected}"),
        }
    }

    #[test]
    fn nothing_is_lost_on_the_way() {
        for (one, other) in [
            ("Lawrow", "Lavrov"),
            ("Chruschtschow", "Khrushchev"),
            ("Schoigu", "Shoygu"),
            ("Kadyrow", "Kaydrow"),
            ("Bleousow", "Belousov"),
            ("Jelzin", "Eltsine"),
            ("Aja", "Aya"),
            ("Yu", "U"),
            ("", "Xi"),
            ("Kim", ""),
        ] {
            for least in [f32::NEG_INFINITY, -6.0, -1.8, 0.0, 9.0] {
                check(one, other, least);
                check(other, one, least);
            }
        }
    }

    proptest! {
        #[test]
        fn odds_are_those_of_the_best_alignment(
            one in "[a-eščüklmnorstuwyz]{0,12}",
            changed in "[a-eščüklmnorstuwyz]{0,3}",
            at in 0_usize..12,
            left_out in 0_usize..4,
            least in -9.0_f32..3.0,
        ) {
            let mut other: Vec<char> = one.chars().collect();
            let at = at.min(other.len());
            other.splice(at..(at + left_out).min(other.len()), changed.chars());
            check(&one, &other.into_iter().collect::<String>(), least);
        }

        #[test]
        fn strangers_are_told_as_the_best_alignment_tells_them(
            one in "\\PC{0,14}", other in "[a-zšč]{0,60}", least in -9.0_f32..3.0,
        ) {
            check(&one, &other, least);
        }
    }
}
