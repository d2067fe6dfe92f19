//! What holds for every query: printing and parsing are inverse, places lie in the text.

use super::*;

/// Text that resembles queries: pieces of the language in any order.
fn query_like() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Putin",
        "Kim",
        "Jong-un",
        "Müller",
        "mueller",
        "O'Neill",
        "ß",
        "a",
        "3.5",
        "AND",
        "UND",
        "OR",
        "ODER",
        "NOT",
        "NICHT",
        "und",
        "NEAR/3",
        "NAH/2",
        "&&",
        "||",
        "|",
        "&",
        "!",
        "+",
        "-",
        "=",
        "(",
        ")",
        "\"",
        "„",
        "“",
        "”",
        "»",
        "«",
        "~",
        "~1",
        "~2",
        "~3",
        "*",
        "?",
        "Belou*",
        "*ster",
        "w?rt",
        "titel:",
        "datum:",
        "datum:2024-06..2024-11",
        "2024",
        "..",
        ">",
        "7d",
        "21.11.24",
        "NEAR",
        "near/3",
        "NAH/2",
        "^2",
        "text:",
        "quelle:",
        "lang:",
        "ort:",
        ":",
        "in",
        "innen",
        "https://a.de/?b",
        "[",
        "]",
        "{",
        "…",
        ".",
        ",",
        ";",
        "/",
        "\\",
        "'",
        "’",
        "_",
        "\u{ad}",
        "\u{301}",
        "北",
        "🙂",
        "\0",
        " ",
        " ",
        " ",
        " ",
        "  ",
        "\t",
        "\u{a0}",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

/// A word, in each of the ways in which words may be marked.
fn any_word() -> impl Strategy<Value = Word> {
    let texts = ["Kim", "und", "Müller", "O'Neill", "3,5", "北", "z.B"].map(str::to_owned);
    let patterns = ["Belou*", "*minister", "w?rt", "Ü*er"].map(str::to_owned);
    let modes = vec![
        WordMode::Plain,
        WordMode::Plain,
        WordMode::Exact,
        WordMode::Fuzzy(None),
        WordMode::Fuzzy(Some(0)),
        WordMode::Fuzzy(Some(2)),
    ];
    let marked = |(text, mode): (String, WordMode)| {
        let mut word = Word::new(text);
        word.mode = mode;
        word
    };
    prop_oneof![
        6 => (prop::sample::select(texts.to_vec()), prop::sample::select(modes)).prop_map(marked),
        1 => (prop::sample::select(patterns.to_vec()), Just(WordMode::Wildcard)).prop_map(marked),
    ]
}

fn any_phrase() -> impl Strategy<Value = Phrase> {
    let gap = prop_oneof![Just(0), Just(0), 1..=1_000u32];
    (prop::collection::vec(any_word(), 1..4), gap, any::<bool>()).prop_map(|(words, gap, loose)| {
        let mut phrase = Phrase::new(words);
        let vary = |word: &Word| matches!(word.mode, WordMode::Plain | WordMode::Fuzzy(_));
        // A gap stands between words, and what varies is some word.
        phrase.gap = if phrase.words.len() > 1 { gap } else { 0 };
        phrase.loose = loose && phrase.gap == 0 && phrase.words.iter().any(vary);
        phrase
    })
}

fn any_dates() -> impl Strategy<Value = Query> {
    let date = || {
        prop_oneof![
            (1..=9999i16).prop_map(Date::year),
            (1..=9999i16, 1..=12i8).prop_map(|(year, month)| Date::month(year, month)),
            (1..=9999i16, 1..=12i8, 1..=28i8).prop_map(|(y, m, d)| Date::day(y, m, d)),
        ]
    };
    let period =
        prop::sample::select(vec![Period::Days, Period::Weeks, Period::Months, Period::Years]);
    let open = (date(), any::<bool>()).prop_map(|(date, from)| match from {
        true => DateCondition::Between(date, None),
        false => DateCondition::Between(None, date),
    });
    let between = (date(), date()).prop_map(|(a, b)| match a <= b {
        true => DateCondition::Between(a, b),
        false => DateCondition::Between(b, a),
    });
    let condition = prop_oneof![
        Just(DateCondition::Unknown),
        (0..10_000u16, period).prop_map(|(count, period)| DateCondition::Last(count, period)),
        open,
        between,
    ];
    condition.prop_map(|condition| Query::Dates(Dates::new(condition)))
}

fn any_near() -> impl Strategy<Value = Query> {
    let one = || {
        prop_oneof![
            any_word().prop_map(Query::Word),
            any_phrase().prop_map(|mut phrase| {
                phrase.gap = 0;
                Query::Phrase(phrase)
            }),
        ]
    };
    let operand =
        prop_oneof![3 => one(), 1 => prop::collection::vec(one(), 2..4).prop_map(Query::Any)];
    (prop::collection::vec(operand, 2..4), 0..=1_000u32, any::<bool>()).prop_map(
        |(operands, gap, ordered)| Query::Near(dossier_engine::Near { operands, gap, ordered }),
    )
}

/// Queries that were never text.
fn any_query() -> impl Strategy<Value = Query> {
    let name = prop::sample::select(vec![
        QueryField::Source,
        QueryField::Author,
        QueryField::Agency,
        QueryField::Path,
        QueryField::Language,
    ]);
    let in_names = (name, any_word())
        .prop_filter("names have no spellings", |(_, word)| word.mode != WordMode::Exact)
        .prop_map(|(field, word)| Query::In(field, Box::new(Query::Word(word))));
    let leaf = prop_oneof![
        4 => any_word().prop_map(Query::Word),
        2 => any_phrase().prop_map(Query::Phrase),
        1 => any_near(),
        1 => any_dates(),
        1 => in_names,
    ];
    leaf.prop_recursive(4, 12, 3, |inner| {
        let some = || prop::collection::vec(inner.clone(), 2..4);
        let text = prop::sample::select(vec![QueryField::Title, QueryField::Body]);
        prop_oneof![
            some().prop_map(Query::Words),
            some().prop_map(Query::All),
            some().prop_map(Query::Any),
            inner.clone().prop_map(|query| Query::Not(Box::new(query))),
            (text, inner.clone()).prop_map(|(field, query)| Query::In(field, Box::new(query))),
        ]
    })
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_241_121),
        ..ProptestConfig::default()
    }
}

/// Parses: fast, with spans inside the text, and what was printed is the same query.
fn check_laws(text: &str) -> Result<(), TestCaseError> {
    let start = Instant::now();
    let parsed = Query::parse(text);
    prop_assert!(start.elapsed() < PATIENCE, "{text:?} is slow");
    match parsed {
        Ok(parsed) => {
            prop_assert_eq!(fault_of_inverse(&parsed.query), None, "{:?}", text);
            for notice in parsed.notices {
                prop_assert!(text.get(notice.span.clone()).is_some(), "{text:?}: {notice:?}");
                let suggestion = notice.suggestion.iter();
                prop_assert!(suggestion.map(|s| Query::parse(s)).all(|parsed| parsed.is_ok()));
            }
        }
        Err(error) => {
            prop_assert!(text.get(error.span()).is_some(), "{text:?}: {error:?}");
            prop_assert!(!error.to_string().is_empty());
            let suggestion = error.suggestion();
            prop_assert!(suggestion.is_none_or(|suggestion| Query::parse(suggestion).is_ok()));
        }
    }
    let _ = Query::plain(text);
    Ok(())
}

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn printing_and_parsing_are_inverse(text in query_like()) {
        check_laws(&text)?;
    }

    #[test]
    fn what_is_printed_is_read_as_the_same(query in any_query()) {
        let printed = query.to_string();
        match Query::parse(&printed) {
            Ok(parsed) => prop_assert_eq!(parsed.query, query, "{}", printed),
            // Many words may be too many that stand for many.
            Err(error) => prop_assert_eq!(error.kind(), Kind::TooManyPatterns, "{}", printed),
        }
    }

    #[test]
    fn any_text_is_safe(text in "\\PC{0,40}") {
        check_laws(&text)?;
    }

    #[test]
    fn any_characters_are_safe(text in prop::collection::vec(any::<char>(), 0..30)) {
        check_laws(&text.into_iter().collect::<String>())?;
    }
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn long_queries_are_fast(piece in query_like(), times in 1..800usize) {
        let text = piece.repeat(times);
        let start = Instant::now();
        let _ = Query::parse(&text);
        prop_assert!(start.elapsed() < PATIENCE, "{piece:?} times {times}");
    }
}
