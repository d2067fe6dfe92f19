//! Reading the files that changed into the index, and removing what is gone.

use std::collections::{HashMap, HashSet};
use std::error::Error as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use dossier_engine::{Document, Origin, Result, Searcher, Writer};
use dossier_files::{FoundFile, Limits, Worker, moved};

use crate::changes::{Changes, unreadable};
use crate::interrupt;
use crate::messages::Language;
use crate::note::Note;
use crate::progress::Progress;
use crate::remarks::Remarks;

/// What there is to do.
pub struct Job<'j> {
    pub changes: &'j Changes,
    /// The roots to record.
    pub note: &'j Note,
    /// The state of the index before; none for an index that starts empty.
    pub before: Option<&'j Searcher>,
    pub language: Language,
    pub limits: Limits,
}

/// What was done, in files.
#[derive(Debug, Default)]
pub struct Report {
    pub added: usize,
    pub changed: usize,
    pub removed: usize,
    /// Of the files that were read.
    pub bytes: u64,
    pub took: Duration,
    pub remarks: Remarks,
    /// Whether the user stopped it; what was done until then is committed.
    pub interrupted: bool,
}

/// Text between two commits: what a crash costs at most is read again in a few seconds, and
/// commits of this size are rare enough not to slow the run down.
const BYTES_PER_COMMIT: u64 = 200 << 20;

/// Time between two commits, for sources that are slow to read.
const TIME_PER_COMMIT: Duration = Duration::from_secs(30);

/// Does the job. A file or record that cannot be read is skipped; an interruption ends the job
/// after the document at hand.
///
/// Errors: those of the index. What was committed until then stays.
pub fn ingest(writer: Writer, job: &Job) -> Result<Report> {
    let started = Instant::now();
    let _working = interrupt::working(job.language);
    let mut run = Run {
        writer,
        job,
        report: Report::default(),
        owners: HashMap::new(),
        replaced: job
            .changes
            .gone
            .iter()
            .chain(job.changes.changed.iter().map(|f| &f.id))
            .collect(),
        progress: Progress::new(job.changes.to_read(), job.language),
        bytes: 0,
        committed: Instant::now(),
    };
    run.writer.set_note(&job.note.text());
    if job.before.is_none_or(|before| before.note() != Some(&*job.note.text())) {
        // From now on the index knows its roots, whatever happens to this run.
        run.writer.commit()?;
    }
    run.all()?;
    run.writer.commit()?;
    // Asked for too late to leave anything out, but nobody wants to see results any more.
    run.report.interrupted |= interrupt::is_asked();
    run.report.took = started.elapsed();
    Ok(run.report)
}

struct Run<'j> {
    writer: Writer,
    job: &'j Job<'j>,
    report: Report,
    /// Which file each id of this run is from, by the hash of the id.
    owners: HashMap<u64, u32>,
    /// Paths whose documents in `before` are removed in this run.
    replaced: HashSet<&'j String>,
    progress: Progress,
    /// Text put since the last commit.
    bytes: u64,
    committed: Instant,
}

impl<'j> Run<'j> {
    fn all(&mut self) -> Result<()> {
        for path in &self.job.changes.gone {
            self.writer.delete_path(path)?;
            self.report.removed += 1;
        }
        let changes = self.job.changes;
        let new = changes.new.iter().map(|file| (file, true));
        let changed = changes.changed.iter().map(|file| (file, false));
        for (number, (file, is_new)) in (0..).zip(new.chain(changed)) {
            if interrupt::is_asked() {
                self.report.interrupted = true;
                break;
            }
            let was_read = self.read(file, number)?;
            if self.report.interrupted {
                break;
            }
            if !is_new {
                self.remove_rest(file)?;
            }
            match (was_read, is_new) {
                (true, true) => self.report.added += 1,
                (true, false) => self.report.changed += 1,
                (false, _) => {}
            }
            self.report.bytes += file.bytes;
            self.progress.file_done(file.bytes);
        }
        Ok(())
    }

    /// Removes what a file held before and this run did not find in it.
    fn remove_rest(&mut self, file: &FoundFile) -> Result<()> {
        let Some(before) = self.job.before else { return Ok(()) };
        for id in before.ids_from(&file.id)? {
            // What another file has taken over is that file's.
            if !self.owners.contains_key(&hash(&id)) {
                self.writer.delete(&id)?;
            }
        }
        Ok(())
    }

    /// Puts what was read of a file under the name it had before; whether it could be read.
    fn rename(&mut self, file: &'j FoundFile, number: u32, from: &str) -> Result<bool> {
        let Some(before) = self.job.before else { return Ok(false) };
        for id in before.ids_from(from)? {
            if interrupt::is_asked() {
                self.report.interrupted = true;
                return Ok(false);
            }
            if let Some(document) = before.document(&id)? {
                self.put(moved(document, from, &file.id), file, number)?;
            }
        }
        self.writer.put_origin(origin_of(file))?;
        self.commit_now_and_then()?;
        Ok(true)
    }

    /// Reads one file; whether it could be read.
    fn read(&mut self, file: &'j FoundFile, number: u32) -> Result<bool> {
        if let Some(from) = self.job.changes.moved.get(&file.id) {
            return self.rename(file, number, from);
        }
        let mut outcome = Ok(());
        let limits = &self.job.limits;
        let report = dossier_files::read(file, limits, &mut |document| {
            outcome = self.put(document, file, number);
            if outcome.is_err() {
                return ControlFlow::Break(());
            }
            if interrupt::is_asked() {
                self.report.interrupted = true;
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        outcome?;
        if self.report.interrupted {
            // No origin: the next run reads the file again.
            return Ok(false);
        }
        let language = self.job.language;
        let mut origin = origin_of(file);
        let was_read = match &report {
            Ok(report) => {
                self.report.remarks.read(language, &file.id, report);
                origin.problem = report.skipped.first().map(|first| {
                    let (total, line, why) = (report.skipped_total, first.line, &first.reason);
                    format!("{total} of its records, the first in line {line}: {why}")
                });
                true
            }
            Err(problem) => {
                if problem.source().is_some() {
                    origin.stamp = unreadable(file.stamp);
                }
                let reason = problem.reason();
                self.report.remarks.skip(language, &file.id, &reason);
                origin.problem = Some(reason);
                false
            }
        };
        self.writer.put_origin(origin)?;
        self.commit_now_and_then()?;
        Ok(was_read)
    }

    fn put(&mut self, mut document: Document, file: &'j FoundFile, number: u32) -> Result<()> {
        let known = match self.job.before {
            Some(before) => before.document(&document.id)?,
            None => None,
        };
        if let Some(other) = self.other_owner(&document.id, known.as_ref(), file, number) {
            let name = format!("{}#{}", file.id, document.id);
            let language = self.job.language;
            self.report.remarks.put(|| {
                language.renamed(
                    &document.id,
                    &name,
                    other.as_deref().unwrap_or(language.another_file()),
                )
            });
            document.id = name;
        }
        self.owners.insert(hash(&document.id), number);
        let bytes = (document.title.len() + document.body.len()) as u64;
        // Most of a mailbox or an archive that grew is in the index as it is: reading it again takes
        // a tenth of the time of indexing it.
        if !known.is_some_and(|known| is_as_known(&document, known)) {
            self.writer.put(document)?;
            self.bytes += bytes;
        }
        self.progress.within_file(bytes);
        self.commit_now_and_then()
    }

    /// Whether another file holds a document with that id: `Some`, with the file's path where it
    /// is known.
    fn other_owner(
        &self,
        id: &str,
        known: Option<&Document>,
        file: &FoundFile,
        number: u32,
    ) -> Option<Option<String>> {
        if let Some(&owner) = self.owners.get(&hash(id)) {
            let changes = self.job.changes;
            let path = || changes.new.iter().chain(&changes.changed).nth(owner as usize);
            return (owner != number).then(|| path().map(|file| file.id.clone()));
        }
        let path = known.and_then(|known| known.path.as_ref());
        path.filter(|path| **path != file.id && !self.replaced.contains(path))
            .map(|path| Some(path.clone()))
    }

    fn commit_now_and_then(&mut self) -> Result<()> {
        if self.bytes >= BYTES_PER_COMMIT || self.committed.elapsed() >= TIME_PER_COMMIT {
            self.writer.commit()?;
            self.bytes = 0;
            self.committed = Instant::now();
        }
        Ok(())
    }
}

/// What the index is to know of a file that was read without a fault.
fn origin_of(file: &FoundFile) -> Origin {
    let FoundFile { id, stamp, identity, .. } = file;
    Origin { path: id.clone(), stamp: *stamp, identity: *identity, problem: None }
}

/// Whether a document is in the index as it is.
fn is_as_known(document: &Document, mut known: Document) -> bool {
    if document.language.is_none() {
        // It was detected.
        known.language = None;
    }
    known == *document
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// How files are read: those whose formats may crash or hang, by this command in a process apart.
pub fn limits() -> Limits {
    let this = std::env::current_exe().ok();
    let worker = this.map(|command| Worker {
        // The allocator of this command would take a gigabyte of addresses in advance.
        environment: vec![("MIMALLOC_ARENA_RESERVE".into(), "0".into())],
        ..Worker::new(command, vec![crate::WORKER.into()])
    });
    Limits { worker, ..Limits::default() }
}
