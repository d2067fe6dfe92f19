//! Stamps: whether a file is the one that was read before, without opening it.
//!
//! The hash is FNV-1a, written out here because stamps and the order of hashes outlive the
//! process: the standard library's may change with the compiler.

use std::fs::Metadata;
use std::time::UNIX_EPOCH;

/// Changes with the size and with the time of modification, which counts in nanoseconds.
pub(crate) fn stamp_of(metadata: &Metadata) -> u64 {
    let nanoseconds = match metadata.modified() {
        Ok(time) => match time.duration_since(UNIX_EPOCH) {
            Ok(after) => after.as_nanos() as i128,
            Err(before) => -(before.duration().as_nanos() as i128),
        },
        // Where there are no times the size must do.
        Err(_) => 0,
    };
    stamp(metadata.len(), nanoseconds)
}

/// What a file keeps when it is moved within its file system, and no other file there has; none
/// where the system does not tell.
#[cfg(unix)]
pub(crate) fn identity_of(metadata: &Metadata) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    let mut data = [0; 16];
    data[..8].copy_from_slice(&metadata.dev().to_le_bytes());
    data[8..].copy_from_slice(&metadata.ino().to_le_bytes());
    Some(hash(&data))
}

#[cfg(not(unix))]
pub(crate) fn identity_of(_: &Metadata) -> Option<u64> {
    None
}

fn stamp(bytes: u64, nanoseconds: i128) -> u64 {
    let mut data = [0; 24];
    data[..8].copy_from_slice(&bytes.to_le_bytes());
    data[8..].copy_from_slice(&nanoseconds.to_le_bytes());
    hash(&data)
}

/// FNV-1a, 64 bits.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        // From the test vectors of the FNV reference implementation.
        assert_eq!(hash(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(hash(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn stamps_tell_size_and_time_apart() {
        let stamps = [stamp(1, 5), stamp(5, 1), stamp(1, 6), stamp(2, 5), stamp(1, -5)];
        for (i, one) in stamps.iter().enumerate() {
            assert!(!stamps[..i].contains(one));
        }
    }
}
