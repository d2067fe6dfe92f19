//! CSV and TSV: a record a row, under the names that the first row gives its columns.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, Cursor, Read};
use std::rc::Rc;

use csv::{ByteRecord, ErrorKind, ReaderBuilder};
use encoding_rs::WINDOWS_1252;

use crate::decode;
use crate::input::Input;
use crate::intake::{Intake, Outcome, Place};
use crate::problem::ProblemKind;
use crate::record::Record;
use crate::records;

/// The names of columns that are read, in lower case: of each field, the first that is there.
const COLUMNS: [(&str, &[&str]); 8] = [
    ("id", &["_id", "id", "nr", "nummer", "kennung"]),
    (
        "title",
        &[
            "title",
            "titel",
            "headline",
            "überschrift",
            "ueberschrift",
            "schlagzeile",
            "subject",
            "betreff",
        ],
    ),
    ("text", &["text", "body", "content", "inhalt", "volltext", "artikel", "article", "fulltext"]),
    (
        "source",
        &["source", "quelle", "medium", "zeitung", "outlet", "publication", "publisher", "site"],
    ),
    ("address", &["url", "link", "adresse", "address", "href", "permalink"]),
    (
        "date",
        &[
            "date",
            "datum",
            "published",
            "veröffentlicht",
            "pubdate",
            "published_at",
            "publication_date",
        ],
    ),
    ("author", &["author", "autor", "autorin", "verfasser", "authors", "byline"]),
    ("language", &["language", "lang", "sprache"]),
];

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Reads the rows of a table in order.
///
/// The delimiter is the one that occurs most often in the first line; text that is not UTF-8 is
/// Windows-1252, as German spreadsheets write it.
pub(crate) fn read(intake: &mut Intake<'_>, id: &str, input: Input<'_>) -> Outcome {
    let limit = intake.limits.document_bytes;
    let head = input.head();
    let is_utf16 = decode::utf16(head).is_some();
    if !is_utf16 && decode::is_binary(head) {
        return Err(ProblemKind::Binary.into());
    }
    let input = if is_utf16 {
        let decoded = decode::decode(input.whole(limit)?).ok_or(ProblemKind::Binary)?;
        Input::Bytes(decoded.text.into_bytes())
    } else {
        input
    };
    let first = input.head().split(|byte| *byte == b'\n').next().unwrap_or_default();
    let delimiter = delimiter(first);
    // A quotation mark that is never closed makes the rest of the file one row.
    let left = Rc::new(Cell::new(limit));
    // All of it may be one row, and a buffer that grows would take several times of that.
    let longest = input.size_hint().min(limit) as usize;
    let capped = Capped { inner: skip_mark(input)?, left: left.clone() };
    let mut rows = ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(capped);
    let names = rows.byte_headers().map_err(damaged)?.clone();
    let columns = columns(&names);
    if columns[1].is_none() && columns[2].is_none() {
        return Err(ProblemKind::NoColumns.into());
    }
    let mut row = ByteRecord::with_capacity(longest, COLUMNS.len());
    loop {
        left.set(limit);
        let (line, byte) = (rows.position().line(), rows.position().byte());
        let place = Place { id, line, byte };
        match rows.read_byte_record(&mut row) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(error) => {
                intake.skip(&place, format!("the rest cannot be read ({error}); mend the row"));
                return Ok(());
            }
        }
        if row.iter().all(|field| field.trim_ascii().is_empty()) {
            continue;
        }
        let field = |index: usize| {
            let text = text(row.get(columns[index]?)?);
            (!text.trim().is_empty()).then_some(text)
        };
        let record = Record {
            id: field(0),
            title: field(1),
            text: field(2),
            source: field(3),
            address: field(4),
            date: field(5),
            author: field(6),
            language: field(7),
            nested: Vec::new(),
        };
        records::give(record, &place, intake)?;
    }
}

/// The input without a byte order mark.
fn skip_mark<'i>(input: Input<'i>) -> io::Result<Box<dyn Read + 'i>> {
    let has_mark = input.head().starts_with(b"\xef\xbb\xbf");
    let mut reader = input.reader()?;
    if has_mark {
        let mut mark = [0; 3];
        reader.read_exact(&mut mark)?;
    }
    Ok(if has_mark { Box::new(Cursor::new([]).chain(reader)) } else { reader })
}

fn delimiter(line: &[u8]) -> u8 {
    let mut counts = [0; DELIMITERS.len()];
    let mut is_quoted = false;
    for byte in line {
        is_quoted ^= *byte == b'"';
        if let Some(at) = DELIMITERS.iter().position(|known| known == byte && !is_quoted) {
            counts[at] += 1;
        }
    }
    let best = (0..DELIMITERS.len()).max_by_key(|at| (counts[*at], std::cmp::Reverse(*at)));
    DELIMITERS[best.unwrap_or(0)]
}

/// For each field the index of its column.
fn columns(names: &ByteRecord) -> [Option<usize>; COLUMNS.len()] {
    let names: Vec<String> = names.iter().map(|name| text(name).trim().to_lowercase()).collect();
    COLUMNS.map(|(_, known)| {
        known.iter().find_map(|known| names.iter().position(|name| name == known))
    })
}

fn text(field: &[u8]) -> Cow<'_, str> {
    match str::from_utf8(field) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(field).0,
    }
}

fn damaged(error: csv::Error) -> ProblemKind {
    match error.into_kind() {
        ErrorKind::Io(error) => ProblemKind::Damaged("table", error.to_string()),
        other => ProblemKind::Damaged("table", format!("{other:?}")),
    }
}

/// Ends a row that is longer than the limit with an error.
struct Capped<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.inner.read(buffer)?;
        match self.left.get().checked_sub(bytes as u64) {
            Some(left) => self.left.set(left),
            None => return Err(io::Error::other("a row is longer than the limit")),
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters() {
        for (line, expected) in [
            ("id,titel,text", b','),
            ("id;titel;text", b';'),
            ("id\ttitel\ttext", b'\t'),
            ("\"a,b,c,d\";titel;text", b';'),
            ("text", b','),
        ] {
            assert_eq!(delimiter(line.as_bytes()), expected, "{line}");
        }
    }
}
