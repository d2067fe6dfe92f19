//! Sound keys: the consonants of a name, as coarse as the schemes of transcription disagree.

use super::graphemes::{Grapheme, TABLE, is_vowel};

/// Keys of one spelling at most; the alternatives of a long word would multiply.
pub(crate) const MOST_KEYS: usize = 8;

/// The key of a name without a consonant that is surely heard: Aya, Yu, Hui.
const NO_CONSONANT: &str = "A";

/// The keys of a spelling: one for each way to hear its consonants, none twice, best first.
pub(crate) fn keys(graphemes: &[Grapheme]) -> Vec<Box<str>> {
    let mut keys: Vec<String> = vec![String::new()];
    let mut behind_vowel = true;
    for grapheme in graphemes {
        let sounds = TABLE[*grapheme as usize].sounds;
        // Where there are too many ways already, the likeliest of each grapheme goes on.
        let kept = if keys.len() * sounds.len() > MOST_KEYS { &sounds[..1] } else { sounds };
        let mut longer = Vec::with_capacity(keys.len() * kept.len());
        for sound in kept {
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
