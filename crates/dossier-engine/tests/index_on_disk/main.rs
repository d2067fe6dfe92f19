//! An index in a folder: what each operation leaves there, and what each kind of damage gives.

#![allow(clippy::unwrap_used, clippy::type_complexity)]

mod access;
mod changes;
mod damage;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use dossier_engine::{
    Date, DateOrigin, Document, Error, Index, Origin, Query, SearchOptions, Searcher,
};
use tempfile::TempDir;

const HEADER: &str = "dossier-index.json";

fn document(id: &str, body: &str) -> Document {
    Document { id: id.to_owned(), body: body.to_owned(), ..Document::default() }
}

/// An index of three documents in two commits.
fn filled() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path()).unwrap();
    let mut writer = index.writer().unwrap();
    writer.put(document("1", "Putin empfängt Kim Jong-un in Moskau.")).unwrap();
    writer.put(document("2", "Kim reist nach Pjöngjang zurück.")).unwrap();
    writer.commit().unwrap();
    writer.put(document("3", "Müller schweigt.")).unwrap();
    writer
        .put_origin(Origin { path: "a.txt".into(), stamp: 7, identity: Some(3), problem: None })
        .unwrap();
    writer.set_note("Notiz");
    writer.commit().unwrap();
    folder
}

fn ids(searcher: &Searcher, query: &str) -> Vec<String> {
    try_ids(searcher, query).unwrap()
}

fn try_ids(searcher: &Searcher, query: &str) -> Result<Vec<String>, Error> {
    let query: Query = query.parse().unwrap();
    let results = searcher.search(&query, &SearchOptions::default())?;
    let mut ids: Vec<String> = results.hits.into_iter().map(|hit| hit.id).collect();
    ids.sort_unstable();
    Ok(ids)
}

/// Every file below a folder, relative to it.
fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_owned());
            }
        }
    }
    found
}

/// The kind of an error, as a name.
fn kind(error: &Error) -> &'static str {
    let kinds = [
        ("missing", error.is_missing()),
        ("foreign", error.is_foreign()),
        ("outdated", error.is_outdated()),
        ("corrupt", error.is_corrupt()),
        ("locked", error.is_locked()),
        ("read only", error.is_read_only()),
    ];
    let mut found = kinds.into_iter().filter(|(_, is)| *is).map(|(name, _)| name);
    let first = found.next().unwrap_or("other");
    assert_eq!(found.next(), None, "{error:?}");
    first
}

/// An error must be of that kind and name its folder, on one line.
#[track_caller]
fn check_error<T>(result: Result<T, Error>, expected: &str, folder: &Path) {
    let Err(error) = result else { panic!("no error, but {expected}") };
    assert_eq!(kind(&error), expected, "{error}");
    assert!(error.path().unwrap().starts_with(folder), "{error}");
    let message = error.to_string();
    assert!(message.contains(folder.to_str().unwrap()) && !message.contains('\n'), "{message}");
}

#[test]
fn what_was_committed_is_there_again() {
    let folder = filled();
    for index in [Index::open(folder.path()), Index::open_read_only(folder.path())] {
        let searcher = index.unwrap().searcher().unwrap();
        assert_eq!(searcher.documents(), 3);
        assert_eq!(ids(&searcher, "Kim"), ["1", "2"]);
        assert_eq!(ids(&searcher, "Mueller"), ["3"]);
        assert_eq!(searcher.note(), Some("Notiz"));
        assert_eq!(searcher.origins().unwrap().len(), 1);
    }
}

#[test]
fn every_field_of_a_document_comes_back() {
    let full = Document {
        id: "a/b.jsonl#7 ü\n".into(),
        title: "Über „Größe“".into(),
        body: "Zeile\u{0}eins\r\n\tzwei 🙂\u{1f}".into(),
        noise: vec![0..5, 18..22],
        source: Some("www.congluan.vn".into()),
        path: Some("a/b.jsonl".into()),
        author: Some("Anna Müller".into()),
        language: Some("vie".into()),
        agency: Some("dpa".into()),
        date: Date::day(2024, 11, 21),
        date_origin: Some(DateOrigin::Address),
        photo: Some("KCNA".into()),
    };
    let bare = Document { language: Some("deu".into()), ..document("bare", "") };
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path()).unwrap();
    let mut writer = index.writer().unwrap();
    writer.put(full.clone()).unwrap();
    writer.put(Document { language: None, ..bare.clone() }).unwrap();
    writer.commit().unwrap();
    let searcher = index.searcher().unwrap();
    assert_eq!(searcher.document(&full.id).unwrap(), Some(full.clone()));
    // A text too short to tell counts as German.
    assert_eq!(searcher.document("bare").unwrap(), Some(bare));
    assert_eq!(searcher.document("").unwrap(), None);
    assert_eq!(searcher.path_of(&full.id).unwrap(), Some(full.path));
    assert_eq!(searcher.path_of("bare").unwrap(), Some(None));
    assert_eq!(searcher.path_of("none").unwrap(), None);
}

#[test]
fn there_is_no_index() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("nirgends");
    for path in [folder.path(), &nowhere] {
        check_error(Index::open(path), "missing", path);
        check_error(Index::open_read_only(path), "missing", path);
        check_error(Index::rebuild(path).map(drop), "foreign", path);
    }
    assert_eq!(files(folder.path()), BTreeSet::new());
    // A file where a folder is expected.
    let file = folder.path().join("datei");
    fs::write(&file, "x").unwrap();
    check_error(Index::open(&file), "other", &file);
    check_error(Index::create(&file), "other", &file);
    assert_eq!(fs::read(&file).unwrap(), b"x");
    // Folders are made on the way.
    let deep = folder.path().join("a/b/c");
    Index::create(&deep).unwrap();
    assert_eq!(Index::open(&deep).unwrap().searcher().unwrap().documents(), 0);
}

#[test]
fn a_foreign_folder_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("brief.txt"), "Liebe Anna").unwrap();
    check_error(Index::open(folder.path()), "foreign", folder.path());
    check_error(Index::open_read_only(folder.path()), "foreign", folder.path());
    check_error(Index::create(folder.path()), "foreign", folder.path());
    check_error(Index::rebuild(folder.path()).map(drop), "foreign", folder.path());
    assert_eq!(files(folder.path()), [PathBuf::from("brief.txt")].into());
    // An index is no place for another.
    let folder = filled();
    let before = files(folder.path());
    check_error(Index::create(folder.path()), "foreign", folder.path());
    assert_eq!(files(folder.path()), before);
    assert_eq!(ids(&Index::open(folder.path()).unwrap().searcher().unwrap(), "Kim"), ["1", "2"]);
}

#[test]
fn the_header_says_what_can_be_read() {
    let folder = filled();
    let path = folder.path().join(HEADER);
    let header = fs::read_to_string(&path).unwrap();
    let analysis = dossier_german::version();
    assert!(header.contains(&analysis), "{header}");
    let cases: &[(&str, String)] = &[
        ("outdated", header.replace(&analysis, "0-anders")),
        ("outdated", header.replace("\"format\": ", "\"format\": 9")),
        ("outdated", "{\"format\": 99, \"neu\": true}".to_owned()),
        ("corrupt", header.replace("\"generation\": \"g1\"", "\"generation\": \"../g1\"")),
        ("corrupt", header.replace("\"generation\": \"g1\"", "\"generation\": \"g9\"")),
        ("corrupt", header.replace("\"generation\"", "\"anders\"")),
        ("corrupt", String::new()),
        ("corrupt", "null".to_owned()),
        ("corrupt", "[1, 2".to_owned()),
        ("corrupt", header[..header.len() / 2].to_owned()),
    ];
    for (expected, text) in cases {
        fs::write(&path, text).unwrap();
        check_error(Index::open(folder.path()), expected, folder.path());
        check_error(Index::open_read_only(folder.path()), expected, folder.path());
        check_error(Index::create(folder.path()), "foreign", folder.path());
    }
    fs::write(&path, b"\xff\xfe\x00garbage").unwrap();
    check_error(Index::open(folder.path()), "corrupt", folder.path());
    fs::write(&path, header).unwrap();
    assert_eq!(Index::open(folder.path()).unwrap().searcher().unwrap().documents(), 3);
}

#[test]
fn a_rebuild_replaces_an_outdated_index_in_one_step() {
    let folder = filled();
    let path = folder.path().join(HEADER);
    let header = fs::read_to_string(&path).unwrap();
    fs::write(&path, header.replace(&dossier_german::version(), "0-anders")).unwrap();
    let rebuild = Index::rebuild(folder.path()).unwrap();
    let mut writer = rebuild.writer().unwrap();
    writer.put(document("neu", "Kim")).unwrap();
    writer.commit().unwrap();
    // Until it is finished, nothing has changed for others.
    check_error(Index::open(folder.path()), "outdated", folder.path());
    check_error(Index::rebuild(folder.path()).map(drop), "locked", folder.path());
    check_error(rebuild.writer().map(drop), "locked", folder.path());
    drop(writer);
    let index = rebuild.finish().unwrap();
    assert_eq!(ids(&index.searcher().unwrap(), "Kim"), ["neu"]);
    assert!(!folder.path().join("g1").exists());
    assert!(folder.path().join("g2").exists());
    let index = Index::open(folder.path()).unwrap();
    let mut writer = index.writer().unwrap();
    writer.put(document("mehr", "Kim")).unwrap();
    writer.commit().unwrap();
    assert_eq!(ids(&index.searcher().unwrap(), "Kim"), ["mehr", "neu"]);
}

#[test]
fn a_rebuild_that_is_dropped_changes_nothing() {
    let folder = filled();
    let rebuild = Index::rebuild(folder.path()).unwrap();
    let mut writer = rebuild.writer().unwrap();
    writer.put(document("neu", "Kim")).unwrap();
    writer.commit().unwrap();
    drop(writer);
    drop(rebuild);
    let index = Index::open(folder.path()).unwrap();
    assert_eq!(ids(&index.searcher().unwrap(), "Kim"), ["1", "2"]);
    drop(index.writer().unwrap());
    // FIXME: what it left takes up space until the next rebuild.
    assert!(folder.path().join("g2").exists());
    // The next rebuild removes what this one left.
    let index = Index::rebuild(folder.path()).unwrap().finish().unwrap();
    assert_eq!(index.searcher().unwrap().documents(), 0);
    let generations: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().path().is_dir())
        .collect();
    assert_eq!(generations.len(), 1);
}

#[test]
fn a_searcher_outlives_the_index_it_was_made_from() {
    let folder = filled();
    let old = Index::open(folder.path()).unwrap();
    let searcher = old.searcher().unwrap();
    let rebuild = Index::rebuild(folder.path()).unwrap();
    rebuild.finish().unwrap();
    // Its files are open still.
    assert_eq!(ids(&searcher, "\"Kim Jong Un\""), ["1"]);
    // A handle of before the swap neither reads nor writes what is no longer there.
    check_error(old.searcher().map(drop), "corrupt", folder.path());
    assert!(old.writer().is_err());
    assert_eq!(Index::open(folder.path()).unwrap().searcher().unwrap().documents(), 0);
}
