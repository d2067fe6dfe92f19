//! Progress on standard error while indexing: nothing in the first second; then a bar on a
//! terminal, elsewhere one line, so that a log shows what took so long.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::messages::Language;
use crate::terminal::{is_watched, say};

/// The progress of one run.
pub struct Progress {
    language: Language,
    started: Instant,
    files: usize,
    bytes: u64,
    /// Bytes of the files that are done, and of the text read from the one at hand.
    done: u64,
    within: u64,
    shown: Shown,
}

enum Shown {
    NotYet,
    Line,
    Bar(ProgressBar),
}

/// Work that takes no longer is over before anybody wonders.
const PATIENCE: Duration = Duration::from_secs(1);

const TEMPLATE: &str = "{msg} {wide_bar} {bytes}/{total_bytes} {binary_bytes_per_sec} {eta}";

impl Progress {
    /// Starts the clock, for so many files with so many bytes.
    pub fn new((files, bytes): (usize, u64), language: Language) -> Progress {
        Progress {
            language,
            started: Instant::now(),
            files,
            bytes,
            done: 0,
            within: 0,
            shown: Shown::NotYet,
        }
    }

    /// Some text was read from a file of so many bytes.
    pub fn within_file(&mut self, text: u64, file: u64) {
        self.within = (self.within + text).min(file);
        self.show();
    }

    /// A file is done, read or not.
    pub fn file_done(&mut self, bytes: u64) {
        self.done += bytes;
        self.within = 0;
        self.show();
    }

    /// Clears the bar.
    pub fn finish(&mut self) {
        if let Shown::Bar(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }

    fn show(&mut self) {
        match &self.shown {
            Shown::NotYet if self.started.elapsed() < PATIENCE => {}
            Shown::NotYet => {
                let message = self.language.indexing(self.files);
                self.shown = if is_watched() {
                    Shown::Bar(bar(self.bytes, message))
                } else {
                    say(&message);
                    Shown::Line
                };
            }
            Shown::Line => {}
            Shown::Bar(bar) => bar.set_position(self.done + self.within),
        }
    }
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
