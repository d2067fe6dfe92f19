//! What a thread remembers: words with their forms.

use std::cell::RefCell;
use std::sync::Arc;

use dossier_german::{WordCache, WordKey};

use super::forms::WordForms;
use super::{Analysis, CACHED_WORDS};
use crate::indexing::Records;

/// What a thread remembers.
pub(super) struct Cache {
    analysis: Analysis,
    words: WordCache<CachedWord>,
    /// The segment whose records the words remember.
    segment: u64,
}

/// A word, and what indexing remembers with it. With its key it fills a line of the processor's cache:
/// with two, indexing takes a thirtieth more time.
pub(crate) struct CachedWord {
    /// None where nothing is left of the word when it is folded: it is not indexed.
    pub forms: Option<Arc<WordForms>>,
    /// That of the forms, which lie elsewhere in memory.
    pub hash: u64,
    pub records: Records,
}

impl CachedWord {
    fn new(key: WordKey, word: &str, analysis: &Analysis) -> CachedWord {
        let forms = analysis.shared.word(key, word);
        let hash = forms.hash;
        let forms = (!forms.folded().is_empty()).then_some(forms);
        CachedWord { forms, hash, records: Records::default() }
    }
}

impl Cache {
    /// Forgets what was remembered for other user words.
    pub fn be_for(&mut self, analysis: &Analysis) {
        if Arc::ptr_eq(&self.analysis.shared, &analysis.shared) {
            return;
        }
        if self.analysis.user_words() != analysis.user_words() {
            self.words = WordCache::new(CACHED_WORDS);
        }
        self.analysis = analysis.clone();
    }

    /// Forgets records that were remembered for another segment.
    pub fn record_for(&mut self, segment: u64) {
        if self.segment != segment {
            self.words.values_mut().for_each(|word| word.records = Records::default());
            self.segment = segment;
        }
    }

    /// A word with its forms.
    pub fn word(&mut self, word: &str) -> &mut CachedWord {
        self.keyed_word(WordKey::of(word), word)
    }

    /// The same with the key of the word.
    pub fn keyed_word(&mut self, key: WordKey, word: &str) -> &mut CachedWord {
        let Cache { analysis, words, .. } = self;
        words.get_or_insert_by(key, word, |word| CachedWord::new(key, word, analysis))
    }

    /// See [`WordCache::announce`].
    pub fn announce(&self, key: WordKey) {
        self.words.announce(key);
    }

    /// See [`WordCache::warm`].
    pub fn warm(&self, key: WordKey) {
        self.words.warm(key);
    }
}

thread_local! {
    pub(super) static CACHE: RefCell<Cache> = RefCell::new(Cache {
        analysis: Analysis::default(),
        words: WordCache::new(CACHED_WORDS),
        segment: 0,
    });
}
