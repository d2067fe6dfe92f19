//! Progress on standard error while indexing: nothing in the first second; then a bar on a
//! terminal, elsewhere one line, so that a log shows what took so long.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::messages::Language;
use crate::terminal::{is_watched, say};

/// The progress of one run, shown by a thread of its own until it is dropped: the run may be busy
/// in one long file, or in the last commit.
pub struct Progress {
    /// Bytes of the files that are done.
    done: u64,
    /// Bytes of the file at hand.
    within: u64,
    shown: Arc<AtomicU64>,
    /// Dropped to end the thread.
    running: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Work that takes no longer is over before anybody wonders.
const PATIENCE: Duration = Duration::from_secs(1);

/// Between two updates of the bar.
const PACE: Duration = Duration::from_millis(100);

const TEMPLATE: &str = "{msg} {wide_bar} {bytes}/{total_bytes} {binary_bytes_per_sec} {eta}";

impl Progress {
    /// Starts the clock, for so many files with so many bytes.
    pub fn new((files, bytes): (usize, u64), language: Language) -> Progress {
        let shown = Arc::new(AtomicU64::new(0));
        let (running, ended) = channel();
        let position = Arc::clone(&shown);
        let thread = thread::spawn(move || show(&ended, &position, files, bytes, language));
        Progress { done: 0, within: 0, shown, running: Some(running), thread: Some(thread) }
    }

    /// Some text was read from the file at hand.
    pub fn within_file(&mut self, text: u64) {
        self.within += text;
        self.shown.store(self.done + self.within, Ordering::Relaxed);
    }

    /// A file of so many bytes is done, read or not.
    pub fn file_done(&mut self, bytes: u64) {
        self.done += bytes;
        self.within = 0;
        self.shown.store(self.done, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    /// Clears the bar before anything else is said.
    fn drop(&mut self) {
        self.running = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn show(ended: &Receiver<()>, at: &AtomicU64, files: usize, bytes: u64, language: Language) {
    let goes_on = |after| ended.recv_timeout(after) == Err(RecvTimeoutError::Timeout);
    if !goes_on(PATIENCE) {
        return;
    }
    let message = language.indexing(files);
    if !is_watched() {
        say(&message);
        return;
    }
    let bar = bar(bytes, message);
    while goes_on(PACE) {
        bar.set_position(at.load(Ordering::Relaxed).min(bytes));
    }
    bar.finish_and_clear();
}

fn bar(bytes: u64, message: String) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr());
    // The template is a constant that a test reads.
    bar.with_style(
        ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar()),
    )
    .with_message(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_understood() {
        assert!(ProgressStyle::with_template(TEMPLATE).is_ok());
    }
}
