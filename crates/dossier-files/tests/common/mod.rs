//! Reading fixtures, and making them.

// Helpers of tests may panic like these; not every test uses each of them.
#![allow(clippy::unwrap_used, dead_code)]

pub mod pieces;

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
    let file = FoundFile {
        path,
        id: name.to_owned(),
        stamp: 0,
        identity: None,
        bytes: content.len() as u64,
    };
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

/// A PDF of these lines, in a font with the encoding of Windows.
pub fn pdf(lines: &[&str], info: &str) -> Vec<u8> {
    let mut content = String::from("BT /F1 12 Tf 72 750 Td 14 TL\n");
    for line in lines {
        let bytes: String = encoded(line, "windows-1252")
            .iter()
            .map(|byte| match byte {
                b'(' | b')' | b'\\' => format!("\\{}", char::from(*byte)),
                byte if byte.is_ascii() => char::from(*byte).to_string(),
                byte => format!("\\{byte:03o}"),
            })
            .collect();
        content.push_str(&format!("({bytes}) Tj T*\n"));
    }
    content.push_str("ET\n");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}endstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        format!("<< {info} >>"),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", number + 1).as_bytes());
    }
    let xref = file.len();
    file.extend_from_slice(
        format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes(),
    );
    for offset in offsets {
        file.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    file.extend_from_slice(
        format!(
            "trailer\n<< /Size {} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{xref}\n%%EOF\n",
            objects.len() + 1
        )
        .as_bytes(),
    );
    file
}

/// A file of every format but PDF.
pub fn fixtures() -> Vec<(&'static str, Vec<u8>)> {
    let page = "<html><head><meta charset=utf-8><title>Größe</title></head><body><p>Die größte Brücke ist offen.</p></body></html>";
    let record = "{\"id\": \"x\", \"title\": \"Größe\", \"text\": \"Die größte Brücke\"}\n";
    let mail = "From: a@example.org\r\nSubject: Anlagen\r\nMessage-ID: <1@x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=X\r\n\r\n\
        --X\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGröße\r\n--X\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nBrücke\r\n--X--\r\n";
    let feed = "<?xml version=\"1.0\"?><rss><channel><title>M</title><item><title>T</title><description>Größe</description></item></channel></rss>";
    let table = "titel;text\nGröße;\"Die größte\nBrücke\"\n";
    let warc = [
        warc_response("https://a.example/", "Content-Type: text/html", page.as_bytes()),
        warc_response(
            "https://b.example/",
            "Content-Type: text/html\r\nContent-Encoding: gzip",
            &gz(page.as_bytes()),
        ),
    ]
    .concat();
    let text = "Größe und Maß\n\nDie größte Brücke ist offen.\n";
    let archive = zip(&[
        ("a.txt", text.as_bytes()),
        ("b.html", page.as_bytes()),
        ("c.jsonl", record.as_bytes()),
    ]);
    vec![
        ("a.txt", text.as_bytes().to_vec()),
        ("a.md", format!("# {text}").into_bytes()),
        ("a.jsonl", record.as_bytes().to_vec()),
        ("a.html", page.as_bytes().to_vec()),
        ("a.csv", table.as_bytes().to_vec()),
        ("a.eml", mail.as_bytes().to_vec()),
        ("a.mbox", format!("From x\n{mail}\nFrom y\n{mail}").into_bytes()),
        ("a.rss", feed.as_bytes().to_vec()),
        ("a.docx", docx(&["Größe", "Die größte Brücke"], "<dc:creator>x</dc:creator>")),
        ("a.odt", odt(&["Größe", "Die größte Brücke"], "")),
        ("a.epub", epub("<dc:title>Buch</dc:title>", &[("Größe", "Die größte Brücke")])),
        ("a.warc.gz", gz(&warc)),
        ("a.warc", warc),
        ("a.txt.gz", gz(text.as_bytes())),
        ("a.zip", archive),
    ]
}
