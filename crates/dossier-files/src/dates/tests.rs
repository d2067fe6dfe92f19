//! Tables of dates.

use proptest::prelude::*;

use super::*;

#[track_caller]
fn absolute(text: &str, expected: &str) {
    match parse(text) {
        Ok(Expression::Absolute(date)) => assert_eq!(date.to_string(), expected, "{text}"),
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn days() {
    for text in [
        "21. November 2024",
        "21.11.2024",
        "21.11.24",
        "21. 11. 2024",
        "21.Nov.2024",
        "21. Nov. 2024",
        "21. Nov. '24",
        "am 21. November 2024",
        "Donnerstag, 21. November 2024",
        "Donnerstag, den 21. November 2024",
        "Do., 21.11.2024",
        "Do 21.11.24",
        "Stand: 21.11.2024, 14:33 Uhr",
        "21.11.2024 14:33",
        "21.11.2024 - 14:33 Uhr",
        "21.11.2024 | 14.33 Uhr",
        "21. November 2024 um 14:33 Uhr",
        "21. November 2024, 8 Uhr",
        "(21. November 2024)",
        "2024-11-21",
        "2024-11-21T08:00:00Z",
        "2024-11-21T23:59:59.123+01:00",
        "2024-11-21 08:00:00 +0100",
        "20241121",
        "2024/11/21",
        "21/11/2024",
        "11/21/2024",
        "21-11-2024",
        "November 21, 2024",
        "Nov 21st, 2024",
        "Nov. 21, 2024, 8:00 am",
        "21 November 2024",
        "21st of November 2024",
        "Thu, 21 Nov 2024 14:33:00 +0100",
        "Thu, 21 Nov 2024 14:33:00 GMT",
        "21 Nov 2024 14:33 -0500 (EST)",
        "21-Nov-2024",
    ] {
        absolute(text, "2024-11-21");
    }
    absolute("1. Jänner 2025", "2025-01-01");
    absolute("3. März 1999", "1999-03-03");
    absolute("3. Maerz 99", "1999-03-03");
    absolute("29. Feber 2024", "2024-02-29");
    absolute("5/5/2024", "2024-05-05");
}

#[test]
fn months_and_years() {
    for (text, expected) in [
        ("Nov. 2024", "2024-11"),
        ("November 2024", "2024-11"),
        ("November '24", "2024-11"),
        ("im November 2024", "2024-11"),
        ("2024-11", "2024-11"),
        ("Anfang November 2024", "2024-11"),
        ("May 2024", "2024-05"),
        ("2024", "2024"),
        ("im Jahr 2024", "2024"),
        ("Ende 2024", "2024"),
        ("Herbst 2024", "2024"),
    ] {
        absolute(text, expected);
    }
}

#[test]
fn refused() {
    for (text, why) in [
        ("21.–23. November 2024", NoDate::Range),
        ("21. bis 23. November 2024", NoDate::Range),
        ("21./22. November 2024", NoDate::Range),
        ("21.-23.11.2024", NoDate::Range),
        ("21.11.-23.11.2024", NoDate::Range),
        ("21.11.2024 - 23.11.2024", NoDate::Range),
        ("21. Oktober bis 3. November 2024", NoDate::Unknown),
        ("vom 21. Oktober bis 3. November 2024", NoDate::Range),
        ("2022/23", NoDate::Range),
        ("2020–2024", NoDate::Range),
        ("zwischen 2020 und 2022", NoDate::Range),
        ("von 2020 bis 2022", NoDate::Range),
        ("Oktober 2023 bis November 2024", NoDate::Range),
        ("letzte Woche", NoDate::Range),
        ("03/04/2024", NoDate::Ambiguous),
        ("31.2.2024", NoDate::Impossible),
        ("31. November 2024", NoDate::Impossible),
        ("2024-13-01", NoDate::Impossible),
        ("20241341", NoDate::Impossible),
        ("9999", NoDate::Impossible),
        ("21.11.", NoDate::Unknown),
        ("21. November", NoDate::Unknown),
        ("14:33 Uhr", NoDate::Unknown),
        ("1732147200", NoDate::Unknown),
        ("3,5", NoDate::Unknown),
        ("21. November 2024 in Berlin", NoDate::Unknown),
        ("unbekannt", NoDate::Unknown),
        ("vor 5 Minuten", NoDate::Unknown),
        ("do", NoDate::Unknown),
        ("", NoDate::Unknown),
    ] {
        assert_eq!(parse(text), Err(why), "{text}");
    }
}

#[test]
fn relative_ones() {
    // A Thursday.
    let anchor = PartialDate::day(2024, 11, 21).unwrap();
    for (text, expected) in [
        ("heute", "2024-11-21"),
        ("Gestern, 14:33 Uhr", "2024-11-20"),
        ("vorgestern", "2024-11-19"),
        ("am Freitag", "2024-11-15"),
        ("am Donnerstag", "2024-11-21"),
        ("am vergangenen Donnerstag", "2024-11-14"),
        ("letzten Freitag", "2024-11-15"),
        ("am kommenden Freitag", "2024-11-22"),
        ("vor drei Tagen", "2024-11-18"),
        ("vor 2 Wochen", "2024-11-07"),
        ("3 days ago", "2024-11-18"),
        ("last Friday", "2024-11-15"),
        ("im Juni", "2024-06"),
        ("im Dezember", "2023-12"),
        ("im vergangenen November", "2023-11"),
        ("im November", "2024-11"),
        ("letzten Monat", "2024-10"),
        ("vor 11 Monaten", "2023-12"),
        ("voriges Jahr", "2023"),
        ("dieses Jahr", "2024"),
        ("im vergangenen Jahr", "2023"),
    ] {
        match parse(text) {
            Ok(Expression::Relative(relative)) => {
                let date = relative.resolve(anchor).map(|date| date.to_string());
                assert_eq!(date.as_deref(), Some(expected), "{text}");
                assert_eq!(relative.resolve(PartialDate::month(2024, 11).unwrap()), None);
            }
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn found_in_text() {
    for (text, expected) in [
        ("Berlin, 21. November 2024 (dpa) – Der", Some(("21. November 2024", "2024-11-21"))),
        (
            "Veröffentlicht am 21.11.2024 um 14:33 Uhr von",
            Some(("am 21.11.2024 um 14:33 Uhr", "2024-11-21")),
        ),
        (
            "Die Reise vom 3.–5. Mai 2024, gemeldet am 6. Mai 2024",
            Some(("am 6. Mai 2024", "2024-05-06")),
        ),
        ("Im Jahr 2022 waren es 2024 Fälle", None),
        ("der 31.2.2024", None),
        ("zum 70. Jahrestag in den 1950er Jahren", None),
        ("am Freitag", None),
        ("letzte Woche", None),
        ("In der letzten Woche, am 6. Mai 2024", Some(("am 6. Mai 2024", "2024-05-06"))),
    ] {
        let found = find(text).map(|(range, date)| (&text[range], date.to_string()));
        let found = found.as_ref().map(|(range, date)| (*range, date.as_str()));
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn addresses() {
    for (address, expected) in [
        ("https://www.example.org/2024/11/21/kim-empfaengt-minister.html", Some("2024-11-21")),
        ("https://example.org/politik/2024-11-21/kim", Some("2024-11-21")),
        ("https://example.org/politik/kim-20241121-100.html", Some("2024-11-21")),
        ("https://example.org/kim-2024-11-21.html?x=2023-01-01", Some("2024-11-21")),
        ("https://example.org/artikel/21.11.2024/kim", Some("2024-11-21")),
        ("https://example.org/2024/11/kim-empfaengt", Some("2024-11")),
        ("/archiv/2024/1/5/kim", Some("2024-01-05")),
        ("https://example.org/2024/11/", None),
        ("https://example.org/2024/13/21/kim", None),
        ("https://example.org/kim-im-jahr-2024", None),
        ("https://example.org/vergleich-2024-11-21-2023-11-21", None),
        ("https://example.org/post323574.html", None),
        ("https://example.org/a12345678b", None),
        ("https://20241121.example.org/kim", None),
        ("https://2024-11-21.example.org", None),
        ("https://example.org/tel/0304-11-21", None),
        ("", None),
    ] {
        let date = in_address(address).map(|date| date.to_string());
        assert_eq!(date.as_deref(), expected, "{address}");
    }
}

proptest! {
    /// Each day is read back from each way to write it.
    #[test]
    fn written_days_are_read(days in 0i64..200_000, form in 0usize..6) {
        let day = jiff::civil::date(1605, 1, 1) + jiff::Span::new().days(days);
        let (year, month, number) = (day.year(), day.month(), day.day());
        let names = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
            "September", "Oktober", "November", "Dezember"];
        let name = names[usize::try_from(month).unwrap() - 1];
        let text = match form {
            0 => format!("{number}. {name} {year}"),
            1 => format!("{number:02}.{month:02}.{year}"),
            2 => format!("{day}"),
            3 => format!("{day}T10:00:00+01:00"),
            4 => format!("{year}{month:02}{number:02}"),
            _ => format!("am {number}.{month}.{year}, 10 Uhr"),
        };
        prop_assert_eq!(parse(&text), Ok(Expression::Absolute(
            PartialDate::day(year, month, number).unwrap())), "{}", text);
    }

    /// Whatever the text, nothing panics, and what is found is a part of it.
    #[test]
    fn any_text(pieces in prop::collection::vec(prop::sample::select(vec![
        "21", ".", "11", "2024", " ", "-", "–", "/", "November", "am", "bis", "von", "'", ":", "Uhr",
        "vor", "drei", "Tagen", "letzten", "Woche", "Monat", "Freitag", "zwischen", "und", "Anfang",
        "im", "Jahr", "ä", "999999999999", "(", ")", "T", "Z", "+",
    ]), 0..20)) {
        let text = pieces.concat();
        let _ = parse(&text);
        let _ = in_address(&text);
        if let Some((range, _)) = find(&text) {
            prop_assert!(text.get(range).is_some());
        }
    }
}
