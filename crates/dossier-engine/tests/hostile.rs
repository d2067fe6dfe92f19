//! Queries that nobody types by hand: an error or an answer, in bounded time and memory.
//!
//! What a query took is asked of the operating system (Linux tells), so these tests run one at a time.

#![allow(clippy::unwrap_used)]

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use dossier_engine::{Document, Index, NoticeKind, Query, Results, SearchOptions, Searcher};

/// Some thousand different words, the first in most documents.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "be", "der", "gen", "ha", "ku", "lich", "mo", "nor", "pe", "ri", "sche", "tun",
        "und", "ver", "zi",
    ];
    let syllable = |place: u32| SYLLABLES[number / 16_usize.pow(place) % 16];
    format!("{}{}{}", syllable(0), syllable(1), syllable(2))
}

/// Processor time for a query of whatever kind. Without optimization it takes many times of that.
const MOST_TIME: Duration = Duration::from_millis(if cfg!(debug_assertions) { 8_000 } else { 200 });

/// Memory for a query of whatever kind, in bytes.
const MOST_MEMORY: u64 = 100 << 20;

/// Memory is counted for the process: one test runs at a time.
static TURN: Mutex<()> = Mutex::new(());

fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn searcher() -> Searcher {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for document in 0..250_usize {
        let words = (0..120).map(|place| match place % 3 {
            0 => word(place),
            1 => word((document * 7 + place * 11) % 600),
            _ => word((document * 131 + place * 17) % 4_000),
        });
        let body = words.collect::<Vec<_>>().join(" ");
        writer.put(Document { id: document.to_string(), body, ..Document::default() }).unwrap();
    }
    writer.commit().unwrap();
    index.searcher().unwrap()
}

/// How long this thread has run, where the system tells: other work must not count.
fn processor_time() -> Option<Duration> {
    // The clock of a thread that runs on is set at its next stop.
    std::thread::yield_now();
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(times.split(' ').next()?.parse().ok()?))
}

/// The memory this process has, and the most it had since [`forget_most_memory`], where the system
/// tells.
fn memory() -> Option<[u64; 2]> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let kilobytes = |name: &str| -> Option<u64> {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim_end_matches("kB").trim().parse().ok()
    };
    Some([kilobytes("VmRSS:")? << 10, kilobytes("VmHWM:")? << 10])
}

fn forget_most_memory() {
    // Where it cannot be forgotten, what is asserted is stricter than it should be, or nothing.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The answer; none if the query was refused. [`turn`] must be held.
#[track_caller]
fn answer(searcher: &Searcher, text: &str, options: &SearchOptions) -> Option<Results> {
    forget_most_memory();
    let (start, before, had) = (Instant::now(), processor_time(), memory());
    let results = text.parse::<Query>().ok().map(|query| searcher.search(&query, options).unwrap());
    let took = match (before, processor_time()) {
        (Some(before), Some(now)) => now - before,
        _ => start.elapsed(),
    };
    let shown: String = text.chars().take(60).collect();
    assert!(took < MOST_TIME, "{shown}: {took:?}");
    if let (Some([had, _]), Some([_, most])) = (had, memory()) {
        let more = most.saturating_sub(had);
        assert!(more < MOST_MEMORY, "{shown}: {} MiB", more >> 20);
    }
    results
}

#[test]
fn whatever_is_typed_ends_soon() {
    let (_turn, searcher) = (turn(), searcher());
    let words =
        |count: usize, between: &str| (0..count).map(word).collect::<Vec<_>>().join(between);
    let fuzzy = |count: usize| {
        (0..count).map(|number| format!("{}x~", word(number))).collect::<Vec<_>>().join(" ")
    };
    let options = SearchOptions { group_copies: true, ..SearchOptions::default() };
    for refused in [
        "(".repeat(20_000),
        "(".repeat(10_000) + "Kim" + &")".repeat(10_000),
        "NOT ".repeat(10_000) + "Kim",
        "Kim ".repeat(100_000),
        "*".to_owned(),
        "*a*".to_owned(),
        "????".to_owned(),
        "x".repeat(100_000) + "~",
        "a* b* c* d*".to_owned(),
        words(2_000, " "),
        fuzzy(100),
    ] {
        assert!(
            answer(&searcher, &refused, &options).is_none(),
            "{}",
            &refused[..20.min(refused.len())]
        );
    }
    for answered in [
        format!("\"{}\"", words(700, " ")),
        words(700, " "),
        words(500, " ODER "),
        "babeba ".repeat(900),
        format!("\"{}\"", "babeba ".repeat(900)),
        format!("\"{}\"", "babeba bebeba ".repeat(500)),
        fuzzy(60),
        format!("\"{}\"~", words(60, " ")),
        format!("\"{}\"", words(1_000, " ").chars().take(8_000).collect::<String>()),
        "x".repeat(64) + "~",
        "be* NEAR/5 ver*".to_owned(),
        "de* NAH/50 be* NAH/50 un*".to_owned(),
        "*lich".to_owned(),
        "*lich NAH/20 *tun".to_owned(),
        "\"*lich *tun *schever\"~50".to_owned(),
        "*a*e*u*".to_owned(),
        "*ver* *und* *lich* *gen*".to_owned(),
        "\"be* ba* der* gen* ha*\"~20".to_owned(),
        "be~ NAH/50 ba~ NAH/50 der~ NAH/50 gen~".to_owned(),
        "(be* ODER ba*) NAH/9 (gen* ODER ver*) NAH/9 (und* ODER ha*)".to_owned(),
        "NICHT Xylophon".to_owned(),
    ] {
        assert!(
            answer(&searcher, &answered, &options).is_some(),
            "{}",
            &answered[..20.min(answered.len())]
        );
    }
    let far = SearchOptions { offset: 1_000_000_000_000_000_000, ..SearchOptions::default() };
    assert!(answer(&searcher, "be*", &far).unwrap().hits.is_empty());
}

#[test]
fn what_is_left_out_is_said() {
    let (_turn, searcher) = (turn(), searcher());
    let kinds = |query: &str| -> Vec<NoticeKind> {
        let results = answer(&searcher, query, &SearchOptions::default()).unwrap();
        results.notices.into_iter().map(|notice| notice.kind).collect()
    };
    let capital = |number| {
        let word = word(number);
        word[..1].to_uppercase() + &word[1..]
    };
    let names: Vec<String> = (0..90).map(capital).collect();
    let many = kinds(&names.join(" ODER "));
    assert!(many.contains(&NoticeKind::NamesCut), "{many:?}");
    // Nothing has all of these words; of those that would do, the rarest are searched.
    let many = kinds(&(0..200).map(|n| word(n * 17)).collect::<Vec<_>>().join(" "));
    assert!(many.contains(&NoticeKind::WordsCut), "{many:?}");
    let many = kinds(&(0..500).map(word).collect::<Vec<_>>().join(" ODER "));
    assert!(many.contains(&NoticeKind::WordsCut), "{many:?}");
    let few = kinds(&(0..300).map(word).collect::<Vec<_>>().join(" ODER "));
    assert!(!few.contains(&NoticeKind::WordsCut), "{few:?}");
    let far: Vec<String> = (0..20).map(|n| format!("{}{}xx~2", word(n), word(n + 1))).collect();
    assert!(kinds(&far.join(" ODER ")).contains(&NoticeKind::ExpansionsCut));
    assert!(kinds("Babeba ODER Bebeba").is_empty());
}

#[test]
fn a_word_typed_often_finds_and_ranks_as_one() {
    let (_turn, searcher) = (turn(), searcher());
    let found = |query: &str| -> Vec<String> {
        let results = answer(&searcher, query, &SearchOptions::default()).unwrap();
        results.hits.into_iter().map(|hit| hit.id).collect()
    };
    let word = word(3_000);
    assert!(!found(&word).is_empty());
    assert_eq!(found(&word), found(&format!("{word} {word} {word}")));
    assert_eq!(found(&word), found(&format!("{word} ODER {word} ODER {word}")));
}

#[test]
fn what_is_excluded_stays_so_however_much_it_is() {
    let (_turn, searcher) = (turn(), searcher());
    let all = (0..500).map(word).collect::<Vec<_>>().join(" ODER ");
    let results = answer(&searcher, &format!("ba* -({all})"), &SearchOptions::default());
    assert_eq!(results.unwrap().total, 0);
}

#[test]
fn many_alternatives_find_what_few_do() {
    // Read a window of documents at a time, or one after the other: the same documents and scores.
    let (_turn, searcher) = (turn(), searcher());
    let scores = |query: &str| -> Vec<(String, f32)> {
        let options = SearchOptions { limit: 1_000, ..SearchOptions::default() };
        let results = answer(&searcher, query, &options).unwrap();
        results.hits.into_iter().map(|hit| (hit.id, hit.score)).collect()
    };
    let many: Vec<String> = (600..612).map(word).collect();
    let together = scores(&many.join(" ODER "));
    let apart =
        scores(&format!("({}) ODER ({})", many[..6].join(" ODER "), many[6..].join(" ODER ")));
    assert_eq!(together.len(), apart.len());
    for ((id, score), (other, of_other)) in together.iter().zip(&apart) {
        assert!((score - of_other).abs() < 1e-4 * score, "{id} {score}, {other} {of_other}");
    }
    // Phrases with many words for one.
    let plain: Vec<(String, f32)> = scores("\"be* ba*\"");
    assert!(!plain.is_empty());
    for (id, _) in plain {
        let body = searcher.document(&id).unwrap().unwrap().body;
        let words: Vec<&str> = body.split(' ').collect();
        assert!(words.windows(2).any(|two| two[0].starts_with("be") && two[1].starts_with("ba")));
    }
}
