//! The rules for articles against texts that were changed at random, the same way each time, and
//! against texts that repeat one thing: what is marked is part of the text, and time is linear.
//! What is made up from nothing is in `fuzz`.

// Helpers of tests may panic like these.
#![allow(clippy::unwrap_used)]

mod common;

use std::path::Path;
use std::time::{Duration, Instant};

use common::pieces::{LINES, check_article, check_parts};
use common::read_as;
use dossier_files::{Limits, dates};

/// A small generator of our own: the same numbers everywhere and for ever (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % end as u64).unwrap()
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// Changes a text in some places: words and lines go, come twice, change places, or come from the
/// table.
fn changed(text: &str, random: &mut Random) -> String {
    let mut parts: Vec<&str> = text.split_inclusive([' ', '\n']).collect();
    for _ in 0..1 + random.below(12) {
        let at = random.below(parts.len().max(1));
        match random.below(6) {
            0 if parts.len() > 1 => drop(parts.remove(at)),
            1 if parts.len() > 1 => {
                let other = random.below(parts.len());
                parts.swap(at, other);
            }
            2 if !parts.is_empty() => parts.insert(at, parts[at]),
            // A part of a word.
            3 if !parts.is_empty() => {
                let cut = random.below(parts[at].len() + 1);
                parts[at] = parts[at].get(cut..).unwrap_or_default();
            }
            4 if parts.len() > 20 => parts.truncate(at),
            _ => parts.insert(at.min(parts.len()), random.one(LINES)),
        }
    }
    parts.concat()
}

/// Texts to begin with: the sample articles, and one of every rule's kind.
fn texts() -> Vec<String> {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    let mut files: Vec<_> =
        std::fs::read_dir(seeds).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut texts: Vec<String> =
        files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    texts.push(
        "Startseite > Politik\n\nMusterstadt baut neue Brücke - Musterblatt\n\nMusterstadt baut neue Bruecke\n\n\
         Von Jörg Müller und Max Mustermann, Berlin\nVeröffentlicht am 21. November 2024 um 14:33 Uhr, aktualisiert \
         am 22.11.24\n\nBERLIN (dpa/AFP) – Der Rat der Stadt hat am Freitag in einer langen Sitzung beschlossen, \
         die Brücke neu zu bauen. Zwischen dem 3. und dem 5. Mai 2025 soll es losgehen, in der letzten Woche vor \
         der Wahl.\nFoto: Erika Beispiel/dpa\n\nDie Bürgermeisterin sagte, das werde bis Ende 2026 dauern. (mau/dpa)\n\n\
         Mehr zum Thema\nWarum Brücken altern\nSchlagworte: Brücke, Rat\nQuelle: https://www.musterblatt.de/2024/11/21/b\n"
            .to_owned(),
    );
    texts
}

#[test]
fn articles() {
    let mut random = Random(1);
    let texts = texts();
    for round in 0..600 {
        let text = changed(&texts[round % texts.len()], &mut random);
        check_parts(&text);
        if let Ok((found, _)) = read_as("a.txt", text.as_bytes(), &Limits::default()) {
            found.iter().for_each(check_article);
        }
    }
}

/// What a rule does once for each line or word must not become once for each pair of them.
#[test]
fn time_is_linear() {
    for piece in LINES.iter().chain(&[
        "letzte Woche ",
        "(dpa) ",
        "Foto: dpa. ",
        "a/b/dpa ",
        "Von Max Mustermann, ",
    ]) {
        for joint in ["", "\n", " ", ". "] {
            let text = [piece, joint].concat().repeat(20_000);
            let start = Instant::now();
            check_parts(&text);
            let _ = dates::find(&text);
            let longest = Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 1 });
            assert!(start.elapsed() < longest, "{piece:?}: {:?}", start.elapsed());
        }
    }
}
