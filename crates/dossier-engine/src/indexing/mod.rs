//! Documents become segments, on threads of their own.
//!
//! tantivy keeps what the index is made of: which segments there are, what is deleted in them, when
//! they are merged. Its own threads take a text as one stream of terms for each field. Here a word is
//! looked up once, whatever it gives (see `postings`), and the files are tantivy's.

mod lists;
mod postings;
mod record;
mod removals;
mod segment;

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use tantivy::schema::Term;
use tantivy::{Segment, TantivyError};

pub(crate) use self::record::Entry;
pub(crate) use self::removals::Removed;
use self::removals::{Removal, without_removed};
pub(crate) use self::segment::Records;
use self::segment::{SegmentBuilder, WrittenSegment};
use crate::analysis::Analysis;
use crate::schema::Fields;

/// Bytes of documents waiting for a thread: enough that none waits for the reader. What waits long is
/// no longer in the cache of the processor when its turn comes.
const MOST_BYTES_WAITING: usize = 8_000_000;

/// What threads need to make segments. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Making {
    pub index: tantivy::Index,
    pub fields: Fields,
    pub analysis: Analysis,
    /// Bytes of memory for a segment in the making; one that takes more is written.
    pub memory: usize,
}

/// Threads that make segments of what is put.
pub(crate) struct Workers {
    orders: Sender<Order>,
    threads: Vec<JoinHandle<tantivy::Result<Vec<WrittenSegment>>>>,
    waiting: Arc<Waiting>,
    /// Counts what is put and removed.
    stamp: u64,
    removals: Vec<Removal>,
    /// Set when nothing more is of use: a thread has failed, or nobody wants the segments.
    is_over: Arc<AtomicBool>,
}

struct Order {
    entry: Entry,
    stamp: u64,
    _place: Place,
}

impl Workers {
    /// Starts threads.
    ///
    /// # Errors
    ///
    /// The system gives no more threads.
    pub fn start(making: &Making, threads: usize) -> io::Result<Workers> {
        let (orders, taken) = channel();
        let taken = Arc::new(Mutex::new(taken));
        let is_over = Arc::new(AtomicBool::new(false));
        let start = || {
            let (making, taken) = (making.clone(), Arc::clone(&taken));
            let failure = Failure(Arc::clone(&is_over));
            let thread = thread::Builder::new().name("dossier-indexing".to_owned());
            thread.spawn(move || {
                let made = make_segments(&making, &taken, &failure.0);
                if made.is_ok() {
                    failure.avert();
                }
                made
            })
        };
        let threads = std::iter::repeat_with(start).take(threads).collect::<io::Result<_>>()?;
        let (waiting, removals) = (Arc::default(), Vec::new());
        Ok(Workers { threads, orders, waiting, stamp: 0, removals, is_over })
    }

    /// Hands something of some bytes over. Waits while much is waiting. Whether the threads still
    /// work: if not, `finish` tells why.
    pub fn put(&mut self, entry: Entry, bytes: usize) -> bool {
        self.stamp += 1;
        let place = Waiting::enter(&self.waiting, bytes);
        let order = Order { entry, stamp: self.stamp, _place: place };
        !self.is_over.load(Ordering::Relaxed) && self.orders.send(order).is_ok()
    }

    /// Removes what was put so far and has a term.
    pub fn remove(&mut self, term: Term) {
        self.stamp += 1;
        self.removals.push(Removal { term, stamp: self.stamp });
    }

    /// Waits for the threads, and gives the segments that they made: of all that was put, without
    /// what was removed.
    pub fn finish(mut self) -> tantivy::Result<Vec<Segment>> {
        let mut segments = Vec::new();
        for written in self.join() {
            segments.extend(written?);
        }
        let alive = |segment| without_removed(segment, &self.removals).transpose();
        segments.into_iter().filter_map(alive).collect()
    }

    /// What each thread made.
    fn join(&mut self) -> Vec<tantivy::Result<Vec<WrittenSegment>>> {
        // Threads end when nothing more can come.
        self.orders = channel().0;
        let joined = self.threads.drain(..).map(JoinHandle::join);
        let panicked = |_| Err(TantivyError::ErrorInThread("analysing a text failed".to_owned()));
        joined.map(|made| made.unwrap_or_else(panicked)).collect()
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        self.join();
    }
}

/// Says that all is over when it is dropped, as when a thread panics.
struct Failure(Arc<AtomicBool>);

impl Failure {
    fn avert(mut self) {
        self.0 = Arc::default();
    }
}

impl Drop for Failure {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Makes segments until nothing more can come.
fn make_segments(
    making: &Making,
    orders: &Mutex<Receiver<Order>>,
    is_over: &AtomicBool,
) -> tantivy::Result<Vec<WrittenSegment>> {
    let next = || orders.lock().unwrap_or_else(PoisonError::into_inner).recv();
    let mut written = Vec::new();
    let mut filled: Option<SegmentBuilder> = None;
    while let Ok(Order { entry, stamp, _place }) = next() {
        if is_over.load(Ordering::Relaxed) {
            // What waits is taken, so that nobody waits for room.
            filled = None;
            continue;
        }
        let segment = match &mut filled {
            Some(segment) => segment,
            None => {
                let Making { index, fields, analysis, .. } = making;
                filled.insert(SegmentBuilder::new(index, *fields, analysis.clone())?)
            }
        };
        segment.add(entry, stamp)?;
        if segment.size() > making.memory
            && let Some(full) = filled.take()
        {
            written.push(full.finish()?);
        }
    }
    if let Some(segment) = filled.filter(|_| !is_over.load(Ordering::Relaxed)) {
        written.push(segment.finish()?);
    }
    Ok(written)
}

/// Counts the bytes of documents between `put` and the end of their analysis.
#[derive(Default)]
struct Waiting {
    bytes: Mutex<usize>,
    freed: Condvar,
}

impl Waiting {
    /// Waits until there is room for `size` bytes, or nothing else is waiting.
    fn enter(waiting: &Arc<Waiting>, size: usize) -> Place {
        let bytes = waiting.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |bytes: &mut usize| *bytes > 0 && *bytes + size > MOST_BYTES_WAITING;
        let bytes = waiting.freed.wait_while(bytes, full);
        *bytes.unwrap_or_else(PoisonError::into_inner) += size;
        Place { waiting: Arc::clone(waiting), size }
    }
}

/// Who waits for room is woken when so much is free: to be woken for each document would cost more
/// than some documents take to be read.
const WORTH_WAKING: usize = MOST_BYTES_WAITING / 2;

/// Gives its bytes back when the document is dropped, whatever happened to it.
struct Place {
    waiting: Arc<Waiting>,
    size: usize,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut bytes = self.waiting.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let before = *bytes;
        *bytes -= self.size;
        if *bytes == 0 || before > WORTH_WAKING && *bytes <= WORTH_WAKING {
            self.waiting.freed.notify_all();
        }
    }
}
