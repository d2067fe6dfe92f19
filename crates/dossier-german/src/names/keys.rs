//! Sound keys: the consonants of a name, as coarse as the schemes of transcription disagree.

use std::fmt::{self, Write as _};

use super::graphemes::{Grapheme, TABLE, is_vowel};

/// Keys of one spelling at most; the alternatives of a long word would multiply.
pub(crate) const MOST_KEYS: usize = 8;
/// The same for a typed name: each costs a look-up.
pub(crate) const MOST_KEYS_TYPED: usize = 16;

/// How a name sounds: its consonants, as one letter for each that schemes of transcription do not
/// tell apart. Printed as letters from A to Z: `PLSF` for Belousow. At most 32 sounds; what follows
/// them is left out.
///
/// Four bits for each sound, so that keys are made and compared without touching memory.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct NameKey(u128);

/// The letters of the sounds; a sound is its place here, plus one. The last is that of a name
/// without a consonant that is surely heard: Aya, Yu, Hui.
pub(crate) const SOUNDS: &[u8] = b"PFTKSMNLRA";
const NO_CONSONANT: u8 = 10;

impl NameKey {
    /// Sounds at most.
    pub const MOST: usize = 32;

    /// The number of sounds.
    pub fn count(self) -> usize {
        (u128::BITS - self.0.leading_zeros()).div_ceil(4) as usize
    }

    pub(crate) fn letters(self) -> impl Iterator<Item = u8> {
        let sound = move |at: usize| (self.0 >> (4 * at) & 15) as usize;
        (0..self.count()).rev().filter_map(move |at| SOUNDS.get(sound(at) - 1).copied())
    }

    /// A consonant written twice is one: Lukatschenko, Luckatschenko.
    fn push(&mut self, sounds: Sounds, behind_vowel: bool) {
        let first = if sounds > 15 { sounds >> 4 } else { sounds };
        let doubled = !behind_vowel && first != 0 && (self.0 & 15) as u8 == first;
        if !doubled {
            self.push_sound(first);
        }
        if sounds > 15 {
            self.push_sound(sounds & 15);
        }
    }

    fn push_sound(&mut self, sound: u8) {
        if sound != 0 && self.count() < NameKey::MOST {
            self.0 = self.0 << 4 | u128::from(sound);
        }
    }
}

impl fmt::Display for NameKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.letters().try_for_each(|letter| f.write_char(char::from(letter)))
    }
}

impl fmt::Debug for NameKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// None, one or two sounds, four bits each.
type Sounds = u8;

/// What a grapheme may stand for: the row of the table as sounds.
#[derive(Clone, Copy)]
struct Heard {
    ways: [Sounds; MOST_WAYS],
    usual: u8,
    all: u8,
}

/// Ways to hear one grapheme at most.
const MOST_WAYS: usize = 4;

const HEARD: [Heard; TABLE.len()] = {
    let mut heard = [Heard { ways: [0; MOST_WAYS], usual: 0, all: 0 }; TABLE.len()];
    let mut row = 0;
    while row < TABLE.len() {
        let (usual, rare) = (TABLE[row].sounds, TABLE[row].rare);
        let mut way = 0;
        while way < usual.len() + rare.len() {
            let text = if way < usual.len() { usual[way] } else { rare[way - usual.len()] };
            heard[row].ways[way] = sounds(text.as_bytes());
            way += 1;
        }
        heard[row].usual = usual.len() as u8;
        heard[row].all = way as u8;
        row += 1;
    }
    heard
};

const fn sounds(text: &[u8]) -> Sounds {
    let mut sounds = 0;
    let mut at = 0;
    while at < text.len() {
        let mut sound = 0;
        while SOUNDS[sound] != text[at] {
            sound += 1;
        }
        sounds = sounds << 4 | (sound as u8 + 1);
        at += 1;
    }
    sounds
}

/// The sound that a grapheme mostly writes, by its place among the sounds.
#[allow(dead_code)] // Not for the tool that learns the weights.
pub(crate) fn first_sound(row: usize) -> Option<usize> {
    // Of two sounds the first.
    let sounds = HEARD[row].ways[0];
    let first = if sounds > 15 { sounds >> 4 } else { sounds };
    usize::from(first).checked_sub(1)
}

/// Which keys a spelling is to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Those under which it is kept.
    Kept,
    /// Those and more, with which it is looked for.
    #[allow(dead_code)] // Not by the tool that learns the weights.
    Typed,
}

/// Adds the keys of a spelling: one for each way to hear its consonants, none twice, best first.
pub(crate) fn add_keys(graphemes: &[Grapheme], side: Side, found: &mut Vec<NameKey>) {
    let most = if side == Side::Kept { MOST_KEYS } else { MOST_KEYS_TYPED };
    let mut keys = [NameKey(0); MOST_KEYS_TYPED];
    // How many graphemes are heard in another way than the likeliest, and how unusual that is.
    let mut unusual = [0; MOST_KEYS_TYPED];
    let mut count = 1;
    let mut behind_vowel = true;
    for grapheme in graphemes {
        let Heard { ways, usual, all } = HEARD[*grapheme as usize];
        let ways = &ways[..usize::from(if side == Side::Kept { usual } else { all })];
        // Where there are too many ways already, the likeliest of each grapheme goes on.
        let kept = if count * ways.len() > most { 1 } else { ways.len() };
        for (way, sounds) in ways[..kept].iter().enumerate().rev() {
            for key in 0..count {
                let mut longer = keys[key];
                longer.push(*sounds, behind_vowel);
                keys[way * count + key] = longer;
                unusual[way * count + key] = unusual[key] + way;
            }
        }
        count *= kept;
        behind_vowel = is_vowel(*grapheme);
    }
    let mut order: [usize; MOST_KEYS_TYPED] = std::array::from_fn(|key| key);
    order[..count].sort_by_key(|key| unusual[*key]);
    for key in &order[..count] {
        let key = &mut keys[*key];
        if key.0 == 0 {
            key.push_sound(NO_CONSONANT);
        }
        if !found.contains(key) {
            found.push(*key);
        }
    }
}
