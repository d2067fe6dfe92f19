//! What comes out: passages and their marks, order and ranking, nearer readings, conditions.

#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
mod conditions;
mod explanations;
mod fragments;
mod matching;
mod ranking;
mod readings;

use std::time::{Duration, Instant};

use dossier_engine::{
    Day, Document, Fragment, Hit, Index, MatchKind, Matching, NoticeKind, Origin, Query, Reading,
    Results, SearchOptions, Searcher,
};

use common::{bodies, index};

fn document(id: &str, body: &str) -> Document {
    common::document(id, "", body)
}

fn search_with(searcher: &Searcher, query: &str, options: &SearchOptions) -> Results {
    let results = searcher.search(&query.parse().unwrap(), options).unwrap();
    results.hits.iter().for_each(|hit| check_laws(searcher, query, hit, options));
    results
}

fn search(searcher: &Searcher, query: &str) -> Results {
    search_with(searcher, query, &SearchOptions::default())
}

/// Ids of the hits, best first.
fn ranked(searcher: &Searcher, query: &str) -> Vec<String> {
    search(searcher, query).hits.into_iter().map(|hit| hit.id).collect()
}

/// Ids of the hits as typed, sorted.
fn found(searcher: &Searcher, query: &str) -> Vec<String> {
    let results = search(searcher, query);
    if results.reading != Reading::AsTyped {
        return Vec::new();
    }
    let mut ids: Vec<String> = results.hits.into_iter().map(|hit| hit.id).collect();
    ids.sort_unstable();
    ids
}

/// Queries, each with the ids that it must find as typed; all that fail are told.
#[track_caller]
fn check_found(searcher: &Searcher, cases: &[(&str, &[&str])]) {
    let mut faults = Vec::new();
    for (query, expected) in cases {
        let ids = found(searcher, query);
        if ids != *expected {
            faults.push(format!("{query}: {ids:?}"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// What holds for every hit, whatever the text.
#[track_caller]
fn check_laws(searcher: &Searcher, query: &str, hit: &Hit, options: &SearchOptions) {
    let document = searcher.document(&hit.id).unwrap().unwrap();
    let apart = |text: &str, marks: &[std::ops::Range<usize>]| {
        assert!(marks.iter().all(|mark| !text[mark.clone()].is_empty()), "{query}: {marks:?}");
        assert!(marks.windows(2).all(|two| two[0].end <= two[1].start), "{query}: {marks:?}");
    };
    assert!(hit.score.is_finite() && hit.score >= 0.0, "{query}: {}", hit.score);
    assert!(hit.fragments.len() <= options.fragments, "{query}");
    assert!(hit.first_words.chars().count() <= 80, "{query}: {}", hit.first_words);
    assert!(!hit.first_words.contains('\n'), "{query}: {}", hit.first_words);
    apart(&hit.title, &hit.title_marks);
    let mut last = 0;
    for Fragment { text, marks, start, whole, .. } in &hit.fragments {
        assert_eq!(document.body.get(*start..start + text.len()), Some(text.as_str()), "{query}");
        let (before, behind) = (&document.body[..*start], &document.body[start + text.len()..]);
        assert_eq!(*whole, (before.trim().is_empty(), behind.trim().is_empty()), "{query}");
        apart(text, marks);
        assert!(*start >= last, "{query}: fragments overlap");
        last = start + text.len();
        // Half as much again, or as long as one match.
        let longest =
            marks.iter().map(|mark| text[mark.clone()].chars().count()).max().unwrap_or(0);
        let most = (options.fragment_chars + options.fragment_chars / 2).max(longest);
        // FIXME: a phrase with a wide gap is shown whole, however long.
        let wide = query.ends_with("~1000");
        assert!(
            wide || text.chars().count() <= most,
            "{query}: {} characters",
            text.chars().count()
        );
    }
}

/// Kind, text it is about, suggestion and count of each notice.
fn noticed(
    searcher: &Searcher,
    query: &str,
) -> Vec<(NoticeKind, String, Option<String>, Option<usize>)> {
    let today = Day::new(2024, 11, 21);
    let options = SearchOptions { today, ..SearchOptions::default() };
    let notices = search_with(searcher, query, &options).notices;
    let notice =
        |n: dossier_engine::Notice| (n.kind, query[n.span].to_owned(), n.suggestion, n.count);
    notices.into_iter().map(notice).collect()
}
