//! `dossier-search index PATH…`: adds roots, and brings in what changed in all of them.

use std::io;

use anyhow::{Result, bail};

use crate::args::IndexArgs;
use crate::dossier::{Surroundings, locate};
use crate::refresh::{Purpose, Refresh};
use crate::terminal::say;
use crate::{Exit, json};

/// Brings the index up to date and says what was done.
///
/// Errors: a path that does not exist, before anything is done.
pub fn run(args: &IndexArgs, around: &Surroundings) -> Result<Exit> {
    let mut roots = Vec::new();
    for path in &args.paths {
        let root = around.absolute(path);
        if !root.exists() {
            bail!(around.language.no_such_path(path));
        }
        roots.push(root);
    }
    let dossier = locate(args.index.as_deref(), around)?;
    let purpose = Purpose::Index(&roots);
    let refreshed = Refresh { dossier: &dossier, around, purpose }.run()?;
    if args.json {
        json::write_summary(&mut io::stdout().lock(), &refreshed.summary)?;
    }
    let documents = refreshed.searcher.documents();
    // The process ends: to take the words it remembers apart, one by one, takes a fifth of a second.
    std::mem::forget(refreshed.searcher);
    if refreshed.interrupted {
        say(around.language.interrupted());
        Ok(Exit::Interrupted)
    } else if documents == 0 {
        Ok(Exit::Error)
    } else if refreshed.incomplete {
        Ok(Exit::Skipped)
    } else {
        Ok(Exit::Hits)
    }
}
