//! The index follows its sources, and never loses what it should keep.

use std::fs;
use std::path::Path;

use dossier_engine::Index;

use crate::harness::{Dossier, Output, may_do_everything};

#[test]
fn a_search_brings_in_what_changed() {
    let dossier = Dossier::with(&[("a.txt", "Apfel"), ("b.txt", "Birne"), ("c.txt", "Kirsche")]);
    assert_eq!(dossier.found(&["Apfel"]), ["a.txt"]);
    dossier.write("a.txt", "Quitte und Mispel");
    dossier.write("d/e.md", "# Obst\n\nQuitte");
    fs::remove_file(dossier.path("b.txt")).unwrap();
    assert_eq!(dossier.found(&["--no-refresh", "Birne"]), ["b.txt"]);
    let output = dossier.run(&["Quitte"]);
    output.expect(0, &["3 files, 3 articles: 1 added, 1 changed, 1 removed; "]);
    for (query, ids) in [
        ("Quitte", &["a.txt", "d/e.md"][..]),
        ("Apfel", &[]),
        ("Birne", &[]),
        ("Kirsche", &["c.txt"]),
    ] {
        assert_eq!(dossier.found(&[query]), ids, "{query}");
    }
}

#[test]
fn nothing_is_touched_when_nothing_changed() {
    let dossier = Dossier::with_seeds();
    dossier.run(&["index"]).expect(0, &["5 files, 5 articles: 5 added, 0 changed, 0 removed; "]);
    let before = dossier.snapshot(".dossier");
    dossier.run(&["Kim"]).expect_silence(0);
    dossier.run(&["index"]).expect(0, &["5 files, 5 articles: 0 added, 0 changed, 0 removed\n"]);
    assert_eq!(dossier.snapshot(".dossier"), before);
}

#[test]
fn a_missing_root_is_told_and_its_articles_stay() {
    let dossier = Dossier::with(&[
        ("dossier.toml", "sources = [\"drive\", \"here\"]"),
        ("drive/a.txt", "Apfel"),
        ("here/b.txt", "Birne"),
    ]);
    assert_eq!(dossier.found(&["Apfel ODER Birne"]), ["drive/a.txt", "here/b.txt"]);
    fs::rename(dossier.path("drive"), dossier.path("unmounted")).unwrap();
    dossier.write("here/c.txt", "Birne");
    dossier.run(&["Apfel"]).expect(0, &["drive is missing", "1 added, 0 changed, 0 removed"]);
    dossier.run(&["index"]).expect(3, &["drive is missing"]);
    assert_eq!(dossier.found(&["Apfel ODER Birne"]).len(), 3);
    // The place of a drive that is not mounted is an empty folder.
    fs::create_dir(dossier.path("drive")).unwrap();
    dossier.run(&["Apfel"]).expect(0, &["drive is empty", "`dossier-search index`"]);
    dossier.run(&["index"]).expect(0, &["2 files, 2 articles: 0 added, 0 changed, 1 removed"]);
    dossier.run(&["Apfel"]).expect(1, &["no hits in 2 articles"]);
}

#[test]
fn index_adds_roots_and_remembers_them() {
    let dossier =
        Dossier::with(&[("a/a.txt", "Apfel"), ("b/b.txt", "Apfel"), ("c/c.txt", "Apfel")]);
    dossier.run(&["index", "a"]).expect(0, &["1 file, 1 article: 1 added"]);
    assert_eq!(dossier.found(&["Apfel"]), ["a/a.txt"]);
    dossier.run(&["index", "b"]).expect(0, &["2 files, 2 articles: 1 added, 0 changed, 0 removed"]);
    dossier.write("b/mehr.txt", "Apfel");
    assert_eq!(dossier.found(&["Apfel"]), ["a/a.txt", "b/b.txt", "b/mehr.txt"]);
    let absent = dossier.run(&["index", "b", "absent"]);
    absent.expect(2, &["absent: no such file or folder", "dossier-search search index absent"]);
}

#[test]
fn a_named_index_holds_just_what_it_was_told_to() {
    let dossier = Dossier::with(&[
        ("dossier.toml", "sources = [\"a\"]"),
        ("a/a.txt", "Apfel"),
        ("b/b.txt", "Apfel"),
        ("elsewhere/x.txt", "Apfel"),
    ]);
    let index = dossier.path("own");
    let index = index.to_str().unwrap();
    dossier.run(&["--index", index, "Apfel"]).expect(2, &["no index in", "index --index"]);
    dossier.run(&["index", "--index", index, "b"]).expect(0, &["1 file, 1 article: 1 added"]);
    dossier.write("b/mehr.txt", "Apfel");
    for folder in ["", "elsewhere"] {
        let output = dossier.run_in(folder, &["--index", index, "Apfel", "--json"]);
        let ids: Vec<_> =
            output.json().iter().filter_map(|hit| hit["id"].as_str().map(str::to_owned)).collect();
        assert_eq!(ids.len(), 2, "{output:?}");
        assert!(ids.iter().all(|id| id.starts_with("b/")), "{ids:?}");
    }
    let output = dossier.command(&["Apfel", "-n", "1"]).env("DOSSIER_INDEX", index).output();
    Output::of(output.unwrap()).expect_silence(0);
    assert!(!dossier.path(".dossier").exists());
}

#[test]
fn records_of_two_files_with_one_id_are_both_kept() {
    let dossier = Dossier::with(&[
        ("a.jsonl", "{\"_id\":\"1\",\"text\":\"Apfel\"}\n{\"_id\":\"2\",\"text\":\"Birne\"}\n"),
        ("b.jsonl", "{\"_id\":\"1\",\"text\":\"Apfel\"}\n"),
    ]);
    let output = dossier.run(&["Apfel"]);
    output.expect(0, &["a.jsonl holds an article 1 already: this one is called b.jsonl#1"]);
    assert_eq!(dossier.found(&["Apfel"]), ["1", "b.jsonl#1"]);
    // Read again, alone, each keeps its name.
    dossier.write("b.jsonl", "{\"_id\":\"1\",\"text\":\"Apfel Apfel\"}\n");
    assert_eq!(dossier.found(&["Apfel"]), ["1", "b.jsonl#1"]);
    dossier.write("a.jsonl", "{\"_id\":\"1\",\"text\":\"Apfel und Quitte\"}\n");
    assert_eq!(dossier.found(&["Apfel"]), ["1", "b.jsonl#1"]);
    assert_eq!(dossier.found(&["Birne ODER Quitte"]), ["1"]);
}

#[test]
fn an_index_that_is_being_written_is_searched_as_it_is() {
    let dossier = Dossier::with_seeds();
    dossier.run(&["index"]);
    let index = Index::open(&dossier.path(".dossier/index")).unwrap();
    let writer = index.writer().unwrap();
    dossier.run(&["Kim"]).expect_silence(0);
    dossier.write("seeds/neu.txt", "Kim Xylophonkonzert");
    let output = dossier.run(&["Kim"]).expect(0, &["searching the last state", "is writing"]);
    assert!(output.stdout.ends_with("5 of 5 articles\n"), "{output:?}");
    dossier.run(&["index"]).expect(2, &["is writing the index"]);
    drop(writer);
    assert_eq!(dossier.found(&["Xylophonkonzert"]), ["seeds/neu.txt"]);
}

#[test]
fn an_outdated_index_is_built_anew() {
    let dossier = Dossier::with_seeds();
    let own = dossier.path("own");
    let named = ["--index", own.to_str().unwrap()];
    dossier.run(&["Kim"]);
    dossier.run(&[&["index", "seeds"], &named[..]].concat()).expect(0, &[]);
    for header in [".dossier/index/dossier-index.json", "own/dossier-index.json"] {
        let text = fs::read_to_string(dossier.path(header)).unwrap();
        let mut header_of_old: serde_json::Value = serde_json::from_str(&text).unwrap();
        header_of_old["analysis"] = "0".into();
        dossier.write(header, header_of_old.to_string());
    }
    dossier.run(&["--no-refresh", "Kim"]).expect(2, &["outdated"]);
    let output = dossier.run(&["Kim"]);
    output.expect(0, &["outdated", "doing so now", "5 files, 5 articles: 5 added"]);
    dossier.run(&["Kim"]).expect_silence(0);
    // What a named index was made of is not known any more.
    let unknown = dossier.run(&[&["Kim"], &named[..]].concat());
    unknown.expect(2, &["outdated", "dossier-search index --index"]);
    dossier.run(&[&["index", "seeds"], &named[..]].concat()).expect(0, &["doing so now"]);
    dossier.run(&[&["Kim"], &named[..]].concat()).expect_silence(0);
}

#[test]
fn a_damaged_index_is_built_anew() {
    let dossier = Dossier::with_seeds();
    dossier.run(&["Kim"]);
    let check = |what: &Path| {
        let output = dossier.run(&["Kim", "--json"]);
        assert_eq!((output.code, output.json().len()), (0, 6), "{}: {output:?}", what.display());
    };
    for damage in [remove as fn(&Path), empty] {
        for (path, ..) in dossier.snapshot(".dossier") {
            damage(&path);
        }
        check(Path::new("all files"));
    }
    for number in 0..dossier.snapshot(".dossier").len() {
        // The names change with every rebuild.
        if let Some((path, ..)) = dossier.snapshot(".dossier").get(number) {
            overwrite(path);
            check(path);
        }
    }
    assert_eq!(dossier.found(&["Beloussow~2"]).len(), 2);
}

fn remove(path: &Path) {
    let _ = fs::remove_file(path);
}

fn empty(path: &Path) {
    let _ = fs::write(path, "");
}

fn overwrite(path: &Path) {
    let length = fs::metadata(path).map_or(0, |metadata| metadata.len());
    let _ = fs::write(path, vec![0xa5; length as usize]);
}

#[test]
fn a_folder_that_is_no_index_is_left_alone() {
    let dossier = Dossier::with_seeds();
    dossier.write("photos/holiday.jpg", "not an index");
    let before = dossier.snapshot("photos");
    let foreign = "photos is no index";
    dossier.run(&["--index", "photos", "Kim"]).expect(2, &[foreign, "another folder"]);
    dossier.run(&["index", "--index", "photos", "seeds"]).expect(2, &[foreign]);
    assert_eq!(dossier.snapshot("photos"), before);
}

#[test]
fn an_index_among_its_own_sources_is_not_read_as_one() {
    let dossier = Dossier::with(&[("a.txt", "Apfel")]);
    dossier.run(&["index", "--index", "own", "."]).expect(0, &["1 file, 1 article"]);
    dossier.write("own/stray.txt", "Apfel");
    dossier.run(&["index", "--index", "own"]).expect(0, &["1 file, 1 article"]);
}

#[test]
fn nothing_is_indexed_unasked_that_was_hardly_meant() {
    let dossier = Dossier::with(&[("a.txt", "Apfel")]);
    let at_home = |args: &[&str]| {
        let home = dossier.path("");
        Output::of(dossier.command(args).env("HOME", home).output().unwrap())
    };
    at_home(&["Apfel"]).expect(2, &["too much to index unasked", "dossier-search index PATH"]);
    assert!(!dossier.path(".dossier").exists());
    at_home(&["index", "."]).expect(0, &["1 added"]);
    at_home(&["Apfel"]).expect_silence(0);

    let dossier = Dossier::with(&[("a.txt", "Apfel")]);
    for number in 0..10_000 {
        dossier.write(&format!("{}/{number}.txt", number / 1000), "");
    }
    dossier.run(&["Apfel"]).expect(2, &["holds 10001 files", "dossier-search index ."]);
    assert!(!dossier.path(".dossier").exists());
}

#[test]
fn a_dossier_that_cannot_be_written_has_its_index_in_the_cache() {
    let dossier = Dossier::with_seeds();
    // A file where the folder should be cannot be told from a lack of rights by those who may do
    // everything, so this test needs ordinary rights.
    if may_do_everything(&dossier.home()) {
        return;
    }
    set_readonly(&dossier.path(""), true);
    dossier.run(&["Kim"]).expect(0, &["cannot be written", ".cache/dossier-search/dossier-"]);
    dossier.run(&["Kim"]).expect_silence(0);
    set_readonly(&dossier.path(""), false);
}

fn set_readonly(path: &Path, readonly: bool) {
    let mut permissions = fs::metadata(path).unwrap().permissions();
    permissions.set_readonly(readonly);
    fs::set_permissions(path, permissions).unwrap();
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_keeps_what_is_done() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    /// So many that reading them takes longer than it takes to say so.
    const ARTICLES: u64 = 2_000;

    let words: String = (0..300).map(|n| format!("Wort{n} ")).collect();
    let record = |n| format!("{{\"_id\":\"{n}\",\"text\":\"Apfel {words}\"}}\n");
    let records: String = (0..ARTICLES).map(record).collect();
    let dossier = Dossier::with(&[("a.jsonl", &records), ("b.txt", "Apfel")]);
    let mut child = dossier.command(&["index"]).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    if first == "indexing 2 files …" {
        Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    }
    let rest: Vec<String> = lines.map(Result::unwrap).collect();
    match child.wait().unwrap().code() {
        Some(130) => {
            let last = rest.last().unwrap();
            assert!(last.starts_with("interrupted; what is done is kept"), "{rest:?}");
        }
        // On a fast machine there was nothing left to interrupt.
        code => assert_eq!(code, Some(0), "{first} {rest:?}"),
    }
    let output = dossier.run(&["--no-refresh", "Apfel", "--json", "-n", "0"]).expect(0, &[]);
    let kept = output.json()[0]["total"].as_u64().unwrap();
    assert!(0 < kept && kept <= ARTICLES + 1, "{kept}");
    dossier.run(&["index"]).expect(0, &[&format!("2 files, {} articles", ARTICLES + 1)]);
}

/// Gives a file the times of another one.
fn copy_times(from: &Path, to: &Path) {
    let times = fs::metadata(from).unwrap().modified().unwrap();
    let file = fs::OpenOptions::new().write(true).open(to).unwrap();
    file.set_modified(times).unwrap();
}

#[test]
fn what_did_not_change_is_not_opened() {
    let dossier = Dossier::with(&[("a.txt", "Apfel"), ("b.txt", "Birne")]);
    dossier.run(&["index"]);
    // The same size and time: whoever opened it would see another text.
    fs::copy(dossier.path("a.txt"), dossier.home().join("times")).unwrap();
    copy_times(&dossier.path("a.txt"), &dossier.home().join("times"));
    dossier.write("a.txt", "Mango");
    copy_times(&dossier.home().join("times"), &dossier.path("a.txt"));
    dossier.write("b.txt", "Quitte");
    assert_eq!(dossier.found(&["Apfel ODER Quitte"]), ["a.txt", "b.txt"]);
    assert_eq!(dossier.found(&["Mango ODER Birne"]), [""; 0]);
}

#[test]
fn a_moved_file_is_found_under_its_new_name() {
    let dossier = Dossier::with(&[
        ("a.txt", "Apfel"),
        ("b.txt", "Birne"),
        ("c.jsonl", "{\"_id\":\"7\",\"text\":\"Kirsche\"}\n{\"text\":\"Quitte\"}\n"),
    ]);
    dossier.run(&["index"]);
    // Two that change places keep their size and time.
    fs::rename(dossier.path("a.txt"), dossier.path("x.txt")).unwrap();
    fs::create_dir(dossier.path("neu")).unwrap();
    fs::rename(dossier.path("c.jsonl"), dossier.path("neu/d.jsonl")).unwrap();
    let moved = dossier.run(&["Apfel"]);
    moved.expect(0, &["3 files, 4 articles: 2 added, 0 changed, 2 removed"]);
    for (query, ids) in [
        ("Apfel", &["x.txt"][..]),
        ("Birne", &["b.txt"]),
        ("Kirsche", &["7"]),
        ("Quitte", &["neu/d.jsonl#2"]),
        ("datei:neu", &["7", "neu/d.jsonl#2"]),
    ] {
        assert_eq!(dossier.found(&[query]), ids, "{query}");
    }
}

#[test]
fn of_a_file_that_grew_only_what_is_new_is_indexed() {
    let record = |id: &str, text: &str| format!("{{\"_id\":\"{id}\",\"text\":\"{text}\"}}\n");
    let old = [record("1", "Apfel"), record("2", "Birne"), record("3", "Kirsche")].concat();
    let dossier = Dossier::with(&[("a.jsonl", &old), ("b.jsonl", &record("9", "Quitte"))]);
    dossier.run(&["index"]);
    let segments = || {
        let kinds = |(path, ..): &(std::path::PathBuf, u64, std::time::SystemTime)| {
            path.extension().is_some_and(|ending| ending == "del")
        };
        dossier.snapshot(".dossier").iter().filter(|file| kinds(file)).count()
    };
    assert_eq!(segments(), 0);
    dossier.write("a.jsonl", format!("{old}{}", record("4", "Mispel")));
    let grown = ["2 files, 5 articles: 0 added, 1 changed, 0 removed"];
    dossier.run(&["index"]).expect(0, &grown);
    // Nothing was removed to be put again.
    let ids = ["1", "2", "3", "4", "9"];
    assert_eq!(dossier.found(&["Apfel ODER Birne ODER Kirsche ODER Mispel ODER Quitte"]), ids);
    // Changed, gone, and moved to the other file.
    dossier.write("a.jsonl", [record("1", "Apfel"), record("2", "Banane")].concat());
    dossier.write("b.jsonl", [record("9", "Quitte"), record("3", "Kirsche")].concat());
    dossier.run(&["index"]).expect(0, &["2 files, 4 articles: 0 added, 2 changed, 0 removed"]);
    for (query, ids) in [
        ("Apfel", &["1"][..]),
        ("Birne", &[]),
        ("Banane", &["2"]),
        ("Kirsche", &["3"]),
        ("Mispel", &[]),
        ("datei:b.jsonl", &["3", "9"]),
    ] {
        assert_eq!(dossier.found(&[query]), ids, "{query}");
    }
    // A file that cannot be read any more has no articles.
    dossier.write("a.jsonl", b"\0\0\0\0");
    dossier.run(&["index"]).expect(3, &["2 files, 2 articles"]);
    assert_eq!(dossier.found(&["Apfel ODER Kirsche"]), ["3"]);
}

/// What was read of a file that was moved is not read again, as the system knows it is the same.
#[cfg(unix)]
#[test]
fn a_moved_file_keeps_what_was_read() {
    let line = |word: &str| {
        format!("{{\"id\": \"eigene\", \"text\": \"{word}\"}}\n{{\"text\": \"{word}\"}}\n")
    };
    let dossier = Dossier::with(&[("a.txt", "Apfel im Korb"), ("b.jsonl", &line("Apfel"))]);
    assert_eq!(dossier.found(&["Apfel"]), ["a.txt", "b.jsonl#2", "eigene"]);
    // Other content under the same size and time: whoever opened the files would see it.
    for (name, text) in [("a.txt", "Birne im Korb".to_owned()), ("b.jsonl", line("Birne"))] {
        let time = fs::metadata(dossier.path(name)).unwrap().modified().unwrap();
        dossier.write(name, text);
        let file = fs::File::options().write(true).open(dossier.path(name)).unwrap();
        file.set_modified(time).unwrap();
    }
    fs::create_dir(dossier.path("neu")).unwrap();
    fs::rename(dossier.path("a.txt"), dossier.path("neu/c.txt")).unwrap();
    fs::rename(dossier.path("b.jsonl"), dossier.path("neu/d.jsonl")).unwrap();
    dossier.run(&["index"]).expect(0, &["2 files, 3 articles: 2 added, 0 changed, 2 removed"]);
    assert_eq!(dossier.found(&["Apfel"]), ["eigene", "neu/c.txt", "neu/d.jsonl#2"]);
    let hit = &dossier.run(&["--json", "Apfel Korb"]).json()[0];
    assert_eq!((&hit["id"], &hit["path"]), (&"neu/c.txt".into(), &"neu/c.txt".into()));
    // A copy is another file, and so is one whose name tells something else of it.
    fs::rename(dossier.path("neu/c.txt"), dossier.path("c.md")).unwrap();
    fs::copy(dossier.path("neu/d.jsonl"), dossier.path("e.jsonl")).unwrap();
    fs::remove_file(dossier.path("neu/d.jsonl")).unwrap();
    assert_eq!(dossier.found(&["Birne"]), ["c.md", "e.jsonl#2", "eigene"]);
    assert_eq!(dossier.found(&["Apfel"]), [""; 0]);
}
