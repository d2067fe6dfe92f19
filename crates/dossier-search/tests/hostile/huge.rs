//! Files of a gigabyte, as one line and otherwise. Files with holes: they take no space.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::time::Duration;

use crate::cost::{Hostile, MOST_MEMORY};

const GIGABYTE: u64 = 1 << 30;

impl Hostile {
    /// Writes a file of a gigabyte that begins and ends so.
    fn write_huge(&self, name: &str, start: &[u8], end: &[u8]) {
        let mut file = File::create(self.dossier.path(name)).unwrap();
        file.write_all(start).unwrap();
        file.set_len(GIGABYTE).unwrap();
        file.seek(SeekFrom::End(0)).unwrap();
        file.write_all(end).unwrap();
    }
}

/// Text enough that the hole is not seen in the first bytes: that would be a binary file.
fn lines(line: &str) -> Vec<u8> {
    line.repeat(20_000 / line.len() + 1).into_bytes()
}

#[test]
fn huge_files_of_every_format() {
    for (name, start, end, reason) in [
        ("a.txt", lines("Ein Text. "), "", "more than the limit"),
        ("a.md", lines("# Ein Text "), "", "more than the limit"),
        ("a.html", lines("<html><p>Ein Text"), "</html>", "more than the limit"),
        ("a.eml", lines("From: a\r\nMessage-ID: <1>\r\n"), "", "more than the limit"),
        ("a.rss", lines("<rss><channel>"), "</rss>", "more than the limit"),
        ("a.pdf", lines("%PDF-1.4\n"), "%%EOF", "more than the limit"),
        ("a.docx", b"PK\x03\x04".to_vec(), "", "is a damaged ZIP file"),
        ("a.odt", b"PK\x03\x04".to_vec(), "", "is a damaged ZIP file"),
        ("a.epub", b"PK\x03\x04".to_vec(), "", "is a damaged ZIP file"),
        ("a.zip", b"PK\x03\x04".to_vec(), "", "is a damaged ZIP file"),
        ("a.txt.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03".to_vec(), "", "is a damaged"),
        (
            "a.warc",
            b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 1073741763\r\n\r\n".to_vec(),
            "",
            "more than the limit",
        ),
        // A single line of a gigabyte.
        ("a.jsonl", b"{\"text\": \"".to_vec(), "\"}\n", "the line is longer"),
        ("a.csv", lines("titel;text\n"), "\n", "a row is longer than the limit"),
    ] {
        let hostile = Hostile::new();
        hostile.write_huge(name, &start, end.as_bytes());
        let indexed = hostile.index();
        if name == "a.csv" {
            // The rows before are articles.
            assert!(indexed.output.stderr.contains(reason), "{:?}", indexed.output);
        } else {
            indexed.expect(name, reason);
        }
    }
}

/// Behind the message that is too long, the next one is read.
#[test]
fn a_huge_message_in_a_mailbox() {
    let hostile = Hostile::new();
    let start = "From x\nMessage-ID: <1>\nSubject: Apfel\n\nText\n\nFrom y\nMessage-ID: <2>\nSubject: x\n\n";
    hostile.write_huge(
        "a.mbox",
        start.as_bytes(),
        b"\n\nFrom z\nMessage-ID: <3>\nSubject: Apfel\n\nText\n",
    );
    let indexed = hostile.index();
    assert_eq!(indexed.summary["articles"], 4, "{:?}", indexed.output);
    assert!(
        indexed.output.stderr.contains("a.mbox!2: the message is larger than"),
        "{:?}",
        indexed.output
    );
}

/// The largest texts that are read, without a line end in them. They are indexed, which takes its
/// time and the memory of the index writer.
#[test]
fn the_longest_lines_that_are_read() {
    let sentence =
        "Die größte Brücke der Stadt ist am 21. November 2024 wieder offen (dpa). Foto: dpa. ";
    let bytes = if cfg!(debug_assertions) { 1 << 20 } else { 63 << 20 };
    let text = sentence.repeat(bytes / sentence.len());
    let page = format!("<html><body><p>{text}");
    let record = format!("{{\"text\": \"{text}\"}}\n");
    // What the index writer may take: 500 MB for postings, 64 MB for texts that wait for them.
    let writer = 564_000_000;
    for (name, content) in [
        ("a.txt", text.into_bytes()),
        ("a.html", page.into_bytes()),
        ("a.jsonl", record.into_bytes()),
    ] {
        let hostile = Hostile::with(&[(name, content)]);
        let indexed = hostile.index_within(Duration::from_secs(60), MOST_MEMORY + writer);
        assert_eq!(indexed.summary["articles"], 3, "{:?}", indexed.output);
    }
}
