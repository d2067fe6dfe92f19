//! Compounds, words close in meaning, and the words a user adds: what is found, what ranks first,
//! what is marked.

#![allow(clippy::unwrap_used)]

use dossier_engine::{
    Document, Index, IndexOptions, MatchKind, Matching, Reading, Results, SearchOptions, Searcher,
};

fn fill(index: &Index, bodies: &[&str]) -> Searcher {
    let mut writer = index.writer().unwrap();
    for (number, body) in bodies.iter().enumerate() {
        let (id, body) = (number.to_string(), (*body).to_owned());
        writer.put(Document { id, body, ..Document::default() }).unwrap();
    }
    writer.commit().unwrap();
    index.searcher().unwrap()
}

fn searcher(bodies: &[&str]) -> Searcher {
    fill(&Index::in_memory().unwrap(), bodies)
}

fn search(searcher: &Searcher, query: &str) -> Results {
    searcher.search(&query.parse().unwrap(), &SearchOptions::default()).unwrap()
}

/// The numbers of the documents found, best first.
fn ranked(results: &Results) -> Vec<usize> {
    results.hits.iter().map(|hit| hit.id.parse().unwrap()).collect()
}

/// The text of the best hit's fragment, with what is marked in brackets.
fn first_marked(results: &Results) -> String {
    let fragment = &results.hits[0].fragments[0];
    let mut marked = fragment.text.clone();
    for mark in fragment.marks.iter().rev() {
        marked.insert(mark.end, ']');
        marked.insert(mark.start, '[');
    }
    marked
}

#[test]
fn the_part_of_a_compound_is_marked() {
    for (body, query, expected) in [
        ("Die Militärdelegation kam.", "Delegation", "Die Militär[delegation] kam."),
        ("Die Militärdelegation kam.", "militaer", "Die [Militär]delegation kam."),
        ("Die Militärdelegationen kamen.", "Delegation", "Die Militär[delegationen] kamen."),
        ("Das Atomwaffenprogramm.", "Waffe", "Das Atom[waffen]programm."),
        ("Das Atomwaffenprogramm.", "Atomwaffe", "Das [Atomwaffen]programm."),
        ("Die ATACMS-Raketen flogen.", "Rakete", "Die ATACMS-[Raketen] flogen."),
        ("Die Bücherregale.", "Buch", "Die [Bücher]regale."),
        ("Die Kindeskinder.", "Kind", "Die [Kindes]kinder."),
        (
            "Die Militär- und Energieinfrastruktur.",
            "Infrastruktur",
            "Die [Militär]- und Energie[infrastruktur].",
        ),
        (
            "Delegation und Militärdelegation.",
            "Delegation",
            "[Delegation] und Militär[delegation].",
        ),
        ("Die Militärdelegation.", "Militärdelegation Delegation", "Die [Militärdelegation]."),
    ] {
        let results = search(&searcher(&[body]), query);
        assert_eq!(results.reading, Reading::AsTyped, "{query} in {body}");
        assert_eq!(first_marked(&results), expected, "{query}");
    }
}

#[test]
fn what_is_nearer_to_the_typed_word_stands_first() {
    let filler = "und sonst steht hier nichts";
    for (query, words) in [
        ("Delegation", ["Delegation", "Delegationen", "Militärdelegation"]),
        ("Minister", ["Minister", "Ministers", "Verteidigungsminister"]),
        ("Arzt", ["Arzt", "Arztes", "Zahnarzt"]),
    ] {
        let bodies = words.map(|word| format!("{word} {filler}"));
        let mut turned: Vec<&str> = bodies.iter().map(String::as_str).collect();
        turned.reverse();
        assert_eq!(ranked(&search(&searcher(&turned), query)), [2, 1, 0], "{query}");
    }
    // However often it is a part.
    let often = "Militärdelegation ".repeat(20);
    let once = format!("Delegation {}", "anderes ".repeat(19));
    assert_eq!(ranked(&search(&searcher(&[&often, &once]), "Delegation")), [1, 0]);
    // Müller is not Müll.
    assert_eq!(ranked(&search(&searcher(&["Der Müller.", "Der Müll."]), "Müll")), [1]);
}

#[test]
fn parts_match_alone_only() {
    let searcher =
        searcher(&["Die russische Militärdelegation.", "Eine Delegation, ganz russisch."]);
    for (query, expected) in [
        ("russische Delegation", &[1, 0][..]),
        ("\"russische Delegation\"", &[]),
        ("=Delegation", &[1]),
        ("Deleg*", &[1]),
        // A compound does not match by one of its parts.
        ("Handelsdelegation", &[]),
        ("Militärdelegation", &[0]),
        ("titel:Delegation", &[]),
        ("NICHT Delegation", &[]),
    ] {
        let results = search(&searcher, query);
        let found = if results.reading == Reading::AsTyped { ranked(&results) } else { Vec::new() };
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn where_any_word_may_do_any_part_may() {
    let searcher =
        searcher(&["Die Delegation.", "Das Militär.", "Die Militärdelegation.", "Nichts."]);
    let options = SearchOptions { matching: Matching::Any, ..SearchOptions::default() };
    let results = searcher.search(&"Militärdelegation".parse().unwrap(), &options).unwrap();
    let mut found = ranked(&results);
    assert_eq!(found.remove(0), 2);
    found.sort_unstable();
    assert_eq!(found, [0, 1]);
    // So it is where nothing matches as typed.
    let relaxed = search(&searcher, "Handelsdelegation");
    assert_eq!(relaxed.reading, Reading::Relaxed);
    assert_eq!(ranked(&relaxed).len(), 2);
}

#[test]
fn words_that_no_document_holds_may_be_mistyped() {
    let searcher = searcher(&["Ein Blutzuckermessgerät.", "Ein Messer."]);
    let options = SearchOptions { matching: Matching::Any, ..SearchOptions::default() };
    let results = searcher.search(&"butzuckermessgerät".parse().unwrap(), &options).unwrap();
    assert_eq!(ranked(&results)[0], 0);
    assert!(results.also_searched.iter().any(|variant| variant.kind == MatchKind::Fuzzy));
    // With all words wanted, it is told apart from what was typed.
    let relaxed = search(&searcher, "butzuckermessgerät");
    assert_eq!((relaxed.reading, ranked(&relaxed)[0]), (Reading::Relaxed, 0));
}

#[test]
fn words_close_in_meaning_are_found_below() {
    for (query, bodies) in [
        ("Präsidentin", ["Der Präsident sprach.", "Die Präsidentin sprach."]),
        ("Arzt", ["Die Ärztin kam.", "Der Arzt kam."]),
        // Typed in lower case, it may be a noun.
        ("taten", ["Sie tun etwas.", "Die Taten zählen."]),
    ] {
        let results = search(&searcher(&bodies), query);
        let mut found = ranked(&results);
        if query != "taten" {
            assert_eq!(found, [1, 0], "{query}");
        }
        found.sort_unstable();
        assert_eq!(found, [0, 1], "{query}");
    }
}

#[test]
fn parts_are_named_as_words() {
    let results = search(&searcher(&["Atomwaffen, Waffen und Waffenlieferungen."]), "Waffe");
    let named: Vec<_> = results.also_searched.iter().map(|v| (&*v.term, v.kind)).collect();
    assert_eq!(named, [("waffen", MatchKind::Inflection), ("waffe", MatchKind::Part)]);
}

#[test]
fn an_index_remembers_the_words_of_its_user() {
    let folder = tempfile::tempdir().unwrap();
    let with = |words: &[&str]| IndexOptions::default().words(words);
    let index = with(&["Kibana"]).create(folder.path()).unwrap();
    let bodies = ["Die Kibanaabfrage läuft."];
    assert_eq!(ranked(&search(&fill(&index, &bodies), "Kibana")), [0]);
    drop(index);
    // Opened without words, it has its own.
    let searcher = Index::open(folder.path()).unwrap().searcher().unwrap();
    assert_eq!(first_marked(&search(&searcher, "Kibana")), "Die [Kibana]abfrage läuft.");
    assert!(with(&["kibana", "KIBANA"]).open_read_only(folder.path()).is_ok());
    for others in [&[][..], &["Kibana", "Elastic"], &["Elastic"]] {
        let error = with(others).open(folder.path()).err().unwrap();
        assert!(error.is_outdated(), "{others:?}: {error}");
    }
    // A rebuild keeps them unless others are given.
    let index = Index::rebuild(folder.path()).unwrap().finish().unwrap();
    assert_eq!(ranked(&search(&fill(&index, &bodies), "Kibana")), [0]);
    drop(index);
    let none: [&str; 0] = [];
    let options = IndexOptions::default().words(none);
    let index = options.rebuild(folder.path()).unwrap().finish().unwrap();
    assert_eq!(search(&fill(&index, &bodies), "=Kibana").total, 0);
    assert!(options.open(folder.path()).is_ok());
    // In one process, indexes with and without such words do not mix.
    let bare = fill(&Index::in_memory().unwrap(), &bodies);
    assert_ne!(ranked(&search(&bare, "Kibana")), [0]);
}
