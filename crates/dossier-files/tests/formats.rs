//! Every format, in every encoding that German texts come in: titles, texts, what the file tells.

// Helpers of tests may panic like these.
#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use dossier_files::{Article, DateOrigin, Limits};

const TITLE: &str = "Grüße aus Köln: Straße gesperrt";
const TEXT: &str = "Die Bürgermeisterin öffnete am Freitag die größte Brücke über den Fluß, wie die Ämter mitteilten.";

/// What an article must hold. Fields that are `None` must be so.
#[derive(Default)]
struct Expected<'e> {
    id: &'e str,
    title: &'e str,
    /// Parts of the text.
    text: &'e [&'e str],
    author: Option<&'e str>,
    source: Option<&'e str>,
    date: Option<&'e str>,
    language: Option<&'e str>,
}

#[track_caller]
fn check(name: &str, content: &[u8], expected: &[Expected<'_>]) -> Vec<Article> {
    let (found, report) = read_as(name, content, &Limits::default()).unwrap();
    assert_eq!(report.skipped, [], "{name}");
    let ids: Vec<_> = found.iter().map(|article| article.id.as_str()).collect();
    assert_eq!(ids, expected.iter().map(|expected| expected.id).collect::<Vec<_>>(), "{name}");
    for (article, expected) in found.iter().zip(expected) {
        let id = expected.id;
        assert_eq!(article.title, expected.title, "{id}");
        for part in expected.text {
            assert!(article.text.contains(part), "{id}: {part:?} in {:?}", article.text);
        }
        assert_eq!(article.path, name);
        assert_eq!(article.author.as_deref(), expected.author, "{id}: author");
        assert_eq!(article.source.as_deref(), expected.source, "{id}: source");
        let date = article.date.map(|date| date.date.to_string());
        assert_eq!(date.as_deref(), expected.date, "{id}: date");
        assert_eq!(article.language.as_deref(), expected.language, "{id}: language");
    }
    found
}

/// Encodings by their names on the web.
const ENCODINGS: [&str; 4] = ["utf-8", "windows-1252", "iso-8859-15", "macintosh"];

#[test]
fn texts_in_every_encoding() {
    let text = format!("{TITLE}\r\n\r\n{TEXT}\r\n");
    let marked = format!("\u{feff}{text}");
    let expected = Expected { id: "a.txt", title: TITLE, text: &[TEXT], ..Expected::default() };
    for (name, bytes) in [
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8 with a mark", marked.as_bytes().to_vec()),
        ("Windows-1252", encoded(&text, "windows-1252")),
        ("ISO-8859-15", encoded(&text, "iso-8859-15")),
        ("UTF-16 LE", utf16(&marked, u16::to_le_bytes)),
        ("UTF-16 BE", utf16(&marked, u16::to_be_bytes)),
        ("UTF-16 LE without a mark", utf16(&text, u16::to_le_bytes)),
        ("UTF-16 BE without a mark", utf16(&text, u16::to_be_bytes)),
    ] {
        let found = check("a.txt", &bytes, std::slice::from_ref(&expected));
        assert_eq!(found[0].text, text.replace("\r\n", "\n"), "{name}");
    }
    let markdown = format!("# {TITLE}\n\n{TEXT}\n");
    for bytes in [
        markdown.as_bytes().to_vec(),
        encoded(&markdown, "windows-1252"),
        encoded(&markdown, "iso-8859-15"),
        utf16(&format!("\u{feff}{markdown}"), u16::to_le_bytes),
    ] {
        let expected = Expected { id: "a.md", title: TITLE, text: &[TEXT], ..Expected::default() };
        check("a.md", &bytes, &[expected]);
    }
    // Decomposed umlauts, as macOS writes them, stay.
    let decomposed = "Gru\u{308}ße aus Ko\u{308}ln\n\nText.\n";
    check(
        "a.txt",
        decomposed.as_bytes(),
        &[Expected { id: "a.txt", title: "Gru\u{308}ße aus Ko\u{308}ln", ..Expected::default() }],
    );
}

#[test]
fn pages_in_every_encoding() {
    let expected = |id| Expected {
        id,
        title: TITLE,
        text: &[TEXT],
        author: Some("Jörg Müller"),
        ..Expected::default()
    };
    for label in ENCODINGS {
        for mark in [
            format!("<meta charset=\"{label}\">"),
            format!("<meta http-equiv=Content-Type content='text/html; charset={label}'>"),
        ] {
            let html = format!(
                "<html><head>{mark}<title>{TITLE}</title><meta name=author content='Jörg Müller'></head><body><p>{TEXT}</p></body></html>"
            );
            check("a.html", &encoded(&html, label), &[expected("a.html")]);
        }
    }
    let html = format!(
        "\u{feff}<html><head><title>{TITLE}</title><meta name=author content='Jörg Müller'></head><body><p>{TEXT}</p></body></html>"
    );
    check("a.htm", &utf16(&html, u16::to_le_bytes), &[expected("a.htm")]);
    check("a.xhtml", html.as_bytes(), &[expected("a.xhtml")]);
    // Entities, no mark, an ending that says something else.
    let html = "<!DOCTYPE html><html><head><title>Gr&uuml;&szlig;e aus K&#246;ln</title></head><body><p>F&#xfc;r alle &ndash; &euro; 5</body></html>";
    check(
        "a.txt",
        html.as_bytes(),
        &[Expected {
            id: "a.txt",
            title: "Grüße aus Köln",
            text: &["Für alle – € 5"],
            ..Expected::default()
        }],
    );
}

#[test]
fn tables_in_every_encoding() {
    let rows = format!(
        "id;Titel;Text;Quelle;Datum;Autor\n1;{TITLE};\"{TEXT} \"\"So\"\";\nneu\";https://www.musterblatt.de/x;21.11.2024;Jörg Müller\n"
    );
    let expected = [Expected {
        id: "1",
        title: TITLE,
        text: &[TEXT, "\"So\";\nneu"],
        author: Some("Jörg Müller"),
        source: Some("musterblatt.de"),
        date: Some("2024-11-21"),
        language: None,
    }];
    check("a.csv", rows.as_bytes(), &expected);
    check("a.csv", format!("\u{feff}{rows}").as_bytes(), &expected);
    check("a.csv", &encoded(&rows, "windows-1252"), &expected);
    check("a.csv", &utf16(&format!("\u{feff}{rows}"), u16::to_le_bytes), &expected);
    let row = |delimiter: &str| {
        ["title", "text"].join(delimiter) + "\n" + &[TITLE, "Text"].join(delimiter) + "\n"
    };
    for (name, delimiter) in [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t"), ("a.csv", "|")] {
        let id = format!("{name}#2");
        check(
            name,
            row(delimiter).as_bytes(),
            &[Expected { id: &id, title: TITLE, text: &["Text"], ..Expected::default() }],
        );
    }
    let problem = read_as("a.csv", b"a,b\n1,2\n", &Limits::default()).unwrap_err();
    assert_eq!(
        problem.reason(),
        "has no column called title or text; name its columns in the first row"
    );
}

#[test]
fn records_with_dates_in_any_form() {
    let line = "{\"id\": \"x\", \"title\": \"T\", \"text\": \"B\", \"date\": \"21. November 2024\", \"url\": \"https://amp.musterblatt.de/2023/01/02/x\"}\n\
                {\"id\": \"y\", \"title\": \"T\", \"url\": \"https://m.musterblatt.de/2023/01/02/x\"}\n";
    let source = Some("musterblatt.de");
    let found = check(
        "a.jsonl",
        line.as_bytes(),
        &[
            Expected {
                id: "x",
                title: "T",
                text: &["B"],
                source,
                date: Some("2024-11-21"),
                ..Expected::default()
            },
            Expected {
                id: "y",
                title: "T",
                source,
                date: Some("2023-01-02"),
                ..Expected::default()
            },
        ],
    );
    assert_eq!(found[0].date.unwrap().origin, DateOrigin::Metadata);
    assert_eq!(found[1].date.unwrap().origin, DateOrigin::Address);
}

#[test]
fn office_documents() {
    let core = "<dc:title>Microsoft Word - Entwurf.doc</dc:title><dc:creator>Jörg Müller</dc:creator><dc:language>de-DE</dc:language>";
    let author = Some("Jörg Müller");
    check(
        "a.docx",
        &docx(&[TITLE, TEXT, "Größe &amp; Maß &#8211; 5 &lt; 6"], core),
        &[Expected {
            id: "a.docx",
            title: TITLE,
            text: &[TEXT, "Größe & Maß – 5 < 6"],
            author,
            language: Some("deu"),
            ..Expected::default()
        }],
    );
    check(
        "a.odt",
        &odt(
            &[
                TITLE,
                TEXT,
                "Zwei<text:s text:c=\"3\"/>Wörter<text:line-break/>Zeile<office:annotation><text:p>Bemerkung</text:p></office:annotation>",
            ],
            "<meta:initial-creator>Jörg Müller</meta:initial-creator>",
        ),
        &[Expected {
            id: "a.odt",
            title: TITLE,
            text: &[TEXT, "Zwei   Wörter\nZeile\n"],
            author,
            ..Expected::default()
        }],
    );
    // The ending is not needed.
    let found = check(
        "a",
        &docx(&[TITLE, TEXT], ""),
        &[Expected { id: "a", title: TITLE, text: &[TEXT], ..Expected::default() }],
    );
    assert_eq!(found[0].text, format!("{TEXT}\n"));
    // Tables, tabs, text of fields and deleted text.
    let document = "<w:document><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Eins</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Zwei</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
                    <w:p><w:r><w:instrText>PAGE</w:instrText><w:delText>weg</w:delText><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p></w:body></w:document>";
    let bytes = zip(&[("word/document.xml", document.as_bytes())]);
    let (found, _) = read_as("a.docx", &bytes, &Limits::default()).unwrap();
    assert_eq!(found[0].text, "Eins\nZwei\na\tb\nc\n");
}

#[test]
fn books() {
    let metadata = "<dc:title>Brücken</dc:title><dc:creator>Jörg Müller</dc:creator><dc:date>2019-05-01</dc:date>\
                    <dc:language>de</dc:language><dc:publisher>Musterverlag</dc:publisher>";
    let of = |id, title, text| Expected {
        id,
        title,
        text,
        author: Some("Jörg Müller"),
        source: Some("Musterverlag"),
        date: Some("2019-05-01"),
        language: Some("deu"),
    };
    check(
        "a.epub",
        &epub(metadata, &[("Über Brücken", TEXT), ("Größe", "Zweites Kapitel")]),
        &[
            of("a.epub!OEBPS/text/c0.xhtml", "Über Brücken", &[TEXT]),
            of("a.epub!OEBPS/text/c1.xhtml", "Größe", &["Zweites Kapitel"]),
        ],
    );
}

#[test]
fn mails_in_every_encoding() {
    let expected = || Expected {
        id: "a.eml",
        title: "Grüße aus Köln",
        text: &["Schöne Grüße, die größte Brücke\nist offen."],
        author: Some("Jörg Müller"),
        date: Some("2024-11-21"),
        ..Expected::default()
    };
    let body = "Schöne Grüße, die größte Brücke\r\nist offen.\r\n";
    let quoted = |bytes: &[u8]| -> String {
        bytes
            .iter()
            .map(|byte| {
                if byte.is_ascii() { char::from(*byte).to_string() } else { format!("={byte:02X}") }
            })
            .collect()
    };
    for label in ENCODINGS {
        for subject in [
            "=?utf-8?Q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln?=",
            "=?iso-8859-1?Q?Gr=FC=DFe_aus?= =?utf-8?B?IEvDtmxu?=",
        ] {
            let mail = format!(
                "From: =?utf-8?Q?J=C3=B6rg_M=C3=BCller?= <joerg@example.org>\r\nTo: b@example.org\r\nSubject: {subject}\r\n\
                 Date: Thu, 21 Nov 2024 00:30:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset={label}\r\n\
                 Content-Transfer-Encoding: quoted-printable\r\n\r\n{}",
                quoted(&encoded(body, label))
            );
            check("a.eml", mail.as_bytes(), &[expected()]);
        }
    }
    let html = "From: Jörg Müller <j@example.org>\r\nSubject: Grüße aus Köln\r\nDate: Thu, 21 Nov 2024 00:30:00 +0100\r\nMIME-Version: 1.0\r\n\
                Content-Type: text/html; charset=utf-8\r\n\r\n<html><body><div>Schöne Gr&uuml;ße, die <b>größte</b> Brücke<br>ist offen.</div></body></html>";
    check("a.eml", html.as_bytes(), &[expected()]);
}

#[test]
fn mails_with_attachments() {
    let mail = "From: a@example.org\r\nSubject: Anlagen\r\nDate: Thu, 21 Nov 2024 10:00:00 +0100\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHallo.\r\n\
        --X\r\nContent-Type: text/plain; charset=utf-8; name=\"größe.txt\"\r\nContent-Disposition: attachment; filename*=utf-8''gr%C3%B6%C3%9Fe.txt\r\n\r\nGröße\r\n\
        --X\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=\"a.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n\
        --X\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment; filename=\"weiter.eml\"\r\n\r\nFrom: b@example.org\r\nSubject: Innen\r\n\r\nTiefer.\r\n--X--\r\n";
    let found = read_as("a.eml", mail.as_bytes(), &Limits::default()).unwrap().0;
    let found: Vec<_> =
        found.iter().map(|a| (a.id.as_str(), a.title.as_str(), a.text.trim())).collect();
    assert_eq!(
        found,
        [
            ("a.eml", "Anlagen", "Hallo."),
            ("a.eml!größe.txt", "", "Größe"),
            ("a.eml!weiter.eml", "Innen", "Tiefer."),
        ]
    );
    let saved = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.musterblatt.de/2024/11/21/bruecke\r\nSubject: x\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/related; type=\"text/html\"; boundary=X\r\n\r\n--X\r\nContent-Type: text/html; charset=utf-8\r\n\
        Content-Location: https://www.musterblatt.de/2024/11/21/bruecke\r\n\r\n<html><head><title>Brücke offen</title></head><body><p>Die größte Brücke ist offen.</p></body></html>\r\n--X--\r\n";
    check(
        "a.mhtml",
        saved.as_bytes(),
        &[Expected {
            id: "a.mhtml",
            title: "Brücke offen",
            text: &["Die größte Brücke ist offen."],
            source: Some("musterblatt.de"),
            date: Some("2024-11-21"),
            ..Expected::default()
        }],
    );
}

#[test]
fn mailboxes() {
    let mailbox = "From a@example.org Thu Nov 21 10:00:00 2024\nFrom: Jörg <a@example.org>\nSubject: Eins\nMessage-ID: <1@example.org>\nDate: Thu, 21 Nov 2024 10:00:00 +0100\n\n\
        Größe\n>From hier an\n\nFrom b@example.org Fri Nov 22 10:00:00 2024\nFrom: b@example.org\nSubject: Zwei\n\nText\nFrom nirgends kein Anfang\n";
    check(
        "a.mbox",
        mailbox.as_bytes(),
        &[
            Expected {
                id: "a.mbox!1@example.org",
                title: "Eins",
                text: &["Größe\nFrom hier an"],
                author: Some("Jörg"),
                date: Some("2024-11-21"),
                ..Expected::default()
            },
            Expected {
                id: "a.mbox!2",
                title: "Zwei",
                text: &["Text\nFrom nirgends"],
                author: Some("b@example.org"),
                ..Expected::default()
            },
        ],
    );
}

#[test]
fn feeds() {
    let rss = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss version=\"2.0\" xmlns:dc=\"d\" xmlns:content=\"c\"><channel><title>Musterblatt</title>\
        <link>https://www.musterblatt.de/</link><language>de-de</language><item><title>Grüße &amp;amp; Köln</title><link>https://www.musterblatt.de/a</link>\
        <guid>g1</guid><pubDate>Thu, 21 Nov 2024 00:30:00 +0100</pubDate><dc:creator>Jörg Müller</dc:creator><description>Kurz</description>\
        <content:encoded><![CDATA[<p>Die größte <b>Brücke</b></p><p>ist offen</p>]]></content:encoded></item>\
        <item><title>Zwei</title><description>&lt;p&gt;Nur kurz&lt;/p&gt;</description></item></channel></rss>";
    let expected = [
        Expected {
            id: "a.rss!g1",
            title: "Grüße & Köln",
            text: &["Die größte Brücke\n\nist offen"],
            author: Some("Jörg Müller"),
            source: Some("musterblatt.de"),
            date: Some("2024-11-21"),
            language: Some("deu"),
        },
        Expected {
            id: "a.rss!2",
            title: "Zwei",
            text: &["Nur kurz"],
            source: Some("musterblatt.de"),
            language: Some("deu"),
            ..Expected::default()
        },
    ];
    check("a.rss", &encoded(rss, "windows-1252"), &expected);
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\"><title>Musterblog</title><link rel=\"self\" href=\"https://x.example/feed\"/>\
        <entry><id>urn:1</id><title type=\"html\">Grüße</title><link rel=\"alternate\" href=\"https://blog.example/grüße\"/><link rel=\"enclosure\" href=\"https://y.example/z.mp3\"/>\
        <published>2024-11-21T23:30:00+01:00</published><updated>2024-12-01T00:00:00Z</updated><author><name>Jörg Müller</name></author>\
        <content type=\"xhtml\"><div><p>Die größte <em>Brücke</em> &amp; 5 &lt; 6</p></div></content></entry></feed>";
    check(
        "a.atom",
        atom.as_bytes(),
        &[Expected {
            id: "a.atom!urn:1",
            title: "Grüße",
            text: &["Die größte Brücke & 5 < 6"],
            author: Some("Jörg Müller"),
            source: Some("blog.example"),
            date: Some("2024-11-21"),
            language: None,
        }],
    );
    let rdf = "<?xml version=\"1.0\"?><rdf:RDF xmlns:dc=\"d\"><channel><title>Alt</title></channel><item rdf:about=\"x\"><title>Köln</title>\
        <link>https://alt.example/k</link><dc:date>2004-05-06</dc:date><description>Text</description></item></rdf:RDF>";
    check(
        "a.xml",
        rdf.as_bytes(),
        &[Expected {
            id: "a.xml!https://alt.example/k",
            title: "Köln",
            text: &["Text"],
            source: Some("alt.example"),
            date: Some("2004-05-06"),
            ..Expected::default()
        }],
    );
}

#[test]
fn web_archives() {
    let page =
        format!("<html><head><title>{TITLE}</title></head><body><p>{TEXT}</p></body></html>");
    let address = "https://www.musterblatt.de/2024/11/21/bruecke";
    let plain = warc_response(
        address,
        "Content-Type: text/html; charset=windows-1252",
        &encoded(&page, "windows-1252"),
    );
    let packed = warc_response(
        "https://m.musterblatt.de/b",
        "Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip",
        &gz(page.as_bytes()),
    );
    let mut chunks = format!("{:x}\r\n", page.len()).into_bytes();
    chunks.extend_from_slice(page.as_bytes());
    chunks.extend_from_slice(b"\r\n0\r\n\r\n");
    let chunked = warc_response(
        "https://c.example/",
        "Content-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked",
        &chunks,
    );
    let others = [
        warc_record("warcinfo", "", "application/warc-fields", b"software: x"),
        warc_record(
            "request",
            address,
            "application/http; msgtype=request",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        warc_response("https://x.example/a.png", "Content-Type: image/png", b"\x89PNG"),
        warc_record("resource", "https://t.example/a", "text/plain", TEXT.as_bytes()),
    ];
    let records: Vec<Vec<u8>> = [plain, packed, chunked].into_iter().chain(others).collect();
    let of = |id, source, date| Expected {
        id,
        title: TITLE,
        text: &[TEXT],
        source: Some(source),
        date,
        ..Expected::default()
    };
    let text = Expected {
        id: "a.warc!https://t.example/a",
        text: &[TEXT],
        source: Some("t.example"),
        ..Expected::default()
    };
    let expected = [
        of(
            "a.warc!https://www.musterblatt.de/2024/11/21/bruecke",
            "musterblatt.de",
            Some("2024-11-21"),
        ),
        of("a.warc!https://m.musterblatt.de/b", "musterblatt.de", None),
        of("a.warc!https://c.example/", "c.example", None),
        text,
    ];
    check("a.warc", &records.concat(), &expected);
    // Each record packed by itself.
    let members: Vec<u8> = records.iter().flat_map(|record| gz(record)).collect();
    let (found, _) = read_as("a.warc.gz", &members, &Limits::default()).unwrap();
    let ids: Vec<_> = found.iter().map(|article| article.id.replace(".gz", "")).collect();
    assert_eq!(ids, expected.iter().map(|expected| expected.id).collect::<Vec<_>>());
}

#[test]
fn packed_files() {
    let text = format!("{TITLE}\n\n{TEXT}\n");
    let expected = |id| Expected { id, title: TITLE, text: &[TEXT], ..Expected::default() };
    check("a.txt.gz", &gz(text.as_bytes()), &[expected("a.txt.gz")]);
    let record = format!("{{\"id\": \"x\", \"title\": \"{TITLE}\", \"text\": \"{TEXT}\"}}\n");
    check("a.jsonl.gz", &gz(record.as_bytes()), &[expected("x")]);
    // Members one after the other are one file.
    let both = [gz(record.as_bytes()), gz(record.replace("\"x\"", "\"y\"").as_bytes())].concat();
    check("a.jsonl.gz", &both, &[expected("x"), expected("y")]);
    let inner = zip(&[("tief/c.txt", text.as_bytes())]);
    let archive = zip(&[
        ("ordner/größe.txt", text.as_bytes()),
        ("b.jsonl", record.as_bytes()),
        ("bild.png", b"\x89PNG"),
        (".versteckt.txt", text.as_bytes()),
        ("__MACOSX/._a.txt", text.as_bytes()),
        ("innen.zip", &inner),
        ("d.docx", &docx(&[TITLE, TEXT], "")),
        ("e.txt.gz", &gz(text.as_bytes())),
        ("www.musterblatt.de/f.txt", text.as_bytes()),
        ("../../etc/g.txt", text.as_bytes()),
    ]);
    check(
        "a.zip",
        &archive,
        &[
            expected("a.zip!ordner/größe.txt"),
            expected("x"),
            expected("a.zip!innen.zip!tief/c.txt"),
            expected("a.zip!d.docx"),
            expected("a.zip!e.txt.gz"),
            Expected {
                source: Some("musterblatt.de"),
                ..expected("a.zip!www.musterblatt.de/f.txt")
            },
            expected("a.zip!../../etc/g.txt"),
        ],
    );
}

#[test]
fn the_content_tells_more_than_the_ending() {
    let text = format!("{TITLE}\n\n{TEXT}\n");
    let expected = |id| Expected { id, title: TITLE, text: &[TEXT], ..Expected::default() };
    check("a.pdf", text.as_bytes(), &[expected("a.pdf")]);
    check("a.html", text.as_bytes(), &[expected("a.html")]);
    check("a.zip", text.as_bytes(), &[expected("a.zip")]);
    check("a.txt", &gz(text.as_bytes()), &[expected("a.txt")]);
    check("a.txt", &zip(&[("b.txt", text.as_bytes())]), &[expected("a.txt!b.txt")]);
    check("a.docx", &odt(&[TITLE, TEXT], ""), &[expected("a.docx")]);
}
