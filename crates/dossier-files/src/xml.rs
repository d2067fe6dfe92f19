//! The text of XML documents, event by event: nothing is expanded, so entities cannot flood.

use quick_xml::events::{BytesRef, Event};
use quick_xml::{Reader, XmlVersion};

use crate::problem::ProblemKind;

/// XML that is nested deeper is no document.
const DEPTH: usize = 1000;

/// What stands in XML, one after the other; names are without prefix.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Item<'x> {
    Start(&'x str),
    End(&'x str),
    Text(String),
}

/// Walks through XML. `each` gets each start tag with its attributes, each end tag (an empty
/// element has both), and text without markup.
///
/// # Errors
///
/// It is no XML, or nested too deep. What was read until then was handed over.
pub(crate) fn walk(
    xml: &str,
    mut each: impl FnMut(Item<'_>, &[(String, String)]),
) -> Result<(), ProblemKind> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut depth = 0usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                depth += 1;
                if depth > DEPTH {
                    return Err(ProblemKind::TooComplex("XML that is nested too deep", DEPTH));
                }
                let attributes = attributes(&tag);
                each(Item::Start(tag.local_name().as_ref()), &attributes);
            }
            Ok(Event::Empty(tag)) => {
                let attributes = attributes(&tag);
                let name = tag.local_name();
                each(Item::Start(name.as_ref()), &attributes);
                each(Item::End(name.as_ref()), &[]);
            }
            Ok(Event::End(tag)) => {
                depth = depth.saturating_sub(1);
                each(Item::End(tag.local_name().as_ref()), &[]);
            }
            Ok(Event::Text(text)) => each(Item::Text(text.to_string()), &[]),
            Ok(Event::CData(text)) => each(Item::Text(text.to_string()), &[]),
            Ok(Event::GeneralRef(entity)) => each(Item::Text(resolved(&entity)), &[]),
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(ProblemKind::Damaged("XML document", error.to_string())),
        }
    }
}

fn attributes(tag: &quick_xml::events::BytesStart<'_>) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes().with_checks(false).flatten().take(100) {
        let name: &str = attribute.key.local_name().into_inner();
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map(|value| value.into_owned())
            .unwrap_or_default();
        attributes.push((name.to_owned(), value));
    }
    attributes
}

/// A character reference, or one of the entities that XML knows; others are left out.
fn resolved(entity: &BytesRef<'_>) -> String {
    if let Ok(Some(char)) = entity.resolve_char_ref() {
        return char.to_string();
    }
    match &**entity {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{a0}",
        _ => "",
    }
    .to_owned()
}

/// The value of an attribute.
pub(crate) fn value<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// The text of the first element of that name.
pub(crate) fn first_text(xml: &str, name: &str) -> Option<String> {
    let mut found: Option<String> = None;
    let mut is_in = false;
    let mut is_done = false;
    let _ = walk(xml, |item, _| match item {
        Item::Start(start) if start == name && !is_done => is_in = true,
        Item::End(end) if end == name && is_in => (is_in, is_done) = (false, true),
        Item::Text(text) if is_in => found.get_or_insert_default().push_str(&text),
        _ => {}
    });
    found.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items() {
        let mut items = Vec::new();
        let xml = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x \"lol\">]><w:a b:c=\"&lt;1\">F&#252;r &amp; &x;<d/><![CDATA[<e>]]></w:a>";
        walk(xml, |item, attributes| items.push(format!("{item:?} {attributes:?}"))).unwrap();
        assert_eq!(
            items,
            [
                "Start(\"a\") [(\"c\", \"<1\")]",
                "Text(\"F\") []",
                "Text(\"ü\") []",
                "Text(\"r \") []",
                "Text(\"&\") []",
                "Text(\" \") []",
                "Text(\"\") []",
                "Start(\"d\") []",
                "End(\"d\") []",
                "Text(\"<e>\") []",
                "End(\"a\") []",
            ]
        );
        assert_eq!(first_text("<a><b> x <c>y</c></b><b>z</b></a>", "b").as_deref(), Some("x y"));
        assert!(walk(&"<a>".repeat(2000), |_, _| {}).is_err());
        assert!(walk("<a", |_, _| {}).is_err());
    }
}
