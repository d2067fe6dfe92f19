//! Near-copies: the same agency text in several papers is one hit, another text of the same event is
//! another.

#![allow(clippy::unwrap_used)]

mod agency;
mod common;

use std::collections::{BTreeMap, BTreeSet};

use dossier_engine::{Document, Index, Results, SearchOptions, Searcher};

use agency::{Event, Random};
use common::index;

fn grouped(limit: usize, offset: usize) -> SearchOptions {
    SearchOptions { limit, offset, group_copies: true, fragments: 0, ..SearchOptions::default() }
}

fn search(searcher: &Searcher, query: &str, options: &SearchOptions) -> Results {
    searcher.search(&query.parse().unwrap(), options).unwrap()
}

/// The ids of each hit and its copies.
fn groups(results: &Results) -> Vec<Vec<&str>> {
    let hits = results.hits.iter();
    hits.map(|hit| [&hit.id].into_iter().chain(&hit.copies).map(String::as_str).collect()).collect()
}

/// Texts of one event: its number, and a letter for each text that was written of its own.
fn text_of(id: &str) -> &str {
    &id[..id.rfind('-').unwrap()]
}

/// Generated events, with two agency texts each that three papers print, and two texts of
/// correspondents: 28 pairs of hits, 6 of them copies.
fn events(events: u64) -> Vec<(String, Vec<Document>)> {
    (0..events)
        .map(|number| {
            let mut random = Random::new(number);
            let event = Event::new(number as usize, &mut random);
            let mut documents = Vec::new();
            for letter in ["a", "b"] {
                let text = event.article(&mut random);
                for paper in 0..3 {
                    let (title, body) = text.printed(&mut random);
                    let id = format!("{number}{letter}-{paper}");
                    documents.push(Document { id, title, body, ..Document::default() });
                }
            }
            for letter in ["c", "d"] {
                let (title, body) = event.article(&mut random).as_written();
                let id = format!("{number}{letter}-0");
                documents.push(Document { id, title, body, ..Document::default() });
            }
            (event.query(), documents)
        })
        .collect()
}

/// Pairs of hits that were grouped rightly, wrongly, and that were missed.
#[derive(Debug, Default)]
struct Pairs {
    right: usize,
    wrong: usize,
    missed: usize,
    all: usize,
}

fn judge(searcher: &Searcher, query: &str, documents: &[Document], pairs: &mut Pairs) {
    let results = search(searcher, query, &grouped(50, 0));
    assert_eq!(results.total, documents.len(), "{query}");
    let group_of: BTreeMap<&str, usize> = groups(&results)
        .into_iter()
        .enumerate()
        .flat_map(|(number, ids)| ids.into_iter().map(move |id| (id, number)))
        .collect();
    for (place, one) in documents.iter().enumerate() {
        for other in &documents[..place] {
            let are_copies = text_of(&one.id) == text_of(&other.id);
            let are_grouped = group_of[&*one.id] == group_of[&*other.id];
            pairs.all += 1;
            match (are_grouped, are_copies) {
                (true, true) => pairs.right += 1,
                (true, false) => pairs.wrong += 1,
                (false, true) => pairs.missed += 1,
                (false, false) => {}
            }
        }
    }
}

#[test]
fn copies_are_told_from_other_texts_of_the_event() {
    let events = events(80);
    let searcher = index(events.iter().flat_map(|(_, documents)| documents.clone()));
    let mut pairs = Pairs::default();
    for (query, documents) in &events {
        judge(&searcher, query, documents, &mut pairs);
    }
    let (right, found) = (pairs.right as f64, (pairs.right + pairs.wrong) as f64);
    let (precision, recall) = (right / found, right / (pairs.right + pairs.missed) as f64);
    assert!(pairs.all >= 2_000, "{pairs:?}");
    assert!(precision >= 0.99 && recall >= 0.95, "{pairs:?}: {precision} {recall}");
}

/// Runs of three words.
fn runs(text: &str) -> BTreeSet<Vec<String>> {
    let words: Vec<String> =
        dossier_german::words(text).map(|word| dossier_german::fold(&word.text)).collect();
    words.windows(3).map(<[String]>::to_vec).collect()
}

#[test]
fn copies_have_runs_of_words_in_common_and_others_have_not() {
    // What the threshold lies between: what the shorter of two texts shares with the longer.
    let (mut copies, mut others) = (Vec::new(), Vec::new());
    for (_, documents) in events(30) {
        let runs: Vec<_> = documents.iter().map(|document| runs(&document.body)).collect();
        for one in 0..runs.len() {
            for other in 0..one {
                let both = runs[one].intersection(&runs[other]).count() as f64;
                let common = both / runs[one].len().min(runs[other].len()) as f64;
                let are_copies = text_of(&documents[one].id) == text_of(&documents[other].id);
                if are_copies { &mut copies } else { &mut others }.push(common);
            }
        }
    }
    copies.sort_by(f64::total_cmp);
    others.sort_by(f64::total_cmp);
    let at = |sorted: &[f64], share: f64| sorted[(sorted.len() as f64 * share) as usize];
    let (least, most) = (at(&copies, 0.03), at(&others, 0.99));
    assert!(least > 0.45 && most < 0.35, "{least} {most}");
}

#[test]
fn groups_do_not_depend_on_the_order_of_indexing() {
    let (query, documents) = events(1).remove(0);
    let in_one = index(documents.clone());
    let expected = search(&in_one, &query, &grouped(10, 0));
    let expected = groups(&expected);
    assert!(expected.len() < documents.len(), "{expected:?}");
    for step in [3, 5, 7] {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        for number in 0..documents.len() {
            writer.put(documents[number * step % documents.len()].clone()).unwrap();
            // A segment for each.
            writer.commit().unwrap();
        }
        drop(writer);
        let results = search(&index.searcher().unwrap(), &query, &grouped(10, 0));
        assert_eq!(groups(&results), expected, "{step}");
    }
}

#[test]
fn pages_of_groups_fit_together() {
    let all: Vec<(String, Vec<Document>)> = events(6);
    let searcher = index(all.iter().flat_map(|(_, documents)| documents.clone()));
    let query = "Minister ODER Regierung ODER Delegation ODER Abkommen";
    let whole = search(&searcher, query, &grouped(1_000, 0));
    let apart = SearchOptions { limit: 1_000, ..SearchOptions::default() };
    let apart = search(&searcher, query, &apart);
    // Every document is there once, and counted once.
    let seen: BTreeSet<&str> = groups(&whole).into_iter().flatten().collect();
    assert_eq!((seen.len(), whole.total), (apart.total, apart.total));
    assert_eq!(groups(&whole).iter().map(Vec::len).sum::<usize>(), apart.total);
    assert!(apart.hits.iter().all(|hit| hit.copies.is_empty()));
    // The best of each group stands for it, and groups stand in the order of their best.
    let rank: BTreeMap<&str, usize> =
        (0..).zip(&apart.hits).map(|(r, hit)| (&*hit.id, r)).collect();
    for group in groups(&whole) {
        assert!(group.is_sorted_by_key(|id| rank[id]), "{group:?}");
    }
    assert!(groups(&whole).is_sorted_by_key(|group| rank[group[0]]));
    for limit in [1, 3, 4] {
        let mut pages: Vec<String> = Vec::new();
        loop {
            let page = search(&searcher, query, &grouped(limit, pages.len()));
            assert_eq!(page.total, apart.total);
            pages.extend(page.hits.iter().map(|hit| hit.id.clone()));
            if page.hits.len() < limit {
                break;
            }
        }
        let expected: Vec<&str> = whole.hits.iter().map(|hit| &*hit.id).collect();
        assert_eq!(pages, expected, "{limit} on a page");
    }
}

#[test]
fn many_copies_do_not_fill_a_page() {
    let mut random = Random::new(7);
    let event = Event::new(7, &mut random);
    let text = event.article(&mut random);
    let mut documents: Vec<Document> = (0..150)
        .map(|paper| {
            let (title, body) = text.printed(&mut random);
            Document { id: format!("a-{paper:03}"), title, body, ..Document::default() }
        })
        .collect();
    for letter in ["b", "c", "d"] {
        let (title, body) = event.article(&mut random).as_written();
        let id = format!("{letter}-0");
        documents.push(Document { id, title, body, ..Document::default() });
    }
    let searcher = index(documents);
    let results = search(&searcher, &event.query(), &grouped(10, 0));
    assert_eq!(results.total, 153);
    let sizes: Vec<usize> = groups(&results).iter().map(Vec::len).collect();
    let of_text =
        |id: &str| groups(&results).iter().filter(|group| group[0].starts_with(id)).count();
    assert_eq!([of_text("b"), of_text("c"), of_text("d")], [1, 1, 1], "{sizes:?}");
    assert!(sizes.iter().max() >= Some(&100), "{sizes:?}");
}

#[test]
fn short_and_empty_texts_stay_alone() {
    let document = |id: &str, body: &str| Document {
        id: id.to_owned(),
        title: "Kim".to_owned(),
        body: body.to_owned(),
        ..Document::default()
    };
    let short = "Mehr zu Kim in Kürze.";
    let searcher =
        index([document("1", short), document("2", short), document("3", ""), document("4", "")]);
    let results = search(&searcher, "Kim", &grouped(10, 0));
    assert_eq!((results.total, results.hits.len()), (4, 4));
    // Nothing is asked of nothing.
    assert!(search(&searcher, "Kim", &grouped(0, 0)).hits.is_empty());
    assert!(search(&searcher, "Kim", &grouped(5, usize::MAX)).hits.is_empty());
}
