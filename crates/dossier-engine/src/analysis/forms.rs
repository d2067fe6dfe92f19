//! Words with the forms they are indexed under.

use std::ops::Range;
use std::slice;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use dossier_german::{Part, UserWords, Words, exact, fold, name_keys_of_text, stem_and_parts};
use prefetch_index::prefetch_index;

use super::cache::CACHE;
use super::{Analysis, LONGEST_WORD};
use crate::copies;
use crate::schema::SEPARATOR;

/// A word of a text with the forms it is indexed under. Threads share it.
#[derive(Debug)]
pub(crate) struct WordForms {
    /// In one piece, as there are hundreds of thousands: the folded word; where they differ, the
    /// separator and the exact word; where it differs from the folded one, the word as written.
    letters: Box<str>,
    /// Bytes of the folded word.
    folded: u32,
    /// Bytes up to the end of the exact word.
    spelling: u32,
    /// Of the folded word, for telling near-copies.
    pub hash: u64,
    /// What takes the lexicon: marking the words of a hit must not look all its words up.
    read: OnceLock<Read>,
    /// The last plan that it has nothing to do with.
    unmarked: AtomicU64,
}

/// A word as the lexicon reads it.
#[derive(Debug)]
pub(crate) struct Read {
    /// `stem␟folded`, where the two differ.
    pub inflection: Option<Box<str>>,
    /// The parts of a compound.
    pub parts: Box<[Part]>,
    /// `key␟exact` for each key of a name.
    pub names: Box<[Box<str>]>,
}

impl WordForms {
    pub(super) fn new(word: &str) -> WordForms {
        let exact = exact(word);
        let mut letters = fold(&exact);
        let hash = copies::hash(&letters);
        let folded = letters.len();
        let as_written = *word != *letters;
        if *exact != *letters {
            letters.push(SEPARATOR);
            letters.push_str(&exact);
        }
        let spelling = letters.len();
        if as_written {
            letters.push_str(word);
        }
        WordForms {
            letters: letters.into(),
            // Words have 20,000 bytes at most.
            folded: folded as u32,
            spelling: spelling as u32,
            hash,
            read: OnceLock::new(),
            unmarked: AtomicU64::new(0),
        }
    }

    /// Whether a highlighter of that number has found that the word is none of its own.
    pub fn is_unmarked(&self, by: u64) -> bool {
        self.unmarked.load(Ordering::Relaxed) == by
    }

    /// Notes that it is none.
    pub fn unmark(&self, by: u64) {
        self.unmarked.store(by, Ordering::Relaxed);
    }

    /// As written.
    pub(super) fn word(&self) -> &str {
        match &self.letters[self.spelling as usize..] {
            "" => self.folded(),
            word => word,
        }
    }

    /// Lower case, ä as a, ß as ss; see [`dossier_german::fold`].
    pub fn folded(&self) -> &str {
        &self.letters[..self.folded as usize]
    }

    /// `folded␟exact`, where the two differ.
    pub fn spelling(&self) -> Option<&str> {
        let differs = self.spelling > self.folded;
        differs.then(|| &self.letters[..self.spelling as usize])
    }

    /// Lower case, otherwise as written.
    pub fn exact(&self) -> &str {
        match self.spelling() {
            Some(pair) => &pair[self.folded as usize + SEPARATOR.len_utf8()..],
            None => self.folded(),
        }
    }

    /// Asks for the memory it is in.
    pub fn expect(&self) {
        // Where it begins, and where it ends: it lies in two lines of the cache.
        prefetch_index(slice::from_ref(self), 0);
        prefetch_index(slice::from_ref(self), 1);
    }

    /// Asks for the memory its terms are in.
    pub fn expect_terms(&self) {
        prefetch_index(self.letters.as_bytes(), 0);
        if let Some(Read { inflection, parts, names }) = self.read.get() {
            if let Some(inflection) = inflection {
                prefetch_index(inflection.as_bytes(), 0);
            }
            prefetch_index(parts, 0);
            prefetch_index(names, 0);
        }
    }

    /// As the lexicon reads it.
    pub fn read(&self, analysis: &Analysis) -> &Read {
        self.read.get_or_init(|| Read::new(self, analysis.user_words()))
    }
}

impl Read {
    fn new(forms: &WordForms, user_words: &UserWords) -> Read {
        let word = forms.word();
        let (stem, mut parts) = stem_and_parts(word, user_words);
        let keys = name_keys_of_text(word, &parts);
        let name = |key| format!("{key}{SEPARATOR}{}", forms.exact()).into();
        let names = keys.iter().map(name).collect();
        // Kindeskinder holds one word twice.
        for place in (1..parts.len()).rev() {
            if parts[..place].iter().any(|part| part.stem == parts[place].stem) {
                parts.remove(place);
            }
        }
        let folded = forms.folded();
        let inflection = (*stem != *folded).then(|| format!("{stem}{SEPARATOR}{folded}").into());
        Read { inflection, parts: parts.into(), names }
    }
}

impl TextWord {
    /// What its forms have in common.
    pub fn stem(&self, analysis: &Analysis) -> &str {
        let pair = self.forms.read(analysis).inflection.as_deref();
        let stem = pair.and_then(|pair| pair.split_once(SEPARATOR));
        stem.map_or(self.forms.folded(), |(stem, _)| stem)
    }

    /// Where the part of a compound with that stem stands in the text.
    pub fn part(&self, analysis: &Analysis, text: &str, stem: &str) -> Option<Range<usize>> {
        let part = self.forms.read(analysis).parts.iter().find(|part| *part.stem == *stem)?;
        // What was joined over the end of a line, or completed, stands otherwise in the text.
        let as_written = text.get(self.range.clone()) == Some(self.forms.word());
        Some(match as_written {
            true => self.range.start + part.range.start..self.range.start + part.range.end,
            false => self.range.clone(),
        })
    }
}

/// A word where it stands in a text.
#[derive(Clone, Debug)]
pub(crate) struct TextWord {
    pub forms: Arc<WordForms>,
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Counted in words; the whole of a hyphenated word stands at its first part.
    pub position: u32,
}

/// The words of a text in the order of their positions, with their forms.
pub(crate) struct TextWords<'t>(pub(super) Words<'t>);

impl Iterator for TextWords<'_> {
    type Item = TextWord;

    fn next(&mut self) -> Option<TextWord> {
        loop {
            let word = self.0.next()?;
            if word.text.len() > LONGEST_WORD {
                continue;
            }
            let forms = CACHE.with_borrow_mut(|cache| cache.word(&word.text).forms.clone());
            let Some(forms) = forms else { continue };
            return Some(TextWord { forms, range: word.range, position: word.position });
        }
    }
}
