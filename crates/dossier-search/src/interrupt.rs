//! Ctrl-C: while the index is being written, the first one ends the work at the next document and
//! keeps what is done; at any other time, and the second time, it ends the process.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::Exit;
use crate::messages::Language;
use crate::terminal::say;

const IDLE: u8 = 0;
const WORKING: u8 = 1;
const ASKED: u8 = 2;

/// A signal reaches the whole process, and so does this.
static STATE: AtomicU8 = AtomicU8::new(IDLE);

/// Lasts as long as there is work to be ended in order.
pub struct Working;

/// Announces such work.
pub fn working(language: Language) -> Working {
    static HANDLER: OnceLock<bool> = OnceLock::new();
    // Without a handler Ctrl-C ends the process at once, which the index survives as well.
    HANDLER.get_or_init(|| ctrlc::set_handler(move || on_signal(language)).is_ok());
    STATE.store(WORKING, Ordering::SeqCst);
    Working
}

/// Whether the work is to end.
pub fn is_asked() -> bool {
    STATE.load(Ordering::SeqCst) == ASKED
}

impl Drop for Working {
    fn drop(&mut self) {
        STATE.store(IDLE, Ordering::SeqCst);
    }
}

fn on_signal(language: Language) {
    match STATE.compare_exchange(WORKING, ASKED, Ordering::SeqCst, Ordering::SeqCst) {
        Ok(_) => say(language.stopping()),
        Err(_) => std::process::exit(Exit::Interrupted as i32),
    }
}
