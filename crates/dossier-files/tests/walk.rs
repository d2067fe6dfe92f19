//! Walking real folders: what is found, what is passed over, what is reported.

// Helpers of tests may panic like these.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::slice::from_ref;

use dossier_files::{Walk, walk};
use tempfile::TempDir;

/// A folder with the files (and, where a name ends in `/`, folders) of these names.
fn folder(names: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in names {
        let path = folder.path().join(name);
        if name.ends_with('/') {
            fs::create_dir_all(path).unwrap();
        } else {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "Text").unwrap();
        }
    }
    folder
}

fn walk_below(base: &Path, roots: &[&str]) -> Walk {
    let roots: Vec<PathBuf> = roots.iter().map(|root| base.join(root)).collect();
    walk(&roots, base)
}

#[track_caller]
fn check(walk: &Walk, ids: &[&str]) {
    let found: Vec<_> = walk.files.iter().map(|file| file.id.as_str()).collect();
    assert_eq!(found, ids);
    for file in &walk.files {
        assert_eq!(fs::read(&file.path).unwrap().len() as u64, file.bytes);
    }
}

#[test]
fn endings_order_and_hidden_files() {
    let folder = folder(&[
        "b.txt",
        "a/z.md",
        "a/b/c.JSONL",
        "a.ndjson",
        "A.Text",
        "ä.markdown",
        "x.png",
        "x.json",
        "README",
        ".hidden.txt",
        ".git/a.txt",
        "a/.dossier/b.txt",
        "leer/",
    ]);
    let walk = walk_below(folder.path(), &[""]);
    check(&walk, &["A.Text", "a.ndjson", "a/b/c.JSONL", "a/z.md", "b.txt", "ä.markdown"]);
    assert_eq!(walk.passed_over, 3);
    assert!(walk.problems.is_empty() && walk.missing_roots.is_empty());
    let file = &walk.files[1];
    assert_eq!((file.bytes, &file.path), (4, &folder.path().join("a.ndjson")));
}

#[test]
fn roots_are_always_taken() {
    let folder = folder(&["x.pdf", ".hidden/a.txt", ".b.txt", "README", "ignored.txt"]);
    fs::write(folder.path().join(".dossierignore"), "ignored.txt").unwrap();
    let walk = walk_below(folder.path(), &["x.pdf", ".hidden", ".b.txt", "README", "ignored.txt"]);
    check(&walk, &[".b.txt", ".hidden/a.txt", "README", "ignored.txt", "x.pdf"]);
}

#[test]
fn overlapping_roots_give_each_file_once() {
    let folder = folder(&["a/b/c.txt", "a/d.txt", "a/x.dat", "e.txt"]);
    let base = folder.path();
    for roots in [
        &["", "a", "a/b", "a/d.txt", "a/x.dat", "a/x.dat"][..],
        &["a/x.dat", "a/b/../b/c.txt", "a/./b", "a", "e.txt"],
        &["a/d.txt", "a/d.txt", "e.txt", "a/x.dat", "a/b"],
    ] {
        check(&walk_below(base, roots), &["a/b/c.txt", "a/d.txt", "a/x.dat", "e.txt"]);
    }
    assert_eq!(walk_below(base, &["a/x.dat", "a"]).passed_over, 1);
}

#[test]
fn ids_are_relative_to_the_base() {
    let folder = folder(&["a/b.txt", "c.txt"]);
    let real = folder.path().canonicalize().unwrap();
    let outside = format!("{}/c.txt", real.display());
    check(&walk(&[real.join("a"), real.join("c.txt")], &real.join("a")), &[&outside, "b.txt"]);
    // The base is a file: its name remains.
    check(&walk(&[real.join("c.txt")], &real.join("c.txt")), &["c.txt"]);
    // A base that does not exist.
    check(&walk(&[real.join("c.txt")], &real.join("x")), &[&outside]);
    // Written in other words.
    check(&walk(&[real.join("a/../a")], &real.join("./a/..")), &["a/b.txt"]);
}

#[test]
fn paths_may_be_relative_to_the_current_folder() {
    // Tests run in the folder of their package.
    let seeds = Path::new("../../seeds");
    let walk = walk(&[seeds.to_path_buf()], Path::new("../.."));
    assert_eq!(walk.files.len(), 5);
    assert_eq!(walk.files[0].id, "seeds/000_f99a79fac325b7b9.txt");
    assert_eq!(walk.files[0].path, seeds.join("000_f99a79fac325b7b9.txt"));
    let package = dossier_files::walk(&[PathBuf::from("Cargo.toml")], Path::new(""));
    check(&package, &["Cargo.toml"]);
}

#[test]
fn missing_roots_are_told_apart() {
    let folder = folder(&["a.txt", "b/c.txt"]);
    let walk = walk_below(folder.path(), &["x/y", "b", "a.txt/x", "x/y"]);
    check(&walk, &["b/c.txt"]);
    assert_eq!(walk.missing_roots, [folder.path().join("a.txt/x"), folder.path().join("x/y")]);
    assert!(walk.problems.is_empty());
    for (id, unknown) in
        [("x/y", true), ("x/y/z.txt", true), ("x/yz", false), ("x", false), ("b/d.txt", false)]
    {
        assert_eq!(walk.is_unknown(id), unknown, "{id}");
    }
    let problem = dossier_files::FileProblem::missing_root(Path::new("x/y"));
    assert!(problem.is_missing_root());
    assert_eq!(
        problem.to_string(),
        "x/y: does not exist; check the spelling, and that its drive is mounted"
    );
}

#[test]
fn a_missing_base_leaves_everything_unknown() {
    let folder = folder(&[]);
    let gone = folder.path().join("gone");
    assert!(walk(from_ref(&gone), &gone).is_unknown("a/b.txt"));
}

#[test]
fn ignore_files() {
    let folder = folder(&[
        "a.txt",
        "b.txt",
        "Entwurf/a.txt",
        "x/Entwurf/a.txt",
        "x/a.txt",
        "x/keep.txt",
        "x/y/b.txt",
        "x/y/z/keep.txt",
        "x/nur.txt",
        "nur.txt",
        "git.txt",
        "ä.txt",
    ]);
    let base = folder.path();
    fs::write(base.join(".gitignore"), "git.txt").unwrap();
    fs::write(base.join(".ignore"), "git.txt").unwrap();
    fs::write(
        base.join(".dossierignore"),
        "\u{feff}# Bemerkung\r\nb.txt\r\nEntwurf/\r\n/nur.txt\r\nä*\r\nkeep.txt\r\n",
    )
    .unwrap();
    fs::write(base.join("x/.dossierignore"), "!keep.txt\n/y/z/\n").unwrap();
    check(&walk_below(base, &[""]), &["a.txt", "git.txt", "x/a.txt", "x/keep.txt", "x/nur.txt"]);
    // The folders above a root count as well, up to the base.
    check(&walk_below(base, &["x"]), &["x/a.txt", "x/keep.txt", "x/nur.txt"]);
    check(&walk(&[base.join("x/y")], &base.join("x")), &["y/b.txt"]);
    check(&walk_below(base, &["x/y"]), &[]);
}

#[test]
fn faulty_ignore_files_are_reported() {
    let folder = folder(&["a.txt", "b.txt", "x/.dossierignore/a.txt", "y/a.txt"]);
    fs::write(folder.path().join(".dossierignore"), "a{b\nb.txt\n\u{0}\n").unwrap();
    fs::write(folder.path().join("y/.dossierignore"), "x\n".repeat(100_000)).unwrap();
    let walk = walk_below(folder.path(), &[""]);
    check(&walk, &["a.txt", "y/a.txt"]);
    let problems: Vec<_> = walk.problems.iter().map(|problem| problem.id.as_str()).collect();
    assert_eq!(problems, [".dossierignore", "y/.dossierignore"]);
    assert!(!walk.is_unknown("b.txt") && !walk.problems[0].is_folder());
    assert!(walk.problems[0].to_string().contains("line 1 is no pattern"), "{}", walk.problems[0]);
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    use dossier_files::path_of;

    use super::*;

    #[test]
    fn links_are_followed_only_as_roots() {
        let folder = folder(&["real/a.txt", "real/deep/b.txt", "base/c.txt"]);
        let base = folder.path().join("base");
        let real = folder.path().join("real");
        symlink(&real, base.join("folder")).unwrap();
        symlink(real.join("a.txt"), base.join("file.txt")).unwrap();
        symlink(&base, base.join("loop")).unwrap();
        symlink(base.join("loop2"), base.join("loop2")).unwrap();
        symlink("/nowhere", base.join("broken.txt")).unwrap();
        let walk = walk_below(&base, &[""]);
        check(&walk, &["c.txt"]);
        assert_eq!(walk.passed_over, 5);
        check(&walk_below(&base, &["folder"]), &["folder/a.txt", "folder/deep/b.txt"]);
        check(&walk_below(&base, &["file.txt"]), &["file.txt"]);
        check(&walk_below(&base, &["loop"]), &["loop/c.txt"]);
        // One file, two names: that below the base wins, then the first.
        check(
            &walk_below(&base, &["../real", "folder", "file.txt"]),
            &["file.txt", "folder/deep/b.txt"],
        );
        let walk = walk_below(&base, &["broken.txt", "loop2"]);
        assert_eq!(walk.missing_roots, [base.join("broken.txt")]);
        assert_eq!(walk.problems[0].id, "loop2");
        assert!(walk.is_unknown("loop2"));
    }

    #[test]
    fn a_base_behind_a_link() {
        let folder = folder(&["real/a.txt"]);
        let link = folder.path().join("link");
        let real = folder.path().join("real");
        symlink(&real, &link).unwrap();
        for (root, base) in [(&link, &real), (&real, &link), (&link, &link)] {
            check(&walk(&[root.join("a.txt")], base), &["a.txt"]);
            check(&walk(from_ref(root), base), &["a.txt"]);
        }
    }

    #[test]
    fn special_files_are_never_opened() {
        let folder = folder(&["a.txt", "x/"]);
        let make_fifo = |name: &str| {
            let path = folder.path().join(name);
            assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        };
        for name in ["fifo.txt", ".dossierignore", "x/.dossierignore"] {
            make_fifo(name);
        }
        let _socket = UnixListener::bind(folder.path().join("socket.txt")).unwrap();
        let walk = walk_below(folder.path(), &[""]);
        check(&walk, &["a.txt"]);
        assert_eq!(walk.passed_over, 2);
        let walk = dossier_files::walk(
            &[folder.path().join("fifo.txt"), PathBuf::from("/dev/zero")],
            folder.path(),
        );
        check(&walk, &[]);
        let problems: Vec<_> = walk.problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            problems[0],
            "/dev/zero: is neither a file nor a folder; name one of these instead"
        );
        assert_eq!(problems.len(), 2);
    }

    #[test]
    fn names_of_any_bytes() {
        let folder = folder(&[]);
        let base = folder.path();
        let names: [&[u8]; 5] =
            [b"Gr\xf6\xdfe.txt", b"zwei\nZeilen.txt", b"\x1b[31m.txt", b"a%41.txt", b"\xff/b.md"];
        for name in names {
            let path = base.join(OsStr::from_bytes(name));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "Text").unwrap();
        }
        let walk = walk_below(base, &[""]);
        check(
            &walk,
            &["\x1b[31m.txt", "%FF/b.md", "Gr%F6%DFe.txt", "a%2541.txt", "zwei\nZeilen.txt"],
        );
        for file in &walk.files {
            assert_eq!(base.join(path_of(&file.id)), file.path);
        }
        let root = base.join(OsStr::from_bytes(b"\xff"));
        check(&dossier_files::walk(&[root], base), &["%FF/b.md"]);
    }

    #[test]
    fn unreadable_folders_leave_their_files_unknown() {
        let folder = folder(&["a.txt", "zu/b.txt", "zu/c/d.txt"]);
        let closed = folder.path().join("zu");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o0)).unwrap();
        // The superuser may read everything.
        if fs::read_dir(&closed).is_err() {
            let walk = walk_below(folder.path(), &["", "zu"]);
            check(&walk, &["a.txt"]);
            assert_eq!(walk.problems.len(), 1);
            assert!(walk.problems[0].is_folder());
            assert!(walk.is_unknown("zu/c/d.txt") && !walk.is_unknown("zug.txt"));
        }
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    }

    #[test]
    fn folders_nested_as_deep_as_paths_can_be() {
        let folder = folder(&[]);
        let mut deep = folder.path().to_path_buf();
        while deep.as_os_str().len() < 4000 {
            deep.push("x");
        }
        fs::create_dir_all(&deep).unwrap();
        fs::write(deep.join("a.txt"), "Text").unwrap();
        assert_eq!(walk_below(folder.path(), &[""]).files.len(), 1);
    }
}
