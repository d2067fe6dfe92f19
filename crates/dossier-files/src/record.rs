//! One line of JSON: the fields of a document under any of their names.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// The names of fields that are read. Where two mean the same, the first that is not blank wins.
const NAMES: [&str; 11] =
    ["_id", "id", "title", "text", "body", "source", "url", "date", "author", "language", "lang"];

/// The fields of a record, borrowed from its line where nothing in them is escaped. Numbers and
/// truth values have become text; what is absent, null or blank is `None`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Record<'a> {
    pub(crate) id: Option<Cow<'a, str>>,
    pub(crate) title: Option<Cow<'a, str>>,
    pub(crate) text: Option<Cow<'a, str>>,
    pub(crate) source: Option<Cow<'a, str>>,
    pub(crate) address: Option<Cow<'a, str>>,
    pub(crate) date: Option<Cow<'a, str>>,
    pub(crate) author: Option<Cow<'a, str>>,
    pub(crate) language: Option<Cow<'a, str>>,
    /// Fields that hold a list or an object, which is not read.
    pub(crate) nested: Vec<&'static str>,
}

impl<'de> Deserialize<'de> for Record<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RecordVisitor)
    }
}

struct RecordVisitor;

impl<'de> Visitor<'de> for RecordVisitor {
    type Value = Record<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record<'de>, A::Error> {
        let mut values = [const { None }; NAMES.len()];
        let mut nested = Vec::new();
        while let Some(Name(name)) = map.next_key()? {
            let Some(index) = name else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            match map.next_value()? {
                Value::Text(text) => values[index] = Some(text),
                Value::Null => values[index] = None,
                // A field that is written a thousand times needs no more than one notice.
                Value::Nested if nested.contains(&NAMES[index]) => {}
                Value::Nested => nested.push(NAMES[index]),
            }
        }
        let [id, id2, title, text, text2, source, address, date, author, language, language2] =
            values.map(|value: Option<Cow<'de, str>>| value.filter(|text| !is_blank(text)));
        Ok(Record {
            id: id.or(id2),
            title,
            text: text.or(text2),
            source,
            address,
            date,
            author,
            language: language.or(language2),
            nested,
        })
    }
}

fn is_blank(text: &str) -> bool {
    text.trim_start().is_empty()
}

/// The index in [`NAMES`] of a field that is read.
struct Name(Option<usize>);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;
        impl Visitor<'_> for NameVisitor {
            type Value = Name;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a field name")
            }

            fn visit_str<E>(self, text: &str) -> Result<Name, E> {
                Ok(Name(NAMES.iter().position(|name| *name == text)))
            }
        }
        deserializer.deserialize_str(NameVisitor)
    }
}

/// The value of a field, as far as it is text.
enum Value<'a> {
    Text(Cow<'a, str>),
    Null,
    Nested,
}

impl<'de> Deserialize<'de> for Value<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(value.to_string())))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(value.to_string())))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(value.to_string())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(value.to_string())))
    }

    fn visit_unit<E>(self) -> Result<Value<'de>, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value<'de>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Nested)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value<'de>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Nested)
    }
}

/// The line with U+FFFD instead of each half of a surrogate pair that stands alone, if there are
/// any: JSON allows these, as some programs write them for bytes they could not decode, but they
/// are no characters. Every byte keeps its place.
pub(crate) fn without_lone_surrogates(line: &str) -> Option<String> {
    let mut mended: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(found) = line[at..].find('\\') {
        at += found;
        match escaped_unit(line, at) {
            Some(0xd800..=0xdbff)
                if matches!(escaped_unit(line, at + 6), Some(0xdc00..=0xdfff)) =>
            {
                at += 12;
            }
            Some(0xd800..=0xdfff) => {
                let bytes = mended.get_or_insert_with(|| line.as_bytes().to_vec());
                bytes[at..at + 6].copy_from_slice(b"\\ufffd");
                at += 6;
            }
            Some(_) => at += 6,
            // The backslash, and the character it escapes if that is of one byte: if not, the
            // line is no JSON anyway.
            None => at += if line.is_char_boundary(at + 2) { 2 } else { 1 },
        }
        if at >= line.len() {
            break;
        }
    }
    String::from_utf8(mended?).ok()
}

/// The code unit of `\uXXXX` at that byte.
fn escaped_unit(line: &str, at: usize) -> Option<u32> {
    let digits = line.get(at..at + 6)?.strip_prefix("\\u")?;
    if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        u32::from_str_radix(digits, 16).ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever the line, mending it keeps its length and leaves nothing to mend.
        #[test]
        fn mending_is_done_once(pieces in prop::collection::vec(prop_oneof![
            Just("\\"), Just("\\u"), Just("\\ud83d"), Just("\\ude00"), Just("ä"), Just("d800"),
            Just("\""), Just("\\\\"), Just("+123"), Just("\\uDC"), Just("😀"),
        ], 0..12)) {
            let line = pieces.concat();
            if let Some(mended) = without_lone_surrogates(&line) {
                prop_assert_eq!(mended.len(), line.len());
                prop_assert_eq!(without_lone_surrogates(&mended), None);
            }
        }
    }

    #[test]
    fn values_become_text() {
        let record: Record = serde_json::from_str(
            r#"{"id": 7, "_id": null, "title": true, "text": " ", "body": -1.5, "source": ["a", [1]],
                "url": "https://a.de", "author": {"name": "x"}, "author": {}, "date": "2024-11-21",
                "lang": "a\u0062", "other": {"title": "no"}, "": 1}"#,
        )
        .unwrap();
        assert_eq!(
            record,
            Record {
                id: Some("7".into()),
                title: Some("true".into()),
                text: Some("-1.5".into()),
                source: None,
                address: Some("https://a.de".into()),
                date: Some("2024-11-21".into()),
                author: None,
                language: Some("ab".into()),
                nested: vec!["source", "author"],
            }
        );
        assert!(matches!(record.date, Some(Cow::Borrowed(_))));
    }

    #[test]
    fn only_objects_are_records() {
        for line in ["5", "null", "[]", "\"a\"", "{", "{}}", "", "{\"a\" 1}", "{'a': 1}", "{1: 1}"]
        {
            assert!(serde_json::from_str::<Record>(line).is_err(), "{line}");
        }
        assert!(serde_json::from_str::<Record>(" {} ").is_ok());
    }

    #[test]
    fn lone_surrogates() {
        for (line, mended) in [
            (r#""\ud83d\ude00""#, None),
            (r#""\\ud83d""#, None),
            (r#""\u00e4\n""#, None),
            (r#""\ud83dx""#, Some(r#""\ufffdx""#)),
            (r#""\udc80\ud83d\ude00""#, Some(r#""\ufffd\ud83d\ude00""#)),
            (r#""\ud83d\ud83d""#, Some(r#""\ufffd\ufffd""#)),
            (r#""ä\ud83d"#, Some(r#""ä\ufffd"#)),
            ("\\", None),
            ("\\u12", None),
            ("\\ä\\udc80", Some("\\ä\\ufffd")),
        ] {
            assert_eq!(without_lone_surrogates(line).as_deref(), mended, "{line}");
        }
    }
}
