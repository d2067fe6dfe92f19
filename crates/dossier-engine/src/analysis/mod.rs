//! The words of texts with their forms: the same for indexing, queries and highlighting.

mod cache;
mod forms;

use std::hash::BuildHasher;
use std::rc::Rc;
use std::sync::{Arc, PoisonError, RwLock};

use dossier_german::{Forms, UserWords, Word, WordKey, fold, forms_with, words};
use rustc_hash::{FxBuildHasher, FxHashMap};

use self::cache::{CACHE, CachedWord, HIGHLIGHTERS};
use self::forms::Read;
pub(crate) use self::forms::{TextWord, TextWords, WordForms};

/// Longer words (in bytes) are stepped over: tantivy drops terms above 65,530 bytes, and two forms
/// of a word may share one term.
const LONGEST_WORD: usize = 20_000;

/// Words kept per thread with their forms. Running text repeats itself: few of its words are new.
/// 100,000 articles have as many, and starting over costs reading the common ones again.
const CACHED_WORDS: usize = 400_000;

/// Words that are cut from a text before they are looked up.
const WORDS_TOGETHER: usize = 64;

/// Locks that the words read are spread over.
const SHARDS: usize = 16;

/// How words are read: with the lexicon, and the words that a user added to it. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Analysis {
    words: Arc<ReadWords>,
}

/// What the threads share: reading a word takes ten times as long as looking it up here.
#[derive(Debug, Default)]
struct ReadWords {
    user: UserWords,
    /// By a part of the word's hash, so that threads seldom wait for each other.
    known: [RwLock<FxHashMap<Box<str>, Arc<Read>>>; SHARDS],
}

impl ReadWords {
    /// Looks a word up, or reads it.
    fn read(&self, word: &str, read: impl FnOnce() -> Read) -> Arc<Read> {
        let shard = &self.known[FxBuildHasher.hash_one(word) as usize % SHARDS];
        let known = shard.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(read) = known.get(word) {
            return Arc::clone(read);
        }
        drop(known);
        let read = Arc::new(read());
        let mut known = shard.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= CACHED_WORDS / SHARDS {
            known.clear();
        }
        known.insert(word.into(), Arc::clone(&read));
        read
    }
}

impl Analysis {
    pub fn new(user_words: UserWords) -> Analysis {
        Analysis { words: Arc::new(ReadWords { user: user_words, ..ReadWords::default() }) }
    }

    pub fn user_words(&self) -> &UserWords {
        &self.words.user
    }

    /// All forms of a word.
    pub fn forms(&self, word: &str) -> Forms {
        forms_with(word, &self.words.user)
    }

    /// A number that no other highlighter of the thread has.
    pub fn next_number() -> u64 {
        HIGHLIGHTERS.set(HIGHLIGHTERS.get() + 1);
        HIGHLIGHTERS.get()
    }

    /// The words of a text in the order of their positions, with their forms.
    pub fn words_of<'t>(&self, text: &'t str) -> TextWords<'t> {
        CACHE.with_borrow_mut(|cache| cache.be_for(self));
        TextWords(words(text))
    }

    /// A word of a text with its forms; `None` for what is not indexed.
    pub fn text_word(&self, word: Word<'_>) -> Option<TextWord> {
        if word.text.len() > LONGEST_WORD {
            return None;
        }
        let forms = CACHE.with_borrow_mut(|cache| {
            cache.be_for(self);
            Rc::clone(&cache.words.get_or_insert_with(&word.text, CachedWord::new).forms)
        });
        let (range, position) = (word.range, word.position);
        (!forms.folded.is_empty()).then_some(TextWord { forms, range, position })
    }

    /// Calls `each` for the words of a text that are indexed, in the order of their positions.
    pub fn for_each_word(&self, text: &str, mut each: impl FnMut(&mut CachedWord, &Word<'_>)) {
        CACHE.with_borrow_mut(|cache| {
            cache.be_for(self);
            let mut found = words(text).filter(|word| word.text.len() <= LONGEST_WORD);
            let mut together = Vec::with_capacity(WORDS_TOGETHER);
            loop {
                let keyed = found.by_ref().map(|word| {
                    let key = WordKey::of(&word.text);
                    cache.words.warm(key);
                    (key, word)
                });
                together.extend(keyed.take(WORDS_TOGETHER));
                if together.is_empty() {
                    return;
                }
                for (key, word) in together.drain(..) {
                    let cached = cache.words.get_or_insert_by(key, &word.text, CachedWord::new);
                    if !cached.is_empty {
                        each(cached, &word);
                    }
                }
            }
        });
    }
}

/// The runs of letters and digits in a name of something (a host, a path, a person), folded.
pub(crate) fn labels(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|run| !run.is_empty() && run.len() <= LONGEST_WORD)
        .map(fold)
        .filter(|label| !label.is_empty())
        .collect()
}
