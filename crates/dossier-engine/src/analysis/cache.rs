//! What a thread remembers: words with their forms, and the texts at hand with their words.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use dossier_german::{WordCache, words};

use super::forms::{Given, WordForms};
use super::{Analysis, CACHED_WORDS, LONGEST_WORD};
use crate::noise::unpack;

/// What a thread remembers.
pub(super) struct Cache {
    analysis: Analysis,
    pub words: WordCache<CachedWord>,
    /// Texts analysed on this thread since the words were forgotten.
    texts: u32,
    /// The texts read last, the latest first: title and body of a document are asked for in turn.
    pub last: [Rc<Analysed>; 2],
}

/// A word, and where the text at hand has it.
pub(super) struct CachedWord {
    pub forms: Rc<WordForms>,
    /// What of it is indexed; unknown until a text with it is.
    given: Option<Given>,
    /// The number of the last text with it, and of the word in that text.
    text: u32,
    number: u32,
}

impl CachedWord {
    pub fn new(word: &str) -> CachedWord {
        CachedWord { forms: WordForms::new(word), given: None, text: 0, number: 0 }
    }
}

impl Cache {
    /// Forgets what was remembered for other user words.
    pub fn be_for(&mut self, analysis: &Analysis) {
        if Arc::ptr_eq(&self.analysis.words, &analysis.words) {
            return;
        }
        if self.analysis.user_words() != analysis.user_words() {
            self.forget_words();
            self.last = Default::default();
        }
        self.analysis = analysis.clone();
    }

    fn forget_words(&mut self) {
        self.words = WordCache::new(CACHED_WORDS);
        self.texts = 0;
    }
}
thread_local! {
    pub(super) static CACHE: RefCell<Cache> = RefCell::new(Cache {
        analysis: Analysis::default(),
        words: WordCache::new(CACHED_WORDS),
        texts: 0,
        last: Default::default(),
    });
    pub(super) static HIGHLIGHTERS: Cell<u64> = const { Cell::new(0) };
}

/// A text and its words. The fields of a document share their texts.
#[derive(Default)]
pub(super) struct Analysed {
    /// The text with its noise.
    pub packed: String,
    /// Its words, each once, but where there are more than are cached.
    pub words: Vec<Rc<WordForms>>,
    /// In the order of their positions.
    pub occurrences: Vec<Occurrence>,
    pub noise: Vec<Range<usize>>,
}

/// A word where it stands in a kept text.
pub(super) struct Occurrence {
    /// Its number among the words of the text.
    pub word: u32,
    pub position: u32,
    /// The byte of the text it begins at.
    pub start: u32,
    pub given: Given,
}

impl Analysed {
    /// Analyses a text in place of the one before.
    pub fn be_of(&mut self, packed: &str, analysis: &Analysis, cache: &mut Cache) {
        self.packed.clear();
        self.packed.push_str(packed);
        self.words.clear();
        self.occurrences.clear();
        let (text, noise) = unpack(packed);
        self.noise = noise;
        if cache.texts == u32::MAX {
            cache.forget_words();
        }
        cache.texts += 1;
        for word in words(text) {
            if word.text.len() > LONGEST_WORD {
                continue;
            }
            let cached = cache.words.get_or_insert_with(&word.text, CachedWord::new);
            let given = match cached.given {
                Some(given) => given,
                None => *cached.given.insert(Given::of(&cached.forms, analysis)),
            };
            if !given.has(Given::FOLDED) {
                continue;
            }
            if cached.text != cache.texts {
                cached.text = cache.texts;
                // Fits, as all that is counted in a kept text.
                cached.number = self.words.len() as u32;
                self.words.push(Rc::clone(&cached.forms));
            }
            self.occurrences.push(Occurrence {
                word: cached.number,
                position: word.position,
                start: word.range.start as u32,
                given,
            });
        }
    }
}
