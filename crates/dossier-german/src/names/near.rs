//! How much speaks against two names whose keys differ in one sound.

use std::sync::OnceLock;

use super::align::{INSIDE, PLACES, Weights};
use super::graphemes::GRAPHEMES;
use super::keys::{NameKey, SOUNDS, first_sound};
use super::weights::weights;

/// What graphemes of each sound say at most, in hundredths: the likelier, the more.
struct Sounds {
    /// Facing one of another sound.
    pair: [[i16; SOUNDS.len()]; SOUNDS.len()],
    /// Facing none.
    alone: [i16; SOUNDS.len()],
    swapped: i16,
}

impl Sounds {
    fn new(weights: &Weights<i16>) -> Sounds {
        let mut sounds = Sounds {
            pair: [[i16::MIN; SOUNDS.len()]; SOUNDS.len()],
            alone: [i16::MIN; SOUNDS.len()],
            swapped: weights.swapped,
        };
        for one in 0..GRAPHEMES {
            let Some(a) = first_sound(one) else { continue };
            for place in 0..PLACES {
                sounds.alone[a] = sounds.alone[a].max(weights.single[one][place]);
            }
            for other in 0..GRAPHEMES {
                let Some(b) = first_sound(other) else { continue };
                sounds.pair[a][b] = sounds.pair[a][b].max(weights.pair[INSIDE][one][other]);
            }
        }
        sounds
    }
}

/// What one sound too many, too few, wrong, or changed with its neighbour says at most about two
/// names, in hundredths of odds; `other` is a key as it is printed. Equal keys, and such as differ in
/// more, are not told from the least likely.
pub(super) fn odds_of_difference(own: NameKey, other: &str) -> i16 {
    static OF_SOUNDS: OnceLock<Sounds> = OnceLock::new();
    let of_sounds = OF_SOUNDS.get_or_init(|| Sounds::new(weights()));
    let (mut letters, count) = ([0; NameKey::MOST], own.count());
    letters.iter_mut().zip(own.letters()).for_each(|(place, letter)| *place = letter);
    let (own, other) = (&letters[..count], other.as_bytes());
    let before = own.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (own, other) = (&own[before..], &other[before..]);
    let behind = own.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let (own, other) = (&own[..own.len() - behind], &other[..other.len() - behind]);
    let sound = |letter: u8| SOUNDS.iter().position(|sound| *sound == letter);
    let odds = match (own, other) {
        ([one], []) | ([], [one]) => sound(*one).map(|one| of_sounds.alone[one]),
        ([one], [other]) => {
            sound(*one).zip(sound(*other)).map(|(one, other)| of_sounds.pair[one][other])
        }
        ([_, _], [_, _]) => Some(of_sounds.swapped),
        _ => None,
    };
    odds.unwrap_or(i16::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::name_keys;

    #[test]
    fn sounds_that_schemes_confuse_are_the_likelier() {
        let belousow = name_keys("Belousow")[0];
        assert_eq!(belousow.to_string(), "PLSF");
        // Another sound, one more, and one less.
        for (likelier, other) in [("PLTF", "PLMF"), ("PLSKF", "PLSMF"), ("PLS", "LSF")] {
            let [likelier_odds, odds] =
                [likelier, other].map(|key| odds_of_difference(belousow, key));
            assert!(likelier_odds > odds, "{likelier} {likelier_odds}, {other} {odds}");
        }
        for key in ["PLSF", "TLMF", ""] {
            assert_eq!(odds_of_difference(belousow, key), i16::MIN, "{key}");
        }
    }
}
