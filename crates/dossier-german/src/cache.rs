//! Remembers what was made of a word: in running text, three words of a hundred are new.

use rustc_hash::FxHashMap;

/// Words longer than this many bytes are made anew each time: they hardly repeat, and a text of
/// such words would fill the memory while staying below the bound on the number of words.
const LONGEST_WORD_KEPT: usize = 200;

/// A bounded map from a word to whatever is made of it, for one thread.
///
/// A hit allocates nothing. When the cache is full it starts over: the words of running text come
/// back within a few sentences, which is cheaper than keeping an order of use.
///
/// ```
/// use dossier_german::{WordCache, forms};
///
/// let mut cache = WordCache::new(10_000);
/// let first = cache.get_or_insert_with("Gäste", forms).folded.clone();
/// let again = cache.get_or_insert_with("Gäste", |_| unreachable!()).folded.clone();
/// assert_eq!(first, again);
/// ```
#[derive(Debug)]
pub struct WordCache<V = crate::Forms> {
    words_at_most: usize,
    places: FxHashMap<Box<str>, u32>,
    values: Vec<V>,
    /// The last value that was made without being kept.
    unkept: Option<V>,
}

impl<V> WordCache<V> {
    /// Makes an empty cache of at most `words_at_most` words (at least one).
    pub fn new(words_at_most: usize) -> Self {
        let words_at_most = words_at_most.clamp(1, u32::MAX as usize);
        WordCache { words_at_most, places: FxHashMap::default(), values: Vec::new(), unkept: None }
    }

    /// Gives what was made of `word`, making it first if the word is new.
    pub fn get_or_insert_with(&mut self, word: &str, make: impl FnOnce(&str) -> V) -> &mut V {
        if word.len() > LONGEST_WORD_KEPT {
            return self.unkept.insert(make(word));
        }
        let place = match self.places.get(word) {
            Some(place) => *place as usize,
            None => {
                if self.values.len() >= self.words_at_most {
                    self.places.clear();
                    self.values.clear();
                }
                let value = make(word);
                // Fits: `words_at_most` is at most u32::MAX.
                self.places.insert(word.into(), self.values.len() as u32);
                self.values.push(value);
                self.values.len() - 1
            }
        };
        &mut self.values[place]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_made_once_until_the_cache_is_full() {
        let mut made = 0;
        let mut cache = WordCache::new(2);
        for word in ["a", "b", "a", "c", "a"] {
            let length = *cache.get_or_insert_with(word, |word| {
                made += 1;
                word.len()
            });
            assert_eq!(length, 1);
        }
        assert_eq!(made, 4, "a and b, then c and a again after starting over");
    }

    #[test]
    fn a_very_long_word_is_not_kept() {
        let mut cache = WordCache::new(10);
        let long = "ä".repeat(LONGEST_WORD_KEPT);
        assert_eq!(*cache.get_or_insert_with(&long, str::len), long.len());
        assert!(cache.places.is_empty());
    }
}
