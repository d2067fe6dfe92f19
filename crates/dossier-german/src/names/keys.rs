//! Sound keys: the consonants of a name, as coarse as the schemes of transcription disagree.

use super::graphemes::{Grapheme, Row, TABLE, is_vowel};

/// Keys of one spelling at most; the alternatives of a long word would multiply.
pub(crate) const MOST_KEYS: usize = 8;
/// The same for a typed name: each costs a look-up.
pub(crate) const MOST_KEYS_TYPED: usize = 16;

/// Sounds of nearly all keys at most.
const LONGEST_USUALLY: usize = 12;

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
    let mut keys: Vec<String> = vec![String::with_capacity(LONGEST_USUALLY)];
    let mut behind_vowel = true;
    for grapheme in graphemes {
        let Row { sounds, rare, .. } = TABLE[*grapheme as usize];
        let rare = if side == Side::Kept { &[] } else { rare };
        // Where there are too many ways already, the likeliest of each grapheme goes on.
        let count = sounds.len() + rare.len();
        let kept = if keys.len() * count > most { 1 } else { count };
        let mut others = Vec::new();
        for sound in sounds.iter().chain(rare).take(kept).skip(1) {
            for key in &keys {
                let mut longer = String::with_capacity(LONGEST_USUALLY);
                longer.push_str(key);
                push_sound(&mut longer, sound, behind_vowel);
                others.push(longer);
            }
        }
        if let Some(sound) = sounds.first() {
            for key in &mut keys {
                push_sound(key, sound, behind_vowel);
            }
        }
        keys.append(&mut others);
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
fn push_sound(key: &mut String, sound: &str, behind_vowel: bool) {
    let doubled = !behind_vowel && !key.is_empty() && sound.starts_with(|c| key.ends_with(c));
    key.push_str(&sound[usize::from(doubled)..]);
}
