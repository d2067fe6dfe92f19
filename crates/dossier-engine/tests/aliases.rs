//! Names that mean the same in other words: exonyms, groups of the user's, names written apart.

#![allow(clippy::unwrap_used)]

use dossier_engine::{
    Aliases, Document, Index, MatchKind, Matching, Query, Results, SearchOptions, Searcher,
};

const TEXTS: &[(&str, &str)] = &[
    ("berg", "Kämpfe um Bergkarabach."),
    ("nagorny", "Aus Nagorny Karabach sind viele geflohen."),
    ("nagorno", "The fighting in Nagorno-Karabakh goes on."),
    ("arzach", "Die Hauptstadt Arzachs ist leer."),
    ("peking", "Das Treffen in Peking dauerte lange."),
    ("beijing", "Der Bürgermeister Beijings kam mit."),
    ("apart", "Kim Jong Un sprach als Erster."),
    ("joined", "Der Machthaber Jongun schwieg."),
    ("congo", "In der Demokratischen Republik Kongo fehlt Wasser."),
    ("zaire", "Damals hieß es Zaire."),
    ("wagner", "Die Gruppe Wagner zog ab."),
    ("corps", "Das Africa Corps kam an ihrer Stelle."),
    ("house", "Im Haus Meister Müllers brennt Licht. Der Hausmeister schläft."),
    ("lower", "man sagt so jong un so"),
];

fn searcher() -> Searcher {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for (number, (id, body)) in TEXTS.iter().enumerate() {
        writer
            .put(Document { id: (*id).into(), body: (*body).into(), ..Default::default() })
            .unwrap();
        // What is found does not depend on segments.
        if number % 5 == 4 {
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    index.searcher().unwrap()
}

fn options() -> SearchOptions {
    let groups = [["Gruppe Wagner", "Africa Corps", "Afrikakorps"]];
    SearchOptions { aliases: Aliases::new(groups), ..SearchOptions::default() }
}

fn search(searcher: &Searcher, query: &str) -> Results {
    searcher.search(&Query::parse(query).unwrap().query, &options()).unwrap()
}

fn marked(results: &Results) -> Vec<String> {
    let fragments = results.hits.iter().flat_map(|hit| &hit.fragments);
    let mut marked: Vec<_> = fragments
        .flat_map(|fragment| {
            fragment.marks.iter().map(|mark| fragment.text[mark.clone()].to_owned())
        })
        .collect();
    marked.sort_unstable();
    marked
}

#[test]
fn other_names_are_found_and_marked() {
    const KARABAKH: &[&str] = &["arzach", "berg", "nagorno", "nagorny"];
    const KIM: &[&str] = &["apart", "joined", "lower"];
    let searcher = searcher();
    #[rustfmt::skip]
    let cases: &[(&str, &[&str])] = &[
        ("Bergkarabach",              KARABAKH),
        ("berg-karabach",             KARABAKH),
        ("Arzach",                    KARABAKH),
        ("Nagorny Karabach",          KARABAKH),
        ("\"Nagorny Karabach\"",      KARABAKH),
        ("text:Bergkarabach",         KARABAKH),
        ("Bergkarabach geflohen",     &["nagorny"]),
        ("geflohen Nagorno-Karabach", &["nagorny"]),
        ("Peking",                    &["beijing", "peking"]),
        ("Pekings",                   &["beijing", "peking"]),
        ("Beijing",                   &["beijing", "peking"]),
        ("=Peking",                   &["peking"]),
        ("\"Treffen in Beijing\"",    &[]),
        ("Treffen -Beijing",          &[]),
        ("Zaire",                     &["congo", "zaire"]),
        ("DR Kongo",                  &["congo", "zaire"]),
        ("Afrikakorps",               &["corps", "wagner"]),
        ("Gruppe Wagner",             &["corps", "wagner"]),
        ("Wagner",                    &["wagner"]),
        // One word for two, two for one; in lower case no name is meant.
        ("Jongun",                    KIM),
        ("jongun",                    KIM),
        ("Jong Un",                   KIM),
        ("\"Kim Jongun\"",            &["apart"]),
        ("\"Machthaber Jong Un\"",    &["joined"]),
        ("=Jongun",                   &["joined"]),
        // Near each other, names may stand in other words as well.
        ("Kim NAH/3 Jongun",          &["apart"]),
        ("Jongun NEAR/0 sprach",      &["apart"]),
        ("\"Jong Un\" NAH/2 Machthaber", &["joined"]),
        ("(\"Jong Un\" ODER Kim) NAH/1 schwieg", &["joined"]),
        ("Afrikakorps NAH/2 Stelle",  &[]),
        ("Afrikakorps NAH/3 Stelle",  &["corps"]),
        ("Stelle NEAR/3 Afrikakorps", &[]),
        ("\"Gruppe Wagner\" NAH/3 Stelle", &["corps"]),
        ("Zaire NAH/1 Wasser",        &["congo"]),
        ("Beijing NAH/2 Treffen",     &["peking"]),
        // Two nouns are no name.
        ("Haus Meister",              &["house"]),
    ];
    let mut wrong = Vec::new();
    for (query, expected) in cases {
        let results = search(&searcher, query);
        let relaxed = results.reading == dossier_engine::Reading::Relaxed;
        let mut ids: Vec<_> =
            results.hits.iter().map(|hit| &*hit.id).filter(|_| !relaxed).collect();
        ids.sort_unstable();
        if ids != *expected {
            wrong.push(format!("{query}: {ids:?}"));
        }
        for hit in &results.hits {
            assert!(hit.fragments.iter().any(|f| !f.marks.is_empty()), "{query}: {}", hit.id);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_reader_is_told() {
    let searcher = searcher();
    let named = |query| -> Vec<(String, MatchKind, usize)> {
        let variants = search(&searcher, query).also_searched.into_iter();
        variants.map(|v| (v.term, v.kind, v.documents)).collect()
    };
    assert_eq!(
        named("Bergkarabach"),
        [
            ("arzachs".into(), MatchKind::Alias, 1),
            ("nagorno karabakh".into(), MatchKind::Alias, 1),
            ("nagorny karabach".into(), MatchKind::Alias, 1),
        ]
    );
    assert_eq!(named("Jong Un"), [("jongun".into(), MatchKind::Name, 1)]);
    assert_eq!(
        marked(&search(&searcher, "Zaire")),
        ["Demokratischen", "Kongo", "Republik", "Zaire"]
    );
}

#[test]
fn the_typed_name_stands_first() {
    let searcher = searcher();
    for (query, first) in [
        ("Peking", "peking"),
        ("Beijing", "beijing"),
        ("Jongun", "joined"),
        ("Bergkarabach", "berg"),
    ] {
        assert_eq!(search(&searcher, query).hits[0].id, first, "{query}");
    }
}

#[test]
fn any_word_may_do() {
    let searcher = searcher();
    let options = SearchOptions { matching: Matching::Any, ..options() };
    let query = Query::parse("Nagorny Karabach Wasser").unwrap().query;
    let results = searcher.search(&query, &options).unwrap();
    assert_eq!(results.total, 5);
}

#[test]
fn the_reader_is_told_of_other_words_near_each_other() {
    let results = search(&searcher(), "Kim NAH/3 Jongun");
    let told: Vec<_> =
        results.also_searched.iter().map(|v| (&*v.term, v.kind, v.documents)).collect();
    assert_eq!(told, [("jong un", MatchKind::Name, 1)]);
    assert_eq!(marked(&results), ["Jong", "Kim", "Un"]);
}
