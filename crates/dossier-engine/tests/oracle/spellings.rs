//! Words that a typed word may stand for, compared one by one: typing errors, patterns, names.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use dossier_engine::{Word, WordMode};
use dossier_german::{
    Alias, Aliases, KeyMatch, NameKey, StemSource, TypedName, exact, fold, forms,
};

/// Letters to insert, drop, change, or swap with their neighbour: the plain table.
pub fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut table = vec![vec![0usize; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let changed = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut least = changed.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(table[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    table[a.len()][b.len()]
}

pub fn glob(pattern: &[char], word: &[char]) -> bool {
    match (pattern, word) {
        ([], word) => word.is_empty(),
        (['*', rest @ ..], word) => (0..=word.len()).any(|skip| glob(rest, &word[skip..])),
        (['?', rest @ ..], [_, word @ ..]) => glob(rest, word),
        ([letter, rest @ ..], [first, word @ ..]) => letter == first && glob(rest, word),
        (_, []) => false,
    }
}

pub fn fits_glob(pattern: &str, word: &str) -> bool {
    let (pattern, word): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), word.chars().collect());
    glob(&pattern, &word)
}

/// Folds what stands between wildcards.
pub fn fold_parts(pattern: &str, of: impl Fn(&str) -> String) -> String {
    let mut done = String::new();
    let mut part = String::new();
    for letter in pattern.chars() {
        if matches!(letter, '*' | '?') {
            done += &of(&std::mem::take(&mut part));
            done.push(letter);
        } else {
            part.push(letter);
        }
    }
    done + &of(&part)
}

pub fn digraphs(word: &str) -> String {
    exact(word).replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss")
}

/// A word of a query, analysed once.
#[derive(Clone)]
pub struct Analysed {
    pub folded: String,
    /// Its stem, and that of the noun it may be, typed in lower case.
    pub own: Vec<String>,
    /// Stems of words close in meaning.
    pub related: Vec<String>,
}

pub fn analysed(text: &str) -> Analysed {
    thread_local! {
        static KNOWN: RefCell<BTreeMap<String, Analysed>> = RefCell::default();
    }
    let analyse = || {
        let mut typed = vec![text.to_owned()];
        let mut letters = text.chars();
        if let Some(first) = letters.next().filter(|first| first.is_lowercase()) {
            typed.push(first.to_uppercase().chain(letters).collect());
        }
        let forms: Vec<_> = typed.iter().map(|word| forms(word)).collect();
        Analysed {
            folded: fold(text),
            own: forms.iter().map(|forms| forms.stem.to_string()).collect(),
            related: forms.iter().flat_map(|f| &f.linked).map(|stem| stem.to_string()).collect(),
        }
    };
    KNOWN.with_borrow_mut(|known| known.entry(text.to_owned()).or_insert_with(analyse).clone())
}

thread_local! {
    /// Every spelling of what may be a name, with its keys, in the documents compared.
    pub static NAMES: RefCell<BTreeMap<String, Vec<NameKey>>> = RefCell::default();
    /// By what was typed.
    pub static OTHER_SPELLINGS: RefCell<BTreeMap<String, BTreeSet<String>>> = RefCell::default();
}

/// Whether a folded word has a spelling somewhere that is another one of a typed name.
pub fn is_other_spelling(typed: &str, folded: &str) -> bool {
    OTHER_SPELLINGS.with_borrow_mut(|known| {
        let others = known.entry(typed.to_owned()).or_insert_with(|| other_spellings(typed));
        others.contains(folded)
    })
}

/// Every spelling of a typed name in the documents compared, folded.
pub fn other_spellings(typed: &str) -> BTreeSet<String> {
    let Some(name) = TypedName::new(typed, &forms(typed)) else { return BTreeSet::new() };
    let relation =
        |key: NameKey, other: NameKey| match distance(&key.to_string(), &other.to_string()) {
            0 => Some(KeyMatch::Equal),
            1 => name.near(key, &other.to_string()).map(|near| near.relation),
            _ => None,
        };
    NAMES.with_borrow(|names| {
        let found = names.iter().filter_map(|(spelling, its_keys)| {
            let pairs = name.keys().iter().flat_map(|key| its_keys.iter().map(|its| (*key, *its)));
            let best = pairs.filter_map(|(key, its)| relation(key, its)).min();
            Some((&**spelling, best?))
        });
        name.same(found).into_iter().map(|(spelling, _)| fold(spelling)).collect()
    })
}

/// What else a name is called.
pub fn other_names(name: &str) -> Vec<&'static Alias> {
    Aliases::exonyms().of(name)
}

/// Whether a folded word is one of some names, as one word.
pub fn is_alias(names: &[&Alias], folded: &str) -> bool {
    let is =
        |name: &Alias| folded.strip_prefix(name.joined()).is_some_and(|s| matches!(s, "" | "s"));
    names.iter().any(|name| name.words().len() == 1 && is(name))
}

pub fn is_name_in_text(exact: &str) -> bool {
    NAMES.with_borrow(|names| names.contains_key(exact))
}

/// Whether a word may be a name, and whether one that the lexicon does not have.
pub fn is_name(typed: &str) -> (bool, bool) {
    thread_local! {
        static KNOWN: RefCell<BTreeMap<String, (bool, bool)>> = RefCell::default();
    }
    let analyse = || {
        let forms = forms(typed);
        let is_name = TypedName::new(typed, &forms).is_some();
        (is_name, is_name && forms.source == StemSource::Ending)
    };
    KNOWN.with_borrow_mut(|known| *known.entry(typed.to_owned()).or_insert_with(analyse))
}

/// Both halves of a name that texts may have as two words.
pub fn halves(typed: &str) -> Vec<[String; 2]> {
    if !is_name(typed).1 {
        return Vec::new();
    }
    let letters: Vec<char> = exact(typed).chars().collect();
    let halves = (2..letters.len().saturating_sub(1))
        .map(|at| [&letters[..at], &letters[at..]].map(|half| half.iter().collect::<String>()));
    halves.filter(|halves| halves.iter().all(|half| is_name_in_text(half))).collect()
}

/// Two words as one, if texts may have them so.
pub fn joined(before: &Word, behind: &Word) -> Option<String> {
    let may_be_name = |word: &Word| {
        word.mode == WordMode::Plain && word.text.chars().count() > 1 && is_name(&word.text).0
    };
    let joined = exact(&before.text) + &exact(&behind.text);
    (may_be_name(before) && may_be_name(behind) && is_name_in_text(&joined)).then_some(joined)
}
