//! Remembers what was made of a word: in running text, three words of a hundred are new.

use std::hash::Hasher;
use std::ops::{Index, IndexMut};

use prefetch_index::prefetch_index;
use rustc_hash::FxHasher;

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
    /// By hash; where one is taken, the next. A power of two, at most half of them taken.
    slots: Vec<Slot>,
    kept: Chunks<Kept<V>>,
    /// The last words looked for, by hash: most of a text are few words, whose slots lie wide apart.
    front: Vec<Slot>,
    /// The letters of words that are longer than their [`Ends`], one behind the other.
    letters: Vec<u8>,
    /// The last value that was made without being kept.
    unkept: Option<V>,
}

/// Refers to a word that is kept.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// The number of the word plus one; 0 for none.
    number: u32,
    hash: u32,
}

/// Begins with a line of the processor's cache: what is kept of short values lies in one.
#[derive(Debug)]
#[repr(align(64))]
struct Kept<V> {
    value: V,
    /// Beside the value: with the letters elsewhere, looking a word up would wait for memory once
    /// more.
    ends: Ends,
    /// Where a longer word is among the letters, in bytes.
    start: u32,
    length: u8,
}

/// What a word is looked for by in a [`WordCache`].
///
/// Who has several words to look for makes the keys of all of them first, and
/// [warms](WordCache::warm) the cache for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordKey {
    ends: Ends,
    hash: u32,
}

impl WordKey {
    /// The key of a word.
    pub fn of(word: &str) -> WordKey {
        let ends = Ends::of(word.as_bytes());
        WordKey { ends, hash: ends.hash(word.as_bytes()) }
    }

    /// A number that tells nothing of where in a cache the word is: for choosing among several.
    pub fn upper_bits(self) -> u8 {
        self.hash.to_be_bytes()[0]
    }
}

/// The first and last eight bytes of a word. With its length, all of one of up to sixteen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ends(u64, u64);

/// The bytes that [`Ends`] hold.
const ENDS_BYTES: usize = 16;

impl Ends {
    fn of(word: &[u8]) -> Ends {
        if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
            return Ends(u64::from_le_bytes(*first), u64::from_le_bytes(*last));
        }
        if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
            return Ends(u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into());
        }
        Ends(word.iter().fold(0, |bytes, byte| bytes << 8 | u64::from(*byte)), 0)
    }

    /// The hash of a word with these ends.
    fn hash(self, word: &[u8]) -> u32 {
        let mut hasher = FxHasher::default();
        hasher.write_usize(word.len());
        hasher.write_u64(self.0);
        hasher.write_u64(self.1);
        if word.len() > ENDS_BYTES {
            hasher.write(word);
        }
        let hash = hasher.finish();
        (hash ^ (hash >> 32)) as u32
    }
}

/// A list that grows without being moved: what is moved is read, written, and in memory twice.
#[derive(Debug)]
struct Chunks<T>(Vec<Vec<T>>);

/// Items in a chunk.
const CHUNK: usize = 1 << 12;

impl<T> Chunks<T> {
    fn len(&self) -> usize {
        self.0.last().map_or(0, |last| (self.0.len() - 1) * CHUNK + last.len())
    }

    fn push(&mut self, item: T) {
        if self.0.last().is_none_or(|last| last.len() == CHUNK) {
            // The first grows as it needs: most caches are small.
            let room = if self.0.is_empty() { 0 } else { CHUNK };
            self.0.push(Vec::with_capacity(room));
        }
        if let Some(last) = self.0.last_mut() {
            last.push(item);
        }
    }

    fn clear(&mut self) {
        self.0.clear();
    }
}

impl<T> Index<usize> for Chunks<T> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        &self.0[at / CHUNK][at % CHUNK]
    }
}

impl<T> IndexMut<usize> for Chunks<T> {
    fn index_mut(&mut self, at: usize) -> &mut T {
        &mut self.0[at / CHUNK][at % CHUNK]
    }
}

/// Slots of an empty cache.
const FIRST_SLOTS: usize = 1 << 10;

/// Slots of the words looked for last.
const FRONT_SLOTS: usize = 1 << 13;

/// So many words fit, whatever their length: places among the letters have 32 bits.
const MOST_WORDS: usize = u32::MAX as usize / LONGEST_WORD_KEPT;

impl<V> WordCache<V> {
    /// Makes an empty cache of at most `words_at_most` words (at least one, at most 20 million).
    pub fn new(words_at_most: usize) -> Self {
        WordCache {
            words_at_most: words_at_most.clamp(1, MOST_WORDS),
            slots: Vec::new(),
            kept: Chunks(Vec::new()),
            front: vec![Slot::default(); FRONT_SLOTS],
            letters: Vec::new(),
            unkept: None,
        }
    }

    /// Gives what was made of `word`, making it first if the word is new.
    pub fn get_or_insert_with(&mut self, word: &str, make: impl FnOnce(&str) -> V) -> &mut V {
        self.get_or_insert_by(WordKey::of(word), word, make)
    }

    /// The same with the key of `word`.
    pub fn get_or_insert_by(
        &mut self,
        WordKey { ends, hash }: WordKey,
        word: &str,
        make: impl FnOnce(&str) -> V,
    ) -> &mut V {
        if word.len() > LONGEST_WORD_KEPT {
            return self.unkept.insert(make(word));
        }
        let front = hash as usize % FRONT_SLOTS;
        let slot = self.front[front];
        if slot.hash == hash && self.is_of(slot, word, ends) {
            return &mut self.kept[slot.number as usize - 1].value;
        }
        let slot = match self.find(word, ends, hash) {
            Some(slot) => slot,
            None => self.insert(word, ends, hash, make(word)),
        };
        self.front[front] = slot;
        &mut self.kept[slot.number as usize - 1].value
    }

    /// All that was made of the words that are kept.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.kept.0.iter_mut().flatten().map(|kept| &mut kept.value)
    }

    /// Asks for the memory that tells where a word is kept; [`WordCache::warm`] comes next.
    ///
    /// Between this, that and the look-up others can be asked for, so that the processor does not
    /// wait for the memory of each.
    pub fn announce(&self, WordKey { hash, .. }: WordKey) {
        let last = self.slots.len().wrapping_sub(1);
        prefetch_index(&self.slots, hash as usize & last);
    }

    /// Asks for the memory in which a word is kept.
    pub fn warm(&self, WordKey { hash, .. }: WordKey) {
        let Some(last) = self.slots.len().checked_sub(1) else { return };
        let slot = self.front[hash as usize % FRONT_SLOTS];
        let slot = if slot.hash == hash { slot } else { self.slots[hash as usize & last] };
        if let Some(number) = (slot.number as usize).checked_sub(1) {
            prefetch_index(&self.kept.0[number / CHUNK], number % CHUNK);
        }
    }

    /// Whether a slot refers to a word.
    fn is_of(&self, slot: Slot, word: &str, ends: Ends) -> bool {
        let Some(number) = (slot.number as usize).checked_sub(1) else { return false };
        let kept = &self.kept[number];
        if kept.ends != ends || usize::from(kept.length) != word.len() {
            return false;
        }
        let start = kept.start as usize;
        word.len() <= ENDS_BYTES || self.letters[start..start + word.len()] == *word.as_bytes()
    }

    fn find(&self, word: &str, ends: Ends, hash: u32) -> Option<Slot> {
        let last = self.slots.len().checked_sub(1)?;
        let mut at = hash as usize & last;
        loop {
            let slot = self.slots[at];
            if slot.number == 0 {
                return None;
            }
            if slot.hash == hash && self.is_of(slot, word, ends) {
                return Some(slot);
            }
            at = (at + 1) & last;
        }
    }

    /// Keeps what was made of a word that is not kept yet.
    fn insert(&mut self, word: &str, ends: Ends, hash: u32, value: V) -> Slot {
        if self.kept.len() >= self.words_at_most {
            self.slots.fill(Slot::default());
            self.front.fill(Slot::default());
            self.kept.clear();
            self.letters.clear();
        }
        if self.slots.len() < 2 * (self.kept.len() + 1) {
            self.grow();
        }
        // All fit: words and their lengths are bounded.
        let (start, length) = (self.letters.len() as u32, word.len() as u8);
        if word.len() > ENDS_BYTES {
            self.letters.extend_from_slice(word.as_bytes());
        }
        self.kept.push(Kept { value, ends, start, length });
        let slot = Slot { number: self.kept.len() as u32, hash };
        place(&mut self.slots, slot);
        slot
    }

    fn grow(&mut self) {
        let mut slots = vec![Slot::default(); (2 * self.slots.len()).max(FIRST_SLOTS)];
        let taken = self.slots.iter().filter(|slot| slot.number > 0);
        taken.for_each(|slot| place(&mut slots, *slot));
        self.slots = slots;
    }
}

/// Puts a slot where its hash says; there is room.
fn place(slots: &mut [Slot], slot: Slot) {
    let last = slots.len() - 1;
    let mut at = slot.hash as usize & last;
    while slots[at].number > 0 {
        at = (at + 1) & last;
    }
    slots[at] = slot;
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
    fn each_word_of_many_keeps_its_value() {
        let mut cache = WordCache::new(10_000);
        for round in 0..2 {
            for number in 0..5_000 {
                let word = format!("wort{number}");
                let value = *cache.get_or_insert_with(&word, |_| number + round);
                assert_eq!(value, number, "{word}");
            }
        }
    }

    #[test]
    fn words_that_differ_in_one_place_are_different() {
        let mut cache = WordCache::new(10_000);
        let words = |length: usize| {
            let changed = (0..length)
                .map(move |at| format!("{}b{}", "a".repeat(at), "a".repeat(length - at - 1)));
            changed.chain(["a".repeat(length)])
        };
        for _ in 0..2 {
            for word in (0..40).flat_map(words) {
                assert_eq!(*cache.get_or_insert_with(&word, str::to_owned), word);
            }
        }
    }

    #[test]
    fn a_very_long_word_is_not_kept() {
        let mut cache = WordCache::new(10);
        let long = "ä".repeat(LONGEST_WORD_KEPT);
        assert_eq!(*cache.get_or_insert_with(&long, str::len), long.len());
        assert_eq!(cache.kept.len(), 0);
    }
}
