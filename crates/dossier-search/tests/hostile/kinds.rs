//! Names and places that lead elsewhere, things that are no files, and files that do not keep
//! still.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::cost::Hostile;
use crate::files::zip;

/// Nothing is written but the index.
#[test]
fn members_that_lead_elsewhere() {
    let names = [
        "../../../weg.txt",
        "/tmp/weg.txt",
        "..\\weg.txt",
        "C:\\weg.txt",
        "zwei\nZeilen.txt",
        "x\0y.txt",
    ];
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, &b"Melone"[..])).collect();
    let hostile = Hostile::with(&[("tief/a.zip", zip(&members))]);
    let before = hostile.dossier.snapshot("tief");
    hostile.index();
    assert_eq!(hostile.dossier.found(&["Melone"]).len(), names.len());
    assert_eq!(hostile.dossier.snapshot("tief"), before);
    for name in ["weg.txt", "../weg.txt", "tief/weg.txt"] {
        assert!(!hostile.dossier.path(name).exists(), "{name}");
    }
}

#[test]
fn links_pipes_and_devices() {
    let hostile = Hostile::new();
    let path = |name| hostile.dossier.path(name);
    symlink(".", path("schleife")).unwrap();
    symlink("b", path("a")).unwrap();
    symlink("a", path("b")).unwrap();
    symlink("a.txt", path("a.txt")).unwrap();
    symlink("/dev/zero", path("null.txt")).unwrap();
    let fifo = std::process::Command::new("mkfifo").arg(path("fifo.txt")).status();
    assert!(fifo.unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(path("socket.txt")).unwrap();
    let indexed = hostile.index();
    assert_eq!(
        (&indexed.summary["files"], indexed.output.code),
        (&2.into(), 0),
        "{:?}",
        indexed.output
    );
    // Asked for by name, each has its reason.
    for (name, reason) in [
        ("fifo.txt", "neither a file nor a folder"),
        ("socket.txt", "neither a file nor a folder"),
        ("null.txt", "neither a file nor a folder"),
        ("/dev/zero", "neither a file nor a folder"),
        ("a.txt", "a.txt: "),
    ] {
        let output = hostile.dossier.run(&["index", name]);
        assert!([2, 3].contains(&output.code), "{name}: {output:?}");
        assert!(output.stderr.contains(reason), "{name}: {output:?}");
    }
}

#[test]
fn names_with_line_ends_and_bytes_that_are_no_text() {
    let hostile = Hostile::new();
    let names: [&[u8]; 4] =
        [b"zwei\nZeilen.txt", b"Gr\xf6\xdfe.txt", b"\x1b]0;x\x07.txt", b"\xff\xfe\n\t.txt"];
    for name in names {
        std::fs::write(hostile.dossier.path("").join(OsStr::from_bytes(name)), "Melone").unwrap();
        std::fs::write(
            hostile.dossier.path("").join(OsStr::from_bytes(&[b"leer", name].concat())),
            "",
        )
        .unwrap();
    }
    let indexed = hostile.index();
    assert_eq!((&indexed.summary["articles"], &indexed.summary["skipped"]), (&6.into(), &4.into()));
    // A line for each, and no control characters in it.
    let lines = indexed.output.stderr.lines().filter(|line| line.contains("leer")).count();
    assert!(lines >= 4 && !indexed.output.stderr.contains('\u{1b}'), "{:?}", indexed.output);
    let found = hostile.dossier.found(&["--all-copies", "Melone"]);
    assert_eq!(found.len(), 4);
    for id in found {
        hostile.dossier.run(&["show", &id]).expect(0, &[]);
    }
}

#[test]
fn files_that_change_while_they_are_read() {
    let hostile = Hostile::new();
    let (text, records) = (hostile.dossier.path("a.txt"), hostile.dossier.path("b.jsonl"));
    let lines = |count: usize| "{\"text\": \"Melone und Quitte\"}\n".repeat(count);
    std::fs::write(&text, "Melone ".repeat(100_000)).unwrap();
    std::fs::write(&records, lines(1_000)).unwrap();
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0.. {
                if is_done.load(Ordering::Relaxed) {
                    break;
                }
                std::fs::write(&text, "Quitte ".repeat(100_000 + round % 7 * 10_000)).unwrap();
                std::fs::write(&records, lines(500 + round % 5 * 300)).unwrap();
            }
        });
        for _ in 0..3 {
            let indexed = hostile.index();
            assert!([0, 3].contains(&indexed.output.code));
        }
        is_done.store(true, Ordering::Relaxed);
    });
    // Now that they keep still, they are read as they are.
    std::fs::write(&text, "Zuletzt Melone").unwrap();
    std::fs::write(&records, lines(2)).unwrap();
    let last = hostile.index();
    assert_eq!((last.output.code, &last.summary["articles"]), (0, &5.into()), "{:?}", last.output);
    assert_eq!(hostile.dossier.found(&["Zuletzt"]), ["a.txt"]);
}
