//! Fields, dates and names.

use super::*;

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
fn dates() {
    read(&[
        ("datum:2024", "datum:2024"),
        ("date:2024-11", "datum:2024-11"),
        ("DATUM:2024-11-21", "datum:2024-11-21"),
        ("datum:21.11.2024", "datum:2024-11-21"),
        ("datum:1.6.2024", "datum:2024-06-01"),
        ("datum:11.2024", "datum:2024-11"),
        ("datum:2024/11/21", "datum:2024-11-21"),
        ("datum:2024-06..2024-11", "datum:2024-06..2024-11"),
        ("datum:2024-06…2024-11", "datum:2024-06..2024-11"),
        ("datum:2024-06–2024-11", "datum:2024-06..2024-11"),
        ("datum:1.6.2024..30.11.2024", "datum:2024-06-01..2024-11-30"),
        ("datum:2024-06 .. 2024-11", "datum:2024-06..2024-11"),
        ("datum:2024..2024", "datum:2024"),
        ("datum:2024-06..", "datum:>=2024-06"),
        ("datum:2024-06.. 2024-11", "datum:2024-06..2024-11"),
        ("datum:.. 2024-06", "datum:<=2024-06"),
        ("datum:>=2024-06 2024", "datum:>=2024-06 2024"),
        ("datum:..2024-06", "datum:<=2024-06"),
        ("datum:>2024-06-01", "datum:>=2024-06-02"),
        ("datum:> 2024-06-01", "datum:>=2024-06-02"),
        ("datum: >2024-06", "datum:>=2024-07"),
        ("datum:>2024", "datum:>=2025"),
        ("datum:>=2024", "datum:>=2024"),
        ("datum:<2024-01", "datum:<=2023-12"),
        ("datum:<=2024-01-01", "datum:<=2024-01-01"),
        ("datum:=2024", "datum:2024"),
        ("datum:7d", "datum:7d"),
        ("datum:14t", "datum:14d"),
        ("datum:2w", "datum:2w"),
        ("datum:3M", "datum:3m"),
        ("datum:1j", "datum:1y"),
        ("datum:heute", "datum:0d"),
        ("datum:keins", "datum:keins"),
        ("datum:none", "datum:keins"),
        ("datum:\"21.11.2024\"", "datum:2024-11-21"),
        ("datum:(2023 ODER 2024-01..2024-03) Kim", "(datum:2023 OR datum:2024-01..2024-03) Kim"),
        ("-datum:2024 Kim", "-datum:2024 Kim"),
        ("datum:-2024", "-datum:2024"),
        ("datum:(NICHT 2024)", "-datum:2024"),
        ("titel:datum:2024", "titel:datum:2024"),
        // What ends a sentence is none of the date's.
        ("Was geschah datum:2024-11?", "Was geschah datum:2024-11"),
        ("datum:21.11.2024.", "datum:2024-11-21"),
        ("Kim datum:2024, Putin", "Kim datum:2024 Putin"),
        ("datum:2024 2025", "datum:2024 2025"),
        // Elsewhere it is a word.
        ("Datum 2024", "Datum 2024"),
        ("\"datum:2024\"", "\"datum 2024\""),
    ]);
    refused(&[
        ("datum:gestern", Kind::BadDate, "gestern", None),
        ("datum:31.11.2024", Kind::BadDate, "31.11.2024", None),
        ("datum:2024-13", Kind::BadDate, "2024-13", None),
        ("datum:0000", Kind::BadDate, "0000", None),
        ("Kim datum:21.11.24", Kind::BadDate, "21.11.24", Some("Kim datum:21.11.2024")),
        ("datum:1.1.24..1.2.24", Kind::BadDate, "1.1.24..1.2.24", Some("datum:1.1.2024..1.2.2024")),
        (
            "datum:2024-11..2024-06 x",
            Kind::BadDate,
            "2024-11..2024-06",
            Some("datum:2024-06..2024-11 x"),
        ),
        ("datum:2020-2024", Kind::BadDate, "2020-2024", Some("datum:2020..2024")),
        ("datum:2024*", Kind::BadDate, "2024*", Some("datum:2024")),
        ("datum:[2024]", Kind::BadDate, "[2024]", Some("datum:2024")),
        ("datum:..", Kind::BadDate, "..", None),
        ("datum:99999d", Kind::BadDate, "99999d", None),
        ("datum:>9999", Kind::BadDate, ">9999", None),
        ("datum:(2024 Kim)", Kind::BadDate, "Kim", None),
        ("datum:", Kind::MissingOperand, "", None),
        ("datum:()", Kind::MissingOperand, ")", None),
        ("(datum:)", Kind::MissingOperand, "", None),
        ("datum: UND Kim", Kind::MissingOperand, "", None),
        ("datum:\"\"", Kind::BadDate, "", None),
    ]);
}

#[test]
fn names_have_no_spellings_or_gaps() {
    read(&[
        ("agentur:dpa", "agentur:dpa"),
        ("agency:dpa", "agentur:dpa"),
        ("autor:Meyer~", "autor:Meyer~"),
        ("quelle:congl*", "quelle:congl*"),
        ("quelle:www.congl*", "quelle:\"www congl*\""),
    ]);
    refused(&[
        ("quelle:=orf", Kind::Unsupported, "=orf", Some("quelle:orf")),
        ("quelle:\"a b~\"", Kind::Unsupported, "\"a b~\"", None),
        ("quelle:(x ODER \"a b\"~)", Kind::Unsupported, "\"a b\"~", None),
        ("autor:\"a b\"~2", Kind::Unsupported, "\"a b\"~2", None),
    ]);
}
