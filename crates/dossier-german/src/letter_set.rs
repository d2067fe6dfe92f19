//! Which letters a word has: the quickest way to see that it cannot fold to another.

use crate::orthography::{brings_in, may_bring_in};

/// The letters a to z of a word, as bits, case and umlauts aside; whether it has digits, and whether
/// it has letters beyond those.
///
/// Whoever looks for a few folded words in a text need not fold all of its words: most lack a letter.
/// The law is that a word has the letters of what it folds to, and so of every piece of that:
/// `LetterSet::of(word).may_fold_to(LetterSet::of_folded(piece))` for any piece of `fold(word)`.
///
/// ```
/// use dossier_german::LetterSet;
///
/// let minister = LetterSet::of_folded("minister");
/// assert!(LetterSet::of("Ministers").may_fold_to(minister));
/// assert!(LetterSet::of("MÍNISTER").may_fold_to(minister));
/// assert!(!LetterSet::of("Regierung").may_fold_to(minister));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LetterSet(u32);

/// A digit.
const DIGIT: u32 = 1 << 26;

/// A letter beyond a to z.
const OTHER: u32 = 1 << 27;

/// What each ASCII byte stands for.
const SETS: [u32; 128] = {
    let mut sets = [0; 128];
    let mut letter = 0;
    while letter < 26 {
        sets[b'a' as usize + letter] = 1 << letter;
        sets[b'A' as usize + letter] = 1 << letter;
        letter += 1;
    }
    let mut digit = b'0';
    while digit <= b'9' {
        sets[digit as usize] = DIGIT;
        digit += 1;
    }
    sets
};

impl LetterSet {
    /// The letters of a word as it stands in a text. A word with letters beyond German ones has all.
    /// Takes about a nanosecond a byte.
    pub fn of(word: &str) -> LetterSet {
        let mut letters = 0;
        let mut bytes = word.bytes();
        while let Some(byte) = bytes.next() {
            letters |= match byte {
                0..=127 => SETS[byte as usize],
                // The first half of most German letters beyond a to z.
                0xC3 => match bytes.next() {
                    Some(0xA4 | 0x84) => SETS[b'a' as usize],
                    Some(0xB6 | 0x96) => SETS[b'o' as usize],
                    Some(0xBC | 0x9C) => SETS[b'u' as usize],
                    Some(0x9F) => SETS[b's' as usize],
                    _ => return LetterSet(!0),
                },
                _ => return LetterSet(!0),
            };
        }
        LetterSet(letters)
    }

    /// The letters of a folded word, or of a piece of one.
    pub fn of_folded(folded: &str) -> LetterSet {
        let set = |byte: u8| SETS.get(byte as usize).copied().unwrap_or(OTHER);
        LetterSet(folded.bytes().fold(0, |letters, byte| letters | set(byte)))
    }

    /// Says whether it has all the letters of another.
    pub fn holds(self, other: LetterSet) -> bool {
        other.0 & !self.0 == 0
    }

    /// Says whether the word may fold to what has these letters, or to something that holds it.
    pub fn may_fold_to(self, folded: LetterSet) -> bool {
        let lacking = folded.0 & !self.0;
        lacking == 0 || (lacking & !brings_in() == 0 && may_bring_in(self.0))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fold;

    #[track_caller]
    fn check(word: &str) {
        let folded = fold(word);
        let letters = LetterSet::of(word);
        for (start, _) in folded.char_indices() {
            let piece = LetterSet::of_folded(&folded[start..]);
            assert!(letters.may_fold_to(piece), "{word} {}", &folded[start..]);
        }
    }

    #[test]
    fn words_may_fold_to_what_they_fold_to() {
        for word in [
            "Photographie",
            "Äpfel",
            "GROẞ",
            "Yacht",
            "Gemse",
            "Circa",
            "Chicorée",
            "Bibliothek",
            "２０２４",
            "Straße",
            "ketchup",
            "Pǔtīn",
            "Москва",
            "½",
            "ﬃ",
            "plaziert",
        ] {
            check(word);
        }
    }

    #[test]
    fn what_lacks_a_letter_is_ruled_out() {
        for (word, folded) in [("Haus", "boot"), ("2023", "abc"), ("abc", "2"), ("Haus", "дом")]
        {
            assert!(!LetterSet::of(word).may_fold_to(LetterSet::of_folded(folded)), "{word}");
        }
    }

    proptest! {
        #[test]
        fn any_word_may_fold_to_what_it_folds_to(word in "\\PC{0,12}") {
            check(&word);
        }

        #[test]
        fn so_may_words_of_the_letters_of_the_rules(word in "[acefghijklmnopqrstuyzäöüß]{0,14}") {
            check(&word);
        }
    }
}
