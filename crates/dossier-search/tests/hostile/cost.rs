//! Runs of the command, and what they cost.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};
use serde_json::Value;

use crate::harness::{Dossier, Output};

/// Processor time for a file of whatever kind. What is promised is promised of a release build: debug
/// builds are several times slower, and so is a busy machine, and what grows without bound is seen
/// all the same.
const MOST_TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });

/// Memory for a file of whatever kind that adds nothing to the index.
pub const MOST_MEMORY: u64 = 300 << 20;

/// Children are counted for the process: one test runs at a time.
static TURN: Mutex<()> = Mutex::new(());

/// A dossier with two articles, one read before everything else and one after it.
pub struct Hostile {
    pub dossier: Dossier,
    _turn: MutexGuard<'static, ()>,
}

/// What was said of a run, and what it cost.
pub struct Indexed {
    pub summary: Value,
    pub output: Output,
}

impl Hostile {
    pub fn new() -> Hostile {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let dossier = Dossier::with(&[("0.txt", "Apfel eins"), ("~.txt", "Apfel zwei")]);
        Hostile { dossier, _turn: turn }
    }

    pub fn with(files: &[(&str, Vec<u8>)]) -> Hostile {
        let hostile = Hostile::new();
        for (name, content) in files {
            hostile.dossier.write(name, content);
        }
        hostile
    }

    /// Indexes all of it within the limits for a single file, and finds the two articles.
    #[track_caller]
    pub fn index(&self) -> Indexed {
        let indexed = self.index_within(MOST_TIME, MOST_MEMORY);
        let found = self.dossier.found(&["--no-refresh", "--all-copies", "Apfel"]);
        for id in ["0.txt", "~.txt"] {
            assert!(found.iter().any(|found| found == id), "{found:?}");
        }
        indexed
    }

    // What it took is seen with the failure of a test, or with `--nocapture`.
    #[allow(clippy::print_stderr)]
    #[track_caller]
    pub fn index_within(&self, time: Duration, memory: u64) -> Indexed {
        let (before, most_before) = (time_of_children(), most_memory_of_children());
        let output = self.dossier.run(&["index", "--json"]);
        let taken = time_of_children() - before;
        assert!([0, 3].contains(&output.code), "{output:?}");
        assert!(taken <= time, "{taken:?}: {output:?}");
        let most = most_memory_of_children();
        // Another run may have been allowed more, and the system tells the most of all.
        assert!(most <= memory.max(most_before), "{} MiB: {output:?}", most >> 20);
        eprintln!("{taken:.2?}, at most {} MiB so far", most >> 20);
        let summary = output.json().remove(0);
        assert!(summary["articles"].as_u64() >= Some(2), "{summary}");
        Indexed { summary, output }
    }

    /// Indexes a file that adds nothing to the index, and has that reason in the summary.
    #[track_caller]
    pub fn check(name: &str, content: Vec<u8>, reason: &str) {
        Hostile::with(&[(name, content)]).index().expect(name, reason);
    }
}

impl Indexed {
    /// Asserts the only reason why something was skipped.
    #[track_caller]
    pub fn expect(&self, name: &str, reason: &str) {
        assert_eq!(self.output.code, 3, "{name}: {:?}", self.output);
        let reasons = self.summary["reasons"].as_array().unwrap();
        let told = reasons[0]["reason"].as_str().unwrap();
        assert!(reasons.len() == 1 && told.contains(reason), "{name}: {reasons:?}");
        let example = reasons[0]["example"].as_str().unwrap();
        assert!(example.starts_with(name), "{name}: {example}");
        assert_eq!(self.summary["articles"], 2, "{name}: {}", self.summary);
    }
}

pub fn time_of_children() -> Duration {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
    let (user, system) = (usage.user_time(), usage.system_time());
    let micros =
        |time: nix::sys::time::TimeVal| time.tv_sec() as u64 * 1_000_000 + time.tv_usec() as u64;
    Duration::from_micros(micros(user) + micros(system))
}

/// The most that any child had in memory at once, with the children of its own.
fn most_memory_of_children() -> u64 {
    let most = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap().max_rss() as u64;
    // Linux counts in KiB, macOS in bytes.
    if cfg!(target_os = "macos") { most } else { most << 10 }
}
