//! The one adapter between `dossier_german` and tantivy: tokenizers for the text fields, and the
//! same words for queries and highlighting.

mod cache;
mod chains;
mod forms;
mod inflections;

use std::hash::BuildHasher;
use std::rc::Rc;
use std::sync::{Arc, PoisonError, RwLock};

use dossier_german::{Forms, UserWords, Word, forms_with, words};
use rustc_hash::{FxBuildHasher, FxHashMap};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};

use self::cache::{Analysed, CACHE, CachedWord, HIGHLIGHTERS};
use self::chains::ChainTokenizer;
pub(crate) use self::chains::{Chain, EXACT, FOLDED, LABEL, NAMES, PARTS, labels};
use self::forms::Read;
pub(crate) use self::forms::{TextWord, TextWords, WordForms};
pub(crate) use self::inflections::Inflections;
use crate::noise::{is_noise, unpack};

/// Longer words (in bytes) are stepped over: tantivy drops terms above 65,530 bytes, and two forms
/// of a word may share one term.
const LONGEST_WORD: usize = 20_000;

/// Words kept per thread with their forms. Running text repeats itself: few of its words are new.
/// 100,000 articles have as many, and starting over costs reading the common ones again.
const CACHED_WORDS: usize = 400_000;

/// Locks that the words read are spread over.
const SHARDS: usize = 16;

/// Longer texts (in bytes) are analysed anew for each field instead of being kept.
const LONGEST_KEPT_TEXT: usize = 1 << 20;

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

    /// The tokenizers under their names.
    pub fn tokenizers(&self) -> TokenizerManager {
        // With those that fields without words need.
        let manager = TokenizerManager::default();
        let of_noise = [FOLDED, EXACT, PARTS].map(Chain::of_noise);
        for chain in [FOLDED, EXACT, PARTS, NAMES, LABEL].into_iter().chain(of_noise) {
            let tokenizer = ChainTokenizer { chain, analysis: self.clone() };
            manager.register(&chain.name(), TextAnalyzer::from(tokenizer));
        }
        manager
    }

    /// Calls `each` for the words of a packed text that are no noise, in order, with their positions
    /// and what `of` makes of them; it is asked once for most words.
    pub fn for_each_word<T: Copy>(
        &self,
        packed: &str,
        of: impl Fn(&WordForms) -> T,
        mut each: impl FnMut(u32, T),
    ) {
        if packed.len() > LONGEST_KEPT_TEXT {
            let (text, noise) = unpack(packed);
            let words = self.words_of(text);
            words
                .filter(|word| !is_noise(&noise, word.range.start))
                .for_each(|word| each(word.position, of(&word.forms)));
        } else {
            let Analysed { occurrences, words, noise, .. } = &*self.analysed(packed);
            let words: Vec<T> = words.iter().map(|word| of(word)).collect();
            for occurrence in occurrences {
                if !is_noise(noise, occurrence.start as usize) {
                    each(occurrence.position, words[occurrence.word as usize]);
                }
            }
        }
    }

    /// A packed text with its words; that of the two texts analysed last is kept.
    fn analysed(&self, packed: &str) -> Rc<Analysed> {
        CACHE.with_borrow_mut(|cache| {
            cache.be_for(self);
            if cache.last[0].packed != packed {
                cache.last.swap(0, 1);
            }
            if cache.last[0].packed != packed {
                // Its memory is used again: to be given so much and take it back costs more than
                // to look the words up.
                let before = std::mem::take(&mut cache.last[0]);
                let mut analysed = Rc::try_unwrap(before).unwrap_or_default();
                analysed.be_of(packed, self, cache);
                cache.last[0] = Rc::new(analysed);
            }
            Rc::clone(&cache.last[0])
        })
    }
}
