//! The same words and forms as a tokenizer for indexes of the `tantivy` crate.
//!
//! Depends on tantivy's small tokenizer interface only, so that it serves every version of tantivy
//! that shares it.

use std::cell::RefCell;
use std::ops::Range;

use tantivy_tokenizer_api::{Token, TokenStream, Tokenizer};

use crate::{Forms, WordCache, Words, forms, words};

/// Words kept per thread with their forms. Running text repeats itself: few of its words are new.
const CACHED_WORDS: usize = 100_000;

/// Longer terms (in bytes) are left out: tantivy drops them.
const LONGEST_TERM: usize = 65_530;

/// Emits the stem of each word, and on demand the stems of the parts of compounds.
///
/// All tokens of one word have the position of the word; offsets are bytes of the text, for a part
/// those of the part, so that a highlighter marks Militär**delegation**. Queries go through the
/// tokenizer too: leave the parts out there, or a query for a compound finds whatever shares one
/// of its parts.
///
/// ```
/// use dossier_german::GermanTokenizer;
/// use tantivy_tokenizer_api::{TokenStream, Tokenizer};
///
/// let mut tokenizer = GermanTokenizer::stems();
/// let mut tokens = tokenizer.token_stream("Die Häuser");
/// assert_eq!(tokens.next().map(|token| token.text.clone()).as_deref(), Some("die"));
/// assert_eq!(tokens.next().map(|token| token.text.clone()).as_deref(), Some("haus"));
/// ```
#[derive(Clone, Debug)]
pub struct GermanTokenizer {
    parts: bool,
}

impl GermanTokenizer {
    /// Emits one token a word, its stem: for queries, and for fields without parts.
    pub fn stems() -> Self {
        GermanTokenizer { parts: false }
    }

    /// Emits the stem of each word and, at the same position, the stems of its parts: for
    /// indexing.
    pub fn stems_and_parts() -> Self {
        GermanTokenizer { parts: true }
    }
}

thread_local! {
    static CACHE: RefCell<WordCache> = RefCell::new(WordCache::new(CACHED_WORDS));
}

impl Tokenizer for GermanTokenizer {
    type TokenStream<'a> = GermanTokenStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> GermanTokenStream<'a> {
        GermanTokenStream {
            words: words(text),
            parts: self.parts,
            waiting: Vec::new(),
            token: Token::default(),
        }
    }
}

/// The tokens of one text; see [`GermanTokenizer`].
#[derive(Debug)]
pub struct GermanTokenStream<'a> {
    words: Words<'a>,
    parts: bool,
    /// Parts of the current word, the last first.
    waiting: Vec<(Box<str>, Range<usize>)>,
    token: Token,
}

impl GermanTokenStream<'_> {
    fn set_token(&mut self, text: &str, range: Range<usize>) {
        self.token.text.clear();
        self.token.text.push_str(text);
        self.token.offset_from = range.start;
        self.token.offset_to = range.end;
    }
}

impl TokenStream for GermanTokenStream<'_> {
    fn advance(&mut self) -> bool {
        if let Some((stem, range)) = self.waiting.pop() {
            self.set_token(&stem, range);
            return true;
        }
        while let Some(word) = self.words.next() {
            let parts = self.parts;
            let found = CACHE.with_borrow_mut(|cache| {
                let Forms { stem, parts: all, .. } = cache.get_or_insert_with(&word.text, forms);
                if stem.len() > LONGEST_TERM {
                    return false;
                }
                if parts {
                    // A completed word stands nowhere as such: its parts have its whole range.
                    let written = word.text.len() == word.range.len();
                    self.waiting.extend(all.iter().rev().map(|part| {
                        let Range { start, end } = part.range;
                        let at = word.range.start;
                        let range = if written { at + start..at + end } else { word.range.clone() };
                        (part.stem.clone(), range)
                    }));
                }
                self.token.text.clear();
                self.token.text.push_str(stem);
                true
            });
            if found {
                self.token.offset_from = word.range.start;
                self.token.offset_to = word.range.end;
                // Fits: positions are counted in u32.
                self.token.position = word.position as usize;
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(all(test, feature = "lexicon"))]
mod tests {
    use super::*;

    /// Stem, position, and what the offsets show, of each token.
    fn tokens(mut tokenizer: GermanTokenizer, text: &str) -> Vec<(String, usize, &str)> {
        let mut stream = tokenizer.token_stream(text);
        let mut found = Vec::new();
        stream.process(&mut |token| {
            let shown = &text[token.offset_from..token.offset_to];
            found.push((token.text.clone(), token.position, shown));
        });
        found
    }

    #[test]
    fn parts_stand_at_the_position_of_their_word() {
        let found = tokens(GermanTokenizer::stems_and_parts(), "Die Militärdelegationen gingen.");
        let expected = [
            ("die", 0, "Die"),
            ("militardelegation", 1, "Militärdelegationen"),
            ("militar", 1, "Militär"),
            ("delegation", 1, "delegationen"),
            ("geh", 2, "gingen"),
        ];
        assert_eq!(found, expected.map(|(stem, at, shown)| (stem.to_owned(), at, shown)));
    }

    #[test]
    fn queries_ask_for_the_whole_word() {
        let found = tokens(GermanTokenizer::stems(), "Militärdelegation");
        assert_eq!(found, [("militardelegation".to_owned(), 0, "Militärdelegation")]);
    }

    #[test]
    fn offsets_are_bytes_of_the_text_for_every_kind_of_word() {
        let text = "Häuser, Verteidigungs-\nminister; Militär- und Energieinfrastruktur, Jong-un’s";
        let mut last = 0;
        for (stem, position, shown) in tokens(GermanTokenizer::stems_and_parts(), text) {
            assert!(!stem.is_empty() && !shown.is_empty());
            assert!(position >= last, "{stem} goes back to {position}");
            last = position;
        }
    }
}
