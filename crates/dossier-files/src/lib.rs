//! Files and folders become documents.
//!
//! [`walk`] finds the files below some roots, [`read`] turns one of them into
//! [`Document`](dossier_engine::Document)s. Between the two the caller compares each file's
//! [`stamp`](FoundFile::stamp) with what its index knows and leaves alone what did not change.
//!
//! ```
//! use std::ops::ControlFlow;
//! use std::path::Path;
//!
//! let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
//! let walk = dossier_files::walk(&[seeds.clone()], &seeds);
//! let mut titles = Vec::new();
//! for file in &walk.files {
//!     dossier_files::read(file, &dossier_files::Limits::default(), &mut |document| {
//!         titles.push(document.title);
//!         ControlFlow::Continue(())
//!     })?;
//! }
//! assert_eq!(titles[2], "Nordkorea empfängt russische Militärdelegation — World");
//! # Ok::<(), dossier_files::FileProblem>(())
//! ```
//!
//! Everything that is read is taken to be hostile: memory is bounded by [`Limits`], nothing but
//! regular files is ever opened, and whatever cannot be read becomes one value that says where,
//! why and what to do next, never a panic and never the end of the run.

mod archive;
pub mod article;
pub mod dates;
mod decode;
mod document;
mod epub;
mod feed;
mod fields;
mod format;
mod html;
mod id;
mod ignored;
mod input;
mod intake;
mod mail;
mod markdown;
mod moved;
mod office;
mod pdf;
mod problem;
mod read;
mod record;
mod records;
mod source;
mod stamp;
mod table;
mod walk;
mod web_archive;
mod worker;
mod xml;

pub use document::{Article, DateOrigin, Dated};
pub use id::{id_of, path_of};
pub use moved::{moved, reads_alike};
pub use problem::{FileProblem, RecordProblem, kind_of_reason};
pub use read::{Limits, ReadReport, articles, read};
pub use walk::{FoundFile, Walk, walk};
pub use worker::{Worker, work};
