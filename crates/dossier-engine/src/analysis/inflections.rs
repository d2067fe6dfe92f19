//! The words of a segment by their stems.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::forms::{Read, WordForms};
use super::{Analysis, LONGEST_KEPT_TEXT};
use crate::noise::{is_plain, unpack};

/// Lists the words of a segment whose stem differs from them, each once.
pub(crate) struct Inflections {
    /// Unlike that of any other list in this process: words remember the last that has them.
    number: u64,
    words: Vec<Arc<Read>>,
}

impl Default for Inflections {
    fn default() -> Inflections {
        static LISTS: AtomicU64 = AtomicU64::new(1);
        Inflections { number: LISTS.fetch_add(1, Ordering::Relaxed), words: Vec::new() }
    }
}

impl Inflections {
    /// Adds those of a packed text, of its noise, too. None, if it is in another language.
    pub fn add(&mut self, analysis: &Analysis, packed: &str) {
        if is_plain(packed) {
            return;
        }
        if packed.len() > LONGEST_KEPT_TEXT {
            let (text, _) = unpack(packed);
            analysis.words_of(text).for_each(|word| self.add_word(analysis, &word.forms));
        } else {
            let analysed = analysis.analysed(packed);
            analysed.words.iter().for_each(|forms| self.add_word(analysis, forms));
        }
    }

    fn add_word(&mut self, analysis: &Analysis, forms: &WordForms) {
        if forms.listed.replace(self.number) != self.number {
            let read = forms.read(analysis);
            if read.inflection.is_some() {
                self.words.push(Arc::clone(read));
            }
        }
    }

    /// The words as `stem␟folded`, in order.
    pub fn pairs(&self) -> Vec<&str> {
        let mut pairs: Vec<&str> =
            self.words.iter().filter_map(|read| read.inflection.as_deref()).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// Bytes of memory, about.
    pub fn size(&self) -> usize {
        self.words.capacity() * size_of::<Arc<Read>>()
    }
}
