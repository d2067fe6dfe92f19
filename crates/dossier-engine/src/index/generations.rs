//! The subfolders of an index, one for each time it was rebuilt.

use std::fs;
use std::path::Path;

pub(super) fn generation_number(name: &str) -> Option<u64> {
    name.strip_prefix('g')?.parse().ok()
}

pub(super) fn generations(folder: &Path) -> impl Iterator<Item = u64> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| generation_number(&entry.file_name().to_string_lossy()))
}

/// Removes what a finished or interrupted rebuild left. What cannot be removed stays for next time.
pub(super) fn remove_generations_but(folder: &Path, keep: Option<&str>) {
    let names: Vec<_> = generations(folder).map(|number| format!("g{number}")).collect();
    for name in names.iter().filter(|name| Some(name.as_str()) != keep) {
        let _ = fs::remove_dir_all(folder.join(name));
    }
}
