//! What queries are made of, and what holds for every one.

// Each test uses some of it.
#![allow(dead_code)]

use dossier_engine::{Day, Document, Query, SearchOptions, Searcher};

use super::common::index;

/// Every construction of the language, and what looks like one.
pub const SEEDS: &[&str] = &[
    "Putin Kim",
    "\"Kim Jong Un\" „Kim Jong-un“ »a b« «c d» “e f”",
    "\"Andrej Belousow\"~ \"Putin Kim\"~3 \"wie wie\"",
    "a NEAR/3 b NAH/12 \"c d\"",
    "(Putin ODER \"Xi Jinping\") NAH/5 Belou*",
    "Belousow~ beloussow~1 Beloussow~2 \"Andrej~1 Belou*\"",
    "Belou* *minister w?rt www.congluan.* Jong-u*",
    "=Beloussow =\"Kim Un\" \"=Kim Un\"",
    "Putin UND Kim ODER NICHT Lawrow && a || b | !c + -d",
    "titel:(Putin Kim) text:„a b“ quelle:www.orf.at autor:Meyer~ sprache:de datei:a/b*.txt",
    "datum:2024-06..2024-11 datum:21.11.2024 datum:>2024-06-01 datum:7d datum:keins",
    "datum:(2023 ODER 2024-01 .. 2024-03) datum:\"1.6.2024\"",
    "ort:Wien https://orf.at/?a=b&c=* site:orf.at Putin^2 near/3 NEAR",
    "O'Neill Kim’s [Anzeige_2] 3.500,75 z.B. Leser:innen 北京 Straf\u{ad}recht u\u{308}ber",
    "((((a)))) ()() --a \"\" „…“ … ~ ~~ * ? == ^ \\ \0 \u{a0}",
];

/// Put in at any place.
pub const PIECES: &[&str] = &[
    "\"", "„", "“", "”", "»", "«", "(", ")", "~", "~1", "~99", "*", "?", "=", "-", "!", "+", "|",
    "||", "&&", "^2", "/", ":", "::", "..", "…", "–", ">", "<=", ".", ",", "'", "’", "_", "\\",
    " ", "  ", "\t", "\n", "\u{a0}", "\u{ad}", "\u{301}", "ß", "Ü", "北", "🙂", "ǃ", "ǂ", "\u{1f}",
    " UND ", " ODER ", " NICHT ", " NEAR/1 ", " NAH/1 ", "NEAR/", "titel:", "datum:", "quelle:",
    "2024", "-11", "7d", "keins", "a", "Kim", "Jong-un",
];

/// Parses a query and checks what holds for every one.
pub fn check(text: &str) -> Option<Query> {
    match Query::parse(text) {
        Ok(parsed) => {
            let printed = parsed.query.to_string();
            let again = Query::parse(&printed).unwrap_or_else(|error| panic!("{text:?}: {error}"));
            assert_eq!(again.query, parsed.query, "{text:?} as {printed:?}");
            for notice in &parsed.notices {
                assert!(text.get(notice.span.clone()).is_some(), "{text:?}: {notice:?}");
                assert!(notice.suggestion.iter().all(|other| Query::parse(other).is_ok()));
            }
            assert_eq!(parsed.clone().strict().is_ok(), parsed.notices.is_empty(), "{text:?}");
            Some(parsed.query)
        }
        Err(error) => {
            assert!(text.get(error.span()).is_some(), "{text:?}: {error:?}");
            assert!(error.suggestion().is_none_or(|other| Query::parse(other).is_ok()), "{text:?}");
            None
        }
    }
}

/// A document that such queries may find.
pub fn searcher() -> Searcher {
    let body = "Kim Jong-un empfing Verteidigungsminister Andrej Beloussow. Wie wie? Putin kam.";
    index([Document {
        id: "1".into(),
        title: "O'Neill".into(),
        body: body.into(),
        source: Some("www.orf.at".into()),
        date: "2024-11".parse().ok(),
        ..Document::default()
    }])
}

/// Searches, whatever is found.
pub fn search(searcher: &Searcher, query: &Query, text: &str) {
    let options = SearchOptions { today: Day::new(2024, 11, 21), ..SearchOptions::default() };
    let results = searcher.search(query, &options).unwrap();
    assert!(results.total <= 1, "{text:?}");
}
