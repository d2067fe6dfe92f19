//! Output for programs: JSON Lines with the same English keys in every locale.
//!
//! Texts are exact: what a parser reads is what stands in the document. What a terminal would obey
//! is written as `\u` escapes, beyond the control characters that JSON asks for itself.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use dossier_engine::{
    DateOrigin, Document, ExplainedMatch, Explanation, Hit, Notice, Occurrence, Reading, Results,
    Similar, TellingWord, Variant,
};
use serde::Serialize;
use serde_json::ser::Formatter;

use crate::messages::Summary;
use crate::terminal::is_unsafe;

/// Of the form of the objects: changes when a key changes its meaning.
const VERSION: u32 = 1;

/// Writes each hit, those that come nearest to the query as another type, then the summary; `query`
/// is the id of the query in a batch.
pub fn write_results(
    out: &mut dyn Write,
    results: &Results,
    query: Option<&str>,
) -> io::Result<()> {
    for hit in &results.hits {
        write_line(out, &HitLine::new(hit, query))?;
    }
    for hit in &results.nearest {
        write_line(out, &HitLine { r#type: "near", ..HitLine::new(hit, query) })?;
    }
    write_line(
        out,
        &SummaryLine {
            v: VERSION,
            r#type: "summary",
            query,
            total: results.total,
            reading: results.reading,
            also_searched: &results.also_searched,
            notices: results.notices.iter().map(NoticeObject::new).collect(),
        },
    )
}

/// Writes the articles like one, then the summary.
pub fn write_similar(out: &mut dyn Write, id: &str, similar: &Similar) -> io::Result<()> {
    for hit in &similar.hits {
        write_line(out, &HitLine::new(hit, None))?;
    }
    let summary = SimilarLine {
        v: VERSION,
        r#type: "summary",
        id,
        words: &similar.words,
        copies: &similar.copies,
    };
    write_line(out, &summary)
}

/// Writes the occurrences in a hit, one a line.
pub fn write_occurrences(
    out: &mut dyn Write,
    hit: &Hit,
    occurrences: &[Occurrence],
) -> io::Result<()> {
    for occurrence in occurrences {
        let Occurrence { in_title, bytes, chars, before, text, after, .. } = occurrence;
        let line = OccurrenceLine {
            v: VERSION,
            r#type: "occurrence",
            id: &hit.id,
            path: hit.path.as_deref(),
            field: if *in_title { "title" } else { "text" },
            bytes: [bytes.start, bytes.end],
            chars: [chars.start, chars.end],
            before,
            text,
            after,
        };
        write_line(out, &line)?;
    }
    Ok(())
}

/// Writes what indexing did.
pub fn write_summary(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let megabytes_per_second = summary.megabytes_per_second();
    write_line(out, &IndexLine { v: VERSION, r#type: "index", summary, megabytes_per_second })
}

/// Writes an article, with its noise marked or without any.
pub fn write_article(out: &mut dyn Write, document: &Document, raw: bool) -> io::Result<()> {
    let noise = document.noise.iter().map(|range| [range.start, range.end]);
    write_line(
        out,
        &ArticleLine {
            v: VERSION,
            r#type: "article",
            id: &document.id,
            path: document.path.as_deref(),
            title: &document.title,
            source: document.source.as_deref(),
            date: document.date.map(|date| date.to_string()),
            date_origin: document.date_origin,
            agency: document.agency.as_deref(),
            author: document.author.as_deref(),
            photo: document.photo.as_deref(),
            language: document.language.as_deref(),
            text: if raw { Cow::Borrowed(&document.body) } else { document.text() },
            noise: raw.then(|| noise.collect()),
        },
    )
}

/// Writes one object on one line, with nothing in it that a terminal would obey.
pub fn write_line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(&mut *out, Inert);
    value.serialize(&mut serializer).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct HitLine<'h> {
    v: u32,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<&'h str>,
    id: &'h str,
    path: Option<&'h str>,
    score: f32,
    title: &'h str,
    source: Option<&'h str>,
    agency: Option<&'h str>,
    date: Option<String>,
    date_origin: Option<DateOrigin>,
    fragments: Vec<FragmentObject<'h>>,
    /// Ids of near-copies that are no hits of their own.
    copies: &'h [String],
    /// Only where asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    explanations: Vec<ExplanationObject<'h>>,
}

#[derive(Serialize)]
struct ExplanationObject<'h> {
    typed: &'h str,
    /// In bytes of the query.
    span: [usize; 2],
    score: f32,
    /// Of the hit's score, from 0 to 1.
    share: f32,
    matches: &'h [ExplainedMatch],
}

#[derive(Serialize)]
struct OccurrenceLine<'o> {
    v: u32,
    r#type: &'static str,
    id: &'o str,
    path: Option<&'o str>,
    /// What `bytes` and `chars` count in: the title, or the text as `show --raw` has it.
    field: &'static str,
    bytes: [usize; 2],
    chars: [usize; 2],
    before: &'o str,
    text: &'o str,
    after: &'o str,
}

#[derive(Serialize)]
struct SimilarLine<'s> {
    v: u32,
    r#type: &'static str,
    id: &'s str,
    words: &'s [TellingWord],
    copies: &'s [String],
}

#[derive(Serialize)]
struct IndexLine<'s> {
    v: u32,
    r#type: &'static str,
    #[serde(flatten)]
    summary: &'s Summary,
    megabytes_per_second: f64,
}

#[derive(Serialize)]
struct ArticleLine<'d> {
    v: u32,
    r#type: &'static str,
    id: &'d str,
    path: Option<&'d str>,
    title: &'d str,
    source: Option<&'d str>,
    date: Option<String>,
    date_origin: Option<DateOrigin>,
    agency: Option<&'d str>,
    author: Option<&'d str>,
    photo: Option<&'d str>,
    language: Option<&'d str>,
    text: Cow<'d, str>,
    /// In bytes of `text`; only of a raw text.
    #[serde(skip_serializing_if = "Option::is_none")]
    noise: Option<Vec<[usize; 2]>>,
}

#[derive(Serialize)]
struct FragmentObject<'h> {
    text: &'h str,
    /// In bytes of `text`.
    marks: Vec<[usize; 2]>,
    /// In characters of `text`.
    char_marks: Vec<[usize; 2]>,
}

#[derive(Serialize)]
struct SummaryLine<'r> {
    v: u32,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<&'r str>,
    total: usize,
    reading: Reading,
    also_searched: &'r [Variant],
    notices: Vec<NoticeObject<'r>>,
}

#[derive(Serialize)]
struct NoticeObject<'r> {
    kind: &'r dossier_engine::NoticeKind,
    message: &'r str,
    /// In bytes of the query.
    span: [usize; 2],
    suggestion: Option<&'r str>,
    /// Articles it is about.
    count: Option<usize>,
}

impl<'h> HitLine<'h> {
    fn new(hit: &'h Hit, query: Option<&'h str>) -> HitLine<'h> {
        let fragment = |fragment: &'h dossier_engine::Fragment| FragmentObject {
            text: &fragment.text,
            marks: fragment.marks.iter().map(|mark| [mark.start, mark.end]).collect(),
            char_marks: char_marks(&fragment.text, &fragment.marks),
        };
        HitLine {
            v: VERSION,
            r#type: "hit",
            query,
            id: &hit.id,
            path: hit.path.as_deref(),
            score: hit.score,
            title: &hit.title,
            source: hit.source.as_deref(),
            agency: hit.agency.as_deref(),
            date: hit.date.map(|day| day.to_string()),
            date_origin: hit.date_origin,
            fragments: hit.fragments.iter().map(fragment).collect(),
            copies: &hit.copies,
            explanations: hit.explanations.iter().map(ExplanationObject::new).collect(),
        }
    }
}

impl<'h> ExplanationObject<'h> {
    fn new(explanation: &'h Explanation) -> ExplanationObject<'h> {
        let Explanation { typed, span, matches, score, share, .. } = explanation;
        let span = [span.start, span.end];
        ExplanationObject { typed, span, score: *score, share: *share, matches }
    }
}

impl<'r> NoticeObject<'r> {
    fn new(notice: &'r Notice) -> NoticeObject<'r> {
        NoticeObject {
            kind: &notice.kind,
            message: &notice.message,
            span: [notice.span.start, notice.span.end],
            suggestion: notice.suggestion.as_deref(),
            count: notice.count,
        }
    }
}

/// Byte ranges as ranges of characters. The marks are ascending and on character boundaries.
fn char_marks(text: &str, marks: &[Range<usize>]) -> Vec<[usize; 2]> {
    let (mut byte, mut char) = (0, 0);
    let mut chars_up_to = |end: usize| {
        char += text.get(byte..end).map_or(0, |between| between.chars().count());
        byte = end;
        char
    };
    marks.iter().map(|mark| [chars_up_to(mark.start), chars_up_to(mark.end)]).collect()
}

/// Compact JSON in which terminals find nothing to obey.
struct Inert;

impl Formatter for Inert {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_unsafe) {
            writer.write_all(&rest.as_bytes()[..at])?;
            let mut chars = rest[at..].chars();
            let mut units = [0; 2];
            // `find` found a character there.
            for unit in chars.next().unwrap_or_default().encode_utf16(&mut units) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = chars.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(value: &impl Serialize) -> String {
        let mut out = Vec::new();
        write_line(&mut out, value).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn texts_are_exact_and_inert() {
        for text in [
            "Pjöngjang 🙂",
            "\u{1b}]52;c;x\u{7}",
            "\u{9b}2J\u{7f}",
            "\u{202e}a\u{2069}",
            "\u{e0041}",
            "a\nb\t\"\\",
        ] {
            let line = line(&text);
            assert!(!line.trim_end_matches('\n').contains(is_unsafe), "{line}");
            assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
        }
        assert_eq!(line(&"Käse"), "\"Käse\"\n");
        assert_eq!(line(&"a\u{9b}b"), "\"a\\u009bb\"\n");
    }

    #[test]
    fn marks_count_characters_too() {
        let text = "Grüße aus Köln, 🙂 ja";
        let find = |part: &str| {
            let start = text.find(part).unwrap();
            start..start + part.len()
        };
        let marks = [find("Grüße"), find("Köln"), find("ja")];
        assert_eq!(char_marks(text, &marks), [[0, 5], [10, 14], [18, 20]]);
        assert_eq!(char_marks(text, &[]), [[0; 2]; 0]);
    }

    #[test]
    fn a_summary_has_all_its_keys_even_without_hits() {
        let mut out = Vec::new();
        write_results(&mut out, &Results::default(), None).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "{\"v\":1,\"type\":\"summary\",\"total\":0,\"reading\":\"as typed\",\
             \"also_searched\":[],\"notices\":[]}\n"
        );
    }
}
