//! A fuzz target for each parser of our own: no panic, no endless loop, and what is marked is part
//! of the text.
//!
//! As a test each target makes up a bounded number of inputs, others in each run; a failure names
//! the seed that repeats it (`BOLERO_RANDOM_SEED`). With `cargo install cargo-bolero` and a nightly
//! compiler, libFuzzer looks for inputs without end: `cargo bolero test -p dossier-files dates`.
//! What it finds is kept in `tests/__fuzz__`, and is tried first in every later run.

// Helpers of tests may panic like these.
#![allow(clippy::unwrap_used)]

mod common;

use std::cell::OnceCell;

use bolero::check;
use common::pieces::{
    FEED, LINES, MAIL, MARKDOWN, OFFICE, RECORDS, TABLE, TAGS, WEB_ARCHIVE, check_article,
    check_parts,
};
use common::{fixtures, gz, read_as, zip};
use dossier_files::{Limits, dates};

/// Inputs for each target: some seconds in a debug build.
const INPUTS: usize = 1_000;

/// Bytes that choose pieces; the others announce a byte as it is.
const PIECES_END: u8 = 0xf0;

/// Bytes of an input turned into pieces, so that few of them make much sense.
fn spelled(bytes: &[u8], pieces: &[&str]) -> Vec<u8> {
    let mut text = Vec::new();
    let mut bytes = bytes.iter();
    while let Some(&byte) = bytes.next() {
        match byte {
            ..PIECES_END => {
                text.extend_from_slice(pieces[usize::from(byte) % pieces.len()].as_bytes())
            }
            _ => text.extend(bytes.next()),
        }
    }
    text
}

fn text(bytes: &[u8], pieces: &[&str]) -> String {
    String::from_utf8_lossy(&spelled(bytes, pieces)).into_owned()
}

/// Reads a file, and looks at what comes of it.
fn read(name: &str, content: &[u8]) {
    let limits = Limits { document_bytes: 1 << 16, unpacked_bytes: 1 << 18, ..Limits::default() };
    match read_as(name, content, &limits) {
        Ok((found, report)) => {
            assert_eq!(found.len(), report.documents);
            found.iter().for_each(check_article);
        }
        Err(problem) => assert!(problem.reason().len() > 10),
    }
}

/// A target that reads files of that name, made of a beginning and of pieces.
macro_rules! files {
    ($($target:ident: $name:expr, $start:expr, $pieces:expr;)*) => {$(
        #[test]
        fn $target() {
            check!().with_iterations(INPUTS).with_max_len(120).for_each(|bytes: &[u8]| {
                read($name, &[$start.as_bytes(), &spelled(bytes, $pieces)].concat());
            });
        }
    )*};
}

files! {
    pages: "a.html", "<html>", TAGS;
    pages_of_words: "a.html", "<!DOCTYPE html><article><p>", &[TAGS, LINES].concat();
    mails: "a.eml", "From: a\nMessage-ID: <1>\n", MAIL;
    mailboxes: "a.mbox", "From x\nFrom: a\nMessage-ID: <1>\n", MAIL;
    feeds: "a.rss", "<rss>", FEED;
    tables: "a.csv", "titel;text\n", TABLE;
    headings: "a.csv", "", TABLE;
    web_archives: "a.warc", "WARC/1.0\r\n", WEB_ARCHIVE;
    records: "a.jsonl", "", RECORDS;
    markdown: "a.md", "", MARKDOWN;
    texts: "a.txt", "", LINES;
}

#[test]
fn articles() {
    check!().with_iterations(2 * INPUTS).with_max_len(60).for_each(|bytes: &[u8]| {
        check_parts(&text(bytes, LINES));
    });
}

#[test]
fn days() {
    check!().with_iterations(4 * INPUTS).with_max_len(30).for_each(|bytes: &[u8]| {
        let text = text(bytes, LINES);
        if let Ok(dates::Expression::Absolute(date)) = dates::parse(&text) {
            // What was read is a day, a month or a year, and is read again as it is written.
            assert_eq!(dates::parse(&date.to_string()), Ok(dates::Expression::Absolute(date)));
        }
        let _ = dates::in_address(&text);
        if let Some((range, _)) = dates::find(&text) {
            assert!(text.get(range).is_some(), "{text:?}");
        }
    });
}

#[test]
fn office_documents() {
    check!().with_iterations(INPUTS).with_max_len(80).for_each(|bytes: &[u8]| {
        let content = spelled(bytes, OFFICE);
        read("a.docx", &zip(&[("word/document.xml", &content)]));
        read("a.odt", &zip(&[("content.xml", &content), ("meta.xml", &content)]));
        let book = [("META-INF/container.xml", &*content), ("OEBPS/content.opf", &content)];
        read("a.epub", &zip(&book));
    });
}

/// Bytes in no encoding, under the name of every format.
#[test]
fn bytes() {
    const NAMES: [&str; 8] =
        ["a.txt", "a", "a.html", "a.jsonl", "a.csv", "a.zip", "a.txt.gz", "a.rss"];
    check!().with_iterations(INPUTS).with_max_len(400).for_each(|bytes: &[u8]| {
        let (name, content) = bytes.split_first().unwrap_or((&0, &[]));
        read(NAMES[usize::from(*name) % NAMES.len()], content);
        read("a.txt.gz", &gz(content));
    });
}

/// Whole files of every format in which some bytes are others.
#[test]
fn damaged_files() {
    thread_local! {
        static FILES: OnceCell<Vec<(&'static str, Vec<u8>)>> = const { OnceCell::new() };
    }
    check!().with_iterations(INPUTS).with_max_len(40).for_each(|bytes: &[u8]| {
        let Some((&number, changes)) = bytes.split_first() else { return };
        FILES.with(|files| {
            let files = files.get_or_init(fixtures);
            let (name, content) = &files[usize::from(number) % files.len()];
            let mut content = content.clone();
            for change in changes.chunks_exact(3) {
                let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % content.len();
                content[at] = change[2];
            }
            read(name, &content);
        });
    });
}
