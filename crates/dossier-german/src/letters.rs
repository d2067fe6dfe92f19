//! A word as the lexicon reads it: plain lower-case letters, each with its place in the word.

use std::borrow::Cow;

use unicode_normalization::char::decompose_canonical;

use crate::fold::is_invisible;

/// The letters of a word: lower case, umlauts composed, `ß` as `ss`, no other diacritics, no
/// hyphens or soft hyphens. Digraphs stay as written (`ae`); see [`canonical`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Letters {
    /// The letters as text.
    pub(crate) text: String,
    /// For each byte of `text`, and for its end, the byte in the word it comes from; empty where
    /// each comes from the one at its place.
    origin: Vec<usize>,
    /// Whether the word starts with a capital.
    pub(crate) capital: bool,
}

impl Letters {
    /// Reads a word as it stands in the text.
    pub(crate) fn new(word: &str) -> Self {
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        if word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return Letters { text: word.to_ascii_lowercase(), origin: Vec::new(), capital };
        }
        let mut letters = Letters {
            text: String::with_capacity(word.len()),
            origin: Vec::with_capacity(word.len() + 1),
            capital,
        };
        for (at, c) in word.char_indices() {
            if c.is_ascii() {
                letters.push(c.to_ascii_lowercase(), at);
            } else {
                c.to_lowercase().for_each(|c| letters.push_beyond_ascii(c, at));
            }
        }
        letters.origin.push(word.len());
        letters
    }

    /// Says where in the word the letters from byte `at` on come from.
    pub(crate) fn origin(&self, at: usize) -> usize {
        if self.origin.is_empty() { at } else { self.origin[at] }
    }

    fn push_beyond_ascii(&mut self, c: char, at: usize) {
        match c {
            'ä' | 'ö' | 'ü' => self.push(c, at),
            'ß' => {
                self.push('s', at);
                self.push('s', at);
            }
            // The second half of a decomposed umlaut belongs to the letter before it.
            '\u{308}' => {
                let umlaut = match self.text.as_bytes().last() {
                    Some(b'a') => 'ä',
                    Some(b'o') => 'ö',
                    Some(b'u') => 'ü',
                    _ => return,
                };
                self.text.pop();
                let at = self.origin.pop().unwrap_or(at);
                self.push(umlaut, at);
            }
            _ => {
                // The base letter of é, ç or ł; marks on their own are dropped.
                let mut base = None;
                decompose_canonical(c, |part| base = base.or(Some(part)));
                match base.unwrap_or(c) {
                    'ł' => self.push('l', at),
                    'ø' => self.push('o', at),
                    'đ' => self.push('d', at),
                    base => self.push(base, at),
                }
            }
        }
    }

    fn push(&mut self, c: char, at: usize) {
        let dropped = matches!(c, '-' | '‐' | '‑' | '\'' | '’' | ':' | '*' | '_')
            || c.is_whitespace()
            || is_invisible(c)
            || matches!(c, '\u{300}'..='\u{36f}');
        if !dropped {
            self.text.push(c);
            self.origin.resize(self.text.len(), at);
        }
    }
}

/// The letters of a word, where it does not matter where they come from.
pub(crate) fn plain_letters(word: &str) -> Cow<'_, str> {
    match word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        true => word.into(),
        false => Letters::new(word).text.into(),
    }
}

/// Says whether an `e` after `before` writes an umlaut: `ue` does not after a vowel or `q`.
pub(crate) fn is_digraph(before: &[u8]) -> bool {
    match before {
        [.., b'a' | b'o'] => true,
        // The continuation bytes of ä, ö and ü stand for those vowels.
        [.., b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'q' | 0xa4 | 0xb6 | 0xbc, b'u'] => false,
        [.., b'u'] => true,
        _ => false,
    }
}

/// As `strip_suffix` of [`str`] for a few letters, of which the last tells most often that they are
/// none.
pub(crate) fn strip_ending<'w>(word: &'w str, ending: &str) -> Option<&'w str> {
    match (word.as_bytes().last(), ending.as_bytes().last()) {
        (_, None) => Some(word),
        (one, other) if one == other => word.strip_suffix(ending),
        _ => None,
    }
}

/// As `starts_with` of [`str`] for a few letters.
pub(crate) fn begins_with(word: &str, beginning: &str) -> bool {
    word.as_bytes().first() == beginning.as_bytes().first() && word.starts_with(beginning)
}

/// Writes digraphs as umlauts, the spelling of the lexicon's keys: `haeuser` becomes `häuser`.
///
/// The same mapping is `key` in the tool that builds the lexicon: both change together.
pub(crate) fn canonical(letters: &str) -> String {
    let mut key = String::with_capacity(letters.len());
    for c in letters.chars() {
        if c == 'e' && is_digraph(key.as_bytes()) {
            let umlaut = match key.pop() {
                Some('a') => 'ä',
                Some('o') => 'ö',
                _ => 'ü',
            };
            key.push(umlaut);
        } else {
            key.push(c);
        }
    }
    key
}

/// ärzt becomes arzt.
pub(crate) fn without_last_umlaut(letters: &str) -> String {
    replace_last(letters, &[('ä', 'a'), ('ö', 'o'), ('ü', 'u')])
}

/// arzt becomes ärzt.
pub(crate) fn with_last_umlaut(letters: &str) -> String {
    replace_last(letters, &[('a', 'ä'), ('o', 'ö'), ('u', 'ü')])
}

/// Replaces the last letter of `letters` that has a replacement.
fn replace_last(letters: &str, replacements: &[(char, char)]) -> String {
    let last = letters.char_indices().rev().find_map(|(at, c)| {
        let (_, new) = replacements.iter().find(|(old, _)| *old == c)?;
        Some((at, c, *new))
    });
    match last {
        Some((at, old, new)) => {
            format!("{}{new}{}", &letters[..at], &letters[at + old.len_utf8()..])
        }
        None => letters.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_know_where_they_come_from() {
        for (word, text, at, origin) in [
            ("Straßen", "strassen", 6, 6),
            ("Ga\u{308}ste", "gäste", 3, 4),
            ("Straf\u{ad}recht", "strafrecht", 5, 7),
            ("Jong-un", "jongun", 4, 5),
            ("Chicorée", "chicoree", 8, 9),
        ] {
            let letters = Letters::new(word);
            assert_eq!((letters.text.as_str(), letters.origin(at)), (text, origin), "{word}");
        }
    }

    #[test]
    fn digraphs_become_umlauts() {
        for (letters, key) in [
            ("haeuser", "häuser"),
            ("mauer", "mauer"),
            ("quelle", "quelle"),
            ("treue", "treue"),
            ("uebung", "übung"),
            ("aktuell", "aktüll"),
        ] {
            assert_eq!(canonical(letters), key);
        }
    }
}
