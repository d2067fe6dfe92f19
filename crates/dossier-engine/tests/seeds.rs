//! The five articles the project started from: what each query finds and marks.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use dossier_engine::{Document, Index, Query, Results, SearchOptions, Searcher};

fn searcher() -> Searcher {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let id = path.file_name().unwrap().to_string_lossy()[..3].to_owned();
        let body = std::fs::read_to_string(path).unwrap();
        writer.put(Document { id, body, ..Default::default() }).unwrap();
    }
    writer.commit().unwrap();
    index.searcher().unwrap()
}

fn search(searcher: &Searcher, query: &str) -> Results {
    let options = SearchOptions { fragments: 50, ..Default::default() };
    searcher.search(&Query::parse(query).unwrap().query, &options).unwrap()
}

fn ids(results: &Results) -> Vec<&str> {
    let mut ids: Vec<&str> = results.hits.iter().map(|hit| hit.id.as_str()).collect();
    ids.sort_unstable();
    ids
}

/// Every different word that is marked in any fragment, in order.
fn marked(results: &Results) -> Vec<String> {
    let mut words: Vec<String> = results
        .hits
        .iter()
        .flat_map(|hit| &hit.fragments)
        .flat_map(|fragment| {
            fragment.marks.iter().map(|mark| fragment.text[mark.clone()].to_owned())
        })
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

#[test]
fn queries_find_and_mark() {
    const ALL: [&str; 5] = ["000", "001", "002", "003", "004"];
    let searcher = searcher();
    #[rustfmt::skip]
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("Beloussow", &["000", "001"], &["Belousov", "Belousow", "Beloussow"]),
        ("belousov", &["000", "001"], &["Belousov", "Belousow", "Beloussow"]),
        ("Lavrov", &["002"], &["Lawrow"]),
        ("Shoigu", &["003"], &["Schoigu"]),
        ("Pyongyang", &ALL, &["Pjöngjang"]),
        ("Beloussow~2", &["000", "001"], &["Belousov", "Belousow", "Beloussow"]),
        ("Belousow~", &["000", "001"], &["Belousov", "Belousow", "Beloussow"]),
        ("Kim Jong Un", &ALL, &[]),
        ("Kim Jong-un", &ALL, &[]),
        ("Kim Jongun", &ALL, &[]),
        ("kim jongun", &ALL, &[]),
        ("Jongun", &ALL, &[]),
        ("\"Kim Jong Un\"", &ALL, &["Jong", "Kim", "Un", "jong", "kim", "un"]),
        ("\"Kim Jong-un\"", &ALL, &["Jong", "Kim", "Un", "jong", "kim", "un"]),
        ("„Kim Jong-un“", &ALL, &["Jong", "Kim", "Un", "jong", "kim", "un"]),
        ("\"Andrej Belousow\"", &["000"], &["Andrej", "Belousow"]),
        ("\"Andrej Belousow\"~", &["000", "001"], &["Andrej", "Belousow", "Beloussow"]),
        ("empfaengt", &["000", "001", "002", "003"],
            &["Empfang", "empfaengt", "empfangen", "empfing", "empfängt"]),
        ("empfängt", &["000", "001", "002", "003"],
            &["Empfang", "empfaengt", "empfangen", "empfing", "empfängt"]),
        ("empfangen", &["000", "001", "002", "003"],
            &["Empfang", "empfaengt", "empfangen", "empfing", "empfängt"]),
        ("Delegation", &["000", "002", "003", "004"], &["Delegation", "delegation"]),
        ("Minister", &["000", "001", "002", "003"], &["minister", "ministers"]),
        ("Waffe", &["000", "001", "003", "004"], &["Waffen", "waffen"]),
        ("Rakete", &["000", "001", "002", "004"], &["Raketen", "rakete", "raketen"]),
        ("Pjoengjang", &ALL, &["Pjöngjang", "Pjöngjangs"]),
        ("Pjöngjang", &ALL, &["Pjöngjang", "Pjöngjangs"]),
        ("Pjongjang", &ALL, &["Pjöngjang", "Pjöngjangs"]),
        // 003 only through a line of links at its end.
        ("Militär*", &ALL, &["Militaerdelegation", "Militär", "Militärdelegation", "Militäroperation",
            "Militärpakt", "Militärs", "Militärtechnologien", "militärisch-technologische",
            "militärische", "militärischen"]),
        ("Militärdele*", &["002"], &["Militaerdelegation", "Militärdelegation"]),
        ("\"russischen Verteidigungsminister\"", &["000", "001"], &["Verteidigungsminister", "russischen"]),
        ("\"russ* Verteidigungsminister\"", &["000", "001", "003"],
            &["Verteidigungsminister", "russische", "russischen"]),
        ("*minister", &["000", "001", "002", "003"], &["Außenminister", "Verteidigungsminister"]),
        ("Putin Lawrow", &["002"], &["Lawrow", "Putin"]),
        ("Lawrow ODER Schoigu", &["002", "003"], &["Lawrow", "Schoigu"]),
        ("Kim NOT Belousow~", &["002", "003", "004"], &["Kim"]),
        ("Kim -Belousow~2", &["002", "003", "004"], &["Kim"]),
        ("-Putin", &[], &[]),
        ("NICHT Lawrow", &["000", "001", "003", "004"], &[]),
        ("Putin (Lawrow ODER Schoigu)", &["002", "003"], &["Lawrow", "Putin", "Schoigu"]),
        ("=Beloussow", &["001"], &["Beloussow"]),
        ("=Pjongjang", &[], &[]),
        ("=empfängt", &["002", "003"], &["empfängt"]),
        ("=empfaengt", &["002"], &["empfaengt"]),
        ("\"Putin Kim\"~1", &["003"], &["Kim", "Putin"]),
    ];
    let mut wrong = Vec::new();
    for (query, expected, marks) in cases {
        let results = search(&searcher, query);
        if ids(&results) != *expected || (!marks.is_empty() && marked(&results) != *marks) {
            wrong.push(format!("{query}: {:?} {:?}", ids(&results), marked(&results)));
        }
        assert_eq!(results.total, results.hits.len(), "{query}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_word_stands_above_compounds_with_it() {
    let results = search(&searcher(), "Delegation");
    assert_eq!(results.hits.last().map(|hit| &*hit.id), Some("002"));
}

#[test]
fn the_typed_spelling_of_a_name_stands_first() {
    let searcher = searcher();
    for (query, first) in [("Beloussow", "001"), ("Belousow", "000"), ("Belousov", "000")] {
        assert_eq!(search(&searcher, query).hits[0].id, first, "{query}");
    }
}
