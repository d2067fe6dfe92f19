//! Archives that hold far more than they seem to.

use crate::cost::Hostile;
use crate::files::{gz, warc_response, zip};

/// A gigabyte of one letter, packed a megabyte at a time.
fn packed_gigabyte() -> Vec<u8> {
    gz(&vec![b'a'; 1 << 20]).repeat(1 << 10)
}

#[test]
fn bytes() {
    let gigabyte = packed_gigabyte();
    assert!(gigabyte.len() < 2 << 20);
    let letters = vec![b'a'; 40 << 20];
    for (name, content) in [
        ("a.txt.gz", gigabyte.clone()),
        ("a.zip", zip(&[("a.txt.gz", &gigabyte)])),
        ("b.zip", zip(&[("a.txt", &letters)])),
        ("a.docx", zip(&[("word/document.xml", &letters)])),
        (
            "a.odt",
            zip(&[
                ("mimetype", b"application/vnd.oasis.opendocument.text"),
                ("content.xml", &letters),
            ]),
        ),
        (
            "a.epub",
            zip(&[("mimetype", b"application/epub+zip"), ("META-INF/container.xml", &letters)]),
        ),
        (
            "a.warc",
            warc_response(
                "https://a.example/",
                "Content-Type: text/html\r\nContent-Encoding: gzip",
                &gigabyte,
            ),
        ),
    ] {
        Hostile::check(name, content, "more than");
    }
}

/// Small members that share one piece of packed data, as in the bombs that unpack to petabytes.
#[test]
fn overlapping_members() {
    let content = overlapping(60_000, 1 << 20);
    Hostile::check("a.zip", content, "is a damaged ZIP file");
}

/// More members than are allowed, in the directory of an archive of a few megabytes.
#[test]
fn members() {
    Hostile::check("a.zip", overlapping(1_000_000, 0), "holds more members than the limit");
    // As many as are allowed: the directory is read.
    let most = dossier_files::Limits::default().members as u64;
    Hostile::check("a.zip", overlapping(most, 0), "is a damaged ZIP file");
}

#[test]
fn depth() {
    let mut zips = zip(&[("a.txt", b"Text")]);
    let mut gzips = b"Text".to_vec();
    for _ in 0..50 {
        zips = zip(&[("a.zip", &zips)]);
        gzips = gz(&gzips);
    }
    Hostile::check("a.zip", zips, "archives in each other");
    Hostile::check("a.txt.gz", gzips, "archives in each other");
    let mut mail = "From: a\r\nMessage-ID: <1>\r\nSubject: x\r\n\r\nText".to_owned();
    for depth in 0..50 {
        mail = format!(
            "From: a\r\nMessage-ID: <1>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B{depth}\r\n\r\n\
             --B{depth}\r\nContent-Type: message/rfc822\r\n\r\n{mail}\r\n--B{depth}--\r\n"
        );
    }
    Hostile::check("a.eml", mail.into_bytes(), "too many parts in parts");
    let parts: String = (0..200_000)
        .map(|part| format!("--X\r\nContent-Type: multipart/mixed; boundary=Y{part}\r\n\r\n"))
        .collect();
    let mail = format!(
        "From: a\r\nMessage-ID: <1>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=X\r\n\r\n{parts}"
    );
    Hostile::check("a.eml", mail.into_bytes(), "too many parts in parts");
}

/// A ZIP file whose directory lists so many members, all of them the same packed bytes.
fn overlapping(members: u64, bytes: usize) -> Vec<u8> {
    let single = zip(&[("0000000.txt", &vec![b'a'; bytes])]);
    let directory = single.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
    let end = single.windows(4).rposition(|bytes| bytes == b"PK\x05\x06").unwrap();
    let entry = &single[directory..end];
    let mut file = single[..directory].to_vec();
    for member in 0..members {
        let at = file.len();
        file.extend_from_slice(entry);
        // The name stands behind the 46 bytes of numbers.
        file[at + 46..at + 53].copy_from_slice(format!("{member:07}").as_bytes());
    }
    // Directories of more than 65,535 members have an end of their own.
    let (at, length) = (file.len() as u64, file.len() as u64 - directory as u64);
    file.extend_from_slice(b"PK\x06\x06");
    file.extend_from_slice(&44u64.to_le_bytes());
    file.extend_from_slice(&[45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for number in [members, members, length, directory as u64] {
        file.extend_from_slice(&number.to_le_bytes());
    }
    file.extend_from_slice(b"PK\x06\x07\0\0\0\0");
    file.extend_from_slice(&at.to_le_bytes());
    file.extend_from_slice(&[1, 0, 0, 0]);
    file.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    file.extend_from_slice(&[0xff; 12]);
    file.extend_from_slice(&[0, 0]);
    file
}
