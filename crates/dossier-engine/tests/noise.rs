//! Noise: kept, but searched and shown only if asked for.

#![allow(clippy::unwrap_used)]
// A list of one range is meant as one.
#![allow(clippy::single_range_in_vec_init)]

mod common;

use std::ops::Range;

use dossier_engine::{Document, Index, NoticeKind, Query, Results, SearchOptions, Searcher};

use common::index as searcher;

/// A document whose noise stands in brackets like ⟦this⟧, without the brackets.
fn document(id: &str, title: &str, marked: &str) -> Document {
    let mut body = String::new();
    let mut noise: Vec<Range<usize>> = Vec::new();
    for (number, part) in marked.split(['⟦', '⟧']).enumerate() {
        let start = body.len();
        body.push_str(part);
        if number % 2 == 1 {
            noise.push(start..body.len());
        }
    }
    Document { id: id.into(), title: title.into(), body, noise, ..Document::default() }
}

fn search(searcher: &Searcher, query: &str, noise: bool) -> Results {
    let options = SearchOptions { noise, ..SearchOptions::default() };
    searcher.search(&query.parse::<Query>().unwrap(), &options).unwrap()
}

fn ids(results: &Results) -> String {
    let mut ids: Vec<&str> = results.hits.iter().map(|hit| &*hit.id).collect();
    ids.sort_unstable();
    ids.join(" ")
}

fn articles() -> Searcher {
    searcher([
        document(
            "1",
            "Kim trifft Putin",
            "⟦Startseite Politik⟧\n\nDer Minister reiste ab.\n\n⟦Mehr zum Thema: Militärpakt in Müllers Sinn⟧",
        ),
        document(
            "2",
            "",
            "⟦11⟧\nDie Delegation (⟦dpa⟧) blieb in Pjöngjang.\n⟦LEAVE A REPLY⟧\n⟦Please enter your comment!⟧",
        ),
    ])
}

#[test]
fn noise_is_found_if_asked_for() {
    let searcher = articles();
    for (query, without, with) in [
        ("Minister", "1", "1"),
        ("Startseite", "", "1"),
        ("Militär*", "", "1"),
        ("Pakt", "", "1"),
        ("Militärpakts", "", "1"),
        ("Militerpakt~", "", "1"),
        ("=Müllers", "", "1"),
        ("Mueller", "", "1"),
        ("Pyongyang", "2", "2"),
        ("\"please enter your comment\"", "", "2"),
        ("\"a reply please enter\"", "", "2"),
        // From the text into noise and over it.
        ("\"Delegation dpa\"", "", ""),
        ("\"Delegation blieb\"", "", ""),
        ("\"Delegation blieb\"~1", "2", "2"),
        ("Pjöngjang NAH/5 reply", "", ""),
        ("text:Startseite", "", "1"),
        ("titel:Startseite", "", ""),
        ("NICHT Startseite", "1 2", "2"),
    ] {
        assert_eq!(ids(&search(&searcher, query, false)), without, "{query}");
        assert_eq!(ids(&search(&searcher, query, true)), with, "{query} with noise");
    }
}

#[test]
fn fragments_show_noise_if_asked_for() {
    let searcher = articles();
    let shown = |query: &str, noise| -> Vec<(String, (bool, bool))> {
        let results = search(&searcher, query, noise);
        let fragments = results.hits.into_iter().flat_map(|hit| hit.fragments);
        fragments.map(|fragment| (fragment.text, fragment.whole)).collect()
    };
    let whole = |text: &str| vec![(text.to_owned(), (true, true))];
    assert_eq!(shown("Minister", false), whole("Der Minister reiste ab."));
    assert_eq!(shown("Kim", false), whole("Der Minister reiste ab."));
    assert_eq!(shown("Pjöngjang", false), [(") blieb in Pjöngjang.".to_owned(), (false, true))]);
    assert_eq!(
        shown("\"Delegation blieb\"~1", false),
        whole("Die Delegation ( … ) blieb in Pjöngjang.")
    );
    let behind = "Der Minister reiste ab.\n\nMehr zum Thema: Militärpakt in Müllers Sinn";
    assert_eq!(shown("Minister", true), [(behind.to_owned(), (false, true))]);
    let results = search(&searcher, "Startseite", true);
    assert_eq!(results.hits[0].fragments[0].marks, [0..10]);
}

#[test]
fn whole_texts_leave_noise_out() {
    let searcher = articles();
    let options =
        SearchOptions { fragment_chars: SearchOptions::WHOLE_TEXT, ..SearchOptions::default() };
    let results = searcher.search(&"blieb".parse().unwrap(), &options).unwrap();
    let fragment = &results.hits[0].fragments[0];
    assert_eq!(fragment.text, "Die Delegation ( … ) blieb in Pjöngjang.");
    assert_eq!(
        fragment.marks.iter().map(|mark| &fragment.text[mark.clone()]).collect::<Vec<_>>(),
        ["blieb"]
    );
    assert_eq!(results.hits[0].first_words, "Die Delegation () blieb in Pjöngjang.");
}

#[test]
fn noise_does_not_lengthen_a_document() {
    let menu = "⟦Startseite Politik Wirtschaft Kultur Sport Reisen Auto⟧ ".repeat(50);
    let searcher = searcher([
        document("bare", "", "Kim reist ab."),
        document("noisy", "", &format!("{menu}Kim reist ab.")),
    ]);
    let results = search(&searcher, "Kim", false);
    assert_eq!(results.hits[0].score, results.hits[1].score);
}

#[test]
fn the_reader_is_told_of_what_only_noise_has() {
    let searcher = articles();
    let told = |query, noise| -> Vec<_> {
        let notices = search(&searcher, query, noise).notices;
        notices.into_iter().map(|notice| (notice.kind, notice.count)).collect()
    };
    assert_eq!(told("Startseite", false), [(NoticeKind::OnlyInNoise, Some(1))]);
    assert_eq!(told("Kim Startseite", false), [(NoticeKind::OnlyInNoise, Some(1))]);
    assert_eq!(told("Startseite", true), []);
    assert_eq!(told("Minister", false), []);
    assert_eq!(told("Xylophon", false), []);
}

#[test]
fn noise_must_fit_the_body() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for noise in [vec![0..9], vec![1..2], vec![3..4, 0..2], vec![0..3, 2..4]] {
        let body = "äbcd".to_owned();
        let document = Document { id: "1".into(), body, noise, ..Document::default() };
        let error = writer.put(document).unwrap_err().to_string();
        assert!(error.contains("noise must be ranges of the body"), "{error}");
    }
}

#[test]
fn a_text_without_its_noise() {
    for (marked, expected) in [
        ("Kim kam.", "Kim kam."),
        ("⟦Menü⟧\n\nKim kam.\n⟦11⟧\n⟦0⟧\n\nEr ging.\n⟦Ende⟧", "Kim kam.\n\nEr ging.\n"),
        ("Kim kam. ⟦(dpa)⟧\nEr ging.", "Kim kam. \nEr ging."),
        ("⟦Menü⟧", ""),
    ] {
        assert_eq!(document("1", "", marked).text(), expected, "{marked}");
    }
}
