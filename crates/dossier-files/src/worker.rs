//! Formats whose libraries can hang, crash or take all memory are read in another process.
//!
//! The library starts no program of its own accord: a caller that wants such formats read names a
//! program ([`Worker`]) which does nothing but call [`work`]; a command names itself, with a
//! hidden verb. What is read goes to its standard input, and a JSON object comes back on its
//! standard output.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::panic::catch_unwind;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::pdf;
use crate::problem::ProblemKind;

/// The program that reads what the library does not read in its own process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worker {
    /// What is started for each file.
    pub program: PathBuf,
    /// What it is told before what [`work`] wants to know.
    pub arguments: Vec<OsString>,
    /// How long it may take for a file; 10 seconds by default.
    pub time: Duration,
    /// How much memory it may take, in bytes; 512 MiB by default. Held on Unix only.
    pub memory_bytes: u64,
}

impl Worker {
    /// A worker with the default limits.
    pub fn new(program: PathBuf, arguments: Vec<OsString>) -> Worker {
        Worker { program, arguments, time: Duration::from_secs(10), memory_bytes: 512 << 20 }
    }
}

/// What a worker found.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Extracted {
    pub(crate) text: String,
    pub(crate) title: Option<String>,
    pub(crate) author: Option<String>,
    /// Why there is no text.
    pub(crate) fault: Option<Fault>,
}

/// Why a worker found no text.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Fault {
    Encrypted,
    Damaged(String),
}

/// Does the work of a [`Worker`]: reads a file from standard input and writes its text to standard
/// output. `arguments` are those behind the worker's own.
///
/// To be called first thing in a process that does nothing else: it lowers the limits of the
/// process, and whatever the library prints or panics with goes to standard error.
///
/// # Errors
///
/// Standard input or output fail; the arguments are not those of this version.
pub fn work(arguments: &[OsString]) -> io::Result<()> {
    let [format, memory] = arguments else {
        return Err(io::Error::other("a worker is started by the library only"));
    };
    let memory = memory.to_str().and_then(|memory| memory.parse().ok());
    if let Some(memory) = memory {
        limit_memory(memory)?;
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let read = || match format.to_str() {
        Some("pdf") => pdf::extract(&bytes),
        _ => Err(Fault::Damaged("unknown format".to_owned())),
    };
    let extracted = match catch_unwind(read) {
        Ok(Ok(extracted)) => extracted,
        Ok(Err(fault)) => Extracted { fault: Some(fault), ..Extracted::default() },
        Err(_) => {
            let fault = Fault::Damaged("its reader gave up".to_owned());
            Extracted { fault: Some(fault), ..Extracted::default() }
        }
    };
    let mut output = io::stdout().lock();
    serde_json::to_writer(&mut output, &extracted)?;
    output.flush()
}

#[cfg(unix)]
fn limit_memory(bytes: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = Rlimit { current: Some(bytes), maximum: Some(bytes) };
    Ok(setrlimit(Resource::As, limit)?)
}

#[cfg(not(unix))]
fn limit_memory(_: u64) -> io::Result<()> {
    Ok(())
}

/// Has a file read by the worker; `most` bytes may come back.
pub(crate) fn extract(
    worker: &Worker,
    format: &'static str,
    bytes: &[u8],
    most: u64,
) -> Result<Extracted, ProblemKind> {
    let mut child = Command::new(&worker.program)
        .args(&worker.arguments)
        .arg(format)
        .arg(worker.memory_bytes.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| ProblemKind::NoWorker(error.to_string()))?;
    let answer = converse(&mut child, worker.time, bytes, most);
    // It is done, or late, or has written too much: in no case is it needed any more.
    let _ = child.kill();
    let _ = child.wait();
    match answer {
        None => Err(ProblemKind::TooSlow(worker.time.as_secs())),
        Some(answer) => serde_json::from_slice(&answer).map_err(|_| ProblemKind::Crashed(format)),
    }
}

/// Gives the bytes to a process and takes what it answers; none if that takes too long.
fn converse(child: &mut Child, time: Duration, bytes: &[u8], most: u64) -> Option<Vec<u8>> {
    let mut stdin = child.stdin.take()?;
    let stdout = child.stdout.take()?;
    thread::scope(|scope| {
        // A process that ends early closes its input: not our fault, and its answer tells.
        scope.spawn(move || stdin.write_all(bytes));
        let (send, receive) = mpsc::channel();
        scope.spawn(move || {
            let mut answer = Vec::new();
            let read =
                stdout.take(most.saturating_mul(2).saturating_add(1000)).read_to_end(&mut answer);
            let _ = send.send(read.map(|_| answer));
        });
        let answer = receive.recv_timeout(time);
        // Without this the threads would wait for a process that hangs.
        let _ = child.kill();
        answer.ok().map(|answer| answer.unwrap_or_default())
    })
}
