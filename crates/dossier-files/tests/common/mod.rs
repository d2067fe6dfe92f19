//! Reading fixtures, and making them.

// Helpers of tests may panic like these; not every test uses each of them.
#![allow(clippy::unwrap_used, dead_code)]

use std::fs;
use std::io::{Cursor, Write};
use std::ops::ControlFlow;

use dossier_files::{Article, FileProblem, FoundFile, Limits, ReadReport, articles};
use flate2::Compression;
use flate2::write::GzEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub type Outcome = Result<(Vec<Article>, ReadReport), FileProblem>;

/// Reads a file of that name and content.
pub fn read_as(name: &str, content: &[u8], limits: &Limits) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    let file = FoundFile { path, id: name.to_owned(), stamp: 0, bytes: content.len() as u64 };
    let mut found = Vec::new();
    let report = articles(&file, limits, &mut |article| {
        found.push(article);
        ControlFlow::Continue(())
    })?;
    Ok((found, report))
}

/// A ZIP file of these members.
pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub fn gz(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

pub fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

/// The text in an encoding by its name on the web.
pub fn encoded(text: &str, label: &str) -> Vec<u8> {
    encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned()
}

/// A DOCX of these paragraphs; the first is styled as a title.
pub fn docx(paragraphs: &[&str], core: &str) -> Vec<u8> {
    let mut body = String::new();
    for (number, text) in paragraphs.iter().enumerate() {
        let style = if number == 0 { "<w:pPr><w:pStyle w:val=\"Titel\"/></w:pPr>" } else { "" };
        // Programs break runs anywhere.
        let half = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
        let (one, two) = text.split_at(half);
        body.push_str(&format!(
            "<w:p>{style}<w:r><w:t xml:space=\"preserve\">{one}</w:t></w:r><w:r><w:t>{two}</w:t></w:r></w:p>"
        ));
    }
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:body>{body}</w:body></w:document>"
    );
    let core = format!(
        "<?xml version=\"1.0\"?><cp:coreProperties xmlns:cp=\"a\" xmlns:dc=\"b\">{core}</cp:coreProperties>"
    );
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
    ])
}

/// An ODT of these paragraphs; the first is a heading.
pub fn odt(paragraphs: &[&str], meta: &str) -> Vec<u8> {
    let (heading, rest) = paragraphs.split_first().unwrap();
    let rest: String =
        rest.iter().map(|text| format!("<text:p text:style-name=\"P1\">{text}</text:p>")).collect();
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content><office:body><office:text>\
         <text:h text:style-name=\"Heading_20_1\" text:outline-level=\"1\">{heading}</text:h>{rest}\
         </office:text></office:body></office:document-content>"
    );
    let meta =
        format!("<office:document-meta><office:meta>{meta}</office:meta></office:document-meta>");
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
        ("meta.xml", meta.as_bytes()),
    ])
}

/// An EPUB of these chapters: heading and text.
pub fn epub(metadata: &str, chapters: &[(&str, &str)]) -> Vec<u8> {
    let manifest: String = (0..chapters.len())
        .map(|n| {
            format!(
                "<item id=\"c{n}\" href=\"text/c{n}.xhtml\" media-type=\"application/xhtml+xml\"/>"
            )
        })
        .collect();
    let spine: String = (0..chapters.len()).map(|n| format!("<itemref idref=\"c{n}\"/>")).collect();
    let package = format!(
        "<?xml version=\"1.0\"?><package xmlns:dc=\"x\"><metadata>{metadata}</metadata><manifest>{manifest}</manifest><spine>{spine}</spine></package>"
    );
    let files: Vec<(String, String)> = chapters
        .iter()
        .enumerate()
        .map(|(n, (heading, text))| {
            let html = format!(
                "<?xml version=\"1.0\" encoding=\"utf-8\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>{heading}</title></head>\
                 <body><h1>{heading}</h1><p>{text}</p></body></html>"
            );
            (format!("OEBPS/text/c{n}.xhtml"), html)
        })
        .collect();
    let container = b"<container><rootfiles><rootfile full-path=\"OEBPS/content.opf\"/></rootfiles></container>";
    let mut members: Vec<(&str, &[u8])> = vec![
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container),
        ("OEBPS/content.opf", package.as_bytes()),
    ];
    members.extend(files.iter().map(|(name, html)| (name.as_str(), html.as_bytes())));
    zip(&members)
}

/// A record of a web archive: an answer of a server.
pub fn warc_response(address: &str, header: &str, body: &[u8]) -> Vec<u8> {
    let mut http = format!("HTTP/1.1 200 OK\r\n{header}\r\n\r\n").into_bytes();
    http.extend_from_slice(body);
    warc_record("response", address, "application/http; msgtype=response", &http)
}

pub fn warc_record(kind: &str, address: &str, content_type: &str, content: &[u8]) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-12-01T08:00:00Z\r\n\
         Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        content.len()
    )
    .into_bytes();
    record.extend_from_slice(content);
    record.extend_from_slice(b"\r\n\r\n");
    record
}
