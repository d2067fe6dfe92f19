//! Files of every format: cut, with a password, called otherwise, empty.

use crate::cost::Hostile;
use crate::files::{fixtures, gz, pdf, zip};

/// A file of every format that is read.
fn every_format() -> Vec<(&'static str, Vec<u8>)> {
    let mut files = fixtures();
    files.push(("a.pdf", pdf(&["Die größte Brücke ist offen."], "")));
    files
}

fn ending(name: &str) -> &str {
    name.split_once('.').unwrap().1
}

/// A name with that ending that no other file has.
fn numbered(number: usize, name: &str) -> String {
    format!("{number}-{}.{}", ending(name).replace('.', "-"), ending(name))
}

#[test]
fn files_of_every_format_are_read() {
    let files: Vec<(String, Vec<u8>)> = every_format()
        .into_iter()
        .map(|(name, content)| {
            (format!("{}.{}", ending(name).replace('.', "-"), ending(name)), content)
        })
        .collect();
    let hostile = Hostile::new();
    for (name, content) in &files {
        hostile.dossier.write(name, content);
    }
    let indexed = hostile.index();
    assert_eq!(
        (indexed.output.code, &indexed.summary["skipped"]),
        (0, &0.into()),
        "{:?}",
        indexed.output
    );
    assert!(
        indexed.summary["articles"].as_u64() >= Some(files.len() as u64),
        "{}",
        indexed.summary
    );
}

#[test]
fn cut_files() {
    let files = every_format();
    let cut = |part: usize| {
        let hostile = Hostile::new();
        for (name, content) in &files {
            hostile.dossier.write(&numbered(part, name), &content[..content.len() * part / 4]);
        }
        hostile.index().output.stderr
    };
    cut(1);
    cut(3);
    let said = cut(2);
    // What is made of lines is only shorter.
    for (ending, reason) in [
        ("docx", "is a damaged ZIP file"),
        ("odt", "is a damaged ZIP file"),
        ("epub", "is a damaged ZIP file"),
        ("zip", "is a damaged ZIP file"),
        ("txt.gz", "is a damaged"),
        ("warc", "is a damaged"),
        ("warc.gz", "is a damaged"),
        ("pdf", "is a damaged PDF"),
    ] {
        let name = format!("skipped: 2-{}.{ending}", ending.replace('.', "-"));
        let is_told = said.lines().any(|line| line.contains(&name) && line.contains(reason));
        assert!(is_told, "{name}: {said}");
    }
}

#[test]
fn files_with_passwords() {
    let mut archive = zip(&[("a.txt", b"Text")]);
    // The flag of the local header, and that of the directory.
    archive[6] |= 1;
    let directory = archive.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    archive[directory + 8] |= 1;
    let odt = zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", b"<manifest><encryption-data/></manifest>"),
        ("content.xml", b"\x01\x02\x03"),
    ]);
    let epub = zip(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", b"<container/>"),
        ("META-INF/encryption.xml", b"<encryption><EncryptedKey/></encryption>"),
    ]);
    for (name, content, reason) in [
        ("a.zip", archive, "is a ZIP file with a password"),
        ("a.odt", odt, "is a document with a password"),
        ("a.epub", epub, "is a book with a password"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 EncryptedPackage".to_vec(),
            "or one with a password",
        ),
        ("a.pdf", with_password(&pdf(&["Text"], "")), "is a PDF with a password"),
        // What a program for encryption makes of a text.
        ("a.txt", b"\x8c\x0d\x04\x09\x03\x02\0\xff\x01".repeat(40), "looks like a binary file"),
        ("a.html", b"Salted__\0\x01\x02\x03\x04\x05\x06".repeat(40), "looks like a binary file"),
        ("a.jsonl", b"Salted__\0\x01\x02\x03\x04\x05\x06".repeat(40), "looks like a binary file"),
        ("a.csv", b"Salted__\0\x01\x02\x03\x04\x05\x06".repeat(40), "looks like a binary file"),
    ] {
        Hostile::check(name, content, reason);
    }
}

#[test]
fn files_that_are_called_otherwise() {
    let files = every_format();
    let hostile = Hostile::new();
    for (number, (_, content)) in files.iter().enumerate() {
        for (name, _) in &files {
            hostile.dossier.write(&numbered(number, name), content);
        }
    }
    // Content tells most formats: what is called otherwise is read all the same.
    let indexed = hostile.index();
    let all = (files.len() * files.len()) as u64;
    assert!(indexed.summary["articles"].as_u64() >= Some(all * 9 / 10), "{:?}", indexed.output);
}

#[test]
fn empty_files() {
    let hostile = Hostile::new();
    let mut count = 0;
    for (name, _) in every_format() {
        for (number, content) in
            [&b""[..], b" \n\t\n", b"\xef\xbb\xbf", b"\xff\xfe"].into_iter().enumerate()
        {
            hostile.dossier.write(&numbered(number, name), content);
            count += 1;
        }
    }
    // A packed file without content, and archives without members.
    hostile.dossier.write("leer.txt.gz", gz(b""));
    hostile.dossier.write("leer.zip", zip(&[]));
    let indexed = hostile.index();
    assert_eq!(indexed.summary["skipped"], count + 2, "{:?}", indexed.output);
    assert_eq!(indexed.summary["articles"], 2);
}

fn with_password(pdf: &[u8]) -> Vec<u8> {
    use pdf_extract::{
        Document, EncryptionState, EncryptionVersion, Object, Permissions, StringFormat,
    };
    let mut document = Document::load_mem(pdf).unwrap();
    let id = Object::String(b"0123456789abcdef".to_vec(), StringFormat::Literal);
    document.trailer.set("ID", Object::Array(vec![id.clone(), id]));
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "Melone",
        user_password: "Quitte",
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}
