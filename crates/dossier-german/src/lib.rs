//! German words as pure functions on `&str`: segmentation, folding, stems, compound parts.
//!
//! Knows nothing of an index, of files, or of threads.
