//! One file while it is read: what it may still cost, what was handed over, what went wrong.

use std::cell::Cell;
use std::collections::HashSet;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use crate::document::Article;
use crate::problem::{ProblemKind, RecordProblem, kind_of_reason};
use crate::read::{Limits, ReadReport};
use crate::stamp::hash;
use crate::walk::FoundFile;

/// A report keeps so many problems, and so many notices; the rest is counted. Nobody reads more,
/// and a file of nothing but faults must not fill the memory.
const KEPT_PROBLEMS: usize = 100;

/// Why reading ends early.
pub(crate) enum Stop {
    /// The caller wants no more.
    BrokenOff,
    /// The file, or the member at hand, cannot be read.
    Problem(ProblemKind),
}

pub(crate) type Outcome = Result<(), Stop>;

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        Stop::Problem(ProblemKind::File(error))
    }
}

impl From<ProblemKind> for Stop {
    fn from(kind: ProblemKind) -> Stop {
        Stop::Problem(kind)
    }
}

/// A file that is being read.
pub(crate) struct Intake<'r> {
    pub(crate) file: &'r FoundFile,
    pub(crate) limits: &'r Limits,
    pub(crate) report: ReadReport,
    /// What archives may still unpack.
    pub(crate) budget: Rc<Budget>,
    each: &'r mut dyn FnMut(Article) -> ControlFlow<()>,
    ids: Ids,
    /// How many archives the content at hand lies in.
    depth: usize,
}

/// Where something is within a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    /// The id of the file or member.
    pub(crate) id: &'a str,
    /// The line, counted from 1; 0 where there are no lines.
    pub(crate) line: u64,
    /// The byte.
    pub(crate) byte: u64,
}

impl<'a> Place<'a> {
    /// The file or member as a whole.
    pub(crate) fn whole(id: &'a str) -> Place<'a> {
        Place { id, line: 0, byte: 0 }
    }
}

impl<'r> Intake<'r> {
    pub(crate) fn new(
        file: &'r FoundFile,
        limits: &'r Limits,
        each: &'r mut dyn FnMut(Article) -> ControlFlow<()>,
    ) -> Intake<'r> {
        let budget = Rc::new(Budget::new(limits, file.bytes));
        Intake {
            file,
            limits,
            report: ReadReport::default(),
            budget,
            each,
            ids: Ids::default(),
            depth: 0,
        }
    }

    /// Hands an article over. Its id is made unique within the file.
    pub(crate) fn give(&mut self, mut article: Article) -> Outcome {
        let number = self.report.documents as u64 + 1;
        article.id = self.ids.free(article.id, number).0;
        self.hand_over(article)
    }

    /// Hands over the record of a line, whose id may be its own. Tells if another had it before.
    pub(crate) fn give_record(&mut self, mut article: Article, place: &Place<'_>) -> Outcome {
        let (id, taken) = self.ids.free(std::mem::take(&mut article.id), place.line);
        if let Some(taken) = taken {
            let (taken, id) = (quoted(&taken), quoted(&id));
            self.notice(
                place,
                format!("id '{taken}' occurs twice in the file; this one is '{id}'"),
            );
        }
        article.id = id;
        self.hand_over(article)
    }

    fn hand_over(&mut self, article: Article) -> Outcome {
        self.report.documents += 1;
        match (self.each)(article) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::BrokenOff),
        }
    }

    /// Records something that is no document.
    pub(crate) fn skip(&mut self, place: &Place<'_>, reason: String) {
        self.report.skipped_total += 1;
        let kinds = &mut self.report.skipped_kinds;
        let mut kind = kind_of_reason(&reason);
        if kinds.len() >= KEPT_PROBLEMS && !kinds.contains_key(&kind) {
            // So many kinds of faults in one file say nothing any more.
            kind = kinds.keys().next().cloned().unwrap_or(kind);
        }
        *kinds.entry(kind).or_default() += 1;
        if self.report.skipped.len() < KEPT_PROBLEMS {
            let problem = self.problem(place, reason);
            self.report.skipped.push(problem);
        }
    }

    /// Records something about a document that is handed over all the same.
    pub(crate) fn notice(&mut self, place: &Place<'_>, reason: String) {
        self.report.notices_total += 1;
        if self.report.notices.len() < KEPT_PROBLEMS {
            let problem = self.problem(place, reason);
            self.report.notices.push(problem);
        }
    }

    fn problem(&self, place: &Place<'_>, reason: String) -> RecordProblem {
        let member =
            place.id.strip_prefix(self.file.id.as_str()).and_then(|id| id.strip_prefix('!'));
        RecordProblem {
            path: self.file.path.clone(),
            member: member.map(str::to_owned),
            line: place.line,
            byte: place.byte,
            reason,
        }
    }

    /// Reads a member of an archive, mailbox or the like. What is wrong with it is recorded, and
    /// the next one is read, unless the budget of the whole file is spent.
    ///
    /// # Errors
    ///
    /// The caller breaks off; too many members, too deep, or too much in all.
    pub(crate) fn member(
        &mut self,
        id: &str,
        read: impl FnOnce(&mut Intake<'r>) -> Outcome,
    ) -> Outcome {
        match self.inside(read) {
            Err(Stop::Problem(ProblemKind::TooMuchUnpacked(_) | ProblemKind::TooManyMembers)) => {
                Err(Stop::Problem(self.budget.problem()))
            }
            Err(Stop::Problem(ProblemKind::File(error))) => {
                self.skip(
                    &Place::whole(id),
                    ProblemKind::Damaged("member", error.to_string()).text(),
                );
                Ok(())
            }
            Err(Stop::Problem(kind)) => {
                self.skip(&Place::whole(id), kind.text());
                Ok(())
            }
            other => other,
        }
    }

    /// Reads what is in an archive.
    ///
    /// # Errors
    ///
    /// Those of `read`; too many members, too deep, or too much in all, however the reader of the
    /// format took that.
    pub(crate) fn inside(&mut self, read: impl FnOnce(&mut Intake<'r>) -> Outcome) -> Outcome {
        self.budget.count_member()?;
        if self.depth == self.limits.archive_depth {
            return Err(ProblemKind::TooDeep(self.depth).into());
        }
        self.depth += 1;
        let outcome = read(self);
        self.depth -= 1;
        match outcome {
            Err(Stop::Problem(_)) | Ok(()) if self.budget.is_spent() => {
                Err(self.budget.problem().into())
            }
            other => other,
        }
    }
}

/// How much archives may unpack, over all that is nested in a file.
pub(crate) struct Budget {
    limit: u64,
    unpacked: Cell<u64>,
    members_left: Cell<usize>,
    spent: Cell<bool>,
}

/// Archives of nothing but zeros pack a thousand to one; text packs three to twenty to one, logs
/// and tables up to a hundred.
const RATIO: u64 = 200;

/// So much may be unpacked whatever the ratio.
const FREE_BYTES: u64 = 32 << 20;

impl Budget {
    fn new(limits: &Limits, packed: u64) -> Budget {
        let limit = limits.unpacked_bytes.min(packed.saturating_mul(RATIO).max(FREE_BYTES));
        Budget {
            limit,
            unpacked: Cell::new(0),
            members_left: Cell::new(limits.members),
            spent: Cell::new(false),
        }
    }

    fn count_member(&self) -> Result<(), ProblemKind> {
        let left = self.members_left.get().checked_sub(1).ok_or(ProblemKind::TooManyMembers)?;
        self.members_left.set(left);
        Ok(())
    }

    fn is_spent(&self) -> bool {
        self.spent.get()
    }

    fn problem(&self) -> ProblemKind {
        if self.is_spent() {
            ProblemKind::TooMuchUnpacked(self.limit)
        } else {
            ProblemKind::TooManyMembers
        }
    }

    /// Counts what was unpacked.
    ///
    /// # Errors
    ///
    /// It is more than the limit.
    pub(crate) fn count(&self, bytes: usize) -> io::Result<()> {
        self.unpacked.set(self.unpacked.get().saturating_add(bytes as u64));
        if self.unpacked.get() > self.limit {
            self.spent.set(true);
            return Err(io::Error::other("it unpacks to too much"));
        }
        Ok(())
    }
}

/// Counts what is read from an archive.
pub(crate) struct Counted<R> {
    pub(crate) inner: R,
    pub(crate) budget: Rc<Budget>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.inner.read(buffer)?;
        self.budget.count(bytes)?;
        Ok(bytes)
    }
}

/// The ids of a file so far, as hashes: two that happen to share one get different ids all the
/// same, so nothing is lost.
#[derive(Default)]
struct Ids {
    seen: HashSet<u64>,
}

impl Ids {
    /// The id, if it is free, else another one and the one that was taken.
    fn free(&mut self, mut id: String, number: u64) -> (String, Option<String>) {
        let mut taken = None;
        while !self.seen.insert(hash(id.as_bytes())) {
            let next = format!("{id}#{number}");
            taken.get_or_insert(id);
            id = next;
        }
        (id, taken)
    }
}

/// Messages quote values that may be as long as the limit allows; so many characters will do.
const QUOTED_CHARS: usize = 80;

/// The first 80 characters of a value, for a message.
pub(crate) fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
