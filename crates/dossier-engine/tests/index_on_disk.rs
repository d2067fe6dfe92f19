//! An index in a folder: what each operation leaves there, and what each kind of damage gives.

#![allow(clippy::unwrap_used, clippy::type_complexity)]

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

/// What queries of an index give, or the first error. Documents are read too.
fn answers(folder: &Path) -> Result<Vec<Vec<String>>, Error> {
    let searcher = Index::open(folder)?.searcher()?;
    let queries = ["Kim", "\"Kim Jong Un\"", "Pjoengjang", "mull*", "Belousow~", "-Kim", "=Müller"];
    let mut found = Vec::new();
    for query in queries {
        found.push(try_ids(&searcher, query)?);
    }
    let origins = searcher.origins()?;
    found.push(origins.into_iter().map(|origin| origin.path).collect());
    for id in ["1", "2", "3"] {
        found.push(searcher.document(id)?.into_iter().map(|document| document.body).collect());
    }
    Ok(found)
}

/// What becomes of a file's bytes; `None` if it is deleted.
type Damage = fn(&[u8]) -> Option<Vec<u8>>;

#[test]
fn each_damaged_file_gives_an_error_or_right_results() {
    let folder = filled();
    let expected = answers(folder.path()).unwrap();
    let damages: &[(&str, Damage)] = &[
        ("deleted", |_| None),
        ("empty", |_| Some(Vec::new())),
        ("cut in half", |bytes| Some(bytes[..bytes.len() / 2].to_vec())),
        ("cut by a byte", |bytes| Some(bytes[..bytes.len().saturating_sub(1)].to_vec())),
        ("garbage", |bytes| Some((0..bytes.len()).map(|at| (at * 167 + 13) as u8).collect())),
        ("zeros", |bytes| Some(vec![0; bytes.len()])),
        ("ones", |bytes| Some(vec![0xff; bytes.len()])),
    ];
    let mut errors = 0;
    for file in files(folder.path()) {
        let path = folder.path().join(&file);
        let name = path.file_name().unwrap().to_str().unwrap();
        if name.ends_with(".lock") {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        for (damage, of) in damages {
            match of(&bytes) {
                Some(damaged) => fs::write(&path, damaged).unwrap(),
                None => fs::remove_file(&path).unwrap(),
            }
            match answers(folder.path()) {
                Ok(found) => assert_eq!(found, expected, "{name} {damage}"),
                Err(error) => {
                    let kind = kind(&error);
                    let foreign = name == HEADER && *damage == "deleted";
                    let wanted = if foreign { "missing" } else { "corrupt" };
                    assert_eq!(kind, wanted, "{name} {damage}: {error}");
                    errors += 1;
                }
            }
        }
        fs::write(&path, bytes).unwrap();
    }
    assert!(errors > 50, "{errors}");
    assert_eq!(answers(folder.path()).unwrap(), expected);
}

#[test]
fn flipped_bytes_never_panic() {
    let folder = filled();
    let expected = answers(folder.path()).unwrap();
    let mut wrong = 0;
    for file in files(folder.path()) {
        let path = folder.path().join(&file);
        let bytes = fs::read(&path).unwrap();
        if bytes.is_empty() || file.to_str().unwrap().ends_with(".lock") {
            continue;
        }
        for part in 0..2 {
            let mut damaged = bytes.clone();
            let at = bytes.len() * (1 + 2 * part) / 4;
            damaged[at] ^= 0x55;
            fs::write(&path, damaged).unwrap();
            if answers(folder.path()).is_ok_and(|found| found != expected) {
                wrong += 1;
            }
        }
        fs::write(&path, bytes).unwrap();
    }
    // FIXME: checksums are not compared when an index is opened: a changed byte may give wrong
    // results silently. Which ones depends on where it stands.
    assert!(wrong < 15, "{wrong}");
}

#[test]
fn writing_to_a_damaged_index_is_an_error() {
    let folder = filled();
    let stores: Vec<PathBuf> = files(folder.path())
        .into_iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "term"))
        .collect();
    assert!(!stores.is_empty());
    for file in &stores {
        fs::remove_file(folder.path().join(file)).unwrap();
    }
    let index = Index::open(folder.path());
    if let Ok(index) = index {
        check_error(index.writer().map(drop), "corrupt", folder.path());
    }
    // What is damaged can be built anew in the same place.
    let rebuild = Index::rebuild(folder.path()).unwrap();
    let mut writer = rebuild.writer().unwrap();
    writer.put(document("neu", "Kim")).unwrap();
    writer.commit().unwrap();
    drop(writer);
    rebuild.finish().unwrap();
    let searcher = Index::open(folder.path()).unwrap().searcher().unwrap();
    assert_eq!(ids(&searcher, "Kim"), ["neu"]);
}

#[test]
fn there_is_one_writer() {
    let folder = filled();
    let index = Index::open(folder.path()).unwrap();
    let other = Index::open(folder.path()).unwrap();
    let writer = index.writer().unwrap();
    for second in [index.writer(), other.writer()] {
        let error = second.map(drop).unwrap_err();
        assert!(error.is_locked(), "{error}");
        assert!(error.to_string().contains(&std::process::id().to_string()), "{error}");
    }
    check_error(Index::rebuild(folder.path()).map(drop), "locked", folder.path());
    // Readers are not kept out.
    assert_eq!(ids(&other.searcher().unwrap(), "Kim"), ["1", "2"]);
    assert_eq!(Index::open_read_only(folder.path()).unwrap().searcher().unwrap().documents(), 3);
    drop(writer);
    drop(other.writer().unwrap());
    drop(index.writer().unwrap());

    let memory = Index::in_memory().unwrap();
    let writer = memory.writer().unwrap();
    assert!(memory.writer().map(drop).unwrap_err().is_locked());
    drop(writer);
    memory.writer().unwrap();
}

#[test]
fn a_read_only_index_has_no_writer() {
    let folder = filled();
    let before = files(folder.path());
    let index = Index::open_read_only(folder.path()).unwrap();
    check_error(index.writer().map(drop), "read only", folder.path());
    assert_eq!(ids(&index.searcher().unwrap(), "Kim"), ["1", "2"]);
    assert_eq!(files(folder.path()), before);
}

#[cfg(unix)]
#[test]
fn a_folder_without_write_permission_can_be_searched() {
    use std::os::unix::fs::PermissionsExt;
    let folder = filled();
    let generation = folder.path().join("g1");
    let set = |mode| {
        for path in [folder.path(), &generation] {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    set(0o555);
    // The superuser may write everywhere.
    let powerless = fs::write(folder.path().join("probe"), "").is_err();
    let index = Index::open_read_only(folder.path()).unwrap();
    assert_eq!(ids(&index.searcher().unwrap(), "Kim"), ["1", "2"]);
    let below = folder.path().join("neu");
    let (writer, below) =
        (Index::open(folder.path()).and_then(|index| index.writer()), Index::create(&below));
    if powerless {
        assert!(writer.map(drop).unwrap_err().is_read_only());
        assert!(below.map(drop).unwrap_err().is_read_only());
    }
    set(0o755);
}

#[test]
fn files_may_be_read_by_others() {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let folder = filled();
        for file in files(folder.path()) {
            let mode = fs::metadata(folder.path().join(&file)).unwrap().permissions().mode();
            let locks = file.to_str().unwrap().ends_with(".lock");
            assert!(locks || mode & 0o044 == 0o044, "{}: {mode:o}", file.display());
        }
    }
}

#[test]
fn notes_are_kept_across_commits() {
    let folder = filled();
    let index = Index::open(folder.path()).unwrap();
    let note = || index.searcher().unwrap().note().map(str::to_owned);
    let mut writer = index.writer().unwrap();
    writer.put(document("4", "Xi")).unwrap();
    writer.commit().unwrap();
    writer.commit().unwrap();
    assert_eq!(note().as_deref(), Some("Notiz"));
    writer.set_note("neu");
    assert_eq!(note().as_deref(), Some("Notiz"));
    writer.commit().unwrap();
    assert_eq!(note().as_deref(), Some("neu"));
    writer.set_note("verworfen");
    drop(writer);
    index.writer().unwrap().commit().unwrap();
    assert_eq!(note().as_deref(), Some("neu"));
    assert_eq!(Index::in_memory().unwrap().searcher().unwrap().note(), None);
}

#[test]
fn origins_say_which_files_were_read() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path()).unwrap();
    let mut writer = index.writer().unwrap();
    let origin = |path: &str, stamp, problem: Option<&str>| Origin {
        path: path.to_owned(),
        stamp,
        identity: None,
        problem: problem.map(str::to_owned),
    };
    let from =
        |id: &str, path: &str| Document { path: Some(path.to_owned()), ..document(id, "Kim") };
    writer.put(from("1", "ü.jsonl")).unwrap();
    writer.put(from("2", "ü.jsonl")).unwrap();
    writer.put_origin(origin("ü.jsonl", u64::MAX, None)).unwrap();
    writer.put_origin(origin("bild.png", 3, Some("kein Text"))).unwrap();
    writer.put(from("3", "z halb.jsonl")).unwrap();
    writer.put(from("4", "b halb.jsonl")).unwrap();
    writer.put(document("5", "ohne Datei")).unwrap();
    writer.commit().unwrap();
    let searcher = index.searcher().unwrap();
    // Records of files are no documents.
    assert_eq!(searcher.documents(), 5);
    let expected = [origin("bild.png", 3, Some("kein Text")), origin("ü.jsonl", u64::MAX, None)];
    assert_eq!(searcher.origins().unwrap(), expected);
    assert_eq!(searcher.unfinished_paths().unwrap(), ["b halb.jsonl", "z halb.jsonl"]);

    // A later record replaces the earlier, also within a commit and across segments.
    writer.put_origin(origin("bild.png", 4, None)).unwrap();
    writer.put_origin(origin("bild.png", 5, None)).unwrap();
    writer.put_origin(origin("b halb.jsonl", 6, None)).unwrap();
    writer.delete_path("ü.jsonl").unwrap();
    writer.commit().unwrap();
    let searcher = index.searcher().unwrap();
    let expected = [origin("b halb.jsonl", 6, None), origin("bild.png", 5, None)];
    assert_eq!(searcher.origins().unwrap(), expected);
    assert_eq!(searcher.unfinished_paths().unwrap(), ["z halb.jsonl"]);
    assert_eq!(ids(&searcher, "Kim"), ["3", "4"]);
    assert_eq!(searcher.documents(), 3);

    // A path is taken whole.
    writer.delete_path("halb.jsonl").unwrap();
    writer.delete_path("").unwrap();
    writer.commit().unwrap();
    assert_eq!(index.searcher().unwrap().documents(), 3);
}

#[test]
fn putting_twice_is_putting_once() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path()).unwrap();
    let mut writer = index.writer().unwrap();
    for _ in 0..2 {
        for _ in 0..2 {
            writer.put(document("1", "Kim")).unwrap();
            writer.put(document("2", "Kim")).unwrap();
        }
        writer.commit().unwrap();
        assert_eq!(ids(&index.searcher().unwrap(), "Kim"), ["1", "2"]);
    }
    // The last one counts, also by another writer.
    drop(writer);
    let mut writer = index.writer().unwrap();
    writer.put(document("1", "Xi")).unwrap();
    writer.commit().unwrap();
    let searcher = index.searcher().unwrap();
    assert_eq!((ids(&searcher, "Kim"), ids(&searcher, "Xi")), (vec!["2".into()], vec!["1".into()]));
    assert_eq!(searcher.documents(), 2);
}

#[test]
fn deleting() {
    let folder = filled();
    let index = Index::open(folder.path()).unwrap();
    let mut writer = index.writer().unwrap();
    writer.delete("1").unwrap();
    writer.delete("gibt es nicht").unwrap();
    assert_eq!(ids(&index.searcher().unwrap(), "Kim"), ["1", "2"]);
    writer.commit().unwrap();
    let searcher = index.searcher().unwrap();
    assert_eq!(ids(&searcher, "Kim"), ["2"]);
    assert_eq!(searcher.document("1").unwrap(), None);
    // Deleted and put again in one commit, in either order.
    writer.delete("2").unwrap();
    writer.put(document("2", "Kim, neu")).unwrap();
    writer.put(document("4", "Kim")).unwrap();
    writer.delete("4").unwrap();
    writer.commit().unwrap();
    let searcher = index.searcher().unwrap();
    assert_eq!(ids(&searcher, "Kim"), ["2"]);
    assert_eq!(searcher.document("2").unwrap().unwrap().body, "Kim, neu");
    for id in ["2", "3"] {
        writer.delete(id).unwrap();
    }
    writer.delete_path("a.txt").unwrap();
    writer.commit().unwrap();
    let searcher = index.searcher().unwrap();
    assert_eq!(searcher.documents(), 0);
    assert_eq!(ids(&searcher, "-Putin"), [""; 0]);
    assert_eq!(searcher.origins().unwrap(), []);
}

#[test]
fn a_document_needs_an_id() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    let error = writer.put(document("", "Kim")).unwrap_err();
    assert_eq!(kind(&error), "other");
    assert_eq!(error.path(), None);
    assert!(error.to_string().contains("id"), "{error}");
    // The writer goes on.
    writer.put(document("1", "Kim")).unwrap();
    writer.commit().unwrap();
    assert_eq!(index.searcher().unwrap().documents(), 1);
}

#[test]
fn a_searcher_stays_as_it_is() {
    let folder = filled();
    let index = Index::open(folder.path()).unwrap();
    let before = index.searcher().unwrap();
    let mut writer = index.writer().unwrap();
    for round in 0..9 {
        writer.put(document("1", "Xi")).unwrap();
        writer.put(document(&format!("neu {round}"), "Kim")).unwrap();
        writer.commit().unwrap();
    }
    // Merging and tidying up take nothing from it.
    drop(writer);
    drop(index.writer().unwrap());
    assert_eq!(ids(&before, "Kim"), ["1", "2"]);
    assert_eq!(
        before.document("1").unwrap().unwrap().body,
        "Putin empfängt Kim Jong-un in Moskau."
    );
    assert_eq!((before.documents(), before.note()), (3, Some("Notiz")));
    assert_eq!(index.searcher().unwrap().documents(), 12);
}

#[test]
fn a_writer_without_commit_changes_nothing_and_leaves_nothing() {
    let folder = filled();
    let index = Index::open(folder.path()).unwrap();
    drop(index.writer().unwrap());
    let before = files(folder.path());
    for round in 0..3 {
        let mut writer = index.writer().unwrap();
        for number in 0..50 {
            writer.put(document(&format!("{round} {number}"), "Kim")).unwrap();
        }
        writer.delete("1").unwrap();
        writer.set_note("verworfen");
        drop(writer);
    }
    // What an interrupted writer left is removed by the next.
    drop(index.writer().unwrap());
    assert_eq!(files(folder.path()), before);
    let searcher = index.searcher().unwrap();
    assert_eq!(
        (ids(&searcher, "Kim"), searcher.note()),
        (vec!["1".into(), "2".into()], Some("Notiz"))
    );
}

#[test]
fn readers_see_whole_commits_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path()).unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..8)
            .map(|number| {
                let (index, done, folder) = (&index, &done, folder.path());
                scope.spawn(move || {
                    // Some share a handle, some open their own.
                    let own = (number % 2 == 0).then(|| Index::open_read_only(folder).unwrap());
                    let index = own.as_ref().unwrap_or(index);
                    let (mut last, mut rounds) = (0, 0);
                    while !done.load(Ordering::Relaxed) || rounds == 0 {
                        let searcher = index.searcher().unwrap();
                        let documents = searcher.documents();
                        // Each commit adds two documents and replaces one.
                        assert!(documents % 2 == 0 && documents >= last, "{documents}");
                        let query: Query = "Kim".parse().unwrap();
                        let options = SearchOptions { limit: 1, ..SearchOptions::default() };
                        assert_eq!(searcher.search(&query, &options).unwrap().total, documents);
                        (last, rounds) = (documents, rounds + 1);
                        std::thread::sleep(std::time::Duration::from_millis(30));
                    }
                    last
                })
            })
            .collect();
        let mut writer = index.writer().unwrap();
        for round in 0..8 {
            writer.put(document(&format!("a{round}"), "Kim Jong-un")).unwrap();
            writer.put(document(&format!("b{round}"), "Kim")).unwrap();
            writer.put(document("a0", "Kim Jong-un, neu")).unwrap();
            writer.commit().unwrap();
        }
        drop(writer);
        done.store(true, Ordering::Relaxed);
        for reader in readers {
            assert!(reader.join().unwrap() <= 16);
        }
    });
    assert_eq!(index.searcher().unwrap().documents(), 16);
}
