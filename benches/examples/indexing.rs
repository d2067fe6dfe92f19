//! What indexing costs beside raw tantivy: processor seconds for a JSON Lines file with the fields
//! `title` and `text`.
//!
//! ```sh
//! cargo run --release -p dossier-benches --example indexing -- FILE FOLDER KIND
//! ```
//!
//! `KIND` is one of:
//!
//! - `read`: the file is read and nothing done with it; part of all the others
//! - `raw`: raw tantivy, its default tokenizer, title and text in one field, not stored
//! - `raw-stored`: the same, stored
//! - `raw-two`: title and text in fields of their own, stored
//! - `engine`: this engine
//!
//! Raw tantivy gets the memory and the threads that the engine takes on two processors. The folder
//! is made anew. Linux only: other systems count processor time elsewhere.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Instant;

use dossier_engine::{Document, Index};
use serde_json::Value;
use tantivy::schema::{STORED, Schema, TEXT};
use tantivy::{IndexWriter, TantivyDocument};

/// Number, title and text of every record.
fn records(file: &Path) -> impl Iterator<Item = (usize, String, String)> {
    let lines = BufReader::new(File::open(file).unwrap()).lines();
    lines.enumerate().map(|(number, line)| {
        let mut record: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let mut text = |field| match record[field].take() {
            Value::String(text) => text,
            _ => String::new(),
        };
        (number, text("title"), text("text"))
    })
}

fn raw(file: &Path, folder: &Path, stored: bool, two: bool) {
    let options = if stored { TEXT | STORED } else { TEXT };
    let mut schema = Schema::builder();
    let title = two.then(|| schema.add_text_field("title", options.clone()));
    let text = schema.add_text_field("text", options);
    let index = tantivy::Index::create_in_dir(folder, schema.build()).unwrap();
    let mut writer: IndexWriter = index.writer_with_num_threads(2, 200_000_000).unwrap();
    for (_, headline, body) in records(file) {
        let mut document = TantivyDocument::new();
        match title {
            Some(title) => {
                document.add_text(title, headline);
                document.add_text(text, body);
            }
            None => document.add_text(text, format!("{headline}\n{body}")),
        }
        writer.add_document(document).unwrap();
    }
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
}

fn engine(file: &Path, folder: &Path) {
    let index = Index::create(folder).unwrap();
    let mut writer = index.writer().unwrap();
    for (number, title, body) in records(file) {
        let id = number.to_string();
        writer.put(Document { id, title, body, ..Document::default() }).unwrap();
    }
    writer.commit().unwrap();
}

/// Seconds that this process has run on all processors together, in the program and in the system.
fn processor() -> [f64; 2] {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    // The name of the program, in brackets, may hold anything.
    let (_, numbers) = stat.rsplit_once(") ").unwrap();
    let number = |at| numbers.split(' ').nth(at).unwrap().parse::<f64>().unwrap() / 100.0;
    [number(11), number(12)]
}

fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().to_owned()
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, folder, kind] = &arguments[..] else { panic!("FILE FOLDER KIND") };
    let (file, folder) = (Path::new(file), Path::new(folder));
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder).unwrap();
    let start = Instant::now();
    match kind.as_str() {
        "read" => println!("{} records", records(file).count()),
        "raw" => raw(file, folder, false, false),
        "raw-stored" => raw(file, folder, true, false),
        "raw-two" => raw(file, folder, true, true),
        "engine" => engine(file, folder),
        other => panic!("unknown kind: {other}"),
    }
    let [user, system] = processor();
    let (wall, peak) = (start.elapsed().as_secs_f64(), peak());
    println!("{kind:10} {user:6.2} user {system:5.2} system {wall:6.2} wall {peak} KB");
}
