//! Dates, names and other conditions outside the text.

use super::*;

#[test]
fn conditions_stay_conditions_in_every_reading() {
    let from = |id: &str, source: &str, body: &str| Document {
        source: Some(source.into()),
        ..document(id, body)
    };
    let searcher = index([
        from("1", "orf.at", "Putin kam."),
        from("2", "orf.at", "Xi kam."),
        from("3", "congluan.vn", "Kim kam."),
    ]);
    let results = search(&searcher, "Putin Kim quelle:orf");
    let ids: Vec<&str> = results.hits.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!((results.reading, ids), (Reading::Relaxed, vec!["1"]));
    let options = SearchOptions { matching: Matching::Any, ..SearchOptions::default() };
    let results = search_with(&searcher, "Putin Kim quelle:orf", &options);
    let ids: Vec<&str> = results.hits.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!(ids, ["1"]);
}

#[test]
fn conditions_on_names() {
    let searcher = index([
        Document {
            title: "Eins".into(),
            source: Some("www.congluan.vn".into()),
            author: Some("Anna Müller-Meier".into()),
            path: Some("artikel/2024/Bericht_1.txt".into()),
            language: Some("vie".into()),
            ..document("1", "Kim")
        },
        Document {
            source: Some("orf.at".into()),
            author: Some("Anna Meier".into()),
            path: Some("artikel/2025/bericht_2.txt".into()),
            ..document("2", "Kim")
        },
        document("3", "Kim"),
    ]);
    let cases: &[(&str, &[&str])] = &[
        ("quelle:congluan", &["1"]),
        ("quelle:CONGLUAN.VN", &["1"]),
        ("quelle:www.congluan.vn", &["1"]),
        ("quelle:luan", &[]),
        ("quelle:congl*", &["1"]),
        ("quelle:*luan", &["1"]),
        ("quelle:congl?an", &["1"]),
        ("quelle:www.congl*", &["1"]),
        ("quelle:www.or*", &[]),
        ("datei:artikel/20?4/beri*", &["1"]),
        ("datei:*kel/2024", &["1"]),
        ("quelle:or*", &["2"]),
        ("quelle:conglaun~", &["1"]),
        ("-quelle:congluan", &["2", "3"]),
        ("quelle:(congluan ODER orf)", &["1", "2"]),
        ("Kim quelle:orf", &["2"]),
        ("autor:Anna", &["1", "2"]),
        ("autor:\"Anna Meier\"", &["2"]),
        ("autor:mueller", &["1"]),
        ("autor:Müller-Meier", &["1"]),
        ("autor:Mü*", &["1"]),
        ("autor:Mue*", &["1"]),
        ("autor:Meier -autor:Müller", &["2"]),
        ("datei:bericht_1.txt", &["1"]),
        ("datei:2025", &["2"]),
        ("datei:artikel/2024", &["1"]),
        ("datei:2024/artikel", &[]),
        ("datei:ber*", &["1", "2"]),
        ("sprache:vie", &["1"]),
        ("sprache:de", &["2", "3"]),
        ("sprache:Deutsch", &["2", "3"]),
        ("sprache:vi*", &["1"]),
        ("sprache:en", &[]),
        ("titel:Eins sprache:vie", &["1"]),
        ("titel:ei*", &["1"]),
        ("titel:Kim", &[]),
    ];
    check_found(&searcher, cases);
    // Conditions alone say nothing about how well a document fits.
    assert!(search(&searcher, "quelle:congluan").hits.iter().all(|hit| hit.score == 0.0));
}

#[test]
fn dates_select_and_tell_what_they_leave_out() {
    let dated = |id: &str, date: &str| Document { date: date.parse().ok(), ..document(id, "Kim") };
    let searcher = index([
        dated("day", "2024-06-15"),
        dated("last", "2024-06-30"),
        dated("month", "2024-06"),
        dated("year", "2024"),
        dated("later", "2025-01-01"),
        dated("none", ""),
        Document { body: "Xi".into(), ..dated("other", "") },
    ]);
    // What is found, and how many of the rest might have fitted.
    let cases: &[(&str, &[&str], usize)] = &[
        ("datum:2024", &["day", "last", "month", "year"], 2),
        ("Kim datum:2024", &["day", "last", "month", "year"], 1),
        ("Kim datum:2024-06", &["day", "last", "month"], 2),
        ("Kim datum:15.6.2024", &["day"], 3),
        ("Kim datum:2024-06-15..", &["day", "last", "later"], 3),
        ("Kim datum:>2024-06-15", &["last", "later"], 3),
        ("Kim datum:<2024-06-30", &["day"], 3),
        ("Kim datum:<=2024-06-30", &["day", "last", "month"], 2),
        ("Kim datum:2023..2026", &["day", "last", "later", "month", "year"], 1),
        ("Kim datum:2024-01-01..2024-12-31", &["day", "last", "month", "year"], 1),
        ("Kim datum:2024-01-02..2024-12-31", &["day", "last", "month"], 2),
        ("Kim datum:6m", &["day", "last", "month"], 2),
        ("Kim datum:21w", &["last"], 3),
        ("Kim datum:1j", &["day", "last", "month"], 2),
        ("Kim datum:0d", &[], 2),
        ("Kim datum:(2023 ODER 2025)", &["later"], 1),
        ("datum:keins", &["none", "other"], 0),
        ("Kim datum:keins", &["none"], 0),
        ("Kim -datum:keins", &["day", "last", "later", "month", "year"], 0),
        ("Kim -datum:2024", &["later", "none"], 0),
        ("Xi ODER datum:2025", &["later", "other"], 1),
    ];
    let mut faults = Vec::new();
    for (query, expected, left_out) in cases {
        let options = SearchOptions { today: Day::new(2024, 11, 21), ..SearchOptions::default() };
        let results = search_with(&searcher, query, &options);
        let mut ids: Vec<&str> = results.hits.iter().map(|hit| hit.id.as_str()).collect();
        ids.sort_unstable();
        if results.reading == Reading::Relaxed {
            ids.clear();
        }
        let counted: Vec<_> = noticed(&searcher, query)
            .into_iter()
            .filter(|(kind, ..)| *kind == NoticeKind::DateUnknown)
            .map(|(_, _, _, count)| count.unwrap())
            .collect();
        if ids != *expected || counted.iter().sum::<usize>() != *left_out {
            faults.push(format!("{query}: {ids:?} {counted:?}"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    let error = searcher.search(&"datum:7d".parse().unwrap(), &SearchOptions::default());
    assert!(error.unwrap_err().to_string().contains("which day it is"));
}
