//! The bytes of a file or of a member of an archive: their start, all of them, or one after the
//! other.

use std::fs::{self, File, Metadata};
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::path::Path;

use crate::decode::HEAD_BYTES;
use crate::problem::ProblemKind;
use crate::stamp::stamp_of;

/// Read at once; larger does not make reading faster.
const BUFFER_BYTES: usize = 256 << 10;

/// What is to be read.
pub(crate) enum Input<'i> {
    File(&'i mut Opened),
    Bytes(Vec<u8>),
    /// What an archive unpacks: its start, and the rest.
    Stream(Vec<u8>, &'i mut dyn Read),
}

impl<'i> Input<'i> {
    /// What an archive unpacks.
    pub(crate) fn stream(reader: &'i mut dyn Read) -> io::Result<Input<'i>> {
        let mut head = Vec::new();
        (&mut *reader).take(HEAD_BYTES as u64).read_to_end(&mut head)?;
        Ok(Input::Stream(head, reader))
    }

    /// The first bytes.
    pub(crate) fn head(&self) -> &[u8] {
        match self {
            Input::File(opened) => &opened.head,
            Input::Bytes(bytes) => &bytes[..bytes.len().min(HEAD_BYTES)],
            Input::Stream(head, _) => head,
        }
    }

    /// How many bytes there may be, where that is known; nothing of what an archive unpacks.
    pub(crate) fn size_hint(&self) -> u64 {
        match self {
            Input::File(opened) => opened.bytes(),
            Input::Bytes(bytes) => bytes.len() as u64,
            Input::Stream(..) => 0,
        }
    }

    /// All bytes. Of a file, as they were at one moment.
    pub(crate) fn whole(self, limit: u64) -> Result<Vec<u8>, ProblemKind> {
        match self {
            Input::File(opened) => opened.whole(limit),
            Input::Bytes(bytes) if bytes.len() as u64 > limit => {
                Err(ProblemKind::TooLarge { bytes: bytes.len() as u64, limit })
            }
            Input::Bytes(bytes) => Ok(bytes),
            Input::Stream(mut bytes, rest) => {
                let read = rest
                    .take((limit + 1).saturating_sub(bytes.len() as u64))
                    .read_to_end(&mut bytes);
                read.map_err(|error| ProblemKind::Damaged("archive", error.to_string()))?;
                if bytes.len() as u64 > limit {
                    return Err(ProblemKind::TooLarge { bytes: bytes.len() as u64, limit });
                }
                Ok(bytes)
            }
        }
    }

    /// The bytes one after the other. Of a file, up to what was its end when it was opened, so
    /// that reading it ends even if something writes to it faster than it is read.
    pub(crate) fn reader(self) -> io::Result<Box<dyn BufRead + 'i>> {
        Ok(match self {
            Input::File(opened) => Box::new(opened.rewound()?),
            Input::Bytes(bytes) => Box::new(Cursor::new(bytes)),
            Input::Stream(head, rest) => {
                Box::new(BufReader::with_capacity(BUFFER_BYTES, Cursor::new(head).chain(rest)))
            }
        })
    }

    /// The first line that is not blank, if it ends within the limit.
    pub(crate) fn first_line(&mut self, limit: u64) -> io::Result<Option<Vec<u8>>> {
        match self {
            Input::File(opened) => first_line(&mut opened.rewound()?.take(limit)),
            Input::Bytes(bytes) => first_line(&mut bytes.as_slice()),
            Input::Stream(head, _) => first_line(&mut head.as_slice()),
        }
    }
}

fn first_line(input: &mut dyn BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let content = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
        if !content.trim_ascii().is_empty() {
            return Ok(Some(content.to_vec()));
        }
        line.clear();
    }
    Ok(None)
}

/// An open regular file, and how it was at that moment.
pub(crate) struct Opened {
    pub(crate) file: File,
    path: std::path::PathBuf,
    metadata: Metadata,
    /// Its first bytes.
    head: Vec<u8>,
}

impl Opened {
    pub(crate) fn open(path: &Path) -> Result<Opened, ProblemKind> {
        // Before it is opened: opening a FIFO waits until somebody writes to it.
        if !fs::metadata(path)?.is_file() {
            return Err(ProblemKind::Special);
        }
        let mut file = File::open(path)?;
        let metadata = file.metadata()?;
        let mut head = Vec::with_capacity(HEAD_BYTES.min(metadata.len() as usize + 1));
        file.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
        Ok(Opened { file, path: path.to_path_buf(), metadata, head })
    }

    /// Its size when it was opened.
    pub(crate) fn bytes(&self) -> u64 {
        self.metadata.len()
    }

    fn rewound(&mut self) -> io::Result<impl BufRead + use<'_>> {
        self.file.rewind()?;
        let length = self.metadata.len();
        Ok(BufReader::with_capacity(BUFFER_BYTES, self.file.by_ref().take(length)))
    }

    fn whole(&mut self, limit: u64) -> Result<Vec<u8>, ProblemKind> {
        for is_last in [false, true] {
            let bytes = self.metadata.len();
            if bytes > limit {
                return Err(ProblemKind::TooLarge { bytes, limit });
            }
            if let Some(bytes) = self.read_whole()? {
                return Ok(bytes);
            }
            if !is_last {
                *self = Opened::open(&self.path)?;
            }
        }
        Err(ProblemKind::Changed)
    }

    /// All of its bytes; none if they changed meanwhile.
    fn read_whole(&mut self) -> io::Result<Option<Vec<u8>>> {
        let length = self.metadata.len();
        if length < HEAD_BYTES as u64 && self.head.len() as u64 == length {
            // Most articles are read already.
            return Ok((!self.has_changed()?).then(|| std::mem::take(&mut self.head)));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(length).map_err(io::Error::other)?);
        self.file.rewind()?;
        self.file.by_ref().take(length).read_to_end(&mut bytes)?;
        let is_whole = bytes.len() as u64 == length && !self.has_changed()?;
        Ok(is_whole.then_some(bytes))
    }

    pub(crate) fn has_changed(&self) -> io::Result<bool> {
        Ok(stamp_of(&self.file.metadata()?) != stamp_of(&self.metadata))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_file_that_changes_is_read_again() {
        let mut named = tempfile::NamedTempFile::new().unwrap();
        named.write_all(b"Erst kurz.").unwrap();
        let mut stale = Opened::open(named.path()).unwrap();
        named.write_all(b" Dann lang.").unwrap();
        assert_eq!(stale.read_whole().unwrap(), None);
        let bytes = stale.whole(1000).unwrap();
        assert_eq!(bytes, b"Erst kurz. Dann lang.");
    }
}
