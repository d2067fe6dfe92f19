//! More like this: the documents that share the most telling words of one.
//!
//! A word tells the more, the more often it stands in the document, above all in its title, and the
//! fewer others hold it (tf-idf, with the numbers of the index itself). Forms of a word count as
//! one, and each is searched with the same name in other spellings, but without compounds.

use dossier_german::{Aliases, WordClass};
use rustc_hash::FxHashMap;
use serde::Serialize;
use tantivy::DocAddress;

use crate::analysis::{Analysis, TextWord};
use crate::copies;
use crate::document::Document;
use crate::expand::{Alternatives, Expander, Role};
use crate::explain::explain;
use crate::highlight::Highlighter;
use crate::language;
use crate::noise::is_noise;
use crate::plan::Plan;
use crate::query::Word;
use crate::ranking::{TextField, rarity};
use crate::results::{Hit, SearchOptions};
use crate::search::{bare_hit, id_of, ranked};
use crate::searcher::{Searcher, Terms};

/// Documents like another.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Similar {
    /// The words that were searched, the most telling first.
    pub words: Vec<TellingWord>,
    /// Those that share most of them, best first; equal scores in the order of their ids. Their
    /// explanations tell which.
    pub hits: Vec<Hit>,
    /// The ids of near-copies of the document, which are no hits, best first.
    pub copies: Vec<String>,
}

/// A word that tells what a document is about.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TellingWord {
    /// As the document has it where it stands first.
    pub word: String,
    /// How much it tells beside the most telling one, from 0 to 1.
    pub weight: f32,
    /// Documents that hold one of its forms and spellings, about.
    pub documents: usize,
}

/// Words searched for at most. More take time and say what the first have said.
const MOST_WORDS: usize = 25;

/// Words expanded at most: many of the rarest stand in this document alone.
const MOST_TRIED: usize = 60;

/// So many bytes of a text are read: a book tells early what it is about.
const ENOUGH_BYTES: usize = 200_000;

/// So many different words, the most frequent, are looked up in the index.
const MOST_LOOKED_UP: usize = 500;

/// An occurrence in the title counts as so many in the text: it was chosen to tell.
const IN_TITLE: f32 = 3.0;

/// A word in more documents than this share tells little, and takes long to search.
const COMMON_SHARE: f64 = 0.1;

/// In small collections a share says nothing about a word.
const COMMON_LEAST: usize = 20;

/// What an adjective counts that is written in lower case somewhere in the document: nouns and names
/// tell what a German text is about, other words nothing.
const LOWER_CASE: f32 = 0.3;

/// A document must reach this share of the score that the one asked for has itself: below, it shares
/// a word or two.
const LEAST_LIKE: f32 = 0.1;

/// How many documents more than are wanted are looked at: copies are taken out of them.
const MORE_FOR_COPIES: usize = 20;

pub(crate) fn similar(
    searcher: &Searcher,
    address: DocAddress,
    options: &SearchOptions,
) -> tantivy::Result<Similar> {
    let document = searcher.load(address)?;
    let (words, expanded) = telling_words(searcher, &document, &options.aliases)?;
    let plan = Plan::any_of(expanded);
    let wanted = options.limit.saturating_add(options.offset).min(SearchOptions::MOST_HITS);
    let own = searcher.signature(address);
    let is_copy = |other| match (own, searcher.signature(other)) {
        (Some(own), Some(other)) => own.is_near(&other),
        _ => false,
    };
    let most = (wanted * 2 + MORE_FOR_COPIES).min(SearchOptions::MOST_HITS);
    let (_, mut found) = ranked(searcher, &plan, most)?;
    let itself = found.iter().find(|found| found.address == address);
    let least = itself.map_or(0.0, |itself| itself.score * LEAST_LIKE);
    found.retain(|found| found.address != address && found.score >= least);
    let (near, mut found): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|found| is_copy(found.address));
    let mut groups: Vec<Vec<usize>> = (0..found.len()).map(|number| vec![number]).collect();
    if options.group_copies {
        found.truncate(copies::MOST_GROUPED);
        groups = copies::group(found.iter().map(|found| searcher.signature(found.address)));
    }
    let highlighter = Highlighter::new(&plan, searcher.analysis(), false);
    let mut hits = Vec::new();
    for group in groups.iter().skip(options.offset).take(options.limit) {
        let best = found[group[0]];
        let document = searcher.load(best.address)?;
        let mut explanations = explain(searcher, &plan, &highlighter, &document, best.address)?;
        explanations.sort_by(|a, b| b.score.total_cmp(&a.score));
        let copies = group[1..].iter().map(|&copy| id_of(searcher, found[copy].address));
        let copies = copies.collect();
        hits.push(Hit { explanations, copies, ..bare_hit(document, best.score) });
    }
    let copies = near.iter().map(|copy| id_of(searcher, copy.address)).collect();
    Ok(Similar { words, hits, copies })
}

/// What is known of the forms of a word in a document.
struct Counted {
    /// As it stands first.
    word: String,
    /// Its forms, folded.
    forms: Vec<Box<str>>,
    times: f32,
    is_lower_case: bool,
}

/// The words of a document that tell most, best first, and what each stands for.
fn telling_words(
    searcher: &Searcher,
    document: &Document,
    aliases: &Aliases,
) -> tantivy::Result<(Vec<TellingWord>, Vec<Alternatives>)> {
    let all = searcher.documents();
    let common = COMMON_LEAST.max((all as f64 * COMMON_SHARE) as usize);
    let mut candidates = Vec::new();
    for counted in counted(searcher.analysis(), document) {
        let documents = documents(searcher, &counted.forms)?;
        if documents > common {
            continue;
        }
        let case = if counted.is_lower_case { LOWER_CASE } else { 1.0 };
        let times = (1.0 + counted.times.ln()) * case;
        let weight = times * rarity(documents as u64, all as u64);
        candidates.push((weight, times, counted));
    }
    candidates.sort_by(|(a, _, one), (b, _, other)| {
        b.total_cmp(a).then_with(|| one.word.cmp(&other.word))
    });
    let mut expander = Expander::new(searcher, aliases, TextField::searched(false));
    let mut found: Vec<(TellingWord, Alternatives)> = Vec::new();
    for (_, times, Counted { word, is_lower_case, .. }) in candidates.into_iter().take(MOST_TRIED) {
        // Articles, pronouns and verbs that all texts have in common tell nothing.
        let tells = expander.forms(&word).class == Some(WordClass::Adjective);
        if is_lower_case && !tells {
            continue;
        }
        let mut expanded = expander.expand(&Word::new(&word), Role::Telling)?;
        let documents = expanded.terms.iter().map(|term| term.documents as usize).sum();
        // What no other document holds, in no spelling, finds nothing.
        if documents < 2 {
            continue;
        }
        let weight = times * expanded.rarity;
        expanded.rarity *= weight;
        found.push((TellingWord { word, weight, documents }, expanded));
        if found.len() == MOST_WORDS {
            break;
        }
    }
    found.sort_by(|(a, _), (b, _)| b.weight.total_cmp(&a.weight).then_with(|| a.word.cmp(&b.word)));
    let most = found.first().map_or(1.0, |(first, _)| first.weight);
    for (telling, expanded) in &mut found {
        telling.weight /= most;
        expanded.rarity /= most;
    }
    Ok(found.into_iter().unzip())
}

/// The words of a document by their stems, the most frequent.
fn counted(analysis: &Analysis, document: &Document) -> Vec<Counted> {
    let mut numbers: FxHashMap<Box<str>, usize> = FxHashMap::default();
    let mut found: Vec<Counted> = Vec::new();
    let is_foreign = language::is_foreign(document);
    let mut count = |text: &str, word: &TextWord, times: f32| {
        let Some(written) = text.get(word.range.clone()) else { return };
        let letters = written.chars().filter(|letter| letter.is_alphabetic()).count();
        if letters < 2 || written.len() > LONGEST_WORD {
            return;
        }
        let stem = if is_foreign { word.forms.folded() } else { word.stem(analysis) };
        let number = *numbers.entry(stem.into()).or_insert_with(|| {
            let (forms, times) = (Vec::new(), 0.0);
            found.push(Counted { word: written.to_owned(), forms, times, is_lower_case: false });
            found.len() - 1
        });
        let counted = &mut found[number];
        counted.times += times;
        counted.is_lower_case |= written.starts_with(char::is_lowercase);
        let folded = word.forms.folded();
        if counted.forms.iter().all(|form| **form != *folded) {
            counted.forms.push(folded.into());
        }
    };
    for word in analysis.words_of(&document.body) {
        if word.range.start > ENOUGH_BYTES {
            break;
        }
        if is_noise(&document.noise, word.range.start) {
            continue;
        }
        count(&document.body, &word, 1.0);
    }
    for word in analysis.words_of(&document.title) {
        if word.range.start > ENOUGH_BYTES {
            break;
        }
        count(&document.title, &word, IN_TITLE);
    }
    // The sort is stable: of words as frequent those that stand first.
    found.sort_by(|a, b| b.times.total_cmp(&a.times));
    found.truncate(MOST_LOOKED_UP);
    found
}

/// Longer words (in bytes) are addresses and the like.
const LONGEST_WORD: usize = 60;

/// Documents that hold one of some words, about: as many as hold the most frequent.
fn documents(searcher: &Searcher, forms: &[Box<str>]) -> tantivy::Result<usize> {
    let mut most = 0;
    for form in forms {
        let mut documents = 0;
        for segment in searcher.segments() {
            let terms = segment.terms(TextField::Body, Terms::Words).terms();
            documents += terms.get(&**form)?.map_or(0, |info| info.doc_freq as usize);
        }
        most = most.max(documents);
    }
    Ok(most)
}
