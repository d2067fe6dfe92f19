//! `dossier-search`: searches a folder of German articles.
//!
//! The table of contents: `args` decides what is asked for, one module per verb does it
//! (`search` with `kwic`, `index`, `batch`, `names`, `similar`, `show`, `analyze`), `dossier` and `refresh` find the index and keep it up
//! to date, `print` and `json` write results, and whatever comes from outside passes `terminal`.

mod analyze;
mod args;
mod batch;
mod changes;
mod complaints;
mod dossier;
mod index;
mod ingest;
mod interrupt;
mod json;
mod kwic;
mod messages;
mod names;
mod note;
mod print;
mod progress;
mod refresh;
mod remarks;
mod report;
mod search;
mod show;
mod similar;
mod surfaces;
mod table;
mod terminal;
mod why;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;

use crate::args::Command;
use crate::dossier::Surroundings;
use crate::terminal::say;

/// The command's alone: a library leaves the choice to who embeds it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How the command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// With hits; or done, where nothing was searched.
    Hits = 0,
    /// Without hits, or only with those of the nearest readings.
    NoHits = 1,
    /// With a message that says what to do next.
    Error = 2,
    /// Indexed, but for some files or records that were skipped.
    Skipped = 3,
    /// By Ctrl-C.
    Interrupted = 130,
}

/// The argument under which the command starts itself to read a file whose format may crash or
/// hang: not for people.
pub const WORKER: &str = "--read-for-the-index";

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    if let [worker, rest @ ..] = &arguments[..]
        && worker == WORKER
    {
        return ExitCode::from(dossier_files::work(rest).map_or(Exit::Error, |()| Exit::Hits) as u8);
    }
    let exit = match args::parse(arguments) {
        Ok(command) => run(&command).or_else(report),
        Err(asked) => usage(&asked).or_else(report),
    };
    ExitCode::from(exit.unwrap_or(Exit::Error) as u8)
}

fn run(command: &Command) -> Result<Exit> {
    let around = Surroundings::read()?;
    let run = match command {
        Command::Search(args) => search::run(args, &around),
        Command::Index(args) => index::run(args, &around),
        Command::Batch(args) => batch::run(args, &around),
        Command::Names(args) => names::run(args, &around),
        Command::Analyze(args) => analyze::run(args, &around),
        Command::Show(args) => show::run(args, &around),
        Command::Similar(args) => similar::run(args, &around),
    };
    run.map_err(|error| match error.downcast::<dossier_engine::Error>() {
        Ok(error) => anyhow::anyhow!(around.language.engine_error(&error)),
        Err(error) => error,
    })
}

/// Says once what went wrong. Whoever closed the pipe does not want to hear about it.
fn report(error: anyhow::Error) -> Result<Exit, ()> {
    let is_closed_pipe = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|error| error.kind() == io::ErrorKind::BrokenPipe);
    if is_closed_pipe {
        return Ok(Exit::Hits);
    }
    say(&format!("dossier-search: {error:#}"));
    Err(())
}

/// Prints the help that was asked for, or what clap has to say about the arguments.
fn usage(asked: &clap::Error) -> Result<Exit> {
    if asked.use_stderr() {
        say(asked.to_string().trim_end());
        return Ok(Exit::Error);
    }
    io::stdout().lock().write_all(asked.to_string().as_bytes())?;
    Ok(Exit::Hits)
}
