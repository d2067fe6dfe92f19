//! Documents in other languages: told by their texts, indexed without German grammar, found and
//! marked by the same queries.

#![allow(clippy::unwrap_used)]
// A list of one range is meant as one.
#![allow(clippy::single_range_in_vec_init)]

mod common;

use dossier_engine::{Document, Reading, Results, SearchOptions, Searcher};

use common::{document, index as searcher};

const ENGLISH: &str = "The minister of defence travelled to the capital on Friday, where the mayor \
    and the handball team of the windmill district had been waiting for hours. Pyongyang had sent \
    a letter, which was read aloud; the rates of interest and the price of kindergartens were not \
    mentioned at all, although everybody wanted to know more about them.";

const GERMAN: &str = "Der Minister reiste am Freitag in die Hauptstadt, wo der Bürgermeister und die \
    Handballmannschaft seit Stunden auf ihn warteten. Aus Pjöngjang wurde ein Brief verlesen, doch \
    von den Zinsen und von den Kosten der Kindergärten ist nicht die Rede gewesen, obwohl alle mehr \
    davon wissen wollten und auch danach fragten.";

fn both() -> Searcher {
    let mixed = format!("{ENGLISH}\n\n{GERMAN} Die Delegationen gingen.");
    searcher([
        document("eng", "Windmills and handballs", ENGLISH),
        document("deu", "Windmühlen und Handbälle", GERMAN),
        document("mix", "", &mixed),
    ])
}

fn search(searcher: &Searcher, query: &str) -> Results {
    searcher.search(&query.parse().unwrap(), &SearchOptions::default()).unwrap()
}

/// What is found as it was typed, not with typing errors.
fn ids(results: &Results) -> String {
    if results.reading != Reading::AsTyped {
        return String::new();
    }
    let mut ids: Vec<&str> = results.hits.iter().map(|hit| &*hit.id).collect();
    ids.sort_unstable();
    ids.join(" ")
}

/// The words marked in a document, in title and fragments.
fn marked(results: &Results, id: &str) -> Vec<String> {
    let hit = results.hits.iter().find(|hit| hit.id == id).unwrap();
    let title = hit.title_marks.iter().map(|mark| hit.title[mark.clone()].to_owned());
    let fragments = hit.fragments.iter().flat_map(|fragment| {
        fragment.marks.iter().map(|mark| fragment.text[mark.clone()].to_owned())
    });
    title.chain(fragments).collect()
}

#[test]
fn each_document_has_its_language() {
    let searcher = both();
    for (id, language) in [("eng", "eng"), ("deu", "deu"), ("mix", "deu")] {
        let document = searcher.document(id).unwrap().unwrap();
        assert_eq!(document.language.as_deref(), Some(language), "{id}");
        assert!(!document.body.contains('\u{1f}') && !document.title.contains('\u{1f}'));
    }
    for (query, expected) in [
        ("sprache:en", "eng"),
        ("sprache:Englisch", "eng"),
        ("sprache:de", "deu mix"),
        ("Minister sprache:eng", "eng"),
        ("Minister -sprache:eng", "deu mix"),
    ] {
        assert_eq!(ids(&search(&searcher, query)), expected, "{query}");
    }
}

#[test]
fn queries_search_both() {
    let searcher = both();
    for (query, expected) in [
        ("Minister", "deu eng mix"),
        ("MINISTER", "deu eng mix"),
        // As it is written in one and in the other, and names in all their spellings.
        ("Pjöngjang", "deu eng mix"),
        ("Pyongyang", "deu eng mix"),
        ("\"mayor and the handball\"", "eng mix"),
        ("handba*", "deu eng mix"),
        ("windmil~", "eng mix"),
    ] {
        assert_eq!(ids(&search(&searcher, query)), expected, "{query}");
    }
}

#[test]
fn other_languages_have_no_german_grammar() {
    // Ball is part of Handball, Rates a form of Rat, Kindergartens one of Kindergarten: in German.
    let alone = searcher([document("eng", "Windmills and handballs", ENGLISH)]);
    for query in ["Ball", "Hand", "Rat", "Rate", "Kindergarten", "Wind"] {
        assert_eq!(ids(&search(&alone, query)), "", "{query}");
    }
    for query in ["Handball", "Rates", "Kindergartens", "windmill"] {
        assert_eq!(ids(&search(&alone, query)), "eng", "{query}");
    }
    // The mixed text is read as German, so that nothing German in it is lost.
    let searcher = both();
    for (query, expected) in [("Ball", "deu mix"), ("Delegation", "mix"), ("Mannschaft", "deu mix")]
    {
        assert_eq!(ids(&search(&searcher, query)), expected, "{query}");
    }
}

#[test]
fn marks_follow_the_language() {
    let searcher = both();
    let results = search(&searcher, "Ball ODER Minister");
    assert_eq!(marked(&results, "eng"), ["minister"]);
    assert!(marked(&results, "deu").contains(&"bälle".to_owned()), "{results:?}");
    let mut occurrences = Vec::new();
    searcher
        .occurrences(
            &"Ball ODER Minister".parse().unwrap(),
            &SearchOptions::default(),
            10,
            &mut |hit, found| {
                let texts = found.into_iter().map(|occurrence| occurrence.text);
                occurrences.extend(texts.map(|text| format!("{} {text}", hit.id)));
                std::ops::ControlFlow::Continue(())
            },
        )
        .unwrap();
    let english: Vec<&String> =
        occurrences.iter().filter(|found| found.starts_with("eng")).collect();
    assert_eq!(english, ["eng minister"]);
}

/// What a form of a word is called in German texts is found wherever it stands.
#[test]
fn forms_of_german_texts_are_words_of_all() {
    let german = document("deu", "", "Die Stimme des Rates wiegt schwer.");
    let searcher = searcher([german, document("eng", "", ENGLISH)]);
    let results = search(&searcher, "Rat");
    assert_eq!(ids(&results), "deu eng");
    assert_eq!(marked(&results, "eng"), ["rates"]);
}

#[test]
fn noise_of_other_languages_is_noise() {
    let body = format!("Home | Handball | Contact\n\n{ENGLISH}");
    // A list of one range is meant as one.
    #[allow(clippy::single_range_in_vec_init)]
    let noise = vec![0..25];
    let searcher = searcher([Document { noise: noise.clone(), ..document("eng", "", &body) }]);
    let document = searcher.document("eng").unwrap().unwrap();
    assert_eq!((document.body, document.noise), (body, noise));
    assert_eq!(ids(&search(&searcher, "Contact")), "");
    let options = SearchOptions { noise: true, ..SearchOptions::default() };
    let results = searcher.search(&"Contact".parse().unwrap(), &options).unwrap();
    assert_eq!(ids(&results), "eng");
    assert_eq!(marked(&results, "eng"), ["Contact"]);
    // Parts of noise are those of its language, too.
    assert!(searcher.search(&"Ball".parse().unwrap(), &options).unwrap().hits.is_empty());
}
