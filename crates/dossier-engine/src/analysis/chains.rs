//! What each field takes of the words of a text: tokenizers for tantivy.

use std::ops::Range;
use std::rc::Rc;

use dossier_german::fold;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::cache::Analysed;
use super::forms::{Given, TextWord, TextWords, WordForms};
use super::{Analysis, LONGEST_KEPT_TEXT, LONGEST_WORD};
use crate::noise::{is_noise, is_plain, unpack};

/// What a text field takes, of which words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chain {
    takes: Form,
    of: Scope,
}

/// What is taken of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Folded,
    Exact,
    Parts,
    Name,
    Label,
}

/// Which words of a text something is taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    /// Those that are no noise.
    Text,
    Noise,
    /// All.
    Both,
}

pub(crate) const FOLDED: Chain = Chain { takes: Form::Folded, of: Scope::Text };
pub(crate) const EXACT: Chain = Chain { takes: Form::Exact, of: Scope::Text };
pub(crate) const PARTS: Chain = Chain { takes: Form::Parts, of: Scope::Text };
/// Of noise, too, as it only tells which words there are.
pub(crate) const NAMES: Chain = Chain { takes: Form::Name, of: Scope::Both };
pub(crate) const LABEL: Chain = Chain { takes: Form::Label, of: Scope::Both };

impl Chain {
    /// The same, of noise.
    pub fn of_noise(self) -> Chain {
        Chain { of: Scope::Noise, ..self }
    }

    /// The tokenizer's name in the schema. It holds the version of the analysis: an index made by
    /// another one must not be read with this.
    pub fn name(self) -> String {
        let takes = match self.takes {
            Form::Folded => "folded",
            Form::Exact => "exact",
            Form::Parts => "parts",
            Form::Name => "names",
            Form::Label => "label",
        };
        let of = if self.of == Scope::Noise { "-of-noise" } else { "" };
        format!("german-{takes}{of}-{}", dossier_german::version())
    }

    /// Whether something is taken of what begins at a byte of a text with that noise.
    fn reads(self, start: usize, noise: &[Range<usize>]) -> bool {
        match self.of {
            Scope::Both => true,
            of => is_noise(noise, start) == (of == Scope::Noise),
        }
    }

    /// What a word must give for anything to be taken of it.
    fn needs(self) -> Given {
        match self.takes {
            Form::Folded | Form::Label => Given::FOLDED,
            Form::Exact => Given::EXACT,
            Form::Parts => Given::PARTS,
            Form::Name => Given::NAMES,
        }
    }
}

/// What makes the terms of a field.
#[derive(Clone)]
pub(super) struct ChainTokenizer {
    pub chain: Chain,
    pub analysis: Analysis,
}

impl Tokenizer for ChainTokenizer {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        let tokens = match self.chain.takes {
            Form::Label => Tokens::Labels(labels(text).into_iter()),
            // Other languages have no compounds that German takes apart.
            Form::Parts if is_plain(text) => Tokens::Labels(Vec::new().into_iter()),
            _ if text.len() > LONGEST_KEPT_TEXT => {
                let (text, noise) = unpack(text);
                Tokens::Long { words: self.analysis.words_of(text), noise, word: None }
            }
            // Only documents are listed: once is enough.
            Form::Name => Tokens::Distinct { of: self.analysis.analysed(text), next: 0 },
            _ => Tokens::Kept { of: self.analysis.analysed(text), next: 0 },
        };
        Stream { taking: Taking { of: self, part: 0, token: Token::default() }, tokens }
    }
}

/// The tokens of one text for one field.
pub(crate) struct Stream<'t> {
    tokens: Tokens<'t>,
    taking: Taking<'t>,
}

enum Tokens<'t> {
    Kept { of: Rc<Analysed>, next: usize },
    Distinct { of: Rc<Analysed>, next: usize },
    Long { words: TextWords<'t>, noise: Vec<Range<usize>>, word: Option<TextWord> },
    Labels(std::vec::IntoIter<String>),
}

/// Takes tokens from words.
struct Taking<'t> {
    of: &'t ChainTokenizer,
    /// The part of a compound, or the key of a name, to be taken next.
    part: usize,
    token: Token,
}

impl Taking<'_> {
    fn set(&mut self, text: &str, position: usize) -> bool {
        self.token.text.clear();
        self.token.text.push_str(text);
        self.token.position = position;
        true
    }

    /// Sets the token to what the chain takes of a word, if anything is left of it.
    fn take(&mut self, forms: &WordForms, position: u32) -> bool {
        let text = match self.of.chain.takes {
            Form::Folded | Form::Label => Some(&*forms.folded),
            Form::Exact => forms.spelling.as_deref(),
            Form::Parts | Form::Name => {
                let read = forms.read(&self.of.analysis);
                let text = match self.of.chain.takes {
                    Form::Parts => read.parts.get(self.part).map(|part| &*part.stem),
                    _ => read.names.get(self.part).map(|name| &**name),
                };
                self.part = if text.is_some() { self.part + 1 } else { 0 };
                text
            }
        };
        text.is_some_and(|text| self.set(text, position as usize))
    }

    /// Whether more may be taken of a word of which something was.
    fn may_take_more(&self) -> bool {
        matches!(self.of.chain.takes, Form::Parts | Form::Name)
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let taking = &mut self.taking;
        let chain = taking.of.chain;
        match &mut self.tokens {
            Tokens::Labels(labels) => {
                let Some(label) = labels.next() else { return false };
                let position = taking.token.position.wrapping_add(1);
                taking.set(&label, position)
            }
            Tokens::Long { words, noise, word } => loop {
                let Some(next) = word.take().or_else(|| words.next()) else { return false };
                if chain.reads(next.range.start, noise) && taking.take(&next.forms, next.position) {
                    *word = taking.may_take_more().then_some(next);
                    return true;
                }
            },
            Tokens::Distinct { of, next } => {
                while let Some(forms) = of.words.get(*next) {
                    if taking.take(forms, 0) {
                        return true;
                    }
                    *next += 1;
                }
                false
            }
            Tokens::Kept { of, next } => {
                let needs = chain.needs();
                while let Some(word) = of.occurrences.get(*next) {
                    if word.given.has(needs)
                        && chain.reads(word.start as usize, &of.noise)
                        && taking.take(&of.words[word.word as usize], word.position)
                    {
                        *next += usize::from(!taking.may_take_more());
                        return true;
                    }
                    *next += 1;
                }
                false
            }
        }
    }

    fn token(&self) -> &Token {
        &self.taking.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.taking.token
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
