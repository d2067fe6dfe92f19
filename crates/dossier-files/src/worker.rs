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
use std::process::{Child, Command, ExitStatus, Stdio};
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
    /// What is set in its environment besides that of this process, by name; nothing by default. A
    /// program whose allocator takes addresses in advance must be told not to, or `memory_bytes` is
    /// used up when it starts.
    pub environment: Vec<(OsString, OsString)>,
    /// How much processor time it may take for a file of up to a megabyte, and again for each
    /// megabyte more; 2 seconds by default. Held on Unix only, in whole seconds.
    pub time: Duration,
    /// How long it may take by the clock, whatever the file; 30 seconds by default.
    pub wait: Duration,
    /// How much memory it may take, in bytes of addresses; 300 MiB by default. Held on Unix only.
    pub memory_bytes: u64,
}

impl Worker {
    /// A worker with the default limits.
    pub fn new(program: PathBuf, arguments: Vec<OsString>) -> Worker {
        let (time, wait) = (Duration::from_secs(2), Duration::from_secs(30));
        let environment = Vec::new();
        Worker { program, arguments, environment, time, wait, memory_bytes: 300 << 20 }
    }

    /// The whole seconds of processor time for a file of that size.
    fn seconds(&self, bytes: usize) -> u64 {
        let megabytes = (bytes as f64 / 1e6).max(1.0);
        self.time.mul_f64(megabytes).min(self.wait).as_secs_f64().ceil() as u64
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
    let [format, memory, seconds] = arguments else {
        return Err(io::Error::other("a worker is started by the library only"));
    };
    let number = |argument: &OsString| argument.to_str().and_then(|number| number.parse().ok());
    limit(number(memory), number(seconds))?;
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
fn limit(memory: Option<u64>, seconds: Option<u64>) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    if memory.is_some() {
        setrlimit(Resource::As, Rlimit { current: memory, maximum: memory })?;
    }
    if let Some(seconds) = seconds {
        // At the first limit the process is told which; at the second it would just be killed.
        let maximum = Some(seconds + 1);
        setrlimit(Resource::Cpu, Rlimit { current: Some(seconds), maximum })?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn limit(_: Option<u64>, _: Option<u64>) -> io::Result<()> {
    Ok(())
}

/// Has a file read by the worker; `most` bytes may come back.
pub(crate) fn extract(
    worker: &Worker,
    format: &'static str,
    bytes: &[u8],
    most: u64,
) -> Result<Extracted, ProblemKind> {
    let seconds = worker.seconds(bytes.len());
    let mut child = Command::new(&worker.program)
        .envs(worker.environment.iter().map(|(name, value)| (name, value)))
        .args(&worker.arguments)
        .arg(format)
        .arg(worker.memory_bytes.to_string())
        .arg(seconds.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| ProblemKind::NoWorker(error.to_string()))?;
    let answer = converse(&mut child, worker.wait, bytes, most);
    // It is done, or late, or has written too much: in no case is it needed any more.
    let _ = child.kill();
    let status = child.wait();
    match answer {
        None => Err(ProblemKind::TooSlow(worker.wait.as_secs())),
        Some(answer) => serde_json::from_slice(&answer).map_err(|_| match status {
            Ok(status) if has_spent_its_time(status) => ProblemKind::TooSlow(seconds),
            _ => ProblemKind::Crashed(format),
        }),
    }
}

/// Whether the system ended a process because its processor time was over.
#[cfg(unix)]
fn has_spent_its_time(status: ExitStatus) -> bool {
    use rustix::process::Signal;
    use std::os::unix::process::ExitStatusExt;
    status.signal() == Some(Signal::XCPU.as_raw())
}

#[cfg(not(unix))]
fn has_spent_its_time(_: ExitStatus) -> bool {
    false
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
