//! What stands first.

use super::*;

#[test]
fn limits_and_offsets() {
    let searcher = index((0..25).map(|number| document(&format!("{number:02}"), "Kim")));
    let ids = |limit: usize, offset: usize| -> (usize, Vec<String>) {
        let options = SearchOptions { limit, offset, ..SearchOptions::default() };
        let results = search_with(&searcher, "Kim", &options);
        (results.total, results.hits.into_iter().map(|hit| hit.id).collect())
    };
    let all: Vec<String> = (0..25).map(|number| format!("{number:02}")).collect();
    // Equal scores stand in the order of their ids.
    assert_eq!(ids(10, 0), (25, all[..10].to_vec()));
    assert_eq!(ids(10, 20), (25, all[20..].to_vec()));
    assert_eq!(ids(3, 11), (25, all[11..14].to_vec()));
    assert_eq!(ids(1_000, 0), (25, all.clone()));
    assert_eq!(ids(usize::MAX, 0), (25, all.clone()));
    let nothing: Vec<String> = Vec::new();
    for (limit, offset) in [(0, 0), (0, 5), (10, 25), (10, 10_000), (10, usize::MAX)] {
        assert_eq!(ids(limit, offset), (25, nothing.clone()), "{limit} {offset}");
    }
    assert_eq!(ids(10, 1_000_000_000_000_000_000), (25, nothing.clone()));
    assert_eq!(ids(usize::MAX, usize::MAX), (25, nothing));
}

#[test]
fn equal_scores_stand_by_id_whatever_the_order_of_putting() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for (number, id) in ["m", "z", "b", "ä", "a", "10", "9"].into_iter().enumerate() {
        writer.put(document(id, "Kim")).unwrap();
        if number % 2 == 0 {
            writer.commit().unwrap();
        }
    }
    let searcher = index.searcher().unwrap();
    assert_eq!(ranked(&searcher, "Kim"), ["10", "9", "a", "b", "m", "z", "ä"]);
    let options = SearchOptions { limit: 2, offset: 2, ..SearchOptions::default() };
    let page: Vec<String> =
        search_with(&searcher, "Kim", &options).hits.into_iter().map(|hit| hit.id).collect();
    assert_eq!(page, ["a", "b"]);
}

#[test]
fn the_typed_spelling_stands_first() {
    // The better hit has the later id: the order is not that of ties.
    let cases: &[(&str, &str, &str)] = &[
        ("schwul", "schwul", "schwül"),
        ("schwül", "schwül", "schwul"),
        ("Müller", "Müller", "Mueller"),
        ("Mueller", "Mueller", "Müller"),
        ("Muller", "Muller", "Müller"),
        ("Straße", "Straße", "Strasse"),
        ("Strasse", "Strasse", "Straße"),
        // Other forms of the word below it.
        ("Minister", "Minister", "Ministers"),
        ("Ministers", "Ministers", "Minister"),
        ("Häuser", "Häuser", "Haus"),
        // Typing errors below both, the more the lower.
        ("xanthelo~2", "xanthelo", "xanthilo"),
        // Another spelling of a name likewise.
        ("Belousow", "Belousow", "Beloussow"),
        ("xanthelo~2", "xanthilo", "xinthilo"),
        ("Minister~1", "Ministers", "Mimister"),
        ("empfängt~1", "empfaengt", "empfingt"),
    ];
    for (query, better, worse) in cases {
        let text = |word: &str| format!("Heute sagt der Autor das Wort {word} nur einmal.");
        let title = |id: &str, word: &str| Document { title: text(word), ..document(id, "") };
        let searcher = index([
            document("a", &text(worse)),
            document("b", &text(better)),
            title("c", worse),
            title("d", better),
        ]);
        for (field, expected) in [("text", ["b", "a"]), ("titel", ["d", "c"])] {
            let results = search(&searcher, &format!("{field}:{query}"));
            let ids: Vec<&str> = results.hits.iter().map(|hit| hit.id.as_str()).collect();
            assert_eq!(ids, expected, "{field}:{query}: {better} before {worse}");
            assert!(results.hits[0].score > results.hits[1].score, "{field}:{query}");
        }
    }
}

#[test]
fn a_rare_misspelling_does_not_outrank_the_right_word() {
    let mut documents: Vec<Document> = (0..30)
        .map(|n| document(&format!("richtig {n:02}"), "Verteidigungsminister kommt heute"))
        .collect();
    documents.push(document("falsch", "Verteidigungsminisster kommt heute"));
    documents.extend((0..30).map(|n| document(&format!("x {n:02}"), "ganz anderer Text hier")));
    let searcher = index(documents);
    let results = search_with(
        &searcher,
        "Verteidigungsminister~",
        &SearchOptions { limit: 50, ..Default::default() },
    );
    assert_eq!(results.total, 31);
    assert_eq!(results.hits[30].id, "falsch");
    let variant = results.also_searched.iter().find(|variant| variant.term.contains("ss"));
    assert_eq!(variant.unwrap().kind, MatchKind::Fuzzy);
}

#[test]
fn a_word_in_the_title_counts_more() {
    let title =
        |id: &str, title: &str, body: &str| Document { title: title.into(), ..document(id, body) };
    let searcher = index([
        title("a", "Vom Wetter heute", "Kim sagt etwas Langes"),
        title("b", "Vom Kim heute", "Wetter sagt etwas Langes"),
    ]);
    assert_eq!(ranked(&searcher, "Kim"), ["b", "a"]);
    assert_eq!(found(&searcher, "titel:Kim"), ["b"]);
    assert_eq!(found(&searcher, "text:Kim"), ["a"]);
    assert_eq!(found(&searcher, "titel:(Kim Wetter)"), [""; 0]);
    assert_eq!(found(&searcher, "titel:(Kim ODER Wetter)"), ["a", "b"]);
    assert_eq!(found(&searcher, "-titel:Kim"), ["a"]);
    // A phrase stands in one field.
    assert_eq!(found(&searcher, "\"heute Kim\""), [""; 0]);
}

#[test]
fn no_hit_is_lost_in_a_very_long_document() {
    // Many words of the index fit, and the document is a thousand times longer than the average.
    let mut documents: Vec<Document> =
        (0..3_000).map(|number| document(&format!("{number:04}"), "kurz")).collect();
    let all: Vec<String> = (0..30).map(|number| format!("zeitung{number}")).collect();
    documents.push(document("alle", &all.join(" ")));
    documents.push(document("lang", &format!("{} zeitung7", "und ".repeat(30_000))));
    let searcher = index(documents);
    assert_eq!(found(&searcher, "zeitung7"), ["alle", "lang"]);
    assert_eq!(found(&searcher, "zeitung*"), ["alle", "lang"]);
}

#[test]
fn where_any_word_may_do_letters_in_common_tell_between_documents() {
    let late = format!("{}Der Sonderzug hielt.", "Sonne und Regen am Land. ".repeat(200));
    let searcher = bodies(&[
        ("like", "Am Rathaus: die Quirlbomatoren und der Garten."),
        ("another", "Am Rathaus: die Fantepallinen und der Garten."),
        ("late", &late),
    ]);
    let options = SearchOptions { matching: Matching::Any, ..SearchOptions::default() };
    let found = |query: &str, offset| {
        let results = search_with(&searcher, query, &SearchOptions { offset, ..options.clone() });
        results.hits.into_iter().map(|hit| (hit.id, hit.score)).collect::<Vec<_>>()
    };
    // No document has the word, nor one with few typing errors.
    let all = found("Rathaus Quirlbomatik", 0);
    assert_eq!(all.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["like", "another"]);
    assert_eq!(found("Rathaus Quirlbomatik", 1), all[1..]);
    // What begins with something else is found all the same.
    let late = found("Sonderzug Xylophon", 0);
    assert!(late.len() == 1 && late[0].1 > 0.0, "{late:?}");
}
