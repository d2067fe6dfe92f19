//! What is remarked, and nothing silently misread.

use super::*;

#[test]
fn remarks_name_what_may_have_been_meant() {
    for (text, suggestion) in [
        ("Kim site:orf.at", Some("Kim quelle:orf.at")),
        ("intitle:Kim", Some("titel:Kim")),
        ("tittel:(Kim Xi)", Some("titel:(Kim Xi)")),
        ("after:2024-06 Kim", Some("datum:>2024-06 Kim")),
        ("dautm:2024", Some("datum:2024")),
        ("ort:Wien", None),
        ("https://orf.at/x", None),
        ("site:orf.at \"", None),
    ] {
        let suggested = match Query::parse(text) {
            Ok(parsed) => parsed.notices[0].suggestion.clone(),
            Err(error) => error.suggestion().map(str::to_owned),
        };
        assert_eq!(suggested.as_deref(), suggestion, "{text}");
    }
    // However much is passed over, the list stays short.
    assert_eq!(Query::parse(&"& a ".repeat(100)).unwrap().notices.len(), 16);
}

#[test]
fn strict_reading_refuses_what_is_remarked() {
    assert_eq!(Query::parse("Kim UND Xi").unwrap().strict().unwrap().to_string(), "Kim AND Xi");
    let error = Query::parse("Kim - Xi site:orf.at").unwrap().strict().unwrap_err();
    assert_eq!((error.kind(), error.span()), (Kind::Remarked, 4..5));
    assert_eq!(error.to_string(), "'-' was passed over: it holds no word at byte 4");
    let error = Query::parse("site:orf.at").unwrap().strict().unwrap_err();
    assert_eq!(error.suggestion(), Some("quelle:orf.at"));
}

#[test]
fn nothing_typed_silently_means_something_else() {
    use WordMode::{Fuzzy, Plain, Wildcard};
    let word = |text: &str, mode| {
        let mut word = Word::new(text);
        word.mode = mode;
        Query::Word(word)
    };
    let plain = |text: &str| word(text, Plain);
    let phrase =
        |words: &[&str]| Query::Phrase(Phrase::new(words.iter().map(|w| Word::new(*w)).collect()));
    let wiener = |mode| {
        let mut words = vec![Word::new("in"), Word::new("wie*")];
        words[1].mode = mode;
        Query::Phrase(Phrase::new(words))
    };
    let november = DateCondition::Between(Date::month(2024, 11), Date::month(2024, 11));
    for (text, expected) in [
        ("Belou*", word("Belou*", Wildcard)),
        ("beloussow~1", word("beloussow", Fuzzy(Some(1)))),
        ("!Putin", Query::Not(Box::new(plain("Putin")))),
        ("-Putin", Query::Not(Box::new(plain("Putin")))),
        ("Putin || Kim", Query::Any(vec![plain("Putin"), plain("Kim")])),
        ("Putin UND Kim", Query::All(vec![plain("Putin"), plain("Kim")])),
        ("Putin und Kim", Query::Words(vec![plain("Putin"), plain("und"), plain("Kim")])),
        ("„Kim Jong“", phrase(&["Kim", "Jong"])),
        ("»Kim Jong«", phrase(&["Kim", "Jong"])),
        ("O'Neill", plain("O'Neill")),
        ("Kim's", plain("Kim's")),
        ("[Anzeige_2]", plain("Anzeige_2")),
        ("https://a.de/b", phrase(&["https", "a", "de", "b"])),
        ("datum:2024-11", Query::Dates(Dates::new(november))),
        ("\"in wie*\"", wiener(Wildcard)),
    ] {
        let parsed = Query::parse(text).unwrap();
        assert_eq!(parsed.query, expected, "{text}");
        assert_eq!(parsed.notices.is_empty(), !text.contains("://"), "{text}");
    }
}

#[test]
fn places_are_bytes_of_the_text() {
    let text = "Müller ü:b – „größer“";
    let parsed = Query::parse(text).unwrap();
    let spans: Vec<_> = parsed.notices.iter().map(|notice| notice.span.clone()).collect();
    assert_eq!(spans, [8..12, 13..16]);
    assert_eq!(Query::parse("Müller „ü").unwrap_err().span(), 8..11);
}
