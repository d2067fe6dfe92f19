//! What each kind of damage gives.

use super::*;

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
