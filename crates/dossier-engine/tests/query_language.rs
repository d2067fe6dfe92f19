//! The query language: what each construction is read as, what is remarked, and what is an error.

#![allow(clippy::unwrap_used, clippy::type_complexity)]

use std::time::{Duration, Instant};

use dossier_engine::{NoticeKind, Query, QueryErrorKind as Kind, QueryField, Word, WordMode};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// A query that cannot be searched: text, what is wrong, where, and what is suggested.
type Refused<'t> = (&'t str, Kind, &'t str, Option<&'t str>);

/// A query that is read: text, how it prints, and what is remarked about which part.
type Read<'t> = (&'t str, &'t str, &'t [(NoticeKind, &'t str)]);

/// What printing and parsing again changes, if anything.
fn fault_of_inverse(query: &Query) -> Option<String> {
    let printed = query.to_string();
    match Query::parse(&printed) {
        Ok(again) if again.query == *query => None,
        Ok(again) => Some(format!("'{printed}' is {:?}, not {query:?}", again.query)),
        Err(error) => Some(format!("'{printed}': {error}")),
    }
}

#[track_caller]
fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Each text must print so, without a remark.
#[track_caller]
fn read(cases: &[(&str, &str)]) {
    let cases: Vec<_> = cases.iter().map(|(text, printed)| (*text, *printed, &[][..])).collect();
    read_with_notices(&cases);
}

/// Each text must print so, with these remarks: kind, and the text they are about.
#[track_caller]
fn read_with_notices(cases: &[Read<'_>]) {
    let mut faults = Vec::new();
    for (text, printed, notices) in cases {
        let parsed = match Query::parse(text) {
            Ok(parsed) => parsed,
            Err(error) => {
                faults.push(format!("{text}: {error}"));
                continue;
            }
        };
        let found: Vec<_> = parsed
            .notices
            .iter()
            .map(|notice| (notice.kind.clone(), &text[notice.span.clone()]))
            .collect();
        if parsed.query.to_string() != *printed || found != *notices {
            faults.push(format!("{text}: {} {found:?}", parsed.query));
        }
        faults.extend(fault_of_inverse(&parsed.query).map(|fault| format!("{text}: {fault}")));
        assert!(parsed.notices.iter().all(|notice| !notice.message.is_empty()), "{text}");
    }
    none(faults);
}

/// Each text must be refused so.
#[track_caller]
fn refused(cases: &[Refused<'_>]) {
    let mut faults = Vec::new();
    for (text, kind, at, suggestion) in cases {
        let error = match Query::parse(text) {
            Ok(parsed) => {
                faults.push(format!("{text}: read as {}", parsed.query));
                continue;
            }
            Err(error) => error,
        };
        let found = (error.kind(), text.get(error.span()).unwrap_or("outside"), error.suggestion());
        if found != (*kind, *at, *suggestion) {
            faults.push(format!("{text}: {found:?}"));
        }
        let message = error.to_string();
        assert!(message.contains(&format!("at byte {}", error.span().start)), "{text}: {message}");
        assert_eq!(text.parse::<Query>().unwrap_err(), error, "{text}");
    }
    none(faults);
}

#[test]
fn words() {
    read(&[
        ("Putin", "Putin"),
        ("  Putin \t\n ", "Putin"),
        ("Putin Kim", "Putin Kim"),
        ("Putin\u{a0}Kim", "Putin Kim"),
        ("Kim Jong-un", "Kim Jong-un"),
        ("3.500,75 Euro", "3.500,75 Euro"),
        ("24.2.2022", "24.2.2022"),
        ("z.B.", "z.B"),
        ("Anzeige_2", "Anzeige_2"),
        ("Straf\u{ad}recht", "Straf\u{ad}recht"),
        ("北京", "\"北 京\""),
        // Marks beside a word belong to the sentence that it was copied from.
        ("Putin, Kim.", "Putin Kim"),
        ("Putin; Kim!", "Putin Kim"),
        ("Putin: Kim", "Putin Kim"),
        ("[Anzeige_2]", "Anzeige_2"),
        ("{Putin}", "Putin"),
    ]);
}

#[test]
fn natural_questions() {
    read(&[
        ("Wer ist Kim Jong Un?", "Wer ist Kim Jong Un"),
        ("Was will Putin in Pjöngjang??", "Was will Putin in Pjöngjang"),
        ("Warum?! Darum.", "Warum Darum"),
        ("Wer war „Kim“?", "Wer war \"Kim\""),
        ("Wo liegt (Pjöngjang)?", "Wo liegt Pjöngjang"),
        ("wer und was oder wie nicht", "wer und was oder wie nicht"),
        ("Wo liegt Wien ?", "Wo liegt Wien"),
    ]);
}

#[test]
fn apostrophes() {
    read(&[
        ("O'Neill", "O'Neill"),
        ("O’Neill", "O’Neill"),
        ("Kim's", "Kim's"),
        ("geht’s", "geht’s"),
        ("'Putin'", "Putin"),
        ("’n Abend", "n Abend"),
        ("\"O'Neill kommt\"", "\"O'Neill kommt\""),
    ]);
}

#[test]
fn phrases() {
    read(&[
        ("\"Kim Jong Un\"", "\"Kim Jong Un\""),
        ("\"Kim\"", "\"Kim\""),
        ("„Kim Jong Un“", "\"Kim Jong Un\""),
        ("„Kim Jong Un”", "\"Kim Jong Un\""),
        ("„Kim Jong Un\"", "\"Kim Jong Un\""),
        ("“Kim Jong Un”", "\"Kim Jong Un\""),
        ("”Kim Jong Un”", "\"Kim Jong Un\""),
        ("»Kim Jong Un«", "\"Kim Jong Un\""),
        ("«Kim Jong Un»", "\"Kim Jong Un\""),
        // Hyphens do not matter in a phrase: the parts count as words.
        ("\"Kim Jong-un\"", "\"Kim Jong un\""),
        ("\"in wie*\"", "\"in wie*\""),
        ("\"*minister Wang\"", "\"*minister Wang\""),
        ("\"Andrej Belou?ow\"", "\"Andrej Belou?ow\""),
        ("\"Wer ist das?\"", "\"Wer ist das\""),
        ("\"Andrej Belousow~\"", "\"Andrej Belousow~\""),
        ("\"Andrej~1 Belousow~2\"", "\"Andrej~1 Belousow~2\""),
        ("\"=Andrej Belousow\"", "\"=Andrej Belousow\""),
        ("Putin\"Kim Jong\"Xi", "Putin \"Kim Jong\" Xi"),
        ("\"(Putin) ODER -Kim\"", "\"Putin ODER Kim\""),
        ("\"titel:Putin\"", "\"titel Putin\""),
        ("„Putin“, „Kim“.", "\"Putin\" \"Kim\""),
    ]);
    read_with_notices(&[
        ("Putin “”", "Putin", &[(NoticeKind::Ignored, "“”")]),
        ("Putin \"\"", "Putin", &[(NoticeKind::Ignored, "\"\"")]),
        ("Putin „…“", "Putin", &[(NoticeKind::Ignored, "„…“")]),
        ("Putin »…«~2", "Putin", &[(NoticeKind::Ignored, "»…«~2")]),
    ]);
}

#[test]
fn phrases_with_gaps_and_variants() {
    read(&[
        ("\"Andrej Belousow\"~", "\"Andrej Belousow\"~"),
        ("„Andrej Belousow“~", "\"Andrej Belousow\"~"),
        ("\"Kim\"~", "\"Kim\"~"),
        ("\"Putin Kim\"~3", "\"Putin Kim\"~3"),
        ("»Putin Kim«~3", "\"Putin Kim\"~3"),
        ("\"Putin Kim\"~1000", "\"Putin Kim\"~1000"),
        ("\"Putin Kim\"~0", "\"Putin Kim\""),
        ("\"Kim\"~0", "\"Kim\""),
    ]);
    refused(&[
        ("\"Kim\"~1", Kind::BadFuzziness, "\"Kim\"~1", Some("Kim~1")),
        ("Xi \"Kim\"~9", Kind::BadFuzziness, "\"Kim\"~9", Some("Kim~2")),
        ("\"Putin Kim\"~1001", Kind::BadFuzziness, "~1001", None),
        ("\"a b\"~99999999999999999999", Kind::BadFuzziness, "~99999999999999999999", None),
        ("a NEAR/3 b", Kind::Unsupported, "NEAR/3", Some("\"Wort Wort\"~3")),
        ("a NAH/12 b", Kind::Unsupported, "NAH/12", Some("\"Wort Wort\"~12")),
    ]);
}

#[test]
fn fuzzy_words() {
    read(&[
        ("Belousow~", "Belousow~"),
        ("beloussow~1", "beloussow~1"),
        ("Beloussow~2", "Beloussow~2"),
        ("Beloussow~0", "Beloussow~0"),
        ("Beloussow~01", "Beloussow~1"),
        ("Jong-un~1", "Jong-un~1"),
        ("Wer kennt Belousow~?", "Wer kennt Belousow~"),
        ("Belousow~2, Kim", "Belousow~2 Kim"),
        ("(Belousow~1.)", "Belousow~1"),
    ]);
    refused(&[
        ("Kim~3", Kind::BadFuzziness, "Kim~3", Some("Kim~2")),
        ("Xi Kim~300", Kind::BadFuzziness, "Kim~300", Some("Kim~2")),
        ("\"Xi Kim~9\"", Kind::BadFuzziness, "Kim~9", Some("Kim~2")),
        ("~", Kind::Empty, "~", None),
    ]);
}

#[test]
fn wildcards() {
    read(&[
        ("Belou*", "Belou*"),
        ("*minister", "*minister"),
        ("w?rt", "w?rt"),
        ("?inister", "?inister"),
        ("*Militär*", "*Militär*"),
        ("Mue*", "Mue*"),
        ("a*b", "a*b"),
        ("(Belou*)", "Belou*"),
        ("Belou*, Kim", "Belou* Kim"),
        ("Bürger*innen", "Bürger*innen"),
        // A question mark at the end of a word closes a question.
        ("Wien?", "Wien"),
    ]);
    refused(&[
        ("a*", Kind::TooShort, "a*", None),
        ("*ab", Kind::TooShort, "*ab", None),
        ("?ab", Kind::TooShort, "?ab", None),
        ("*a*", Kind::TooShort, "*a*", None),
        ("Putin *", Kind::TooShort, "*", None),
        ("****", Kind::TooShort, "****", None),
        ("\"in w*\"", Kind::TooShort, "w*", None),
        ("????", Kind::Empty, "????", None),
    ]);
}

#[test]
fn exact_spellings() {
    read(&[
        ("=Beloussow", "=Beloussow"),
        ("=\"Beloussow\"", "\"=Beloussow\""),
        ("=„Kim Jong Un“", "\"=Kim =Jong =Un\""),
        ("=Jong-un", "=Jong-un"),
        ("=UND", "=UND"),
        ("(=Müller)", "=Müller"),
        ("-=Müller", "-=Müller"),
        ("titel:=Müller", "titel:=Müller"),
        ("a=b", "\"a b\""),
    ]);
    read_with_notices(&[("Putin = Kim", "Putin Kim", &[(NoticeKind::Ignored, "=")])]);
}

#[test]
fn operators() {
    read(&[
        ("Putin AND Kim", "Putin AND Kim"),
        ("Putin UND Kim", "Putin AND Kim"),
        ("Putin && Kim", "Putin AND Kim"),
        ("Putin&&Kim", "Putin AND Kim"),
        ("Putin OR Kim", "Putin OR Kim"),
        ("Putin ODER Kim", "Putin OR Kim"),
        ("Putin || Kim", "Putin OR Kim"),
        ("Putin||Kim", "Putin OR Kim"),
        ("Putin | Kim", "Putin OR Kim"),
        ("Putin|Kim", "Putin OR Kim"),
        ("NOT Putin", "-Putin"),
        ("NICHT Putin", "-Putin"),
        ("!Putin", "-Putin"),
        ("-Putin", "-Putin"),
        ("--Putin", "--Putin"),
        ("-\"Kim Jong Un\"", "-\"Kim Jong Un\""),
        ("-„Kim Jong Un“", "-\"Kim Jong Un\""),
        ("!(Putin Kim)", "-(Putin Kim)"),
        ("-titel:Putin", "-titel:Putin"),
        ("titel:-Putin", "titel:-Putin"),
        ("+Putin -Kim", "Putin -Kim"),
        ("+\"Kim Jong\" Xi", "\"Kim Jong\" Xi"),
        ("Putin NICHT Kim", "Putin -Kim"),
        ("Putin UND NICHT Kim", "Putin AND -Kim"),
        // In lower case they are words, and so they are with marks beside them.
        ("und oder nicht and or not", "und oder nicht and or not"),
        ("Und Oder Nicht", "Und Oder Nicht"),
        ("Nicht-Regierung", "Nicht-Regierung"),
        // NICHT binds closest, then words side by side, then UND, then ODER.
        ("a b UND c", "(a b) AND c"),
        ("a UND b c", "a AND (b c)"),
        ("a ODER b UND c", "a OR (b AND c)"),
        ("a b ODER c d", "(a b) OR (c d)"),
        ("a UND b ODER c UND d", "(a AND b) OR (c AND d)"),
        ("NICHT a b", "-a b"),
        ("NICHT (a ODER b)", "-(a OR b)"),
        ("(a ODER b) c", "(a OR b) c"),
        ("((a))", "a"),
        ("(a ODER b) ODER c", "(a OR b) OR c"),
        ("a(b)c", "a b c"),
    ]);
    read_with_notices(&[
        ("Putin - Kim", "Putin Kim", &[(NoticeKind::Ignored, "-")]),
        ("Putin & Kim", "Putin Kim", &[(NoticeKind::Ignored, "&")]),
        ("Putin – Kim", "Putin Kim", &[(NoticeKind::Ignored, "–")]),
        ("Putin ! + Kim", "Putin Kim", &[(NoticeKind::Ignored, "!"), (NoticeKind::Ignored, "+")]),
    ]);
    refused(&[
        ("UND", Kind::MissingOperand, "UND", None),
        ("Putin UND", Kind::MissingOperand, "", None),
        ("UND Putin", Kind::MissingOperand, "UND", None),
        ("Putin UND ODER Kim", Kind::MissingOperand, "ODER", None),
        ("Putin || || Kim", Kind::MissingOperand, "||", None),
        ("NICHT", Kind::MissingOperand, "", None),
        ("Putin NICHT", Kind::MissingOperand, "", None),
        ("(NICHT)", Kind::MissingOperand, ")", None),
        ("()", Kind::MissingOperand, ")", None),
        ("Putin ()", Kind::MissingOperand, ")", None),
        ("(Putin UND)", Kind::MissingOperand, ")", None),
        ("titel:", Kind::MissingOperand, "", None),
        ("(Putin", Kind::Unbalanced, "(", None),
        ("Xi ((Putin)", Kind::Unbalanced, "(", None),
        ("Putin)", Kind::Unbalanced, ")", None),
        (")Putin(", Kind::MissingOperand, ")", None),
        ("\"Putin", Kind::Unbalanced, "\"", None),
        ("Xi „Putin", Kind::Unbalanced, "„", None),
        ("Putin\" Kim", Kind::Unbalanced, "\"", None),
        ("»Putin", Kind::Unbalanced, "»", None),
        ("", Kind::Empty, "", None),
        ("   ", Kind::Empty, "   ", None),
        ("...", Kind::Empty, "...", None),
        ("\"\"", Kind::Empty, "\"\"", None),
        ("🙂", Kind::Empty, "🙂", None),
    ]);
}

#[test]
fn operators_beside_marks_are_words() {
    // What is copied out of a headline in capitals is no operator.
    for text in ["AND.", ".UND", "ODER,", "[NICHT]", "NOT:", "und"] {
        let parsed = Query::parse(text).unwrap();
        assert!(
            matches!(&parsed.query, Query::Word(word) if word.mode == WordMode::Plain),
            "{text}"
        );
        none(fault_of_inverse(&parsed.query).into_iter().collect());
    }
}

#[test]
fn fields() {
    read(&[
        ("titel:Putin", "titel:Putin"),
        ("title:Putin", "titel:Putin"),
        ("TITEL:Putin", "titel:Putin"),
        ("text:Putin", "text:Putin"),
        ("body:Putin", "text:Putin"),
        ("quelle:congluan", "quelle:congluan"),
        ("source:congluan", "quelle:congluan"),
        ("quelle:www.congluan.vn", "quelle:\"www congluan vn\""),
        ("autor:Meier", "autor:Meier"),
        ("author:\"Anna Meier\"", "autor:\"Anna Meier\""),
        ("datei:000.txt", "datei:\"000 txt\""),
        ("file:a/b.txt", "datei:\"a b txt\""),
        ("path:000", "datei:000"),
        ("sprache:de", "sprache:de"),
        ("language:deu", "sprache:deu"),
        ("lang:de", "sprache:de"),
        ("titel:(Putin Kim)", "titel:(Putin Kim)"),
        ("titel:(Putin ODER Kim)", "titel:(Putin OR Kim)"),
        ("titel:„Kim Jong Un“", "titel:\"Kim Jong Un\""),
        ("titel: Putin", "titel:Putin"),
        ("titel:Putin Kim", "titel:Putin Kim"),
        ("titel:Belou* text:Kim~", "titel:Belou* text:Kim~"),
        ("…titel:innen", "titel:innen"),
        ("12:30", "\"12 30\""),
        ("Bürger:", "Bürger"),
        (":Putin", "Putin"),
    ]);
    use NoticeKind::UnknownField;
    read_with_notices(&[
        ("ort:Wien", "\"ort Wien\"", &[(UnknownField, "ort:Wien")]),
        ("Kim ort:(Wien Bern)", "Kim ort (Wien Bern)", &[(UnknownField, "ort:")]),
        ("ort:\"Wien\"", "ort \"Wien\"", &[(UnknownField, "ort:")]),
        (
            "https://www.congluan.vn/seite",
            "\"https www congluan vn seite\"",
            &[(UnknownField, "https://www.congluan.vn/seite")],
        ),
        (
            "https://congluan.vn/?id=3&b=*",
            "\"https congluan vn id 3 b\"",
            &[(UnknownField, "https://congluan.vn/?id=3&b=*")],
        ),
        ("=titel:Putin", "\"=titel =Putin\"", &[(UnknownField, "=titel:Putin")]),
        ("Leser:innen", "Leser:innen", &[(UnknownField, "Leser:innen")]),
    ]);
    assert!(matches!(
        Query::parse("QUELLE:x").unwrap().query,
        Query::In(QueryField::Source, inner) if *inner == Query::Word(Word::new("x"))
    ));
}

#[test]
fn marks_that_exclude_each_other() {
    // FIXME: one of the two marks is dropped without a remark.
    read(&[
        ("=Belousow~", "Belousow~"),
        ("\"=Belousow~1 Kim\"", "\"Belousow~1 Kim\""),
        ("Kim/Un~2", "\"Kim Un\"~"),
        ("\"Kim* Un\"~", "\"Kim* Un\"~"),
    ]);
    refused(&[
        ("Xi =Belou*", Kind::Unsupported, "=Belou*", Some("Belou*")),
        ("Belou*~", Kind::Unsupported, "Belou*~", Some("Belou*")),
        ("\"Xi Belou*~1\"", Kind::Unsupported, "Belou*~1", Some("Belou*")),
        ("Belou*~1~", Kind::Unsupported, "Belou*~1~", Some("Belou*")),
        ("=\"Xi Belou*\"", Kind::Unsupported, "Belou*", Some("Belou*")),
        ("=titel:*Putin", Kind::Unsupported, "=titel:*Putin", Some("titel:*Putin")),
    ]);
    // FIXME: no word of a text holds such marks, so that this finds nothing, without a remark.
    read(&[("Kim/Un*", "Kim/Un*"), ("www.congluan.*", "www.congluan.*")]);
}

#[test]
fn places_are_bytes_of_the_text() {
    let text = "Müller ü:b – „größer“";
    let parsed = Query::parse(text).unwrap();
    let spans: Vec<_> = parsed.notices.iter().map(|notice| notice.span.clone()).collect();
    assert_eq!(spans, [8..12, 13..16]);
    assert_eq!(Query::parse("Müller „ü").unwrap_err().span(), 8..11);
}

#[test]
fn limits() {
    // 8 KiB fit, one byte more does not.
    let longest = format!("{}{}", "a ".repeat(500), "b".repeat(8 * 1024 - 1_000));
    assert_eq!(longest.len(), 8 * 1024);
    assert!(Query::parse(&longest).is_ok());
    let error = Query::parse(&format!("{longest}c")).unwrap_err();
    assert_eq!((error.kind(), error.span()), (Kind::TooLong, 8192..8193));
    assert_eq!(Query::plain(&format!("{longest}c")).unwrap_err().kind(), Kind::TooLong);
    assert_eq!(Query::parse(&"Kim ".repeat(25_000)).unwrap_err().kind(), Kind::TooLong);

    // Brackets, negations and fields within each other.
    for (open, close) in [("(", ")"), ("-", ""), ("NICHT ", ""), ("titel:", "")] {
        let nested = |depth: usize| format!("{}Kim{}", open.repeat(depth), close.repeat(depth));
        assert!(Query::parse(&nested(63)).is_ok(), "{open}");
        assert_eq!(Query::parse(&nested(64)).unwrap_err().kind(), Kind::TooDeep, "{open}");
        assert_eq!(Query::parse(&nested(1_000)).unwrap_err().kind(), Kind::TooDeep, "{open}");
    }
    assert_eq!(Query::parse(&"(".repeat(8_000)).unwrap_err().kind(), Kind::TooDeep);
    assert_eq!(Query::parse(&"(".repeat(20_000)).unwrap_err().kind(), Kind::TooLong);
    assert_eq!(Query::parse(&")".repeat(8_000)).unwrap_err().kind(), Kind::MissingOperand);
    assert!(Query::parse(&"(a)".repeat(1_000)).is_ok());

    // Words, wherever they stand.
    let words = |count: usize| vec!["Kim"; count].join(" ");
    assert!(Query::parse(&words(1_024)).is_ok());
    assert_eq!(Query::parse(&words(1_025)).unwrap_err().kind(), Kind::TooManyWords);
    assert!(Query::parse(&format!("\"{}\"", words(1_024))).is_ok());
    let phrase = format!("\"{}\"", words(1_025));
    assert_eq!(Query::parse(&phrase).unwrap_err().kind(), Kind::TooManyWords);
    let wildcards = vec!["Kim*"; 1_025].join(" ");
    assert_eq!(Query::parse(&wildcards).unwrap_err().kind(), Kind::TooManyWords);
    let parts = vec!["a"; 1_025].join("/");
    assert_eq!(Query::parse(&parts).unwrap_err().kind(), Kind::TooManyWords);
    assert!(Query::plain(&words(1_024)).is_ok());
    assert_eq!(Query::plain(&words(1_025)).unwrap_err().kind(), Kind::TooManyWords);

    // FIXME: printing adds brackets and spells operators out, so that what is printed from a query
    // near a limit may exceed it.
    let nested = format!("{}a{}", "(a b ODER ".repeat(40), ")".repeat(40));
    let printed = Query::parse(&nested).unwrap().query.to_string();
    assert!(Query::parse(&printed).is_ok());
    let nested = format!("{}a{}", "(a b UND c ODER ".repeat(60), ")".repeat(60));
    let printed = Query::parse(&nested).unwrap().query.to_string();
    assert!(Query::parse(&printed).is_ok());
    let fields = "lang:ab ".repeat(1_000);
    let printed = Query::parse(&fields).unwrap().query.to_string();
    assert_eq!(Query::parse(&printed).unwrap_err().kind(), Kind::TooLong);

    // Letters, not bytes, of words that an automaton is made of.
    let letters = "ü".repeat(64);
    for (fits, exceeds) in [
        (format!("{letters}~"), format!("{letters}ü~")),
        (format!("\"Xi {letters}~1\""), format!("\"Xi {letters}ü~1\"")),
        (format!("{}*", "ü".repeat(63)), format!("{letters}*")),
    ] {
        assert!(Query::parse(&fits).is_ok(), "{fits}");
        assert_eq!(Query::parse(&exceeds).unwrap_err().kind(), Kind::WordTooLong, "{exceeds}");
    }
    assert!(Query::parse(&"a".repeat(8_000)).is_ok());
}

#[test]
fn plain_texts_hold_no_operators() {
    let query = Query::plain("-Putin UND \"Kim Jong-un\" titel:Xi").unwrap();
    let Query::Words(words) = query else { panic!("{query:?}") };
    let plain: Vec<_> = words
        .iter()
        .map(|word| match word {
            Query::Word(word) if word.mode == WordMode::Plain => word.text.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(plain, ["Putin", "UND", "Kim", "Jong-un", "titel", "Xi"]);
    assert_eq!(Query::plain(" … ").unwrap_err().kind(), Kind::Empty);
    assert_eq!(Query::plain("Kim").unwrap(), Query::Word(Word::new("Kim")));
}

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
    prop_assert!(start.elapsed() < Duration::from_secs(2), "{text:?} is slow");
    match parsed {
        Ok(parsed) => {
            prop_assert_eq!(fault_of_inverse(&parsed.query), None, "{:?}", text);
            for notice in parsed.notices {
                prop_assert!(text.get(notice.span.clone()).is_some(), "{text:?}: {notice:?}");
            }
        }
        Err(error) => {
            prop_assert!(text.get(error.span()).is_some(), "{text:?}: {error:?}");
            prop_assert!(!error.to_string().is_empty());
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
        prop_assert!(start.elapsed() < Duration::from_secs(2), "{piece:?} times {times}");
    }
}
