//! Sound keys: the consonants of a name, as coarse as the schemes of transcription disagree.

use super::graphemes::{Grapheme, Row, TABLE, is_vowel};

/// Keys of one spelling at most; the alternatives of a long word would multiply.
pub(crate) const MOST_KEYS: usize = 8;
/// The same for a typed name: each costs a look-up.
pub(crate) const MOST_KEYS_TYPED: usize = 16;

/// The key of a name without a consonant that is surely heard: Aya, Yu, Hui.
const NO_CONSONANT: &str = "A";

/// Which keys a spelling is to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Those under which it is kept.
    Kept,
    /// Those and more, with which it is looked for.
    #[allow(dead_code)] // Not by the tool that learns the weights.
    Typed,
}

/// The keys of a spelling: one for each way to hear its consonants, none twice, best first.
pub(crate) fn keys(graphemes: &[Grapheme], side: Side) -> Vec<Box<str>> {
    let most = if side == Side::Kept { MOST_KEYS } else { MOST_KEYS_TYPED };
    let mut keys: Vec<String> = vec![String::new()];
    let mut behind_vowel = true;
    for grapheme in graphemes {
        let Row { sounds, rare, .. } = TABLE[*grapheme as usize];
        let rare = if side == Side::Kept { &[] } else { rare };
        // Where there are too many ways already, the likeliest of each grapheme goes on.
        let count = sounds.len() + rare.len();
        let kept = if keys.len() * count > most { 1 } else { count };
        let mut longer = Vec::with_capacity(keys.len() * kept);
        for sound in sounds.iter().chain(rare).take(kept) {
            for key in &keys {
                longer.push(with_sound(key, sound, behind_vowel));
            }
        }
        keys = longer;
        behind_vowel = is_vowel(*grapheme);
    }
    let mut unique: Vec<Box<str>> = Vec::with_capacity(keys.len());
    for key in keys {
        let key = if key.is_empty() { NO_CONSONANT.into() } else { key.into_boxed_str() };
        if !unique.contains(&key) {
            unique.push(key);
        }
    }
    unique
}

/// A consonant written twice is one: Lukatschenko, Luckatschenko.
fn with_sound(key: &str, sound: &str, behind_vowel: bool) -> String {
    let mut longer = String::with_capacity(key.len() + sound.len() + 4);
    longer.push_str(key);
    match (key.chars().last(), sound.chars().next()) {
        (Some(last), Some(first)) if last == first && !behind_vowel => longer.push_str(&sound[1..]),
        _ => longer.push_str(sound),
    }
    longer
}
