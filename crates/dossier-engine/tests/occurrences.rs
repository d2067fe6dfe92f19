//! Every place where a query matches, in its context.

#![allow(clippy::unwrap_used)]

mod common;

use std::ops::ControlFlow;

use dossier_engine::{Document, Hit, Occurrence, Results, SearchOptions, Searcher};

use common::{document, index};

fn all(searcher: &Searcher, query: &str, chars: usize) -> (Vec<(Hit, Vec<Occurrence>)>, Results) {
    let mut found = Vec::new();
    let each = &mut |hit: Hit, occurrences: Vec<Occurrence>| {
        found.push((hit, occurrences));
        ControlFlow::Continue(())
    };
    let options = SearchOptions { limit: 100, ..SearchOptions::default() };
    let results = searcher.occurrences(&query.parse().unwrap(), &options, chars, each).unwrap();
    for (hit, occurrences) in &found {
        let document = searcher.document(&hit.id).unwrap().unwrap();
        for occurrence in occurrences {
            check_laws(&document, occurrence, chars);
        }
    }
    (found, results)
}

/// What holds for every occurrence.
#[track_caller]
fn check_laws(document: &Document, occurrence: &Occurrence, chars: usize) {
    let Occurrence { in_title, bytes, chars: at, before, text, after, .. } = occurrence;
    let whole = if *in_title { &document.title } else { &document.body };
    assert_eq!(whole[bytes.clone()], *text);
    assert!(whole[..bytes.start].ends_with(before) && whole[bytes.end..].starts_with(after));
    let (start, end) = (whole[..bytes.start].chars().count(), whole[..bytes.end].chars().count());
    assert_eq!(*at, start..end);
    let count = |text: &str| text.chars().count();
    assert_eq!(count(before), chars.min(start));
    assert_eq!(count(after), chars.min(count(whole) - end));
}

/// `id: before[match]after` for each, those in titles with a `t`.
fn lines(searcher: &Searcher, query: &str, chars: usize) -> Vec<String> {
    let line = |hit: &Hit, one: &Occurrence| {
        let place = if one.in_title { "t" } else { "" };
        format!("{}{place}: {}[{}]{}", hit.id, one.before, one.text, one.after)
    };
    let (found, _) = all(searcher, query, chars);
    found.iter().flat_map(|(hit, places)| places.iter().map(|one| line(hit, one))).collect()
}

#[test]
fn every_place_is_shown_in_its_context() {
    let searcher = index([document(
        "1",
        "Kim Jong-un und Putin",
        "Präsident Putin sah Kim Jong Un. Kim und Putin, die Militärdelegation.\nPutins Gast: Kim.",
    )]);
    for (query, expected) in [
        (
            "Putin",
            &[
                "1t: und [Putin]",
                "1: ent [Putin] sah",
                "1: und [Putin], di",
                "1: on.\n[Putins] Gas",
            ][..],
        ),
        ("\"Kim Jong Un\"", &["1t: [Kim Jong-un] und", "1: sah [Kim Jong Un]. Ki"]),
        // What words typed side by side found side by side is one place; twice the same word is two.
        ("Jong Un", &["1t: Kim [Jong-un] und", "1: Kim [Jong Un]. Ki"]),
        ("Delegation", &["1: itär[delegation].\nPu"]),
        ("Kim NEAR/1 Putin", &["1: Un. [Kim und Putin], di"]),
        ("Lawrow", &[]),
    ] {
        assert_eq!(lines(&searcher, query, 4), expected, "{query}");
    }
    let doubled = index([document("1", "", "Nein, nein, nein nein.")]);
    assert_eq!(lines(&doubled, "nein", 1).len(), 4);
    assert_eq!(lines(&doubled, "nein", 0)[0], "1: [Nein]");
}

#[test]
fn all_hits_are_handed_over_until_enough() {
    let searcher =
        index((0..40).map(|n| document(&format!("{n:02}"), "", &"Kim und Putin. ".repeat(n + 1))));
    let (found, results) = all(&searcher, "Kim", 10);
    assert_eq!((found.len(), results.total, results.hits.len()), (40, 40, 0));
    for (hit, occurrences) in &found {
        assert_eq!(occurrences.len(), hit.id.parse::<usize>().unwrap() + 1);
    }
    let mut seen = 0;
    let query = "Kim".parse().unwrap();
    let options = SearchOptions { limit: 7, offset: 3, ..SearchOptions::default() };
    let each = &mut |_, _| {
        seen += 1;
        if seen < 5 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    searcher.occurrences(&query, &options, 10, each).unwrap();
    assert_eq!(seen, 5);
    // The same as the marks of whole texts.
    let whole = SearchOptions {
        limit: 100,
        fragments: 1,
        fragment_chars: SearchOptions::WHOLE_TEXT,
        ..SearchOptions::default()
    };
    let results = searcher.search(&"Kim ODER Putin".parse().unwrap(), &whole).unwrap();
    let (found, _) = all(&searcher, "Kim ODER Putin", 10);
    for (hit, (other, occurrences)) in results.hits.iter().zip(&found) {
        assert_eq!(hit.id, other.id);
        let places: Vec<_> = occurrences.iter().map(|one| one.bytes.clone()).collect();
        assert_eq!(hit.fragments[0].marks, places);
    }
}

#[test]
fn long_texts_are_read_to_their_end_and_take_bounded_memory() {
    let filler = "Ein Satz ohne das Wort, das gesucht wird. ";
    let body = format!("{}Kim.{}Kim.", filler.repeat(26_000), filler.repeat(13_000));
    let searcher = index([document("1", "", &body)]);
    assert_eq!(lines(&searcher, "Kim", 5), ["1: ird. [Kim].Ein ", "1: ird. [Kim]."]);
    let searcher = index([document("1", "", &"Kim sah. ".repeat(12_000))]);
    let (found, _) = all(&searcher, "Kim", 5);
    assert_eq!(found[0].1.len(), 10_000);
}
