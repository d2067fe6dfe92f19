//! Whatever is wrong: a clear message with the place and the next step, and nothing is lost.

use crate::harness::{Dossier, Output};

#[test]
fn faulty_queries_are_explained() {
    let dossier = Dossier::with_seeds();
    dossier.run(&["index"]);
    let deep = "(".repeat(20_000);
    let balanced = format!("{deep}Kim{}", ")".repeat(20_000));
    let long = "Kim ".repeat(25_000);
    let letters = format!("{}~", "a".repeat(100_000));
    for query in ["", "   ", "\"\"", "(Kim", "\"Kim", "Kim UND", "a*", &deep, &long, &letters] {
        let output = dossier.run(&[query]);
        assert_eq!((output.code, &*output.stdout), (2, ""), "{query:.20}: {output:?}");
        assert!(output.stderr.starts_with("dossier-search: "), "{query:.20}: {output:?}");
        assert!(output.stderr.len() < 1000, "{query:.20}: {output:?}");
    }
    let phrase = format!("\"{}\"", "Kim ".repeat(1_000));
    let many = "*arten ".repeat(8);
    for query in ["????", "*", "*a*", "-Kim -Putin", &phrase, &many, &"NICHT ".repeat(10_000)] {
        let output = dossier.run(&[query, "--offset", "1000000000000000000"]);
        assert!([0, 1, 2].contains(&output.code), "{query:.20}: {output:?}");
    }
    dossier.run_with_input(&["-"], balanced.as_bytes()).expect(2, &["dossier-search: "]);
    dossier.run_with_input(&["-"], long.as_bytes()).expect(2, &["dossier-search: "]);
    dossier.run_with_input(&["-"], b"").expect(2, &["dossier-search: "]);
    dossier.run(&["Käse", "(Kim"]).expect(2, &["\n  Käse (Kim\n       ^"]);
}

#[test]
fn files_that_cannot_be_read_are_named_and_skipped() {
    let dossier = Dossier::with(&[("gut.txt", "Apfel"), ("leer.txt", "")]);
    dossier.write("bild.txt", b"\x89PNG\r\n\x1a\n\0\0\0\0".repeat(100));
    dossier.write("latin.txt", b"Der Apfel ist gr\xfcn und s\xfc\xdf.");
    dossier.write("records.jsonl", "{\"_id\":\"1\",\"text\":\"Apfel\"}\n{oops\n{\"_id\":\"2\"}\n");
    let skipped =
        ["skipped: bild.txt: ", "skipped: leer.txt: ", "skipped: records.jsonl:2: ", "4 skipped"];
    dossier.run(&["index"]).expect(3, &skipped);
    assert_eq!(dossier.found(&["Apfel"]), ["1", "gut.txt", "latin.txt"]);
    // A search says nothing of it again; the index verb does, without reading anything.
    dossier.run(&["Apfel"]).expect_silence(0);
    let before = dossier.snapshot(".dossier");
    dossier.run(&["index"]).expect(3, &["skipped: bild.txt: ", "0 added, 0 changed, 0 removed"]);
    assert_eq!(dossier.snapshot(".dossier"), before);
}

#[test]
fn many_faults_are_counted_rather_than_listed() {
    let dossier = Dossier::with(&[("gut.txt", "Apfel"), ("a.jsonl", &"oops\n".repeat(1000))]);
    dossier.write("b.jsonl", "{\"_id\":\"1\"}\n");
    dossier.write("leer.txt", "");
    let output = dossier.run(&["index"]).expect(3, &["and 982 more", "1002 skipped; "]);
    // On a slow machine it is said first that indexing takes a while.
    let is_progress = |line: &&str| line.starts_with("indexing ");
    let lines: Vec<&str> = output.stderr.lines().filter(|line| !is_progress(line)).collect();
    let table: Vec<Vec<&str>> =
        lines[21..25].iter().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(table[0], ["skipped", "why", "for", "example"], "{output:?}");
    assert_eq!((table[1][0], table[1].last()), ("1000", Some(&"a.jsonl:1")), "{output:?}");
    let rest: Vec<_> = table[2..].iter().map(|row| (row[0], *row.last().unwrap())).collect();
    assert_eq!(rest, [("1", "leer.txt"), ("1", "b.jsonl:1")], "{output:?}");
    assert_eq!(lines.len(), 26, "{output:?}");
}

#[test]
fn a_summary_for_programs() {
    let dossier = Dossier::with(&[("gut.txt", "Apfel"), ("leer.txt", ""), ("weg.txt", " ")]);
    let index = |code| {
        let output = dossier.run(&["index", "--json"]).expect(code, &[]);
        output.json().remove(0)
    };
    let first = index(3);
    assert_eq!((&first["v"], &first["type"]), (&1.into(), &"index".into()));
    for (key, value) in [
        ("files", 3),
        ("articles", 1),
        ("added", 1),
        ("changed", 0),
        ("removed", 0),
        ("skipped", 2),
        ("bytes", 6),
    ] {
        assert_eq!(first[key], value, "{key}");
    }
    let reasons = [serde_json::json!({"reason": "is empty", "count": 2, "example": "leer.txt"})];
    assert_eq!(first["reasons"], serde_json::json!(reasons));
    assert!(first["seconds"].as_f64().unwrap() > 0.0, "{first}");
    assert!(first["megabytes_per_second"].is_number());
    std::fs::remove_file(dossier.path("weg.txt")).unwrap();
    std::fs::remove_file(dossier.path("leer.txt")).unwrap();
    let second = index(0);
    assert_eq!((&second["removed"], &second["reasons"]), (&2.into(), &serde_json::json!([])));
}

#[test]
fn nothing_to_search_is_an_error() {
    let dossier = Dossier::with(&[("bild.jpg", "x")]);
    dossier.run(&["Apfel"]).expect(2, &["no articles in", "dossier-search index PATH"]);
    dossier.run(&["--no-refresh", "Apfel"]).expect(2, &["has no index yet"]);
    dossier.run(&["index", "nowhere"]).expect(2, &["nowhere: no such file or folder"]);
    assert!(!dossier.path(".dossier").exists());
}

#[test]
fn a_faulty_config_is_named_with_its_line() {
    let dossier = Dossier::with_seeds();
    dossier.write("dossier.toml", "sources = [\"seeds\"]\nsorces = 3\n");
    dossier.run(&["Kim"]).expect(2, &["dossier.toml, line 2: unknown field `sorces`"]);
}

#[test]
fn faulty_arguments_are_explained() {
    let dossier = Dossier::with_seeds();
    for (args, expected) in [
        (&["Kim", "--limt", "3"][..], "--limit"),
        (&["Kim", "-n", "drei"], "invalid value 'drei'"),
        (&["Kim", "--color", "rot"], "possible values: auto, always, never"),
        (&["batch"], "FILE"),
        (&["batch", "nowhere.tsv"], "nowhere.tsv: "),
    ] {
        dossier.run(args).expect(2, &[expected]);
    }
}

#[test]
fn nothing_from_outside_reaches_the_terminal_as_it_is() {
    let evil = "\u{1b}]52;c;cm0=\u{7}\u{1b}]8;;http://x\u{1b}\\\u{9b}2J\u{202e}";
    let dossier = Dossier::empty();
    dossier.write("ding\u{1b}[31m\n.txt", format!("Titel {evil}\n\nDas Ding {evil} Ding\n"));
    dossier.write("leer\u{1b}[2J.txt", "");
    let record = serde_json::json!({"_id": format!("id{evil}"), "title": format!("T {evil} Ding"),
        "text": format!("Ding {evil}"), "source": format!("Quelle{evil}")});
    dossier.write("a.jsonl", format!("{record}\n{{\"_id\":\"{evil}\n"));
    let unsafe_in = |text: &str| {
        text.chars().find(|&c| (c.is_control() && c != '\n') || "\u{202e}\u{2066}".contains(c))
    };
    for args in [
        &["index"][..],
        &["Ding"],
        &["Ding", "--json"],
        &[&format!("({evil}")],
        &[&format!("Ding {evil}")],
        &[&format!("xyz:{evil}")],
        &["index", &format!("no{evil}")],
        &["--index", &format!("no{evil}"), "Ding"],
        &[&format!("--{evil}")],
        &["analyze", &format!("Ding{evil}")],
    ] {
        let output: Output = dossier.run(args);
        assert_eq!(unsafe_in(&output.stdout), None, "{args:?} {output:?}");
        assert_eq!(unsafe_in(&output.stderr), None, "{args:?} {output:?}");
    }
    let shown = dossier.run(&["Ding", "--color", "always"]).stdout;
    assert!(!shown.contains("\u{1b}]") && !shown.contains('\u{9b}'), "{shown:?}");
    // For programs it is exact.
    let hits = dossier.run(&["Ding", "--json"]).json();
    let hit = hits.iter().find(|hit| hit["id"] == format!("id{evil}")).unwrap();
    assert_eq!(hit["title"], format!("T {evil} Ding"));
    assert!(hits.iter().any(|hit| hit["id"] == "ding\u{1b}[31m\n.txt"));
}

#[cfg(unix)]
#[test]
fn names_and_files_of_every_kind() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    let dossier = Dossier::with(&[("a.txt", "Apfel")]);
    let names: [&[u8]; 3] = [b"zwei\nZeilen.txt", b"Gr\xf6\xdfe.txt", b"\x1b]0;x\x07.txt"];
    for name in names {
        std::fs::write(dossier.path("").join(OsStr::from_bytes(name)), "Apfel").unwrap();
    }
    symlink(".", dossier.path("schleife")).unwrap();
    symlink("/dev/zero", dossier.path("null.txt")).unwrap();
    let fifo = std::process::Command::new("mkfifo").arg(dossier.path("fifo.txt")).status();
    assert!(fifo.unwrap().success());
    let output = dossier.run(&["Apfel"]).expect(0, &["4 files, 4 articles: 4 added"]);
    assert!(!output.stdout.contains('\u{1b}'), "{output:?}");
    for shown in ["zwei␊Zeilen.txt", "Gr\u{fffd}\u{fffd}e.txt", "␛]0;x␇.txt"] {
        assert!(output.stdout.contains(shown), "{output:?}");
    }
    for id in ["zwei", "Gr%F6%DFe.txt", "\u{1b}]0;x\u{7}.txt"] {
        dossier.run(&["show", id]).expect(0, &[]);
    }
}
