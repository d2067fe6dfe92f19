//! More like this: documents that share the telling words of one.

#![allow(clippy::unwrap_used)]

mod agency;
mod common;

use dossier_engine::{SearchOptions, Searcher, Similar};

use agency::{Event, Random};
use common::{document, index};

fn similar(searcher: &Searcher, id: &str) -> Similar {
    searcher.similar(id, &SearchOptions::default()).unwrap()
}

fn ids(similar: &Similar) -> Vec<&str> {
    similar.hits.iter().map(|hit| &*hit.id).collect()
}

fn small() -> Searcher {
    index([
        document(
            "kim",
            "Kim empfängt Beloussow",
            "Kim Jong Un hat in Pjöngjang den Verteidigungsminister Beloussow empfangen. Beloussow lobte Pjöngjang.",
        ),
        document("belousov", "", "Belousov flog nach Pjöngjang, berichtet die Agentur."),
        document("minister", "", "Der Verteidigungsminister sprach über Haushalt und Schulden."),
        document(
            "wetter",
            "Regen",
            "Morgen regnet es, übermorgen scheint die Sonne über dem Land.",
        ),
        document(
            "fussball",
            "",
            "Das Spiel endete ohne Tore, der Trainer war zufrieden und lobte alle.",
        ),
        document("leer", "", ""),
    ])
}

#[test]
fn documents_that_share_telling_words_come_first() {
    let searcher = small();
    let similar = similar(&searcher, "kim");
    // Another spelling of the name counts, a verb alone does not.
    assert_eq!(ids(&similar), ["belousov", "minister"], "{similar:?}");
    let words: Vec<&str> = similar.words.iter().map(|telling| &*telling.word).collect();
    assert!(words.contains(&"Pjöngjang"), "{words:?}");
    assert!(similar.words.is_sorted_by(|a, b| a.weight >= b.weight), "{words:?}");
    assert_eq!(similar.words[0].weight, 1.0);
    // The explanations tell what is shared.
    let shared: Vec<&str> =
        similar.hits[0].explanations.iter().map(|shared| &*shared.typed).collect();
    assert!(shared.contains(&"Beloussow") && shared.contains(&"Pjöngjang"), "{shared:?}");
    assert_eq!(similar.hits[0].explanations[0].matches[0].text, "Belousov");
}

#[test]
fn what_says_nothing_is_like_nothing() {
    let searcher = small();
    assert_eq!(similar(&searcher, "leer"), Similar::default());
    let wetter = similar(&searcher, "wetter");
    assert!(ids(&wetter).is_empty(), "{wetter:?}");
}

#[test]
fn unknown_ids_are_errors_that_name_what_may_be_meant() {
    let searcher = small();
    for (id, near) in [
        ("kin", &["kim"][..]),
        ("Kim", &["kim"]),
        ("ball", &["fussball"]),
        ("minster", &["minister"]),
        ("ganz-etwas-anderes", &[]),
        ("", &[]),
    ] {
        let error = searcher.similar(id, &SearchOptions::default()).unwrap_err();
        assert!(error.is_unknown_document(), "{id}: {error}");
        assert_eq!(error.near_ids(), near, "{id}");
    }
}

#[test]
fn articles_on_the_same_event_are_similar_and_copies_are_left_out() {
    let mut documents = Vec::new();
    for number in 0..30 {
        let mut random = Random::new(number);
        let event = Event::new(number as usize, &mut random);
        let text = event.article(&mut random);
        for paper in 0..3 {
            let (title, body) = text.printed(&mut random);
            documents.push(document(&format!("{number}a-{paper}"), &title, &body));
        }
        for letter in ["b", "c"] {
            let (title, body) = event.article(&mut random).as_written();
            documents.push(document(&format!("{number}{letter}-0"), &title, &body));
        }
    }
    let searcher = index(documents);
    for number in 0..30 {
        let similar = similar(&searcher, &format!("{number}a-0"));
        let mut copies = similar.copies.clone();
        copies.sort();
        assert_eq!(copies, [format!("{number}a-1"), format!("{number}a-2")], "{number}");
        assert!(similar.words.len() <= 25);
        let options = SearchOptions { group_copies: true, ..SearchOptions::default() };
        let similar = searcher.similar(&format!("{number}b-0"), &options).unwrap();
        let mut best: Vec<&str> = ids(&similar)[..2].iter().map(|id| &id[..id.len() - 2]).collect();
        best.sort_unstable();
        assert_eq!(best, [format!("{number}a"), format!("{number}c")], "{number}");
        assert_eq!(similar.copies, Vec::<String>::new());
    }
    // Limit, offset and grouping as in a search.
    let page = |limit, offset, group_copies| {
        let options = SearchOptions { limit, offset, group_copies, ..SearchOptions::default() };
        searcher.similar("0a-0", &options).unwrap().hits
    };
    let all = page(100, 0, true);
    assert!(all.iter().any(|hit| !hit.copies.is_empty()));
    assert_eq!(
        page(2, 2, true).iter().map(|hit| &hit.id).collect::<Vec<_>>(),
        [&all[2].id, &all[3].id]
    );
    assert!(page(100, 0, false).iter().all(|hit| hit.copies.is_empty()));
}
