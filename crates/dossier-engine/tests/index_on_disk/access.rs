//! Who may read and write an index, and when.

use super::*;

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
