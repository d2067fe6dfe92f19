//! What a run of the indexer has to say beside its results: what was skipped and why.

use std::collections::BTreeMap;

use dossier_files::{ReadReport, RecordProblem, kind_of_reason};
use serde::Serialize;

use crate::messages::Language;
use crate::table::write_table;
use crate::terminal::{say, visible};

/// What was skipped, and other remarks: one line each, the first of them, and all by their kind.
#[derive(Debug, Default)]
pub struct Remarks {
    lines: Vec<String>,
    /// Lines beyond those kept.
    more: usize,
    /// Files and records that were skipped.
    pub skipped: usize,
    /// By kind.
    reasons: BTreeMap<String, Counted>,
}

#[derive(Debug)]
struct Counted {
    count: usize,
    example: String,
}

/// Why something was skipped, how often, and where for example.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    pub reason: String,
    pub count: usize,
    pub example: String,
}

/// Lines of remarks for one run: enough to see what kind of thing is wrong.
const MOST_REMARKS: usize = 20;

/// Kinds of reasons in a table.
const MOST_REASONS: usize = 20;

impl Remarks {
    /// Records a file or record that was skipped.
    pub fn skip(&mut self, language: Language, place: &str, reason: &str) {
        self.skipped += 1;
        self.put(|| language.skipped(&format!("{place}: {reason}")));
        self.count(kind_of_reason(reason), 1, || place.to_owned());
    }

    /// Records what was noticed and skipped in a file that was read.
    pub fn read(&mut self, language: Language, file: &str, report: &ReadReport) {
        let name = |problem: &RecordProblem| format!("{}: {}", problem.place(file), problem.reason);
        for problem in &report.skipped {
            self.put(|| language.skipped(&name(problem)));
        }
        for notice in &report.notices {
            self.put(|| language.remark(&name(notice)));
        }
        self.skipped += report.skipped_total;
        self.more += report.skipped_total.saturating_sub(report.skipped.len());
        self.more += report.notices_total.saturating_sub(report.notices.len());
        for (kind, count) in &report.skipped_kinds {
            let of_kind = |problem: &&RecordProblem| kind_of_reason(&problem.reason) == *kind;
            let example = || report.skipped.iter().find(of_kind);
            self.count(kind.clone(), *count, || {
                example().map_or(file.to_owned(), |problem| problem.place(file))
            });
        }
    }

    /// Records a remark that is nothing skipped.
    pub fn put(&mut self, line: impl FnOnce() -> String) {
        if self.lines.len() < MOST_REMARKS {
            self.lines.push(line());
        } else {
            self.more += 1;
        }
    }

    fn count(&mut self, kind: String, count: usize, example: impl FnOnce() -> String) {
        let new = || Counted { count: 0, example: example() };
        self.reasons.entry(kind).or_insert_with(new).count += count;
    }

    /// Why things were skipped, the most frequent reason first.
    pub fn reasons(&self) -> Vec<Reason> {
        let reason = |(reason, counted): (&String, &Counted)| {
            let (reason, example) = (reason.clone(), counted.example.clone());
            Reason { reason, count: counted.count, example }
        };
        let mut reasons: Vec<Reason> = self.reasons.iter().map(reason).collect();
        reasons.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.reason.cmp(&b.reason)));
        reasons
    }

    /// Says them on standard error: each, or where they are too many the first, and how many there
    /// are for each reason.
    pub fn say(&self, language: Language) {
        for line in &self.lines {
            say(line);
        }
        if self.more == 0 {
            return;
        }
        say(&language.more_remarks(self.more));
        let rows: Vec<[String; 3]> = self
            .reasons()
            .into_iter()
            .take(MOST_REASONS)
            .map(|Reason { reason, count, example }| {
                [count.to_string(), visible(&reason).into_owned(), visible(&example).into_owned()]
            })
            .collect();
        let mut table = Vec::new();
        if !rows.is_empty() && write_table(&mut table, &language.reason_columns(), &rows).is_ok() {
            say(&String::from_utf8_lossy(&table));
        }
    }
}
