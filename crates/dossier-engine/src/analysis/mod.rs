//! The words of texts with their forms: the same for indexing, queries and highlighting.

mod cache;
mod forms;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use dossier_german::{Forms, UserWords, Word, WordCache, WordKey, fold, forms_with, words};
use smallvec::SmallVec;

use self::cache::{CACHE, CachedWord};
pub(crate) use self::forms::{TextWord, TextWords, WordForms};
use crate::indexing::Records;

/// Longer words (in bytes) are stepped over: tantivy drops terms above 65,530 bytes, and two forms
/// of a word may share one term.
const LONGEST_WORD: usize = 20_000;

/// Words kept with their forms. Running text repeats itself: few of its words are new.
/// 100,000 articles have as many, and starting over costs reading the common ones again.
const CACHED_WORDS: usize = 400_000;

/// Words that are cut from a text before they are looked up.
const WORDS_TOGETHER: usize = 64;

/// Locks that the words of all threads are spread over.
const SHARDS: usize = 16;

/// How words are read: with the lexicon, and the words that a user added to it. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Analysis {
    shared: Arc<SharedWords>,
}

/// What the threads share: reading a word takes ten times as long as looking it up here.
#[derive(Debug)]
struct SharedWords {
    user: UserWords,
    /// By a part of the word's hash, so that threads seldom wait for each other.
    known: [Mutex<WordCache<Arc<WordForms>>>; SHARDS],
}

impl Default for SharedWords {
    fn default() -> SharedWords {
        let known = [(); SHARDS].map(|()| Mutex::new(WordCache::new(CACHED_WORDS / SHARDS)));
        SharedWords { user: UserWords::default(), known }
    }
}

impl SharedWords {
    /// A word with its forms.
    fn word(&self, key: WordKey, word: &str) -> Arc<WordForms> {
        let shard = &self.known[key.upper_bits() as usize % SHARDS];
        let mut known = shard.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.get_or_insert_by(key, word, |word| Arc::new(WordForms::new(word))))
    }
}

impl Analysis {
    pub fn new(user_words: UserWords) -> Analysis {
        Analysis { shared: Arc::new(SharedWords { user: user_words, ..SharedWords::default() }) }
    }

    pub fn user_words(&self) -> &UserWords {
        &self.shared.user
    }

    /// All forms of a word.
    pub fn forms(&self, word: &str) -> Forms {
        forms_with(word, self.user_words())
    }

    /// A number that no other highlighter has.
    pub fn next_number() -> u64 {
        static HIGHLIGHTERS: AtomicU64 = AtomicU64::new(1);
        HIGHLIGHTERS.fetch_add(1, Ordering::Relaxed)
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
            cache.word(&word.text).forms.clone()
        });
        let (range, position) = (word.range, word.position);
        forms.map(|forms| TextWord { forms, range, position })
    }

    /// Calls `each` for the words of a text that are indexed, in the order of their positions, and
    /// with what was remembered with them for the same segment: no two have one number.
    pub fn for_each_word(
        &self,
        segment: u64,
        text: &str,
        mut each: impl FnMut(&Arc<WordForms>, u64, &mut Records, &Word<'_>),
    ) {
        CACHE.with_borrow_mut(|cache| {
            cache.be_for(self);
            cache.record_for(segment);
            let mut found = words(text).filter(|word| word.text.len() <= LONGEST_WORD);
            // Not on the heap: most texts are short, and the allocator would look for new pages.
            let mut together = SmallVec::<[_; WORDS_TOGETHER]>::new();
            loop {
                let keyed = found.by_ref().map(|word| {
                    let key = WordKey::of(&word.text);
                    cache.announce(key);
                    (key, word)
                });
                together.extend(keyed.take(WORDS_TOGETHER));
                if together.is_empty() {
                    return;
                }
                together.iter().for_each(|(key, _)| cache.warm(*key));
                for (key, word) in together.drain(..) {
                    let CachedWord { forms, hash, records } = cache.keyed_word(key, &word.text);
                    if let Some(forms) = forms {
                        each(forms, *hash, records, &word);
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
