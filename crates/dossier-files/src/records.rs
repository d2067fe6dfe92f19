//! JSON Lines become documents, one record at a time.

use std::io::{BufRead, Read};

use crate::dates;
use crate::document::{Article, DateOrigin, Dated, absolute};
use crate::fields;
use crate::intake::{Intake, Outcome, Place, quoted};
use crate::record::{Record, without_lone_surrogates};
use crate::source;

const MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads the records of a file or member in order.
///
/// Holds one line of at most the limit of bytes in memory, and some bytes for each id.
pub(crate) fn read(mut input: impl BufRead, id: &str, intake: &mut Intake<'_>) -> Outcome {
    let limit = intake.limits.document_bytes;
    // The mark of the first line and the line end do not count.
    let longest = limit.saturating_add(MARK.len() as u64 + 2);
    let mut line = Vec::new();
    let (mut start, mut number) = (0, 0);
    loop {
        line.clear();
        let mut length = input.by_ref().take(longest).read_until(b'\n', &mut line)? as u64;
        if length == 0 {
            return Ok(());
        }
        number += 1;
        let (content, is_whole) = match line.strip_suffix(b"\n") {
            Some(content) => (content.strip_suffix(b"\r").unwrap_or(content), true),
            None => (line.as_slice(), false),
        };
        let unmarked = content.strip_prefix(MARK).filter(|_| number == 1).unwrap_or(content);
        let place =
            Place { id, line: number, byte: start + (content.len() - unmarked.len()) as u64 };
        if unmarked.len() as u64 > limit {
            if !is_whole {
                length += input.skip_until(b'\n')? as u64;
            }
            let reason = format!("the line is longer than {limit} bytes; split the record");
            intake.skip(&place, reason);
        } else {
            record(unmarked, &place, intake)?;
        }
        start += length;
    }
}

/// Whether a line is a record.
pub(crate) fn is_record(line: &[u8]) -> bool {
    serde_json::from_slice::<Record<'_>>(line).is_ok()
}

/// Hands over the record of one line, or tells why there is none in it.
fn record(line: &[u8], place: &Place<'_>, intake: &mut Intake<'_>) -> Outcome {
    if line.trim_ascii().is_empty() {
        return Ok(());
    }
    let at = |byte: usize| Place { byte: place.byte + byte as u64, ..*place };
    let line = match str::from_utf8(line) {
        Ok(line) => line,
        Err(error) => {
            let reason = "invalid UTF-8; convert the file to UTF-8".to_owned();
            intake.skip(&at(error.valid_up_to()), reason);
            return Ok(());
        }
    };
    let mended;
    let record: Record<'_> = match serde_json::from_str(line) {
        Ok(record) => record,
        Err(error) => {
            mended = without_lone_surrogates(line).unwrap_or_default();
            match serde_json::from_str(&mended) {
                Ok(record) => {
                    intake.notice(place, "half a surrogate pair was replaced by U+FFFD".to_owned());
                    record
                }
                Err(_) => {
                    // The whole record is in one line, so the column is the place in it.
                    let column = error.column().saturating_sub(1);
                    intake.skip(&at(column), format!("no record: {}", message(&error)));
                    return Ok(());
                }
            }
        }
    };
    for field in &record.nested {
        intake.notice(place, format!("field '{field}' holds a list or an object; left out"));
    }
    give(record, place, intake)
}

/// Hands over a record, from whatever format.
pub(crate) fn give(record: Record<'_>, place: &Place<'_>, intake: &mut Intake<'_>) -> Outcome {
    if record.title.is_none() && record.text.is_none() {
        intake.skip(place, "no record: it has neither a title nor a text".to_owned());
        return Ok(());
    }
    let date = record.date.and_then(|text| {
        let date = absolute(&text);
        if date.is_none() {
            let text = quoted(&text);
            intake.notice(place, format!("date '{text}' is not like 2024-11-21; left out"));
        }
        date
    });
    let address = record.address.map(|text| text.trim().to_owned());
    let dated = match date {
        Some(date) => Some(Dated { date, origin: DateOrigin::Metadata }),
        None => address
            .as_deref()
            .and_then(dates::in_address)
            .map(|date| Dated { date, origin: DateOrigin::Address }),
    };
    let id = match record.id {
        Some(id) => id.into_owned(),
        None => format!("{}#{}", place.id, place.line),
    };
    let article = Article {
        id,
        path: intake.file.id.clone(),
        title: record.title.unwrap_or_default().into_owned(),
        text: record.text.unwrap_or_default().into_owned(),
        source: record
            .source
            .and_then(|text| source::of(&text))
            .or_else(|| address.as_deref().and_then(source::of)),
        address,
        author: record.author.map(|text| text.trim().to_owned()),
        language: record.language.and_then(|text| fields::language(&text)),
        date: dated,
        ..Article::default()
    };
    intake.give_record(article, place)
}

/// serde_json's message without the place it ends with, which is that in the line.
fn message(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let end = message.rfind(" at line ").unwrap_or(message.len());
    quoted(&message[..end])
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;
    use std::path::PathBuf;

    use dossier_engine::{Date, DateOrigin, Document};

    use super::*;
    use crate::read::{Limits, ReadReport};
    use crate::walk::FoundFile;

    fn run(input: &[u8], limit: u64) -> (Vec<Document>, ReadReport) {
        let file = FoundFile {
            path: PathBuf::from("/x/a.jsonl"),
            id: "a.jsonl".to_owned(),
            stamp: 0,
            identity: None,
            bytes: 0,
        };
        let limits = Limits { document_bytes: limit, ..Limits::default() };
        let mut documents = Vec::new();
        let mut each = |article: Article| {
            documents.push(article.into_document());
            ControlFlow::Continue(())
        };
        let mut intake = Intake::new(&file, &limits, &mut each);
        assert!(read(input, &file.id, &mut intake).is_ok());
        let report = intake.report;
        assert_eq!(documents.len(), report.documents);
        (documents, report)
    }

    #[test]
    fn records() {
        let plain = |id: &str, title: &str, body: &str| Document {
            id: id.to_owned(),
            title: title.to_owned(),
            body: body.to_owned(),
            path: Some("a.jsonl".to_owned()),
            ..Default::default()
        };
        for (line, expected) in [
            (r#"{"_id": "x", "title": "T", "text": "B"}"#, plain("x", "T", "B")),
            (r#"{"id": 7, "title": 5, "body": "a\nb\u00e4"}"#, plain("7", "5", "a\nbä")),
            (r#"{"id": "", "title": "T", "text": ""}"#, plain("a.jsonl#1", "T", "")),
            (r#"{"text": "", "body": "B", "title": {}, "x": [1]}"#, plain("a.jsonl#1", "", "B")),
            (
                r#"{"title": "T", "url": "https://www.rt.de/x", "date": "2024-11-21T08:00:00Z",
                    "author": " phs ", "lang": "de"}"#,
                Document {
                    source: Some("rt.de".to_owned()),
                    date: Date::day(2024, 11, 21),
                    date_origin: Some(DateOrigin::Metadata),
                    author: Some("phs".to_owned()),
                    language: Some("deu".to_owned()),
                    ..plain("a.jsonl#1", "T", "")
                },
            ),
            (r#"{"title": "T", "date": "gestern"}"#, plain("a.jsonl#1", "T", "")),
            (r#"{"title": "T", "date": 1732147200}"#, plain("a.jsonl#1", "T", "")),
            (r#"{"title": "x\udc80"}"#, plain("a.jsonl#1", "x\u{fffd}", "")),
        ] {
            let (documents, report) = run(line.replace('\n', "").as_bytes(), 1000);
            assert_eq!(documents, [expected], "{line}");
            assert_eq!(report.skipped, []);
        }
    }

    #[test]
    fn lines() {
        let good = r#"{"title": "T"}"#;
        for (input, documents, skipped) in [
            (format!("{good}\n{good}\n"), 2, vec![]),
            (format!("\u{feff}{good}\r\n\r\n \t\n{good}"), 2, vec![]),
            (String::new(), 0, vec![]),
            (format!("{good}\n[1]\n{good}"), 2, vec![(2, 15)]),
            (format!("{{\"a\": nul}}\n{good}"), 1, vec![(1, 9)]),
            (format!("{good}\n{{\"title\": \"a\n{good}\n"), 2, vec![(2, 26)]),
            (format!("{good} {good}\n\n{{}}\n"), 0, vec![(1, 15), (3, 31)]),
            (format!("\u{feff}{{\"a\": nul}}\n{good}"), 1, vec![(1, 12)]),
            // At the limit, above it in the middle, above it at the end.
            (format!("\u{feff}{good}{}\r\n{good}", " ".repeat(36)), 2, vec![]),
            (format!("\u{feff}{good}{}\r\n{good}", " ".repeat(37)), 1, vec![(1, 3)]),
            (format!("{good}{}\n{good}", " ".repeat(5000)), 1, vec![(1, 0)]),
            (format!("{good}\n{good}{}", " ".repeat(5000)), 1, vec![(2, 15)]),
        ] {
            let (found, report) = run(input.as_bytes(), 50);
            assert_eq!(found.len(), documents, "{input}");
            let places: Vec<_> = report.skipped.iter().map(|p| (p.line, p.byte)).collect();
            assert_eq!(places, skipped, "{input}: {:?}", report.skipped);
            assert_eq!(report.skipped_total, skipped.len());
            assert_eq!(report.notices, []);
        }
    }

    #[test]
    fn reasons() {
        let long = format!("{{\"title\": \"T\", \"date\": \"{}\"}}", "x".repeat(200));
        for (line, reason) in [
            (
                &b"5"[..],
                "/x/a.jsonl:1: no record: invalid type: integer `5`, expected an object (at byte 0)",
            ),
            (
                b"{\"a\": \xff}",
                "/x/a.jsonl:1: invalid UTF-8; convert the file to UTF-8 (at byte 6)",
            ),
            (b"{}", "/x/a.jsonl:1: no record: it has neither a title nor a text (at byte 0)"),
            (
                b"{\"title\": \"T\", \"date\": \"gestern\"}",
                "/x/a.jsonl:1: date 'gestern' is not like 2024-11-21; left out (at byte 0)",
            ),
            (
                b"{\"title\": \"T\", \"text\": []}",
                "/x/a.jsonl:1: field 'text' holds a list or an object; left out (at byte 0)",
            ),
            (
                long.as_bytes(),
                &format!(
                    "/x/a.jsonl:1: date '{}…' is not like 2024-11-21; left out (at byte 0)",
                    "x".repeat(80)
                ),
            ),
        ] {
            let (_, report) = run(line, 1000);
            let found: Vec<_> =
                report.skipped.iter().chain(&report.notices).map(ToString::to_string).collect();
            assert_eq!(found, [reason]);
        }
    }

    #[test]
    fn ids_are_made_unique() {
        let (documents, report) = run(
            br#"{"id": "a", "title": "1"}
{"id": "a#3", "title": "2"}
{"id": "a", "title": "3"}
{"title": "4"}
{"id": "a.jsonl#4", "title": "5"}
{"id": "b", "title": "6"}"#,
            100,
        );
        let ids: Vec<_> = documents.iter().map(|document| document.id.as_str()).collect();
        assert_eq!(ids, ["a", "a#3", "a#3#3", "a.jsonl#4", "a.jsonl#4#5", "b"]);
        assert_eq!(report.notices_total, 2);
        assert_eq!(
            report.notices[0].reason,
            "id 'a' occurs twice in the file; this one is 'a#3#3'"
        );
    }

    #[test]
    fn reports_are_bounded() {
        let (_, report) = run("x\n{\"title\": 1, \"date\": 1}\n".repeat(500).as_bytes(), 100);
        assert_eq!((report.skipped.len(), report.skipped_total), (100, 500));
        assert_eq!((report.notices.len(), report.notices_total), (100, 500));
    }
}
