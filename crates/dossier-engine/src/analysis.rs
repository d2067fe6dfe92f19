//! The one adapter between `dossier_german` and tantivy: tokenizers for the text fields, and the
//! same words for queries and highlighting.

use std::cell::{Cell, OnceCell, RefCell};
use std::hash::BuildHasher;
use std::ops::Range;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
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

/// What a thread remembers.
struct Cache {
    analysis: Analysis,
    words: WordCache<CachedWord>,
    /// Texts analysed on this thread since the words were forgotten.
    texts: u32,
    /// The texts read last, the latest first: title and body of a document are asked for in turn.
    last: [Rc<Analysed>; 2],
}

/// A word, and where the text at hand has it.
struct CachedWord {
    forms: Rc<WordForms>,
    /// What of it is indexed; unknown until a text with it is.
    given: Option<Given>,
    /// The number of the last text with it, and of the word in that text.
    text: u32,
    number: u32,
}

impl CachedWord {
    fn new(word: &str) -> CachedWord {
        CachedWord { forms: WordForms::new(word), given: None, text: 0, number: 0 }
    }
}

impl Cache {
    /// Forgets what was remembered for other user words.
    fn be_for(&mut self, analysis: &Analysis) {
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

/// A word of a text with the forms it is indexed under.
#[derive(Debug)]
pub(crate) struct WordForms {
    /// As written, where that differs from `folded`.
    word: Option<Box<str>>,
    /// Lower case, ä as a, ß as ss; see [`dossier_german::fold`].
    pub folded: Box<str>,
    /// `folded␟exact`, where the two differ.
    spelling: Option<Box<str>>,
    /// What takes the lexicon: marking the words of a hit must not look all its words up.
    read: OnceCell<Arc<Read>>,
    /// The last list of inflections that has it.
    listed: Cell<u64>,
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
            word: (*word != *folded).then(|| word.into()),
            spelling: pair(&folded, &exact),
            folded: folded.into(),
            read: OnceCell::new(),
            listed: Cell::new(0),
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

    fn read(&self, analysis: &Analysis) -> &Arc<Read> {
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

thread_local! {
    static CACHE: RefCell<Cache> = RefCell::new(Cache {
        analysis: Analysis::default(),
        words: WordCache::new(CACHED_WORDS),
        texts: 0,
        last: Default::default(),
    });
    static HIGHLIGHTERS: Cell<u64> = const { Cell::new(0) };
}

/// A text and its words. The fields of a document share their texts.
#[derive(Default)]
struct Analysed {
    /// The text with its noise.
    packed: String,
    /// Its words, each once, but where there are more than are cached.
    words: Vec<Rc<WordForms>>,
    /// In the order of their positions.
    occurrences: Vec<Occurrence>,
    noise: Vec<Range<usize>>,
}

/// A word where it stands in a kept text.
struct Occurrence {
    /// Its number among the words of the text.
    word: u32,
    position: u32,
    /// The byte of the text it begins at.
    start: u32,
    given: Given,
}

impl Analysed {
    /// Analyses a text in place of the one before.
    fn be_of(&mut self, packed: &str, analysis: &Analysis, cache: &mut Cache) {
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

/// Which kinds of terms a word gives: most give one only, which is then seen at a glance.
#[derive(Clone, Copy)]
struct Given(u8);

impl Given {
    const FOLDED: Given = Given(1);
    const EXACT: Given = Given(2);
    const PARTS: Given = Given(4);
    const NAMES: Given = Given(8);

    fn of(word: &WordForms, analysis: &Analysis) -> Given {
        let read = word.read(analysis);
        let has = [
            (Given::FOLDED, !word.folded.is_empty()),
            (Given::EXACT, word.spelling.is_some()),
            (Given::PARTS, !read.parts.is_empty()),
            (Given::NAMES, !read.names.is_empty()),
        ];
        Given(has.iter().filter(|(_, has)| *has).fold(0, |given, (kind, _)| given | kind.0))
    }

    fn has(self, kind: Given) -> bool {
        self.0 & kind.0 != 0
    }
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
struct ChainTokenizer {
    chain: Chain,
    analysis: Analysis,
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
