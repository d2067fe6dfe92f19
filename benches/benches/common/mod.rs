//! What the benchmarks share: how long each is measured.

use std::time::Duration;

use criterion::Criterion;

/// Enough for medians that differ by some percent between runs on a quiet machine.
pub fn settings() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(2))
}
