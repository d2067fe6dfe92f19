//! The one adapter between `dossier_german` and tantivy: tokenizers for the text fields, and the
//! same words for queries and highlighting.

use std::cell::{Cell, OnceCell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use dossier_german::{WordCache, Words, exact, fold, forms, words};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use crate::schema::SEPARATOR;

/// Longer words (in bytes) are stepped over: tantivy drops terms above 65,530 bytes, and two forms
/// of a word may share one term.
const LONGEST_WORD: usize = 20_000;

/// Words kept per thread with their forms. Running text repeats itself: few of its words are new.
const CACHED_WORDS: usize = 250_000;

/// Longer texts (in bytes) are analysed anew for each field instead of being kept.
const LONGEST_KEPT_TEXT: usize = 1 << 20;

/// A word of a text with the forms it is indexed under.
#[derive(Debug)]
pub(crate) struct WordForms {
    word: Box<str>,
    /// Lower case, ä as a, ß as ss; see [`dossier_german::fold`].
    pub folded: Box<str>,
    /// `folded␟exact`, where the two differ.
    spelling: Option<Box<str>>,
    /// What takes the lexicon: marking the words of a hit must not look all its words up.
    inflection: OnceCell<Option<Box<str>>>,
    /// The last text whose stems were listed, so that each text lists a word once.
    listed: Cell<u64>,
}

impl WordForms {
    fn new(word: &str) -> Rc<WordForms> {
        let exact = exact(word);
        let folded = fold(&exact);
        Rc::new(WordForms {
            word: word.into(),
            spelling: pair(&folded, &exact),
            folded: folded.into(),
            inflection: OnceCell::new(),
            listed: Cell::new(0),
        })
    }

    /// Lower case, otherwise as written.
    pub fn exact(&self) -> &str {
        match &self.spelling {
            Some(pair) => &pair[self.folded.len() + SEPARATOR.len_utf8()..],
            None => &self.folded,
        }
    }

    /// `stem␟folded`, where the two differ.
    fn inflection(&self) -> Option<&str> {
        self.inflection.get_or_init(|| pair(&forms(&self.word).stem, &self.folded)).as_deref()
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

thread_local! {
    static CACHE: RefCell<WordCache<Rc<WordForms>>> = RefCell::new(WordCache::new(CACHED_WORDS));
    static LAST: RefCell<Rc<Analysed>> = RefCell::new(Rc::default());
    static TEXTS: Cell<u64> = const { Cell::new(0) };
}

/// A text and its words. The fields of a document share their texts: the last is kept.
#[derive(Default)]
struct Analysed {
    text: String,
    words: Vec<TextWord>,
}

/// The words of a text in the order of their positions, with their forms.
pub(crate) struct TextWords<'t>(Words<'t>);

/// The words of a text in the order of their positions, with their forms.
pub(crate) fn words_of(text: &str) -> TextWords<'_> {
    TextWords(words(text))
}

impl Iterator for TextWords<'_> {
    type Item = TextWord;

    fn next(&mut self) -> Option<TextWord> {
        loop {
            let word = self.0.next()?;
            if word.text.len() > LONGEST_WORD {
                continue;
            }
            let forms = CACHE.with_borrow_mut(|cache| {
                Rc::clone(cache.get_or_insert_with(&word.text, WordForms::new))
            });
            if forms.folded.is_empty() {
                continue;
            }
            return Some(TextWord { forms, range: word.range, position: word.position });
        }
    }
}

fn analysed(text: &str) -> Rc<Analysed> {
    let last = LAST.with_borrow(Rc::clone);
    if last.text == text {
        return last;
    }
    let now = Rc::new(Analysed { text: text.to_owned(), words: words_of(text).collect() });
    LAST.with_borrow_mut(|last| *last = Rc::clone(&now));
    now
}

/// What a text field takes of each word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chain {
    Folded,
    Exact,
    Stems,
    Label,
}

pub(crate) const FOLDED: Chain = Chain::Folded;
pub(crate) const EXACT: Chain = Chain::Exact;
pub(crate) const STEMS: Chain = Chain::Stems;
pub(crate) const LABEL: Chain = Chain::Label;

impl Chain {
    /// The tokenizer's name in the schema. It holds the version of the analysis: an index made by
    /// another one must not be read with this.
    pub fn name(self) -> String {
        let kind = match self {
            Chain::Folded => "folded",
            Chain::Exact => "exact",
            Chain::Stems => "stems",
            Chain::Label => "label",
        };
        format!("german-{kind}-{}", dossier_german::version())
    }
}

/// The tokenizers under their names.
pub(crate) fn tokenizers() -> TokenizerManager {
    // With those that fields without words need.
    let manager = TokenizerManager::default();
    for chain in [FOLDED, EXACT, STEMS, LABEL] {
        manager.register(&chain.name(), TextAnalyzer::from(chain));
    }
    manager
}

impl Tokenizer for Chain {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        let tokens = match self {
            Chain::Label => Tokens::Labels(labels(text).into_iter()),
            _ if text.len() > LONGEST_KEPT_TEXT => Tokens::Long(words_of(text)),
            _ => Tokens::Kept { of: analysed(text), next: 0 },
        };
        let text_number = TEXTS.get() + 1;
        TEXTS.set(text_number);
        Stream { chain: *self, tokens, text_number, token: Token::default() }
    }
}

/// The tokens of one text for one field.
pub(crate) struct Stream<'t> {
    chain: Chain,
    tokens: Tokens<'t>,
    text_number: u64,
    token: Token,
}

enum Tokens<'t> {
    Kept { of: Rc<Analysed>, next: usize },
    Long(TextWords<'t>),
    Labels(std::vec::IntoIter<String>),
}

impl Stream<'_> {
    fn set(&mut self, text: &str, position: usize) -> bool {
        self.token.text.clear();
        self.token.text.push_str(text);
        self.token.position = position;
        true
    }

    /// Sets the token to what the chain takes of a word, if anything.
    fn take(&mut self, word: &TextWord) -> bool {
        let forms = &word.forms;
        let text = match self.chain {
            Chain::Exact => forms.spelling.as_deref(),
            Chain::Stems if forms.listed.replace(self.text_number) == self.text_number => None,
            Chain::Stems => forms.inflection(),
            Chain::Folded | Chain::Label => Some(&*forms.folded),
        };
        text.is_some_and(|text| self.set(text, word.position as usize))
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            match &mut self.tokens {
                Tokens::Labels(labels) => {
                    let Some(label) = labels.next() else { return false };
                    let position = self.token.position.wrapping_add(1);
                    return self.set(&label, position);
                }
                Tokens::Long(words) => {
                    let Some(word) = words.next() else { return false };
                    if self.take(&word) {
                        return true;
                    }
                }
                Tokens::Kept { of, next } => {
                    let of = Rc::clone(of);
                    let start = *next;
                    let Some(ahead) = of.words[start..].iter().position(|word| self.take(word))
                    else {
                        return false;
                    };
                    self.tokens = Tokens::Kept { of, next: start + ahead + 1 };
                    return true;
                }
            }
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
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
