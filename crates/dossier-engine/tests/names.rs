//! Which words of a query are searched in other spellings, and which of those are taken.

#![allow(clippy::unwrap_used)]

use dossier_engine::{Document, Index, MatchKind, Query, SearchOptions, Searcher};

fn searcher(texts: &[&str]) -> Searcher {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for (id, body) in texts.iter().enumerate() {
        let document =
            Document { id: id.to_string(), body: (*body).to_owned(), ..Document::default() };
        writer.put(document).unwrap();
    }
    writer.commit().unwrap();
    index.searcher().unwrap()
}

/// The other spellings searched for a query.
fn spellings(searcher: &Searcher, query: &str) -> Vec<String> {
    let query = Query::plain(query).unwrap();
    let results = searcher.search(&query, &SearchOptions::default()).unwrap();
    let names = results.also_searched.into_iter().filter(|it| it.kind == MatchKind::Name);
    names.map(|name| name.term).collect()
}

#[test]
fn what_texts_write_in_lower_case_is_no_name() {
    let searcher = searcher(&[
        // No dictionary has them.
        "Was hosch du gwesen, fragte er.",
        "Gwessen ist ein Ort.",
        "Das war gwesen.",
        // A name that is mostly written as one.
        "Herr Belousow sprach.",
        "Frau Beloussow sprach.",
        "Zwei Belousow, einer davon als belousow.de im Netz.",
        "Der Müllner und die Muellner.",
        "Kim Jong-un und Kim Dschong-un.",
    ]);
    assert_eq!(spellings(&searcher, "gwesen"), [""; 0]);
    // Who writes a capital means a name.
    assert_eq!(spellings(&searcher, "Gwesen"), ["gwessen"]);
    assert_eq!(spellings(&searcher, "belousow"), ["beloussow"]);
    assert_eq!(spellings(&searcher, "beloussow"), ["belousow"]);
    // What no text has may be a name.
    assert_eq!(spellings(&searcher, "belousov"), ["belousow", "beloussow"]);
    // However it is written.
    assert_eq!(spellings(&searcher, "jong-un"), ["dschongun"]);
}

/// A name that sounds like thousands: those that begin as it does are compared.
#[test]
fn too_many_spellings_of_a_sound_are_not_all_read() {
    const SYLLABLES: &[&str] = &[
        "ka", "ke", "ki", "ko", "ku", "ga", "ge", "gi", "go", "gu", "ha", "he", "hi", "ho", "hu",
        "ja", "je", "jo", "ju", "aj", "ej", "oj", "uj", "ya", "yo", "yu", "ah", "eh", "oh", "uh",
    ];
    let mut text = String::from("Kukeja und Kukeya. ");
    for a in SYLLABLES {
        for b in SYLLABLES {
            for c in &SYLLABLES[..20] {
                let name = format!("{a}{b}{c}");
                text += &format!("{}{}, ", name[..1].to_uppercase(), &name[1..]);
            }
        }
    }
    let found = spellings(&searcher(&[&text]), "Kukeja");
    assert!(found.iter().any(|name| name == "kukeya"), "{found:?}");
    assert!(found.len() <= 32, "{found:?}");
}
