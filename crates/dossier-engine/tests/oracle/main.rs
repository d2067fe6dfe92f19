//! The engine against a brute-force matcher: random small German texts, random queries, and plain
//! comparison of words. Same documents, every mark a real match, whatever the segments.
//!
//! Only the analysis of single words is shared with the engine; how words match is written anew.

#![allow(clippy::unwrap_used)]

mod matching;
mod material;
mod slots;
mod spellings;
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use dossier_engine::{Document, Fragment, Index, Query, Reading, Results, SearchOptions, Searcher};
use dossier_german::{exact, forms, name_keys_of_text, words};

use crate::matching::{Scope, matches, today};
use crate::material::{FEW_WORDS, Random, VOCABULARY, clause, dates, document, near, phrase};
use crate::spellings::{NAMES, OTHER_SPELLINGS};
use crate::texts::{Place, Texts};

/// Whether a marked range is made up of words that match, with nothing before or behind.
fn is_real(mark: Range<usize>, place: Place, marks: &BTreeSet<(Place, usize, usize)>) -> bool {
    let inside = || {
        marks
            .iter()
            .filter(|(of, start, end)| *of == place && mark.start <= *start && *end <= mark.end)
    };
    inside().any(|(_, start, _)| *start == mark.start)
        && inside().any(|(_, _, end)| *end == mark.end)
}

/// Where the parts of a fragment stand in its document, with their start in the fragment: what is
/// left out between them must be noise.
fn parts_shown(fragment: &Fragment, document: &Document, noise: bool) -> Vec<(usize, usize)> {
    let body = &document.body;
    let skipped = |mut at: usize| {
        while let Some(noise) = document.noise.iter().find(|noise| {
            body[at..]
                .find(|c: char| !c.is_whitespace())
                .is_some_and(|ahead| noise.contains(&at) || noise.start == at + ahead)
        }) {
            at = noise.end;
        }
        at + body[at..].len() - body[at..].trim_start().len()
    };
    let (mut at, mut start) = (fragment.start, 0);
    let mut found = Vec::new();
    for part in fragment.text.split(" … ") {
        if start > 0 {
            at = skipped(at);
        }
        assert!(body[at..].starts_with(part), "{fragment:?} of {document:?}");
        let is_apart = |of: &Range<usize>| of.end <= at || at + part.len() <= of.start;
        assert!(noise || document.noise.iter().all(is_apart), "{fragment:?} of {document:?}");
        found.push((start, at));
        at += part.len();
        start += part.len() + " … ".len();
    }
    found
}

fn search(searcher: &Searcher, query: &Query) -> Results {
    search_noise(searcher, query, false)
}

fn search_noise(searcher: &Searcher, query: &Query, noise: bool) -> Results {
    let today = Some(today());
    let options =
        SearchOptions { limit: 1_000, fragments: 100, noise, today, ..SearchOptions::default() };
    searcher.search(query, &options).unwrap()
}

/// A query that confines names with marks beside words is out of the oracle's rules.
fn check(name: &str, searcher: &Searcher, documents: &BTreeMap<String, Texts<'_>>, typed: &str) {
    let query = match Query::parse(typed) {
        Ok(parsed) => parsed.query,
        // Patterns with too few letters.
        Err(_) => return,
    };
    // Half of the queries ask for noise.
    check_query(name, searcher, documents, typed, &query, typed.len().is_multiple_of(2));
}

fn check_query(
    name: &str,
    searcher: &Searcher,
    documents: &BTreeMap<String, Texts<'_>>,
    typed: &str,
    query: &Query,
    noise: bool,
) {
    let results = search_noise(searcher, query, noise);
    let mut found: Vec<&str> = results.hits.iter().map(|hit| hit.id.as_str()).collect();
    found.sort_unstable();
    assert_eq!(results.total, found.len(), "{name}: {typed}");
    let scope = Scope { field: None, negated: false, noise };
    let mut expected = Vec::new();
    let mut marks = BTreeMap::new();
    for (id, texts) in documents {
        let mut of_document = BTreeSet::new();
        if matches(query, scope, texts, &mut of_document) {
            expected.push(id.as_str());
        }
        marks.insert(id.as_str(), of_document);
    }
    if results.reading == Reading::Relaxed {
        assert_eq!(expected, [""; 0], "{name}: {typed} has hits as typed");
        return;
    }
    assert_eq!(found, expected, "{name}: {typed}, that is {query}");
    for hit in &results.hits {
        let (document, marks) = (documents[&hit.id].document, &marks[hit.id.as_str()]);
        let mut shown = 0;
        for mark in &hit.title_marks {
            assert!(is_real(mark.clone(), Place::Title, marks), "{name}: {typed}: {hit:?}");
            shown += 1;
        }
        for fragment in &hit.fragments {
            let parts = parts_shown(fragment, document, noise);
            for mark in &fragment.marks {
                let (start, at) = *parts.iter().rfind(|(start, _)| *start <= mark.start).unwrap();
                let mark = at + mark.start - start..at + mark.end - start;
                assert!(is_real(mark, Place::Body, marks), "{name}: {typed}: {hit:?}");
                shown += 1;
            }
        }
        assert_eq!(shown > 0, !marks.is_empty(), "{name}: {typed}: {hit:?}");
    }
}

/// Documents and queries for one seed.
fn material(seed: u64) -> (Vec<Document>, Vec<String>) {
    let mut random = Random::new(seed, VOCABULARY);
    let documents = (0..60).map(|id| document(&mut random, id)).collect();
    let queries = (0..90).map(|_| clause(&mut random, 3)).collect();
    (documents, queries)
}

fn put_all(index: &Index, documents: &[Document], each_commit: usize) {
    let mut writer = index.writer().unwrap();
    for some in documents.chunks(each_commit) {
        some.iter().for_each(|document| writer.put(document.clone()).unwrap());
        writer.commit().unwrap();
    }
}

fn by_id<'d>(documents: impl IntoIterator<Item = &'d Document>) -> BTreeMap<String, Texts<'d>> {
    let documents: Vec<&Document> = documents.into_iter().collect();
    let texts = documents.iter().flat_map(|document| [&document.title, &document.body]);
    let names = texts.flat_map(|text| words(text)).filter_map(|word| {
        let keys = name_keys_of_text(&word.text, &forms(&word.text).parts);
        (!keys.is_empty()).then(|| (exact(&word.text), keys))
    });
    NAMES.set(names.collect());
    OTHER_SPELLINGS.take();
    documents.into_iter().map(|document| (document.id.clone(), Texts::of(document))).collect()
}

#[test]
fn the_engine_finds_and_marks_what_brute_force_does() {
    let (documents, queries) = material(1);
    let index = Index::in_memory().unwrap();
    put_all(&index, &documents, documents.len());
    let searcher = index.searcher().unwrap();
    let texts = by_id(&documents);
    for query in &queries {
        check("one commit", &searcher, &texts, query);
    }
}

#[test]
fn words_near_each_other_are_those_that_brute_force_finds() {
    let mut random = Random::new(7, FEW_WORDS);
    let documents: Vec<_> = (0..60).map(|id| document(&mut random, id)).collect();
    let index = Index::in_memory().unwrap();
    put_all(&index, &documents, 20);
    let searcher = index.searcher().unwrap();
    let texts = by_id(&documents);
    for number in 0..150 {
        let query = match number % 5 {
            0 => phrase(&mut random),
            1 => dates(&mut random),
            _ => near(&mut random),
        };
        check("few words", &searcher, &texts, &query);
    }
}

#[test]
fn segments_make_no_difference() {
    let (documents, queries) = material(2);
    let index = Index::in_memory().unwrap();
    // Six commits: fewer than are merged.
    put_all(&index, &documents, 10);
    let searcher = index.searcher().unwrap();
    let texts = by_id(&documents);
    for query in &queries {
        check("many commits", &searcher, &texts, query);
    }
}

#[test]
fn replacing_and_deleting_leave_nothing_behind() {
    let (documents, queries) = material(3);
    let index = Index::in_memory().unwrap();
    put_all(&index, &documents, 15);
    let mut now: BTreeMap<String, Document> =
        documents.iter().map(|document| (document.id.clone(), document.clone())).collect();
    let mut random = Random::new(33, VOCABULARY);
    let mut writer = index.writer().unwrap();
    for _ in 0..40 {
        let id = random.below(60);
        let changed = document(&mut random, id);
        if random.below(3) == 0 {
            writer.delete(&changed.id).unwrap();
            now.remove(&changed.id);
        } else {
            writer.put(changed.clone()).unwrap();
            now.insert(changed.id.clone(), changed);
        }
        if random.below(8) == 0 {
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    let searcher = index.searcher().unwrap();
    assert_eq!(searcher.documents(), now.len());
    let texts = by_id(now.values());
    for query in &queries {
        check("after changes", &searcher, &texts, query);
    }
    for (id, document) in &now {
        let mut stored = searcher.document(id).unwrap().unwrap();
        stored.language = None;
        assert_eq!(stored, *document);
    }
}

/// What a reader sees, but for the scores' last bits.
fn seen(results: &Results) -> Vec<(String, i64, String)> {
    let shown = |hit: &dossier_engine::Hit| {
        let fragments = format!("{:?} {:?}", hit.title_marks, hit.fragments);
        (hit.id.clone(), (f64::from(hit.score) * 1e4).round() as i64, fragments)
    };
    results.hits.iter().map(shown).collect()
}

#[test]
fn disk_memory_and_commits_give_the_same_results() {
    let (documents, queries) = material(4);
    let memory = Index::in_memory().unwrap();
    put_all(&memory, &documents, documents.len());
    let folder = tempfile::tempdir().unwrap();
    let disk = Index::create(folder.path()).unwrap();
    put_all(&disk, &documents, 12);
    drop(disk);
    let disk = Index::open_read_only(folder.path()).unwrap();
    let (memory, disk) = (memory.searcher().unwrap(), disk.searcher().unwrap());
    for typed in &queries {
        let Ok(query) = typed.parse::<Query>() else { continue };
        let (one, other) = (search(&memory, &query), search(&disk, &query));
        assert_eq!(seen(&one), seen(&other), "{typed}");
        assert_eq!((one.total, one.reading), (other.total, other.reading), "{typed}");
        assert_eq!(one.also_searched, other.also_searched, "{typed}");
    }
}

#[test]
fn threads_share_a_searcher() {
    let (documents, queries) = material(5);
    let index = Index::in_memory().unwrap();
    put_all(&index, &documents, 20);
    let searcher = index.searcher().unwrap();
    let answers = |searcher: &Searcher| -> Vec<_> {
        let queries = queries.iter().take(40).filter_map(|typed| typed.parse::<Query>().ok());
        queries.map(|query| seen(&search(searcher, &query))).collect()
    };
    let expected = answers(&searcher);
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..4)
            .map(|_| {
                let searcher = searcher.clone();
                scope.spawn(move || answers(&searcher))
            })
            .collect();
        for reader in readers {
            assert_eq!(reader.join().unwrap(), expected);
        }
    });
}

#[test]
fn every_document_is_found_by_each_of_its_words() {
    let (documents, _) = material(6);
    let index = Index::in_memory().unwrap();
    put_all(&index, &documents, 25);
    let searcher = index.searcher().unwrap();
    for word in VOCABULARY {
        for query in [Query::plain(word).unwrap(), format!("={word}").parse().unwrap()] {
            let results = search_noise(&searcher, &query, true);
            let found: BTreeSet<&str> = results.hits.iter().map(|hit| hit.id.as_str()).collect();
            for document in &documents {
                let holds = [&document.title, &document.body]
                    .iter()
                    .any(|text| words(text).any(|there| there.text == *word));
                assert!(!holds || found.contains(&*document.id), "{query}: {}", document.id);
            }
        }
    }
}

#[test]
fn the_queries_compared_are_of_every_kind() {
    let (mut read, mut all) = (0, 0);
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 1..=5 {
        let (documents, queries) = material(seed);
        let index = Index::in_memory().unwrap();
        put_all(&index, &documents, documents.len());
        let searcher = index.searcher().unwrap();
        for typed in &queries {
            all += 1;
            let Ok(query) = typed.parse::<Query>() else { continue };
            read += 1;
            if search(&searcher, &query).total == 0 {
                continue;
            }
            for kind in [" NEAR/", " NAH/", "\"~ ", "\"~3", "*", "~1", "datum:", "=", "-("] {
                if typed.contains(kind) {
                    *kinds.entry(kind).or_default() += 1;
                }
            }
        }
    }
    // Some patterns have too few letters, and some marks exclude each other.
    assert!(read * 4 > all * 3, "{read} of {all}");
    assert!(kinds.len() == 9 && kinds.values().all(|count| *count >= 5), "{kinds:?}");
}
