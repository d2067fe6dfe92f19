//! What writers change, and what readers see of it.

use super::*;

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
