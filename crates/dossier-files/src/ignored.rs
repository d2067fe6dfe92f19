//! `.dossierignore` files: patterns as in `.gitignore`, for the folder they lie in and all below.
//!
//! The patterns are the `ignore` crate's. Its walker is not used: it opens whatever has the name
//! of an ignore file, and waits forever if that is a FIFO.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

const NAME: &str = ".dossierignore";

/// Larger ignore files are refused: patterns are compiled to automata, which takes time and
/// memory that nobody would expect of a text file.
const MAX_BYTES: u64 = 64 << 10;

/// The ignore files that apply within a folder, the nearest first.
pub(crate) struct Ignored {
    patterns: Gitignore,
    /// The folder the patterns are relative to, in the same terms as the paths asked for.
    folder: PathBuf,
    outer: Option<Rc<Ignored>>,
}

impl Ignored {
    /// Adds the ignore file of the folder, if there is one, to those of the folders around it.
    ///
    /// `path` opens the folder, `name` is what the paths asked for start with. Lines that are no
    /// pattern, and files that cannot be read, are told to `problem` and otherwise count for
    /// nothing.
    pub(crate) fn enter(
        path: &Path,
        name: &Path,
        outer: Option<Rc<Ignored>>,
        problem: &mut dyn FnMut(&Path, String),
    ) -> Option<Rc<Ignored>> {
        let path = path.join(NAME);
        let text = match read(&path) {
            Ok(Some(text)) => text,
            Ok(None) => return outer,
            Err(error) => {
                problem(&path, format!("the ignore file cannot be read ({error})"));
                return outer;
            }
        };
        // The empty root: paths are made relative to the folder before they are matched.
        let mut builder = GitignoreBuilder::new("");
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            if let Err(error) = builder.add_line(None, line) {
                problem(&path, format!("line {} is no pattern ({error})", index + 1));
            }
        }
        match builder.build() {
            Ok(patterns) if patterns.is_empty() => outer,
            Ok(patterns) => Some(Rc::new(Ignored { patterns, folder: name.to_path_buf(), outer })),
            Err(error) => {
                problem(&path, format!("its patterns are too much together ({error})"));
                outer
            }
        }
    }

    /// Whether a file or folder is to be passed over. The nearest ignore file that has a pattern
    /// for it decides, and in it the last such pattern.
    pub(crate) fn has(&self, name: &Path, is_folder: bool) -> bool {
        let mut level = Some(self);
        while let Some(ignored) = level {
            if let Ok(relative) = name.strip_prefix(&ignored.folder) {
                let found = ignored.patterns.matched(relative, is_folder);
                if !found.is_none() {
                    return found.is_ignore();
                }
            }
            level = ignored.outer.as_deref();
        }
        false
    }
}

/// The text of an ignore file; none if there is no file of that name.
fn read(path: &Path) -> io::Result<Option<String>> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => {}
        // A folder, FIFO or device of that name is no ignore file.
        Ok(_) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(io::Error::other(format!("more than {MAX_BYTES} bytes")));
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}
