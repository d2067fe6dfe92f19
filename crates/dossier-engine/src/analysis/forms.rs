//! Words with the forms they are indexed under.

use std::cell::{Cell, OnceCell};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use dossier_german::{Part, Words, exact, fold, name_keys_of_text, stem_and_parts};

use super::cache::{CACHE, CachedWord};
use super::{Analysis, LONGEST_WORD};
use crate::schema::SEPARATOR;

/// A word of a text with the forms it is indexed under.
#[derive(Debug)]
pub(crate) struct WordForms {
    /// As written, where that differs from `folded`.
    word: Option<Box<str>>,
    /// Lower case, ä as a, ß as ss; see [`dossier_german::fold`].
    pub folded: Box<str>,
    /// `folded␟exact`, where the two differ.
    pub spelling: Option<Box<str>>,
    /// What takes the lexicon: marking the words of a hit must not look all its words up.
    read: OnceCell<Arc<Read>>,
    /// The last plan that it has nothing to do with.
    unmarked: Cell<u64>,
}

/// A word as the lexicon reads it.
#[derive(Debug)]
pub(crate) struct Read {
    /// `stem␟folded`, where the two differ.
    pub inflection: Option<Box<str>>,
    /// The parts of a compound.
    pub parts: Vec<Part>,
    /// `key␟exact` for each key of a name.
    pub names: Vec<Box<str>>,
}

impl WordForms {
    pub(super) fn new(word: &str) -> Rc<WordForms> {
        let exact = exact(word);
        let folded = fold(&exact);
        Rc::new(WordForms {
            word: (*word != *folded).then(|| word.into()),
            spelling: pair(&folded, &exact),
            folded: folded.into(),
            read: OnceCell::new(),
            unmarked: Cell::new(0),
        })
    }

    /// Whether a highlighter of that number has found that the word is none of its own.
    pub fn is_unmarked(&self, by: u64) -> bool {
        self.unmarked.get() == by
    }

    /// Notes that it is none.
    pub fn unmark(&self, by: u64) {
        self.unmarked.set(by);
    }

    fn word(&self) -> &str {
        self.word.as_deref().unwrap_or(&self.folded)
    }

    /// Lower case, otherwise as written.
    pub fn exact(&self) -> &str {
        match &self.spelling {
            Some(pair) => &pair[self.folded.len() + SEPARATOR.len_utf8()..],
            None => &self.folded,
        }
    }

    /// As the lexicon reads it.
    pub fn read(&self, analysis: &Analysis) -> &Arc<Read> {
        self.read.get_or_init(|| {
            let user_words = &analysis.words.user;
            let word = self.word();
            analysis.words.read(word, || {
                let (stem, mut parts) = stem_and_parts(word, user_words);
                let keys = name_keys_of_text(word, &parts);
                let name = |key| format!("{key}{SEPARATOR}{}", self.exact()).into();
                let names = keys.iter().map(name).collect();
                // Kindeskinder holds one word twice.
                for place in (1..parts.len()).rev() {
                    if parts[..place].iter().any(|part| part.stem == parts[place].stem) {
                        parts.remove(place);
                    }
                }
                Read { inflection: pair(&stem, &self.folded), parts, names }
            })
        })
    }
}

impl TextWord {
    /// What its forms have in common.
    pub fn stem(&self, analysis: &Analysis) -> &str {
        let pair = self.forms.read(analysis).inflection.as_deref();
        let stem = pair.and_then(|pair| pair.split_once(SEPARATOR));
        stem.map_or(&self.forms.folded, |(stem, _)| stem)
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

fn pair(first: &str, second: &str) -> Option<Box<str>> {
    (first != second).then(|| format!("{first}{SEPARATOR}{second}").into())
}

/// A word where it stands in a text.
#[derive(Clone, Debug)]
pub(crate) struct TextWord {
    pub forms: Rc<WordForms>,
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
            let forms = CACHE.with_borrow_mut(|cache| {
                let cached = cache.words.get_or_insert_with(&word.text, CachedWord::new);
                Rc::clone(&cached.forms)
            });
            if forms.folded.is_empty() {
                continue;
            }
            return Some(TextWord { forms, range: word.range, position: word.position });
        }
    }
}
