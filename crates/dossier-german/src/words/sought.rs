//! Words of a text that may be among some that are sought: most words are none of them, and are told
//! so by the letters they are read from, in one go.

use super::{Word, WordKind, Words};
use crate::letter_set::{self, LetterSet};

impl<'t> Words<'t> {
    /// The next word that may fold to what has any of these letters, or to something that holds it:
    /// the same as asking each with [`LetterSet::may_fold_to_any`], but of plain words nothing else is
    /// looked at.
    ///
    /// ```
    /// use dossier_german::{LetterSet, words};
    ///
    /// let sought = [LetterSet::of_folded("minister")];
    /// let mut words = words("Gestern sprachen die Minister lange.");
    /// let found = words.next_of_letters(&sought).map(|word| (word.text, word.position));
    /// assert_eq!(found, Some(("Minister".into(), 3)));
    /// assert_eq!(words.next_of_letters(&sought), None);
    /// ```
    pub fn next_of_letters(&mut self, sought: &[LetterSet]) -> Option<Word<'t>> {
        loop {
            let within_hyphenated = self.at < self.hyphenated_end || self.completed.is_some();
            let plain = plain_word(self.text.as_bytes(), self.at).filter(|_| !within_hyphenated);
            let Some(PlainWord { start, end, letters }) = plain else {
                let word = self.next()?;
                if LetterSet::of(&word.text).may_fold_to_any(sought) {
                    return Some(word);
                }
                continue;
            };
            self.at = end;
            if letters.may_fold_to_any(sought) {
                return Some(self.counted(start..end, WordKind::Simple));
            }
            self.position = self.position.saturating_add(1);
        }
    }
}

/// A word of German letters and digits alone, as most are.
struct PlainWord {
    start: usize,
    end: usize,
    letters: LetterSet,
}

/// The next word, if it is a plain one beyond doubt: where anything else stands before it, within
/// it or right behind it, it takes a closer look.
fn plain_word(text: &[u8], from: usize) -> Option<PlainWord> {
    let mut start = from;
    loop {
        match letter_set::of_byte(*text.get(start)?) {
            Some(0) => start += 1,
            Some(_) => break,
            None => match separator(&text[start..]) {
                Some(length) => start += length,
                None => break,
            },
        }
    }
    let mut letters = 0;
    let mut end = start;
    while let Some(&byte) = text.get(end) {
        match letter_set::of_byte(byte) {
            Some(0) if joins(byte, &text[end + 1..]) => return None,
            Some(0) => break,
            Some(letter) => {
                letters |= letter;
                end += 1;
            }
            None => match letter_set::of_bytes(byte, *text.get(end + 1)?) {
                Some(letter) => {
                    letters |= letter;
                    end += 2;
                }
                None if separator(&text[end..]).is_some() => break,
                None => return None,
            },
        }
    }
    Some(PlainWord { start, end, letters: LetterSet::of_bits(letters) })
}

/// Whether a mark behind a word may join it to what follows.
fn joins(mark: u8, rest: &[u8]) -> bool {
    match mark {
        // The word may go on in the next line.
        b'-' => true,
        b'\'' | b',' | b'.' | b'_' | b':' | b'*' => {
            let separates = |&next: &u8| letter_set::of_byte(next) == Some(0);
            !(rest.first().is_none_or(separates) || separator(rest).is_some())
        }
        _ => false,
    }
}

/// Bytes of the quotation mark, dash, section sign or fixed blank that a text begins with: the most
/// frequent of those beyond ASCII that join nothing.
fn separator(text: &[u8]) -> Option<usize> {
    match text {
        // A fixed blank, §, « and ».
        [0xC2, 0xA0 | 0xA7 | 0xAB | 0xBB, ..] => Some(2),
        // – — ‘ ‚ “ ” „ • … ‹ ›
        [0xE2, 0x80, 0x93 | 0x94 | 0x98 | 0x9A | 0x9C..=0x9E | 0xA2 | 0xA6 | 0xB9 | 0xBA, ..] => {
            Some(3)
        }
        _ => None,
    }
}
