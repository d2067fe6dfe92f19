//! Files that are cut, broken, hostile or not what they are called: each ends with articles or a
//! reason, soon, and never with a panic.

// Helpers of tests may panic like these.
#![allow(clippy::unwrap_used)]

mod common;

use std::time::{Duration, Instant};

use common::*;
use dossier_files::{Article, Limits};

/// Debug builds are some ten times slower than what is promised of a release build (2 seconds).
const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 2 });

/// Reads content and gives the articles and the reasons, of the whole and of its parts.
#[track_caller]
fn reasons(name: &str, content: &[u8], limits: &Limits) -> (Vec<Article>, Vec<String>) {
    let start = Instant::now();
    let outcome = read_as(name, content, limits);
    assert!(start.elapsed() < LONGEST, "{name}: {:?}", start.elapsed());
    match outcome {
        Ok((found, report)) => {
            let reasons: Vec<_> =
                report.skipped.iter().map(|skipped| skipped.reason.clone()).collect();
            assert!(!found.is_empty() || !reasons.is_empty(), "{name}");
            (found, reasons)
        }
        Err(problem) => (Vec::new(), vec![problem.reason()]),
    }
}

#[test]
fn cut_files() {
    for (name, bytes) in fixtures() {
        assert!(!reasons(name, &bytes, &Limits::default()).0.is_empty(), "{name}");
        for part in 1..16 {
            let cut = &bytes[..bytes.len() * part / 16];
            for reason in reasons(name, cut, &Limits::default()).1 {
                assert!(reason.len() > 10, "{name} {part}: {reason}");
            }
        }
    }
}

#[test]
fn damaged_files() {
    // A generator of random numbers that gives the same everywhere.
    let mut state = 42u64;
    let mut random = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap()
    };
    for (name, bytes) in fixtures() {
        for _ in 0..40 {
            let mut damaged = bytes.clone();
            for _ in 0..1 + random() % 8 {
                let at = random() % damaged.len();
                damaged[at] = u8::try_from(random() % 256).unwrap();
            }
            reasons(name, &damaged, &Limits::default());
        }
    }
}

#[test]
fn files_that_are_called_otherwise() {
    let fixtures = fixtures();
    for (_, bytes) in &fixtures {
        for (name, _) in &fixtures {
            reasons(name, bytes, &Limits::default());
        }
    }
}

#[test]
fn empty_and_blank_files() {
    for (name, _) in fixtures() {
        for content in [&b""[..], b" \n\t\n", b"\xef\xbb\xbf", b"\xff\xfe"] {
            let (found, reasons) = reasons(name, content, &Limits::default());
            assert_eq!((found.len(), reasons.len()), (0, 1), "{name} {content:?}");
        }
    }
}

#[test]
fn files_above_the_limit() {
    let limits = Limits { document_bytes: 20, ..Limits::default() };
    for (name, bytes) in fixtures() {
        let (found, reasons) = reasons(name, &bytes, &limits);
        assert!(found.is_empty() && !reasons.is_empty(), "{name}: {found:?}");
    }
}

#[test]
fn a_line_of_a_gigabyte() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.txt", "a.html", "a.eml"] {
        let path = folder.path().join(name);
        // A file with a hole: it takes no space.
        let file = std::fs::File::create(&path).unwrap();
        std::io::Write::write_all(&mut &file, b"Text ").unwrap();
        file.set_len(1 << 30).unwrap();
        let found = dossier_files::FoundFile {
            path,
            id: name.into(),
            stamp: 0,
            identity: None,
            bytes: 1 << 30,
        };
        let start = Instant::now();
        let outcome = dossier_files::articles(&found, &Limits::default(), &mut |_| {
            std::ops::ControlFlow::Continue(())
        });
        let reason = outcome.unwrap_err().reason();
        assert!(reason.contains("more than the limit of 67108864"), "{reason}");
        assert!(start.elapsed() < LONGEST);
    }
}

/// Formats that are read a record at a time pass over what is too long, and read on.
#[test]
fn a_record_of_a_gigabyte() {
    for (name, first, start, end) in [
        ("a.jsonl", "{\"text\": \"eins\"}\n", "{\"text\": \"", "\"}\n{\"text\": \"zwei\"}\n"),
        ("a.csv", "titel;text\n", "eins;", "\nzwei;Text\n"),
        (
            "a.mbox",
            "From x\nMessage-ID: <1>\nSubject: eins\n\nText\n\n",
            "From y\nMessage-ID: <2>\nSubject: x\n\n",
            "\n",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        let mut file = std::fs::File::create(&path).unwrap();
        // A file with a hole: it takes no space. Debug builds take half a minute for a gigabyte.
        let hole = if cfg!(debug_assertions) { 100 << 20 } else { 1 << 30 };
        // The hole is not seen in the first bytes: that would be a binary file.
        let text = format!("{}{start}", first.repeat(2_000));
        std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
        std::io::Seek::seek(&mut file, std::io::SeekFrom::Start(hole)).unwrap();
        std::io::Write::write_all(&mut file, end.as_bytes()).unwrap();
        let bytes = file.metadata().unwrap().len();
        let found =
            dossier_files::FoundFile { path, id: name.into(), stamp: 0, identity: None, bytes };
        let begin = Instant::now();
        let mut articles = 0;
        let outcome = dossier_files::articles(&found, &Limits::default(), &mut |_| {
            articles += 1;
            std::ops::ControlFlow::Continue(())
        });
        let reasons = match outcome {
            Ok(report) => report.skipped.iter().map(|problem| problem.reason.clone()).collect(),
            Err(problem) => vec![problem.reason()],
        };
        assert!(begin.elapsed() < LONGEST, "{name}: {:?}", begin.elapsed());
        assert!(articles >= 1 && !reasons.is_empty(), "{name}: {articles} {reasons:?}");
    }
}

/// The largest text that is read, without a line end in it.
#[test]
fn a_long_line_that_is_read() {
    let bytes = if cfg!(debug_assertions) { 4 << 20 } else { 63 << 20 };
    let sentence =
        "Die größte Brücke der Stadt ist am 21. November 2024 wieder offen (dpa). Foto: dpa. ";
    let text = sentence.repeat(bytes / sentence.len());
    for name in ["a.txt", "a.md", "a.html"] {
        let (found, _) = reasons(name, text.as_bytes(), &Limits::default());
        assert_eq!(found.len(), 1, "{name}");
    }
}

/// Names of members are names and nothing else: nothing is ever written.
#[test]
fn names_that_lead_elsewhere() {
    let names = [
        "../../etc/passwd.txt",
        "/etc/passwd.txt",
        "..\\..\\a.txt",
        "C:\\a.txt",
        "a/../../b.txt",
        "zwei\nZeilen.txt",
        "\u{1b}[31m.txt",
        "x\0y.txt",
        "ä/%2e%2e/c.txt",
    ];
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, &b"Ein Text"[..])).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.zip");
    std::fs::write(&path, zip(&members)).unwrap();
    let found = dossier_files::FoundFile {
        path,
        id: "a.zip".into(),
        stamp: 0,
        identity: None,
        bytes: 1000,
    };
    let mut ids = Vec::new();
    let report = dossier_files::articles(&found, &Limits::default(), &mut |article| {
        assert_eq!((article.text.as_str(), article.path.as_str()), ("Ein Text", "a.zip"));
        ids.push(article.id);
        std::ops::ControlFlow::Continue(())
    });
    assert_eq!(report.unwrap().skipped, []);
    assert_eq!(ids.len(), names.len());
    assert!(ids.iter().all(|id| id.starts_with("a.zip!")), "{ids:?}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn bombs() {
    let zeros = vec![b'0'; 40 << 20];
    let bomb = gz(&zeros);
    for (name, content) in [
        ("a.txt.gz", bomb.clone()),
        ("a.zip", zip(&[("a.txt", &zeros)])),
        ("a.docx", zip(&[("word/document.xml", &zeros)])),
        ("a.zip", zip(&[("a.jsonl.gz", &bomb)])),
        (
            "a.warc",
            warc_response(
                "https://a.example/",
                "Content-Type: text/html\r\nContent-Encoding: gzip",
                &bomb,
            ),
        ),
    ] {
        let (found, reasons) = reasons(name, &content, &Limits::default());
        assert!(found.is_empty(), "{name}");
        assert!(
            reasons[0].starts_with("unpacks to more than 33554432 bytes"),
            "{name}: {reasons:?}"
        );
    }
}

#[test]
fn many_small_members_are_a_bomb_too() {
    let names: Vec<String> = (0..60).map(|n| format!("{n}.txt")).collect();
    let zeros = vec![b'0'; 1 << 20];
    let members: Vec<(&str, &[u8])> =
        names.iter().map(|name| (name.as_str(), zeros.as_slice())).collect();
    let (found, reasons) = reasons("a.zip", &zip(&members), &Limits::default());
    // What was read before is kept; the rest of the file is given up.
    assert!(found.is_empty(), "{}", found.len());
    assert!(reasons[0].starts_with("unpacks to more than"), "{reasons:?}");
}

#[test]
fn archives_in_archives() {
    let mut content = zip(&[("a.txt", b"Text")]);
    for _ in 0..20 {
        content = zip(&[("a.zip", &content)]);
    }
    let (found, deep) = reasons("a.zip", &content, &Limits::default());
    assert_eq!((found.len(), deep.len()), (0, 1));
    assert_eq!(deep[0], "lies in 6 archives in each other; unpack them first");
    let mut content = b"Text".to_vec();
    for _ in 0..20 {
        content = gz(&content);
    }
    assert_eq!(reasons("a.txt.gz", &content, &Limits::default()).1.len(), 1);
    let mut mail = "From: a\r\nMessage-ID: <1>\r\nSubject: x\r\n\r\nText".to_owned();
    for depth in 0..50 {
        mail = format!(
            "From: a\r\nMessage-ID: <1>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B{depth}\r\n\r\n--B{depth}\r\nContent-Type: message/rfc822\r\n\r\n{mail}\r\n--B{depth}--\r\n"
        );
    }
    reasons("a.eml", mail.as_bytes(), &Limits::default());
    let parts = (0..20_000)
        .map(|n| format!("--X\r\nContent-Type: multipart/mixed; boundary=Y{n}\r\n\r\n"))
        .collect::<String>();
    let mail = format!(
        "From: a\r\nMessage-ID: <1>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=X\r\n\r\n{parts}"
    );
    reasons("a.eml", mail.as_bytes(), &Limits::default());
}

#[test]
fn too_many_members() {
    let names: Vec<String> = (0..50).map(|n| format!("{n}.txt")).collect();
    let members: Vec<(&str, &[u8])> =
        names.iter().map(|name| (name.as_str(), &b"Text"[..])).collect();
    let limits = Limits { members: 20, ..Limits::default() };
    let (_, reasons) = reasons("a.zip", &zip(&members), &limits);
    assert!(reasons[0].starts_with("holds more members than the limit"), "{reasons:?}");
}

#[test]
fn passwords() {
    let mut archive = zip(&[("a.txt", b"Text")]);
    // The flag of the local header, and that of the directory.
    archive[6] |= 1;
    let directory = archive.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    archive[directory + 8] |= 1;
    let (_, found) = reasons("a.zip", &archive, &Limits::default());
    assert_eq!(found, ["is a ZIP file with a password; save it without one"]);
    let odt = zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", b"<manifest><encryption-data/></manifest>"),
        ("content.xml", b"\x01\x02\x03"),
    ]);
    assert_eq!(
        reasons("a.odt", &odt, &Limits::default()).1,
        ["is a document with a password; save it without one"]
    );
    let docx = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 EncryptedPackage";
    assert!(reasons("a.docx", docx, &Limits::default()).1[0].contains("password"));
}

#[test]
fn hostile_pages() {
    let deep = "<div>".repeat(100_000);
    let attributes = format!("<html><body><p {}>Text</p>", "a=1 ".repeat(1_000_000));
    let unclosed = "<b><i><u><p>".repeat(30_000);
    let tables = "<table><tr><td>".repeat(30_000);
    let forms = "<a><b></a>".repeat(50_000);
    let selects = format!("<html>{}", "<nobr><p>Text".repeat(20_000));
    for (name, html) in [
        ("deep", deep),
        ("attributes", attributes),
        ("unclosed", unclosed),
        ("tables", tables),
        ("forms", forms),
        ("selects", selects),
    ] {
        let html = format!("<html><body>{html}");
        let (found, reasons) = reasons("a.html", html.as_bytes(), &Limits::default());
        assert!(
            found.is_empty() && reasons[0].contains("page"),
            "{name}: {} {reasons:?}",
            found.len()
        );
    }
    // Large, but as pages are.
    let long = format!(
        "<html><title>T</title><body>{}",
        "<p>Die größte <b>Brücke</b> ist offen.</p>".repeat(20_000)
    );
    assert_eq!(reasons("a.html", long.as_bytes(), &Limits::default()).0.len(), 1);
}

#[test]
fn hostile_xml() {
    let mut entities = String::from("<!DOCTYPE x [<!ENTITY a0 \"lollollol\">");
    for n in 1..30 {
        entities.push_str(&format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10)));
    }
    let flood =
        format!("{entities}]><w:document><w:p><w:t>Text &a29; &a29;</w:t></w:p></w:document>");
    let (found, _) =
        reasons("a.docx", &zip(&[("word/document.xml", flood.as_bytes())]), &Limits::default());
    assert_eq!(found[0].text.trim(), "Text");
    let outside = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><rss><item><title>T &a;</title></item></rss>";
    assert_eq!(reasons("a.rss", outside.as_bytes(), &Limits::default()).0[0].title, "T");
    let deep = format!("<w:document><w:p><w:t>Text{}", "<w:x>".repeat(1_000_000));
    reasons("a.docx", &zip(&[("word/document.xml", deep.as_bytes())]), &Limits::default());
    let deep = format!("<rss><item><title>{}", "<x>".repeat(1_000_000));
    reasons("a.rss", deep.as_bytes(), &Limits::default());
    let attributes =
        format!("<rss><item {}><title>T</title></item></rss>", "a=\"1\" ".repeat(300_000));
    reasons("a.rss", attributes.as_bytes(), &Limits::default());
}

#[test]
fn a_row_without_end() {
    let table = format!("titel;text\n\"{}", "x;\n".repeat(2_000_000));
    let limits = Limits { document_bytes: 1 << 20, ..Limits::default() };
    let (_, reasons) = reasons("a.csv", table.as_bytes(), &limits);
    assert!(reasons[0].contains("a row is longer than the limit"), "{reasons:?}");
}

#[test]
fn a_member_that_cannot_be_read_does_not_end_the_file() {
    let damaged = gz(b"Text")[..10].to_vec();
    let archive = zip(&[
        ("a.txt", b"Text eins"),
        ("b.txt.gz", &damaged),
        ("c.docx", b"PK\x03\x04"),
        ("d.txt", b"Text zwei"),
    ]);
    let (found, report) = read_as("x.zip", &archive, &Limits::default()).unwrap();
    assert_eq!(found.len(), 2);
    let places: Vec<_> = report.skipped.iter().map(|skipped| skipped.place("x.zip")).collect();
    assert_eq!(places, ["x.zip!b.txt.gz", "x.zip!c.docx"]);
}
