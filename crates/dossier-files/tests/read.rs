//! Reading real files: formats, problems, the five articles, size.

// Helpers of tests may panic like these.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::slice::from_ref;

use dossier_engine::Document;
use dossier_files::{FileProblem, Limits, ReadReport, read, walk};

type Outcome = Result<(Vec<Document>, ReadReport), FileProblem>;

fn read_path(path: &Path, limits: &Limits) -> Outcome {
    let walk = walk(&[path.to_path_buf()], path.parent().unwrap());
    let mut documents = Vec::new();
    let report = read(&walk.files[0], limits, &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    })?;
    Ok((documents, report))
}

/// Reads a file of that name and content.
fn read_as(name: &str, content: &[u8], limits: &Limits) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    read_path(&path, limits)
}

#[test]
fn the_five_articles() {
    let seeds = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    let walk = walk(from_ref(&seeds), &seeds);
    let titles = [
        ("000_f99a79fac325b7b9.txt", "", "(CLO) Der nordkoreanische Führer"),
        ("001_da0704f7ee2e0c9d.txt", "", "Kim Jong-un und Wladimir Putin möchten"),
        (
            "002_b5c406e6433b7397.txt",
            "Nordkorea empfängt russische Militärdelegation — World",
            "Nordkorea empfaengt russische Militaerdelegation — World\n\nMachthaber",
        ),
        (
            "003_0ba4148576c906b3.txt",
            "Nordkoreas Staatschef Kim Jong-un: \"Ich werde immer zu Russland stehen\"",
            "Während seines Treffens",
        ),
        (
            "004_a229774bb431b1be.txt",
            "Russland und Nordkorea vereinbaren gegenseitige Unterstützung im Falle eines Angriffs",
            "Home Nachricht Russland und Nordkorea vereinbaren",
        ),
    ];
    assert_eq!(walk.files.len(), titles.len());
    for (file, (id, title, start)) in walk.files.iter().zip(titles) {
        let (documents, report) = read_path(&file.path, &Limits::default()).unwrap();
        let [document] = &documents[..] else { panic!("{documents:?}") };
        assert_eq!((report.documents, report.notices_total), (1, 0));
        assert_eq!((&file.id[..], &document.id[..], &document.title[..]), (id, id, title));
        assert_eq!(document.path.as_deref(), Some(id));
        assert!(document.body.starts_with(start), "{:?}", document.body);
        // Nothing is lost.
        let text = fs::read_to_string(&file.path).unwrap();
        let (before, after) =
            text.split_at(text.find(&format!("\n{title}\n")).map_or(0, |at| at + 1));
        assert_eq!(
            format!("{before}{}", after.strip_prefix(title).unwrap().trim_start()),
            document.body
        );
    }
}

#[test]
fn formats() {
    let record = b"{\"title\": \"T\", \"text\": \"B\"}\n";
    for (name, content, title, body) in [
        ("a.txt", &b"Eins zwei\r\n\r\nText"[..], "Eins zwei", "Text"),
        ("a.md", b"# Eins\nText", "Eins", "Text"),
        ("a.md", b"Eins zwei\n\nText", "", "Eins zwei\n\nText"),
        ("a.jsonl", record, "T", "B"),
        ("a.NDJSON", record, "T", "B"),
        // The ending is believed where it says something, else the content is looked at.
        ("a.txt", record, "", "{\"title\": \"T\", \"text\": \"B\"}\n"),
        ("a.json", record, "T", "B"),
        ("a", b"\xef\xbb\xbf\n {\"title\": \"T\", \"text\": \"B\"}", "T", "B"),
        ("a", b"{\"title\":\n\"T\"}", "", "{\"title\":\n\"T\"}"),
        ("a.html", b"Eins zwei\n\nText", "Eins zwei", "Text"),
        ("a.txt", b"Gr\xf6\xdfe", "", "Größe"),
        ("a.txt", b"\xff\xfeA\0", "", "A"),
    ] {
        let (documents, _) = read_as(name, content, &Limits::default()).unwrap();
        let found: Vec<_> =
            documents.iter().map(|document| (&document.title[..], &document.body[..])).collect();
        assert_eq!(found, [(title, body)], "{name}");
    }
}

#[test]
fn problems() {
    let small = Limits { document_bytes: 10, ..Limits::default() };
    for (name, content, reason) in [
        ("a.txt", &b""[..], "is empty; there is nothing to search in it"),
        ("a.txt", b" \n\t", "is empty; there is nothing to search in it"),
        ("a.txt", b"\xef\xbb\xbf", "is empty; there is nothing to search in it"),
        ("a.jsonl", b"", "is empty; there is nothing to search in it"),
        ("a.jsonl", b"\n\n", "is empty; there is nothing to search in it"),
        ("a.txt", b"a\0b", "looks like a binary file; convert it to text first"),
        ("a.jsonl", b"a\0b", "looks like a binary file; convert it to text first"),
        ("a", b"a\0b", "looks like a binary file; convert it to text first"),
        ("a.txt", b"%PDF-1.7\n", "is a PDF, which cannot be read; convert it to text first"),
        ("a.jsonl", b"\xff\xfe{\0}\0", "holds JSON Lines in UTF-16; convert it to UTF-8"),
        ("a.txt", b"12345678901", "has 11 bytes, more than the limit of 10; split it"),
    ] {
        let problem = read_as(name, content, &small).unwrap_err();
        assert_eq!(problem.reason(), reason, "{name} {content:?}");
        assert_eq!(problem.id, name);
        assert!(problem.to_string().ends_with(&format!("/{name}: {reason}")));
        assert_eq!(problem.is_empty(), reason.starts_with("is empty"));
    }
    assert!(read_as("a.txt", b"1234567890", &small).is_ok());
}

#[test]
fn a_file_that_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, "Text").unwrap();
    let file = walk(from_ref(&path), folder.path()).files.remove(0);
    fs::remove_file(&path).unwrap();
    let mut each = |_| ControlFlow::Continue(());
    let problem = read(&file, &Limits::default(), &mut each).unwrap_err();
    assert!(problem.reason().starts_with("cannot be read (No such file"), "{problem}");
    fs::create_dir(&path).unwrap();
    let problem = read(&file, &Limits::default(), &mut each).unwrap_err();
    assert!(problem.reason().starts_with("is neither a file nor a folder"), "{problem}");
}

#[test]
fn damage_is_noticed_where_it_is() {
    let (documents, report) =
        read_as("a.txt", b"\xef\xbb\xbfGr\xc3\xb6\xc3\x9fe\nM\xe4rz", &Limits::default()).unwrap();
    assert_eq!(documents[0].body, "Größe\nMärz");
    assert_eq!((report.notices[0].line, report.notices[0].byte), (2, 12));
}

#[test]
fn reading_can_be_broken_off() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    fs::write(&path, "{\"title\": 1}\n".repeat(10)).unwrap();
    let file = walk(&[path], folder.path()).files.remove(0);
    let mut left = 3;
    let report = read(&file, &Limits::default(), &mut |_| {
        left -= 1;
        if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(report.unwrap().documents, 3);
}

#[test]
fn forty_megabytes_in_one_line() {
    let text = "Größe für alle ".repeat(40_000_000 / 17);
    let (documents, _) = read_as("a.txt", text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(documents[0].body, text);
    let record = format!("{{\"text\": \"{text}\"}}\n{{\"title\": 1}}");
    let (documents, report) = read_as("a.jsonl", record.as_bytes(), &Limits::default()).unwrap();
    assert_eq!((documents[0].body == text, documents.len()), (true, 2));
    assert_eq!(report.skipped_total, 0);
    let (documents, report) = read_as(
        "a.jsonl",
        record.as_bytes(),
        &Limits { document_bytes: 1 << 20, ..Limits::default() },
    )
    .unwrap();
    assert_eq!((documents.len(), report.skipped_total), (1, 1));
}

#[test]
fn deep_nesting_is_no_danger() {
    let deep = format!(
        "{{\"x\": {}, \"title\": {}}}\n{{\"title\": 1}}",
        "[".repeat(1 << 20),
        "[".repeat(1 << 20)
    );
    let (documents, report) = read_as("a.jsonl", deep.as_bytes(), &Limits::default()).unwrap();
    assert_eq!((documents.len(), report.skipped_total), (1, 1));
    let closed = "[".repeat(100_000) + &"]".repeat(100_000);
    for field in ["x", "title", "text"] {
        let line = format!("{{\"{field}\": {closed}, \"body\": 1}}");
        let (_, report) = read_as("a.jsonl", line.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(report.documents + report.skipped_total, 1);
    }
}
