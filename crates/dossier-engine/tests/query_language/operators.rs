//! Operators, and what only looks like one.

use super::*;

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
fn words_near_each_other() {
    read(&[
        ("Kim NEAR/5 Putin", "Kim NEAR/5 Putin"),
        ("Kim NAH/5 Putin", "Kim NAH/5 Putin"),
        ("Kim NEAR/0 Putin", "Kim NEAR/0 Putin"),
        ("Kim NEAR/1000 Putin", "Kim NEAR/1000 Putin"),
        ("a NEAR/3 b NEAR/3 c", "a NEAR/3 b NEAR/3 c"),
        ("„Kim Jong Un“ NAH/5 Putin~", "\"Kim Jong Un\" NAH/5 Putin~"),
        ("\"Kim Un\"~ NAH/5 =Putin", "\"Kim Un\"~ NAH/5 =Putin"),
        ("(Putin ODER \"Xi Jinping\") NAH/5 Belou*", "(Putin OR \"Xi Jinping\") NAH/5 Belou*"),
        ("(Putin) NAH/5 ((a ODER b))", "Putin NAH/5 (a OR b)"),
        ("www.orf.at NEAR/2 Kim", "\"www orf at\" NEAR/2 Kim"),
        // It binds closest.
        ("x Kim NEAR/5 Putin y", "x (Kim NEAR/5 Putin) y"),
        ("-Kim NEAR/5 Putin", "-(Kim NEAR/5 Putin)"),
        ("NICHT Kim NEAR/5 Putin", "-(Kim NEAR/5 Putin)"),
        ("titel:Kim NEAR/5 Putin", "titel:(Kim NEAR/5 Putin)"),
        ("a UND b NAH/5 c ODER d", "(a AND (b NAH/5 c)) OR d"),
        ("(Kim NEAR/5 Putin)", "Kim NEAR/5 Putin"),
    ]);
    use Kind::{BadDistance, BadOperand, MissingOperand, MixedNear, TooManyNear, Unsupported};
    refused(&[
        ("Kim NEAR/5", MissingOperand, "", None),
        ("NEAR/5 Kim", MissingOperand, "NEAR/5", None),
        ("Kim NEAR/5 NEAR/5 Putin", MissingOperand, "NEAR/5", None),
        ("Kim NEAR/5 UND Putin", MissingOperand, "UND", None),
        ("(Kim NEAR/5) Putin", MissingOperand, ")", None),
        ("Kim NEAR/1001 Putin", BadDistance, "NEAR/1001", Some("Kim NEAR/1000 Putin")),
        ("a NAH/99999999999 b", BadDistance, "NAH/99999999999", Some("a NAH/1000 b")),
        ("Kim NEAR/5 -Putin", BadOperand, "-", None),
        ("Kim NEAR/5 titel:Putin", BadOperand, "titel:", None),
        ("Kim NEAR/5 (Putin Xi)", BadOperand, "(Putin Xi)", None),
        ("(Kim NEAR/5 Putin) NEAR/5 Xi", BadOperand, "(Kim NEAR/5 Putin)", None),
        ("Kim NEAR/5 \"a b\"~3", BadOperand, "\"a b\"~3", None),
        ("Kim NEAR/5 datum:2024", BadOperand, "2024", None),
        ("a NEAR/3 b NAH/3 c", MixedNear, "NAH/3", Some("a NEAR/3 b UND b NAH/3 c")),
        ("a NEAR/3 b NEAR/4 c", MixedNear, "NEAR/4", Some("a NEAR/3 b UND b NEAR/4 c")),
        ("a NAH/1 b NAH/1 c NAH/1 d NAH/1 e NAH/1 f NAH/1 g", TooManyNear, "NAH/1", None),
        ("quelle:(a NEAR/3 b)", Unsupported, "a", None),
    ]);
    let many = |count: usize| format!("({})", vec!["a"; count].join(" ODER "));
    assert!(Query::parse(&format!("{} NAH/1 {}", many(8), many(8))).is_ok());
    let error = Query::parse(&format!("{} NAH/1 {}", many(8), many(9))).unwrap_err();
    assert_eq!(error.kind(), TooManyNear);
}

#[test]
fn what_looks_like_an_operator_is_remarked() {
    for (text, printed, suggestion) in [
        ("Kim NEAR Putin", "Kim NEAR Putin", Some("Kim NEAR/5 Putin")),
        ("Kim NAH Putin", "Kim NAH Putin", Some("Kim NAH/5 Putin")),
        ("Kim near/3 Putin", "Kim \"near 3\" Putin", Some("Kim NEAR/3 Putin")),
        ("Kim NAH/x Putin", "Kim \"NAH x\" Putin", Some("Kim NAH/5 Putin")),
        ("NEAR", "NEAR", None),
        ("zu NAH", "zu NAH", None),
    ] {
        let Parsed { query, notices, .. } = Query::parse(text).unwrap();
        assert_eq!(query.to_string(), printed, "{text}");
        assert_eq!(notices.len(), 1, "{text}");
        assert_eq!(notices[0].kind, NoticeKind::NoOperator, "{text}");
        assert_eq!(notices[0].suggestion.as_deref(), suggestion, "{text}");
    }
    read(&[("nah near Near", "nah near Near"), ("Nah/Ost", "\"Nah Ost\"")]);
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
