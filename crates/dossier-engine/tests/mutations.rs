//! Queries, changed at random again and again: none may bring the parser down, none may mean
//! something else once printed, and whatever can be read can be searched.
//!
//! The changes are the same in every run, and so many that they take a few seconds.

#![allow(clippy::unwrap_used)]

use dossier_engine::{Day, Document, Index, Query, SearchOptions};

/// Every construction of the language, and what looks like one.
const SEEDS: &[&str] = &[
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
const PIECES: &[&str] = &[
    "\"", "„", "“", "”", "»", "«", "(", ")", "~", "~1", "~99", "*", "?", "=", "-", "!", "+", "|",
    "||", "&&", "^2", "/", ":", "::", "..", "…", "–", ">", "<=", ".", ",", "'", "’", "_", "\\",
    " ", "  ", "\t", "\n", "\u{a0}", "\u{ad}", "\u{301}", "ß", "Ü", "北", "🙂", "ǃ", "ǂ", "\u{1f}",
    " UND ", " ODER ", " NICHT ", " NEAR/1 ", " NAH/1 ", "NEAR/", "titel:", "datum:", "quelle:",
    "2024", "-11", "7d", "keins", "a", "Kim", "Jong-un",
];

/// The same numbers everywhere and for ever (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % end.max(1) as u64) as usize
    }

    /// A run of characters, as their numbers.
    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        let most = 1 + self.below(6);
        start..(start + most).min(length)
    }
}

/// Changes a query in one place.
fn mutate(random: &mut Random, query: &mut Vec<char>) {
    let range = random.range(query.len());
    match random.below(6) {
        0 => drop(query.drain(range)),
        1 => {
            let copy: Vec<char> = query[range].to_vec();
            let at = random.below(query.len() + 1);
            query.splice(at..at, copy);
        }
        2 => {
            let other: Vec<char> = SEEDS[random.below(SEEDS.len())].chars().collect();
            let part = random.range(other.len());
            query.splice(range, other[part].to_vec());
        }
        3 if range.len() > 1 => query.swap(range.start, range.end - 1),
        _ => {
            let piece = PIECES[random.below(PIECES.len())];
            query.splice(range.start..range.start, piece.chars());
        }
    }
    query.truncate(400);
}

/// Parses a query and checks what holds for every one.
fn check(text: &str) -> Option<Query> {
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

#[test]
fn changed_queries_are_read_or_refused() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    let body = "Kim Jong-un empfing Verteidigungsminister Andrej Beloussow. Wie wie? Putin kam.";
    writer
        .put(Document {
            id: "1".into(),
            title: "O'Neill".into(),
            body: body.into(),
            source: Some("www.orf.at".into()),
            date: "2024-11".parse().ok(),
            ..Document::default()
        })
        .unwrap();
    writer.commit().unwrap();
    let searcher = index.searcher().unwrap();
    let options = SearchOptions { today: Day::new(2024, 11, 21), ..SearchOptions::default() };
    let mut random = Random(1);
    let mut read = 0;
    for round in 0..12_000 {
        if round % 40 == 0 {
            random.0 = round;
        }
        let mut query: Vec<char> = SEEDS[random.below(SEEDS.len())].chars().collect();
        for _ in 0..1 + random.below(8) {
            mutate(&mut random, &mut query);
        }
        let text: String = query.into_iter().collect();
        let parsed = check(&text);
        read += usize::from(parsed.is_some());
        if let Some(query) = parsed.filter(|_| round % 8 == 0) {
            let results = searcher.search(&query, &options).unwrap();
            assert!(results.total <= 1, "{text:?}");
        }
    }
    assert!(read > 2_000, "only {read} could be read");
}
