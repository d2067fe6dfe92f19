//! A text as numbers, words and marks.

use std::ops::Range;

/// More are not looked at: a date has some ten of them.
const MOST_TOKENS: usize = 64;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// Whether no blank stands before it.
    pub(super) is_glued: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number of at most 9 digits, and how many they are.
    Number(u32, usize),
    /// Letters, in lower case, with umlauts as they are (`maerz` too).
    Word(String),
    /// Anything else; all kinds of dashes are `-`, all apostrophes are `'`.
    Mark(char),
}

impl Token {
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn number(&self) -> Option<(u32, usize)> {
        match self.kind {
            Kind::Number(value, digits) => Some((value, digits)),
            _ => None,
        }
    }

    pub(super) fn is(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    /// What may stand behind a date without saying anything.
    pub(super) fn is_filler(&self) -> bool {
        matches!(self.kind, Kind::Mark('.' | ',' | ';' | ':' | '|' | ')' | '-' | '·' | '•'))
    }
}

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while tokens.len() < MOST_TOKENS {
        let blanks = text[at..].len() - text[at..].trim_start().len();
        let start = at + blanks;
        let Some(first) = text[start..].chars().next() else { break };
        let (kind, length) = if first.is_ascii_digit() {
            let length = run(&text[start..], |char| char.is_ascii_digit());
            match text[start..start + length].parse() {
                Ok(value) if length <= 9 => (Kind::Number(value, length), length),
                _ => (Kind::Mark('#'), length),
            }
        } else if first.is_alphabetic() {
            let length = run(&text[start..], char::is_alphabetic);
            // No word of a date is longer.
            let word = if length <= 32 {
                text[start..start + length].to_lowercase()
            } else {
                String::new()
            };
            (Kind::Word(word), length)
        } else {
            let mark = match first {
                '–' | '—' | '‐' | '‑' | '−' => '-',
                '’' | '‘' | '´' | '`' => '\'',
                other => other,
            };
            (Kind::Mark(mark), first.len_utf8())
        };
        tokens.push(Token {
            kind,
            range: start..start + length,
            is_glued: blanks == 0 && start > 0,
        });
        at = start + length;
    }
    tokens
}

fn run(text: &str, of: impl Fn(char) -> bool) -> usize {
    text.find(|char| !of(char)).unwrap_or(text.len())
}
