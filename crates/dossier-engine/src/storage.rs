//! Where an index's files live: a thin layer over tantivy's memory-mapped folder.
//!
//! It adds what that lacks: files that others may read, renames that survive a power cut, no
//! leftovers of interrupted writes, and reading where nothing can be written.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::Directory;
use tantivy::directory::error::{
    DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError,
};
use tantivy::directory::{
    DirectoryLock, FileHandle, FileSlice, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// Bytes of a file that are written at a time: each time, the system looks for the place anew.
const WRITTEN_AT_ONCE: usize = 1 << 18;

/// A folder of index files.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    files: MmapDirectory,
    path: PathBuf,
    read_only: bool,
}

impl Folder {
    /// The folder at `path`, which exists. Read only means: no file is made, not even a lock.
    pub fn open(path: &Path, read_only: bool) -> Result<Folder, OpenDirectoryError> {
        Ok(Folder { files: MmapDirectory::open(path)?, path: path.to_owned(), read_only })
    }
}

/// Replaces a file's content in one step, durably: whoever reads sees the old or the new.
///
/// The name of the temporary file is fixed: what an interrupted write leaves is overwritten by the
/// next, and nothing piles up.
pub(crate) fn write_atomically(path: &Path, data: &[u8]) -> io::Result<()> {
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(".new");
    let mut file = File::create(&temporary)?;
    file.write_all(data)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&temporary, path)?;
    sync_folder(path.parent().unwrap_or(Path::new(".")))
}

/// Makes the names in a folder durable.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    // Windows cannot open folders as files; its renames are journalled.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn open_read(&self, path: &Path) -> Result<FileSlice, OpenReadError> {
        self.files.open_read(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let file = self.files.open_write(path)?.into_parts().0;
        // tantivy takes the outer buffer away, and puts a small one of its own in its place.
        Ok(BufWriter::new(Box::new(BufWriter::with_capacity(WRITTEN_AT_ONCE, file))))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        write_atomically(&self.path.join(path), data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        sync_folder(&self.path)
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        if self.read_only {
            // A lock file cannot be made here. Readers use it only to keep a writer from removing
            // files between listing and opening them; opening is tried again where that happens.
            return Ok(DirectoryLock::from(Box::new(())));
        }
        self.files.acquire_lock(lock)
    }

    fn watch(&self, _callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        // Readers are reloaded on request; nobody watches.
        Ok(WatchHandle::empty())
    }
}
