//! Never stale, never destructive: brings the index up to date with its sources before it is
//! searched, makes it where there is none, and builds it anew where it is of no use.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use dossier_engine::{Error as EngineError, Index, IndexOptions, Searcher, Writer};
use dossier_files::{Walk, id_of, walk};

use crate::changes::{Changes, Retry};
use crate::dossier::{Dossier, Surroundings, is_unwritable};
use crate::ingest::{Job, Report, ingest, limits};
use crate::messages::Summary;
use crate::note::Note;
use crate::terminal::say;

/// What the index is brought up to date for.
#[derive(Clone, Copy, Debug)]
pub enum Purpose<'p> {
    /// To be searched: what cannot be done is said, and the search goes on with what there is.
    Search,
    /// To be up to date, with these roots besides those it has.
    Index(&'p [PathBuf]),
}

/// An index that is up to date, as far as possible.
pub struct Refreshed {
    pub searcher: Searcher,
    /// What the paths of documents are relative to.
    pub base: PathBuf,
    /// Whether files or records were skipped, or roots are missing.
    pub incomplete: bool,
    pub interrupted: bool,
    /// What was done.
    pub summary: Summary,
}

/// A dossier, and what to do with its index.
pub struct Refresh<'r> {
    pub dossier: &'r Dossier,
    pub around: &'r Surroundings,
    pub purpose: Purpose<'r>,
}

/// Unasked, no more files than that are indexed: a larger folder was probably not meant.
const MOST_FILES_UNASKED: usize = 10_000;

/// Opens the index without a look at the sources.
pub fn as_it_is(dossier: &Dossier, around: &Surroundings) -> Result<Refreshed> {
    match open(&IndexOptions::default(), &dossier.index) {
        Ok(searcher) => {
            let base = match searcher.note().and_then(Note::read) {
                Some(note) => note.in_dossier(dossier).1,
                None => dossier.base.clone(),
            };
            Ok(Refreshed::as_it_is(searcher, base))
        }
        Err(error) if error.is_missing() && !dossier.named => {
            bail!(around.language.no_index_yet(&dossier.base))
        }
        Err(error) if error.is_missing() => bail!(around.language.no_index(&dossier.index)),
        Err(error) => Err(error.into()),
    }
}

impl Refreshed {
    fn as_it_is(searcher: Searcher, base: PathBuf) -> Refreshed {
        let summary = Summary { articles: searcher.documents(), ..Summary::default() };
        Refreshed { searcher, base, incomplete: false, interrupted: false, summary }
    }
}

impl Refresh<'_> {
    /// Brings the index up to date, or makes it.
    pub fn run(&self) -> Result<Refreshed> {
        match open(&self.dossier.options(), &self.dossier.index) {
            Ok(searcher) => match searcher.note().and_then(Note::read) {
                Some(note) => self.update(searcher, note),
                None => self.adopt(searcher),
            },
            Err(error) if error.is_missing() => self.first(),
            Err(error) => self.mend(None, error),
        }
    }

    /// Builds the index anew, beside the old one, if that mends the error; `note` is that of the
    /// old one where it can be read.
    pub fn mend(&self, note: Option<Note>, error: EngineError) -> Result<Refreshed> {
        if !error.is_outdated() && !error.is_corrupt() {
            return Err(error.into());
        }
        let named_nothing = matches!(self.purpose, Purpose::Search | Purpose::Index([]));
        if note.is_none() && self.dossier.named && named_nothing {
            say(&self.around.language.engine_error(&error));
            bail!(self.around.language.unknown_roots(&self.dossier.index));
        }
        let (note, base) = match note {
            Some(note) => self.with_added_roots(note),
            None => self.first_note()?,
        };
        let (walk, missing) = self.walk(&note, &base);
        self.check_first(&walk, &base)
            .inspect_err(|_| say(&self.around.language.engine_error(&error)))?;
        say(&self.around.language.rebuilding(&error));
        let changes = self.everything(walk);
        let rebuild = self.dossier.options().rebuild(&self.dossier.index)?;
        let report = self.ingest(rebuild.writer()?, &changes, &note, None)?;
        // Swapped in even when interrupted: the next run goes on from there.
        let searcher = rebuild.finish()?.searcher()?;
        Ok(self.done(searcher, base, &changes, report, missing))
    }

    /// The first index of a dossier.
    fn first(&self) -> Result<Refreshed> {
        if self.dossier.named && matches!(self.purpose, Purpose::Search) {
            bail!(self.around.language.no_index(&self.dossier.index));
        }
        let (note, base) = self.first_note()?;
        let (walk, missing) = self.walk(&note, &base);
        self.check_first(&walk, &base)?;
        let index = self.create()?;
        let changes = self.everything(walk);
        let report = self.ingest(index.writer()?, &changes, &note, None)?;
        Ok(self.done(index.searcher()?, base, &changes, report, missing))
    }

    /// An index without a note of ours: one that was made through the library, or in a run that
    /// ended before its first commit.
    fn adopt(&self, searcher: Searcher) -> Result<Refreshed> {
        let is_ours = !self.dossier.named || matches!(self.purpose, Purpose::Index(_));
        if is_ours {
            let (note, base) = self.first_note()?;
            if searcher.documents() == 0 {
                self.check_first(&self.walk(&note, &base).0, &base)?;
            }
            return self.compare(searcher, None, note, base);
        }
        if searcher.documents() == 0 {
            bail!(self.around.language.no_index(&self.dossier.index));
        }
        let base = self.dossier.base.clone();
        Ok(Refreshed::as_it_is(searcher, base))
    }

    fn update(&self, searcher: Searcher, recorded: Note) -> Result<Refreshed> {
        let (note, base) = self.with_added_roots(recorded.clone());
        self.compare(searcher, Some(recorded), note, base)
    }

    fn compare(
        &self,
        searcher: Searcher,
        recorded: Option<Note>,
        note: Note,
        base: PathBuf,
    ) -> Result<Refreshed> {
        let (mut walk, mut missing) = self.walk(&note, &base);
        let retry = match self.purpose {
            Purpose::Search => Retry::None,
            Purpose::Index(_) => Retry::Unreadable,
        };
        let (origins, unfinished) = match (searcher.origins(), searcher.unfinished_paths()) {
            (Ok(origins), Ok(unfinished)) => (origins, unfinished),
            (Err(error), _) | (_, Err(error)) => return self.mend(recorded, error),
        };
        let emptied = self.emptied(&note, &base, &walk, || origins.iter().map(|o| &*o.path));
        missing |= !emptied.is_empty();
        let files = std::mem::take(&mut walk.files);
        let is_unknown =
            |id: &str| walk.is_unknown(id) || emptied.iter().any(|root| is_below(id, root));
        let mut changes = Changes::between(files, origins, unfinished, retry, &is_unknown);
        changes.unread = unread(&walk);
        let same_roots = recorded.as_ref().is_some_and(|recorded| recorded.same_roots(&note));
        if changes.is_empty() && same_roots {
            return Ok(self.done(searcher, base, &changes, Report::default(), missing));
        }
        let written = self.dossier.options().open(&self.dossier.index).and_then(|index| {
            let report = self.ingest(index.writer()?, &changes, &note, Some(&searcher))?;
            Ok((report, index.searcher()?))
        });
        match (written, self.purpose) {
            (Ok((report, now)), _) => Ok(self.done(now, base, &changes, report, missing)),
            (Err(error), _) if error.is_corrupt() => self.mend(Some(note), error),
            (Err(error), Purpose::Search) => {
                let language = self.around.language;
                say(&language.not_refreshed(&language.engine_error(&error)));
                Ok(Refreshed { incomplete: true, ..Refreshed::as_it_is(searcher, base) })
            }
            (Err(error), Purpose::Index(_)) => Err(error.into()),
        }
    }

    /// The roots of an index that has none yet, and what they are relative to.
    fn first_note(&self) -> Result<(Note, PathBuf)> {
        let Dossier { base, sources, named, .. } = self.dossier;
        let own = || sources.clone().unwrap_or_else(|| vec![base.clone()]);
        let note = match self.purpose {
            Purpose::Index(added) if !added.is_empty() => {
                // A dossier keeps its sources whatever is added; a named index holds what it is
                // told to, and so does a folder that becomes a dossier by this.
                let roots = if *named { None } else { sources.clone() };
                Note::new(base, &roots.unwrap_or_default(), added)
            }
            _ => Note::new(base, &own(), &[]),
        };
        Ok((note, base.clone()))
    }

    fn with_added_roots(&self, note: Note) -> (Note, PathBuf) {
        let (mut note, base) = note.in_dossier(self.dossier);
        if let Purpose::Index(added) = self.purpose {
            for root in added {
                note.add(&base, root);
            }
        }
        (note, base)
    }

    /// Finds the files, and says which roots are missing and which folders cannot be listed.
    fn walk(&self, note: &Note, base: &Path) -> (Walk, bool) {
        let mut walk = walk(&note.roots(base), base);
        walk.files.retain(|file| !file.path.starts_with(&self.dossier.index));
        for root in &walk.missing_roots {
            say(&self.around.language.missing_root(root));
        }
        for problem in &walk.problems {
            // While searching only what is kept from being up to date; see `done` for the rest.
            if matches!(self.purpose, Purpose::Search) && problem.is_folder() {
                let what = format!("{}: {}", problem.id, problem.reason());
                say(&self.around.language.skipped(&what));
            }
        }
        let missing = !walk.missing_roots.is_empty() || !walk.problems.is_empty();
        (walk, missing)
    }

    /// Roots that are empty folders although the index holds files of theirs: the place of a drive
    /// that is not mounted looks like that. Their ids; a search keeps what is known of them.
    fn emptied<'o, I: Iterator<Item = &'o str>>(
        &self,
        note: &Note,
        base: &Path,
        walk: &Walk,
        known: impl Fn() -> I,
    ) -> Vec<String> {
        if matches!(self.purpose, Purpose::Index(_)) {
            return Vec::new();
        }
        let mut emptied = Vec::new();
        for root in note.roots(base) {
            let is_empty = !walk.files.iter().any(|file| file.path.starts_with(&root))
                && std::fs::read_dir(&root).is_ok_and(|mut entries| entries.next().is_none());
            let id = id_of(root.strip_prefix(base).unwrap_or(&root));
            if is_empty && known().any(|path| is_below(path, &id)) {
                say(&self.around.language.emptied_root(&root));
                emptied.push(id);
            }
        }
        emptied
    }

    /// Refuses a first index that nobody asked for or that would be empty.
    fn check_first(&self, walk: &Walk, base: &Path) -> Result<()> {
        let language = self.around.language;
        let unasked = matches!(self.purpose, Purpose::Search) && self.dossier.sources.is_none();
        if unasked && self.around.is_too_wide(base) {
            bail!(language.refuses_place(base));
        }
        if unasked && walk.files.len() > MOST_FILES_UNASKED {
            bail!(language.refuses_files(base, walk.files.len()));
        }
        if walk.files.is_empty() {
            match self.purpose {
                Purpose::Index([root]) => bail!(language.no_articles(root)),
                _ => bail!(language.no_articles(base)),
            }
        }
        Ok(())
    }

    fn everything(&self, walk: Walk) -> Changes {
        let unread = unread(&walk);
        let files = walk.files;
        let all = Changes::between(files, Vec::new(), Vec::new(), Retry::None, &|_| false);
        Changes { unread, ..all }
    }

    /// Makes the empty index, in the user's cache folder if the dossier cannot be written.
    fn create(&self) -> Result<Index> {
        let Dossier { index, fallback, named, .. } = self.dossier;
        let options = self.dossier.options();
        match (create(&options, index), fallback) {
            (Err(error), Some(fallback)) if is_refused(&error) && !named => {
                say(&self.around.language.in_cache(fallback));
                Ok(create(&options, fallback)?)
            }
            (created, _) => Ok(created?),
        }
    }

    fn ingest(
        &self,
        writer: Writer,
        changes: &Changes,
        note: &Note,
        before: Option<&Searcher>,
    ) -> dossier_engine::Result<Report> {
        let language = self.around.language;
        ingest(writer, &Job { changes, note, before, language, limits: limits() })
    }

    /// Says what was done.
    fn done(
        &self,
        searcher: Searcher,
        base: PathBuf,
        changes: &Changes,
        mut report: Report,
        missing: bool,
    ) -> Refreshed {
        let language = self.around.language;
        let indexing = matches!(self.purpose, Purpose::Index(_));
        if indexing {
            for (id, reason) in &changes.unread {
                report.remarks.skip(language, id, reason);
            }
            for origin in &changes.faulty {
                let problem = origin.problem.as_deref().unwrap_or_default();
                report.remarks.skip(language, &origin.path, problem);
            }
        }
        report.remarks.say(language);
        let summary = Summary {
            files: changes.files,
            articles: searcher.documents(),
            added: report.added,
            changed: report.changed,
            removed: report.removed,
            skipped: report.remarks.skipped,
            reasons: report.remarks.reasons(),
            bytes: report.bytes,
            seconds: report.took.as_secs_f64(),
        };
        if indexing || !changes.is_empty() {
            say(&language.summary(&summary));
        }
        Refreshed {
            searcher,
            base,
            incomplete: missing || report.remarks.skipped > 0,
            interrupted: report.interrupted,
            summary,
        }
    }
}

/// Reading needs no lock and no right to write.
fn open(options: &IndexOptions, folder: &Path) -> dossier_engine::Result<Searcher> {
    options.open_read_only(folder)?.searcher()
}

fn create(options: &IndexOptions, folder: &Path) -> dossier_engine::Result<Index> {
    options
        .create(folder)
        // Another process may have made it since we looked.
        .or_else(|error| options.open(folder).map_err(|_| error))
}

/// What the walk could not look at.
fn unread(walk: &Walk) -> Vec<(String, String)> {
    walk.problems.iter().map(|problem| (problem.id.clone(), problem.reason())).collect()
}

/// Whether an error says that the folder may not be written at all.
fn is_refused(error: &EngineError) -> bool {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(cause) = source {
        if cause.downcast_ref().is_some_and(is_unwritable) {
            return true;
        }
        source = cause.source();
    }
    error.is_read_only()
}

/// Whether the id is that of a file in the folder with the other id.
fn is_below(id: &str, folder: &str) -> bool {
    folder.is_empty() || id.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}
