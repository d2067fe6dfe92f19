//! The one adapter between `dossier_german` and tantivy: tokenizers for the text fields, and the
//! same words for queries and highlighting.

use std::cell::{Cell, OnceCell, RefCell};
use std::hash::BuildHasher;
use std::ops::Range;
use std::rc::Rc;
use std::sync::{Arc, PoisonError, RwLock};

use dossier_german::{
    Forms, Part, UserWords, Word, WordCache, Words, exact, fold, forms_with, name_keys_of_text,
    stem_and_parts, words,
};
use rustc_hash::{FxBuildHasher, FxHashMap};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use crate::noise::{is_noise, is_plain, unpack};
use crate::schema::SEPARATOR;

/// Longer words (in bytes) are stepped over: tantivy drops terms above 65,530 bytes, and two forms
/// of a word may share one term.
const LONGEST_WORD: usize = 20_000;

/// Words kept per thread with their forms. Running text repeats itself: few of its words are new.
const CACHED_WORDS: usize = 250_000;

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

    /// A number that no other highlighter of the thread has, nor a text.
    pub fn next_number() -> u64 {
        TEXTS.set(TEXTS.get() + 1);
        TEXTS.get()
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
            Rc::clone(cache.words.get_or_insert_with(&word.text, WordForms::new))
        });
        let (range, position) = (word.range, word.position);
        (!forms.folded.is_empty()).then_some(TextWord { forms, range, position })
    }

    /// The tokenizers under their names.
    pub fn tokenizers(&self) -> TokenizerManager {
        // With those that fields without words need.
        let manager = TokenizerManager::default();
        let of_noise = [FOLDED, EXACT, PARTS].map(Chain::of_noise);
        for chain in [FOLDED, EXACT, PARTS, STEMS, NAMES, LABEL].into_iter().chain(of_noise) {
            let tokenizer = ChainTokenizer { chain, analysis: self.clone() };
            manager.register(&chain.name(), TextAnalyzer::from(tokenizer));
        }
        manager
    }

    /// Calls `each` with the words of a packed text that are no noise, in the order of their
    /// positions.
    pub fn for_each_word(&self, packed: &str, mut each: impl FnMut(&TextWord)) {
        if packed.len() > LONGEST_KEPT_TEXT {
            let (text, noise) = unpack(packed);
            let words = self.words_of(text);
            words.filter(|word| !is_noise(&noise, word.range.start)).for_each(|word| each(&word));
        } else {
            let Analysed { words, noise, .. } = &*self.analysed(packed);
            words.iter().filter(|word| !is_noise(noise, word.range.start)).for_each(each);
        }
    }

    fn analysed(&self, packed: &str) -> Rc<Analysed> {
        CACHE.with_borrow_mut(|cache| cache.be_for(self));
        let [last, before] = CACHE.with_borrow(|cache| cache.last.clone());
        if last.packed == packed {
            return last;
        }
        let now = if before.packed == packed {
            before
        } else {
            let (text, noise) = unpack(packed);
            let words = self.words_of(text).collect();
            Rc::new(Analysed { packed: packed.to_owned(), words, noise })
        };
        CACHE.with_borrow_mut(|cache| cache.last = [Rc::clone(&now), last]);
        now
    }
}

/// What a thread remembers.
struct Cache {
    analysis: Analysis,
    words: WordCache<Rc<WordForms>>,
    /// The texts read last: title and body of a document are asked for in turn.
    last: [Rc<Analysed>; 2],
}

impl Cache {
    /// Forgets what was remembered for other user words.
    fn be_for(&mut self, analysis: &Analysis) {
        if Arc::ptr_eq(&self.analysis.words, &analysis.words) {
            return;
        }
        if self.analysis.user_words() != analysis.user_words() {
            self.words = WordCache::new(CACHED_WORDS);
            self.last = Default::default();
        }
        self.analysis = analysis.clone();
    }
}

/// A word of a text with the forms it is indexed under.
#[derive(Debug)]
pub(crate) struct WordForms {
    word: Box<str>,
    /// Lower case, ä as a, ß as ss; see [`dossier_german::fold`].
    pub folded: Box<str>,
    /// `folded␟exact`, where the two differ.
    spelling: Option<Box<str>>,
    /// What takes the lexicon: marking the words of a hit must not look all its words up.
    read: OnceCell<Arc<Read>>,
    /// The last text whose stems were listed, so that each text lists a word once.
    listed: Cell<u64>,
    /// The same for its keys as a name.
    named: Cell<u64>,
    /// The last plan that it has nothing to do with.
    unmarked: Cell<u64>,
}

/// A word as the lexicon reads it.
#[derive(Debug)]
struct Read {
    /// `stem␟folded`, where the two differ.
    inflection: Option<Box<str>>,
    /// The parts of a compound.
    parts: Vec<Part>,
    /// `key␟exact` for each key of a name.
    names: Vec<Box<str>>,
}

impl WordForms {
    fn new(word: &str) -> Rc<WordForms> {
        let exact = exact(word);
        let folded = fold(&exact);
        Rc::new(WordForms {
            word: word.into(),
            spelling: pair(&folded, &exact),
            folded: folded.into(),
            read: OnceCell::new(),
            listed: Cell::new(0),
            named: Cell::new(0),
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

    /// Lower case, otherwise as written.
    pub fn exact(&self) -> &str {
        match &self.spelling {
            Some(pair) => &pair[self.folded.len() + SEPARATOR.len_utf8()..],
            None => &self.folded,
        }
    }

    fn read(&self, analysis: &Analysis) -> &Read {
        self.read.get_or_init(|| {
            let user_words = &analysis.words.user;
            analysis.words.read(&self.word, || {
                let (stem, mut parts) = stem_and_parts(&self.word, user_words);
                let keys = name_keys_of_text(&self.word, &parts);
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
        let as_written = text.get(self.range.clone()) == Some(&*self.forms.word);
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

thread_local! {
    static CACHE: RefCell<Cache> = RefCell::new(Cache {
        analysis: Analysis::default(),
        words: WordCache::new(CACHED_WORDS),
        last: Default::default(),
    });
    static TEXTS: Cell<u64> = const { Cell::new(0) };
}

/// A text and its words. The fields of a document share their texts: the last two are kept.
#[derive(Default)]
struct Analysed {
    /// The text with its noise.
    packed: String,
    words: Vec<TextWord>,
    noise: Vec<Range<usize>>,
}

/// The words of a text in the order of their positions, with their forms.
pub(crate) struct TextWords<'t>(Words<'t>);

impl Iterator for TextWords<'_> {
    type Item = TextWord;

    fn next(&mut self) -> Option<TextWord> {
        loop {
            let word = self.0.next()?;
            if word.text.len() > LONGEST_WORD {
                continue;
            }
            let forms = CACHE.with_borrow_mut(|cache| {
                Rc::clone(cache.words.get_or_insert_with(&word.text, WordForms::new))
            });
            if forms.folded.is_empty() {
                continue;
            }
            return Some(TextWord { forms, range: word.range, position: word.position });
        }
    }
}

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
    Stem,
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
/// Maps to the words of an index: those of noise are among them.
pub(crate) const STEMS: Chain = Chain { takes: Form::Stem, of: Scope::Both };
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
            Form::Stem => "stems",
            Form::Name => "names",
            Form::Label => "label",
        };
        let of = if self.of == Scope::Noise { "-of-noise" } else { "" };
        format!("german-{takes}{of}-{}", dossier_german::version())
    }

    /// Whether something is taken of a word of a text with that noise.
    fn reads(self, word: &TextWord, noise: &[Range<usize>]) -> bool {
        match self.of {
            Scope::Both => true,
            of => is_noise(noise, word.range.start) == (of == Scope::Noise),
        }
    }
}

/// What makes the terms of a field.
#[derive(Clone)]
struct ChainTokenizer {
    chain: Chain,
    analysis: Analysis,
}

impl Tokenizer for ChainTokenizer {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        let tokens = match self.chain.takes {
            Form::Label => Tokens::Labels(labels(text).into_iter()),
            // Other languages have no German stems, and no compounds that German takes apart.
            Form::Parts | Form::Stem if is_plain(text) => Tokens::Labels(Vec::new().into_iter()),
            _ if text.len() > LONGEST_KEPT_TEXT => {
                let (text, noise) = unpack(text);
                Tokens::Long { words: self.analysis.words_of(text), noise, word: None }
            }
            _ => Tokens::Kept { of: self.analysis.analysed(text), next: 0 },
        };
        let text_number = Analysis::next_number();
        Stream {
            taking: Taking { of: self, text_number, part: 0, token: Token::default() },
            tokens,
        }
    }
}

/// The tokens of one text for one field.
pub(crate) struct Stream<'t> {
    tokens: Tokens<'t>,
    taking: Taking<'t>,
}

enum Tokens<'t> {
    Kept { of: Rc<Analysed>, next: usize },
    Long { words: TextWords<'t>, noise: Vec<Range<usize>>, word: Option<TextWord> },
    Labels(std::vec::IntoIter<String>),
}

/// Takes tokens from words.
struct Taking<'t> {
    of: &'t ChainTokenizer,
    text_number: u64,
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

    /// Sets the token to what the chain takes of a word of a text with that noise, if anything is
    /// left of it.
    fn take(&mut self, word: &TextWord, noise: &[Range<usize>]) -> bool {
        let forms = &word.forms;
        let analysis = &self.of.analysis;
        if !self.of.chain.reads(word, noise) {
            return false;
        }
        let text = match self.of.chain.takes {
            Form::Exact => forms.spelling.as_deref(),
            Form::Parts => {
                let part = forms.read(analysis).parts.get(self.part);
                self.part = if part.is_some() { self.part + 1 } else { 0 };
                part.map(|part| &*part.stem)
            }
            Form::Name
                if self.part == 0 && forms.named.replace(self.text_number) == self.text_number =>
            {
                None
            }
            Form::Name => {
                let name = forms.read(analysis).names.get(self.part);
                self.part = if name.is_some() { self.part + 1 } else { 0 };
                name.map(|name| &**name)
            }
            Form::Stem if forms.listed.replace(self.text_number) == self.text_number => None,
            Form::Stem => forms.read(analysis).inflection.as_deref(),
            Form::Folded | Form::Label => Some(&*forms.folded),
        };
        text.is_some_and(|text| self.set(text, word.position as usize))
    }

    /// Whether more may be taken of a word of which something was.
    fn may_take_more(&self) -> bool {
        matches!(self.of.chain.takes, Form::Parts | Form::Name)
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let taking = &mut self.taking;
        match &mut self.tokens {
            Tokens::Labels(labels) => {
                let Some(label) = labels.next() else { return false };
                let position = taking.token.position.wrapping_add(1);
                taking.set(&label, position)
            }
            Tokens::Long { words, noise, word } => loop {
                match word.take().or_else(|| words.next()) {
                    None => return false,
                    Some(next) if taking.take(&next, noise) => {
                        *word = taking.may_take_more().then_some(next);
                        return true;
                    }
                    Some(_) => {}
                }
            },
            Tokens::Kept { of, next } => {
                let Some(ahead) =
                    of.words[*next..].iter().position(|word| taking.take(word, &of.noise))
                else {
                    return false;
                };
                *next += ahead + usize::from(!taking.may_take_more());
                true
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
