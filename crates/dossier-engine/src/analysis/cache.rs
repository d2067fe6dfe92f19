//! What a thread remembers: words with their forms.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use dossier_german::WordCache;

use super::forms::WordForms;
use super::{Analysis, CACHED_WORDS};
use crate::copies;
use crate::indexing::Recorded;

/// What a thread remembers.
pub(super) struct Cache {
    analysis: Analysis,
    pub words: WordCache<CachedWord>,
}

/// A word, and what indexing remembers with it.
pub(crate) struct CachedWord {
    pub forms: Rc<WordForms>,
    /// Whether nothing is left of it when it is folded: it is not indexed.
    pub is_empty: bool,
    /// Of the folded word, for telling near-copies.
    pub hash: u64,
    pub recorded: Recorded,
}

impl CachedWord {
    pub(super) fn new(word: &str) -> CachedWord {
        let forms = WordForms::new(word);
        let hash = copies::hash(&forms.folded);
        CachedWord { is_empty: forms.folded.is_empty(), forms, hash, recorded: Recorded::default() }
    }
}

impl Cache {
    /// Forgets what was remembered for other user words.
    pub fn be_for(&mut self, analysis: &Analysis) {
        if Arc::ptr_eq(&self.analysis.words, &analysis.words) {
            return;
        }
        if self.analysis.user_words() != analysis.user_words() {
            self.words = WordCache::new(CACHED_WORDS);
        }
        self.analysis = analysis.clone();
    }
}

thread_local! {
    pub(super) static CACHE: RefCell<Cache> = RefCell::new(Cache {
        analysis: Analysis::default(),
        words: WordCache::new(CACHED_WORDS),
    });
    pub(super) static HIGHLIGHTERS: Cell<u64> = const { Cell::new(0) };
}
