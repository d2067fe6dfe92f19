//! Nearer readings, and what the reader is told of them.

use super::*;

#[test]
fn words_without_common_hits_are_read_more_freely() {
    let searcher = bodies(&[
        ("1", "Putin sprach mit Lawrow."),
        ("2", "Kim sprach mit Schoigu."),
        ("3", "Belousow schwieg."),
    ]);
    let relaxed = |query: &str| {
        let results = search(&searcher, query);
        let mut ids: Vec<String> = results.hits.into_iter().map(|hit| hit.id).collect();
        ids.sort_unstable();
        (results.reading, ids)
    };
    let as_typed =
        |ids: &[&str]| (Reading::AsTyped, ids.iter().map(|id| (*id).to_owned()).collect());
    let nearest =
        |ids: &[&str]| (Reading::Relaxed, ids.iter().map(|id| (*id).to_owned()).collect());
    assert_eq!(relaxed("Putin Lawrow"), as_typed(&["1"]));
    assert_eq!(relaxed("Putin Kim"), nearest(&["1", "2"]));
    assert_eq!(relaxed("Putin Xylophon"), nearest(&["1"]));
    assert_eq!(relaxed("Beloussow"), as_typed(&["3"]));
    assert_eq!(relaxed("sprahc"), nearest(&["1", "2"]));
    assert_eq!(relaxed("Xylophon"), nearest(&[]));
    // What is excluded stays excluded.
    assert_eq!(relaxed("Putin Kim -Lawrow"), nearest(&["2"]));
    // With an operator, exactly what was typed.
    assert_eq!(relaxed("Putin UND Kim"), as_typed(&[]));
    assert_eq!(relaxed("\"Putin Kim\""), as_typed(&[]));
    assert_eq!(relaxed("=Beloussow"), as_typed(&[]));
    assert_eq!(relaxed("Xylo*"), as_typed(&[]));
}

#[test]
fn where_few_have_all_words_those_nearest_follow() {
    let searcher = bodies(&[
        ("1", "Putin sprach mit Lawrow."),
        ("2", "Kim sprach mit Lawrow."),
        ("3", "Putin und Kim sprachen mit Lawrow."),
        ("4", "Belousow schwieg."),
    ]);
    let both = |query: &str, options: &SearchOptions| {
        let results = search_with(&searcher, query, options);
        let ids = |hits: &[Hit]| hits.iter().map(|hit| hit.id.clone()).collect::<Vec<_>>();
        results.nearest.iter().for_each(|hit| check_laws(&searcher, query, hit, options));
        assert_eq!(results.total, results.hits.len() + options.offset, "{query}");
        (ids(&results.hits), ids(&results.nearest))
    };
    let default = SearchOptions::default();
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    for (query, hits, nearest) in [
        ("Putin Kim", &["3"][..], &["1", "2"][..]),
        ("Putin Kim Lawrow", &["3"], &["1", "2"]),
        // What is excluded stays excluded.
        ("Kim Lawrow -Putin", &["2"], &[]),
        // One word, or an operator: exactly what was typed.
        ("Kim", &["2", "3"], &[]),
        ("Putin UND Kim", &["3"], &[]),
        ("\"Putin und Kim\"", &["3"], &[]),
    ] {
        assert_eq!(both(query, &default), (ids(hits), ids(nearest)), "{query}");
        let none = SearchOptions { nearest: 0, ..default.clone() };
        assert_eq!(both(query, &none), (ids(hits), ids(&[])), "{query}");
    }
    let two = SearchOptions { limit: 2, ..default.clone() };
    assert_eq!(both("Putin Kim", &two), (ids(&["3"]), ids(&["1"])));
    let behind = SearchOptions { offset: 1, ..default.clone() };
    assert_eq!(both("Putin Kim", &behind), (ids(&[]), ids(&[])));
    let any = SearchOptions { matching: Matching::Any, ..default };
    assert_eq!(both("Putin Kim", &any).1, ids(&[]));
}

#[test]
fn any_word_suffices_if_asked_for() {
    let searcher = bodies(&[
        ("1", "Putin kam nach Moskau."),
        ("2", "Kim kam nach Moskau."),
        ("3", "Putin und Kim nach Moskau."),
        ("4", "Xi kam nach Moskau."),
    ]);
    let options = SearchOptions { matching: Matching::Any, ..SearchOptions::default() };
    let any = |query: &str| -> Vec<String> {
        let results = search_with(&searcher, query, &options);
        assert_eq!(results.reading, Reading::AsTyped, "{query}");
        results.hits.into_iter().map(|hit| hit.id).collect()
    };
    assert_eq!(any("Putin Kim"), ["3", "1", "2"]);
    assert_eq!(any("Putin Kim -Xi"), ["3", "1", "2"]);
    assert_eq!(any("Moskau Putin -Kim"), ["1", "4"]);
    assert_eq!(any("Putin UND Kim"), ["3"]);
    assert_eq!(any("Putin Xylophon"), ["1", "3"]);
    assert_eq!(any("-(Putin Kim)").len(), 3);
    assert_eq!(any("-Putin -Kim"), ["4"]);
    assert_eq!(any("Beloussow"), [""; 0]);
}

#[test]
fn variants_are_named() {
    let searcher = bodies(&[
        ("1", "Der Minister kam."),
        ("2", "Des Ministers Haus."),
        ("3", "Den Ministern folgt Mimister."),
        ("4", "Ministers"),
    ]);
    let also = |query: &str| -> Vec<(String, MatchKind, usize)> {
        let variants = search(&searcher, query).also_searched;
        variants
            .into_iter()
            .map(|variant| (variant.term, variant.kind, variant.documents))
            .collect()
    };
    use MatchKind::{Fuzzy, Inflection, Wildcard};
    let forms = [("ministers".to_owned(), Inflection, 2), ("ministern".to_owned(), Inflection, 1)];
    assert_eq!(also("Minister"), forms);
    let with_error = [&forms[..], &[("mimister".to_owned(), Fuzzy, 1)]].concat();
    assert_eq!(also("Minister~"), with_error);
    assert_eq!(also("=Minister"), []);
    assert_eq!(also("\"der Minister\""), []);
    assert_eq!(also("Mim*"), [("mimister".to_owned(), Wildcard, 1)]);
    // What is excluded is no help to the reader.
    assert_eq!(also("Haus -Minister"), []);
}

#[test]
fn too_many_words_are_cut_and_remarked() {
    let words: Vec<String> = (0..1_500).map(|number| format!("zeitung{number}")).collect();
    let searcher = index(
        [document("alle", &words.join(" ")), document("eine", "zeitung1499 und Kim")]
            .into_iter()
            .chain((0..20).map(|number| document(&format!("{number}"), "anderes"))),
    );
    let results = search(&searcher, "zeitung*");
    let kinds: Vec<_> = results.notices.iter().map(|notice| notice.kind.clone()).collect();
    assert_eq!(kinds, [NoticeKind::ExpansionsCut]);
    assert_eq!(results.notices[0].span, 0..8);
    // The most frequent are kept.
    assert_eq!(results.total, 2);
    assert!(search(&searcher, "zeitung14*").notices.is_empty());
    // Words beside it are searched all the same, in either order.
    for query in ["zeitung* Kim", "Kim zeitung*", "zeitung* zeitung1* Kim", "zeitung* Kim~"] {
        let results = search(&searcher, query);
        let ids: Vec<&str> = results.hits.iter().map(|hit| hit.id.as_str()).collect();
        assert_eq!((results.reading, ids), (Reading::AsTyped, vec!["eine"]), "{query}");
    }
}

#[test]
fn words_found_side_by_side_are_offered_as_a_phrase() {
    let searcher = bodies(&[
        ("1", "Heute sagte Kim Jong Un nichts."),
        ("2", "Jong und Kim und Un und Kims Jong."),
        ("3", "Wie wie? Und wie!"),
    ]);
    let offered = |query: &str| {
        let notices = noticed(&searcher, query);
        notices
            .into_iter()
            .map(|(kind, at, suggestion, _)| {
                assert_eq!(kind, NoticeKind::PhrasePossible);
                (at, suggestion.unwrap())
            })
            .collect::<Vec<_>>()
    };
    let one = |at: &str, phrase: &str| vec![(at.to_owned(), phrase.to_owned())];
    assert_eq!(offered("Kim Jong Un"), one("Kim Jong Un", "\"Kim Jong Un\""));
    assert_eq!(offered(" kim, jong?"), one("kim, jong?", "\"kim jong\""));
    assert_eq!(offered("wie wie"), one("wie wie", "\"wie wie\""));
    for other in [
        "Jong Kim",
        "wie wie wie",
        "Kim UND Jong",
        "Kim Jong*",
        "Kim Jong -Xi",
        "Kim",
        "Kims sagte",
        "\"Kim Jong Un\"",
        "Kims Un",
    ] {
        assert_eq!(offered(other), [], "{other}");
    }
}

#[test]
fn a_phrase_that_finds_little_is_offered_in_a_looser_form() {
    let body = "Der Minister Andrej Beloussow sprach.";
    let searcher = bodies(&[("1", "Andrej Belousow sprach."), ("2", body), ("3", body)]);
    let offered = |query: &str| noticed(&searcher, query);
    let looser = |at: &str, phrase: &str, count| {
        vec![(NoticeKind::FuzzyPhrasePossible, at.to_owned(), Some(phrase.to_owned()), Some(count))]
    };
    assert_eq!(
        offered("„Andrej Belousow“"),
        looser("„Andrej Belousow“", "\"Andrej Belousow\"~", 3)
    );
    assert_eq!(
        offered("\"Ministern Andrej\""),
        looser("\"Ministern Andrej\"", "\"Ministern Andrej\"~", 2)
    );
    for other in
        ["\"Andrej Belousow\"~", "\"Andrej Xi\"", "\"=Andrej Belousow\"", "\"Andrej Belousow\"~1"]
    {
        assert_eq!(offered(other), [], "{other}");
    }
}

#[test]
fn words_that_no_document_holds_are_offered_as_they_may_be_meant() {
    let searcher = bodies(&[
        ("1", "Der Verteidigungsminister flog über München."),
        ("2", "Der Verteidigungsminister sprach."),
        ("3", "Regen über München und Munchen und München."),
    ]);
    let meant = |query: &str| {
        let notices = noticed(&searcher, query).into_iter();
        let corrected = notices.filter(|(kind, ..)| *kind == NoticeKind::Corrected);
        corrected.map(|(_, _, meant, count)| (meant.unwrap(), count)).collect::<Vec<_>>()
    };
    for (query, corrected, count) in [
        ("Verteidigunsminister", "Verteidigungsminister", 2),
        ("verteidigunsminister", "verteidigungsminister", 2),
        ("Verteidigunsminister sprcah", "Verteidigungsminister sprach", 1),
        ("Verteidigunsminister flog", "Verteidigungsminister flog", 1),
    ] {
        assert_eq!(meant(query), [(corrected.to_owned(), Some(count))], "{query}");
    }
    // Known words that do not stand together, words like none, and other marks.
    for query in ["Verteidigungsminister Regen", "Xylophon", "Regen Verteidigunsminister", "=Regn"]
    {
        assert_eq!(meant(query), [], "{query}");
    }
}

#[test]
fn where_any_word_may_do_words_of_its_family_do() {
    let searcher = bodies(&[
        ("1", "Das Gericht sah die Sache so."),
        ("2", "Das Gericht verbietet den Aufmarsch."),
        ("3", "Das Verbot hatte Bestand."),
        ("4", "Die Verbotszone lag am Fluss."),
    ]);
    let options = SearchOptions { matching: Matching::Any, ..SearchOptions::default() };
    let results = search_with(&searcher, "Verbot", &options);
    let ids: Vec<&str> = results.hits.iter().map(|hit| &*hit.id).collect();
    assert_eq!(ids, ["3", "4", "2"]);
    let fragment = &results.hits[2].fragments[0];
    assert_eq!(&fragment.text[fragment.marks[0].clone()], "verbietet");
    // Who types a word alone means that one.
    assert_eq!(search(&searcher, "Verbot").hits.len(), 2);
}
