//! One writer at a time in a folder.

use std::fs::{self, File};
use std::io::{Read, Seek, Write};
use std::path::Path;

use super::header::write_error;
use crate::error::{ErrorKind, Result};

pub(super) const LOCK: &str = "writer.lock";

/// Held by whoever writes in a folder; freed when dropped, and by the system when a process ends.
pub(crate) struct WriterLock {
    _file: File,
}

impl WriterLock {
    pub(super) fn take(folder: &Path) -> Result<WriterLock> {
        let path = folder.join(LOCK);
        let mut file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|source| write_error(&path, source))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let _ = file.read_to_string(&mut holder);
                let process = holder.trim().parse().ok();
                return Err(ErrorKind::Locked { path: folder.to_owned(), process }.into());
            }
            Err(fs::TryLockError::Error(source)) => return Err(write_error(&path, source)),
        }
        let named = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| writeln!(file, "{}", std::process::id()));
        named.map_err(|source| write_error(&path, source))?;
        Ok(WriterLock { _file: file })
    }
}
