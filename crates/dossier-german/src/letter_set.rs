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

/// The letter or digit that a byte is, as a bit, or 0; `None` for bytes beyond ASCII.
#[inline]
pub(crate) fn of_byte(byte: u8) -> Option<u32> {
    SETS.get(byte as usize).copied()
}

/// The letter that two bytes are, if it is a German one beyond a to z.
#[inline]
pub(crate) fn of_bytes(first: u8, second: u8) -> Option<u32> {
    let letter = match (first, second) {
        (0xC3, 0xA4 | 0x84) => b'a',
        (0xC3, 0xB6 | 0x96) => b'o',
        (0xC3, 0xBC | 0x9C) => b'u',
        (0xC3, 0x9F) => b's',
        _ => return None,
    };
    of_byte(letter)
}

impl LetterSet {
    /// The letters of a word as it stands in a text. A word with letters beyond German ones has all.
    /// Takes about a nanosecond a byte.
    pub fn of(word: &str) -> LetterSet {
        let mut letters = 0;
        let mut bytes = word.bytes();
        while let Some(byte) = bytes.next() {
            let letter = of_byte(byte).or_else(|| of_bytes(byte, bytes.next()?));
            let Some(letter) = letter else { return LetterSet(!0) };
            letters |= letter;
        }
        LetterSet(letters)
    }

    /// From the bits of single letters.
    pub(crate) fn of_bits(letters: u32) -> LetterSet {
        LetterSet(letters)
    }

    /// The letters of a folded word, or of a piece of one.
    pub fn of_folded(folded: &str) -> LetterSet {
        let set = |byte| of_byte(byte).unwrap_or(OTHER);
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

    /// Says whether the word may fold to what has any of these letters, or to something that holds it:
    /// several are told at once.
    pub fn may_fold_to_any(self, folded: &[LetterSet]) -> bool {
        // Without branches, which of them it is being of no interest.
        let holds_any = |letters: u32| {
            folded.iter().fold(false, |any, folded| any | (folded.0 & !letters == 0))
        };
        // Most words lack letters that nothing brings in; the rules are asked last.
        holds_any(self.0) || (holds_any(self.0 | brings_in()) && may_bring_in(self.0))
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
            let apart = LetterSet::of_folded("qxyz0");
            assert!(letters.may_fold_to_any(&[apart, piece]), "{word} {}", &folded[start..]);
            assert_eq!(letters.may_fold_to_any(&[apart]), letters.may_fold_to(apart), "{word}");
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
