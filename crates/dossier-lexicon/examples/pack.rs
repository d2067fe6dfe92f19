//! Packs the table that `build/lexicon.py` writes into the files under `data`.
//!
//! ```sh
//! cargo run --release -p dossier-lexicon --example pack -- OUT data
//! ```

use std::env;
use std::error::Error;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let mut folders = env::args().skip(1).map(PathBuf::from);
    let (Some(from), Some(to)) = (folders.next(), folders.next()) else {
        return Err("usage: pack OUT data".into());
    };
    let mut map = fst::MapBuilder::memory();
    let table = fs::read_to_string(from.join("entries.tsv"))?;
    for line in table.lines() {
        let (key, value) = line.split_once('\t').ok_or("a line without a tab")?;
        map.insert(key, value.parse()?)?;
    }
    let words = map.into_inner()?;
    let rules = fs::read(from.join("rules.bin"))?;
    let mut hasher = DefaultHasher::new();
    hasher.write(&words);
    hasher.write(&rules);
    fs::write(to.join("words.fst"), &words)?;
    fs::write(to.join("rules.bin"), &rules)?;
    fs::write(to.join("hash.txt"), format!("{:016x}", hasher.finish()))?;
    Ok(())
}
