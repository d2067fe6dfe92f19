//! The words of texts with their forms: the same for indexing, queries and highlighting.

mod cache;
mod forms;

use std::borrow::Borrow;
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use dossier_german::{Forms, UserWords, Word, WordKey, fold, forms_with, words};
use rustc_hash::{FxBuildHasher, FxHashSet};
use smallvec::SmallVec;

use self::cache::{CACHE, CachedWord};
pub(crate) use self::forms::{TextWord, TextWords, WordForms};

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

/// Words behind a lock from which on there is room for as many as there may be.
const MANY_WORDS: usize = 1_000;

/// Longer words (in bytes) are not kept: they hardly repeat, and fill the memory.
const LONGEST_SHARED: usize = 200;

/// How words are read: with the lexicon, and the words that a user added to it. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Analysis {
    shared: Arc<SharedWords>,
}

/// What the threads share: reading a word takes ten times as long as looking it up here.
#[derive(Debug, Default)]
struct SharedWords {
    user: UserWords,
    /// By a part of the word's hash, so that threads seldom wait for each other.
    known: [Mutex<FxHashSet<ByWord>>; SHARDS],
}

/// Found by the word as written.
#[derive(Debug)]
struct ByWord(Arc<WordForms>);

impl Borrow<str> for ByWord {
    fn borrow(&self) -> &str {
        self.0.word()
    }
}

impl Hash for ByWord {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.word().hash(state);
    }
}

impl PartialEq for ByWord {
    fn eq(&self, other: &ByWord) -> bool {
        self.0.word() == other.0.word()
    }
}

impl Eq for ByWord {}

impl SharedWords {
    /// A word with its forms.
    fn word(&self, word: &str) -> Arc<WordForms> {
        if word.len() > LONGEST_SHARED {
            return Arc::new(WordForms::new(word));
        }
        let shard = &self.known[FxBuildHasher.hash_one(word) as usize % SHARDS];
        let mut known = shard.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ByWord(forms)) = known.get(word) {
            return Arc::clone(forms);
        }
        if known.len() >= CACHED_WORDS / SHARDS {
            known.clear();
        }
        if known.len() == known.capacity() && known.len() >= MANY_WORDS {
            // Growing as it goes, a table looks at all its words each time.
            let more = CACHED_WORDS / SHARDS - known.len();
            known.reserve(more);
        }
        let forms = Arc::new(WordForms::new(word));
        known.insert(ByWord(Arc::clone(&forms)));
        forms
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
            Arc::clone(&cache.word(&word.text).forms)
        });
        let (range, position) = (word.range, word.position);
        (!forms.folded().is_empty()).then_some(TextWord { forms, range, position })
    }

    /// Calls `each` for the words of a text that are indexed, in the order of their positions.
    pub fn for_each_word(&self, text: &str, mut each: impl FnMut(&mut CachedWord, &Word<'_>)) {
        CACHE.with_borrow_mut(|cache| {
            cache.be_for(self);
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
                    let cached = cache.keyed_word(key, &word.text);
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
