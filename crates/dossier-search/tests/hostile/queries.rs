//! Queries that nobody types by hand, given to the real command: an answer or an error, soon and in
//! little memory.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::cost::{Hostile, time_of_children};

/// Processor time for a query of whatever kind. What is promised is promised of a release build: debug
/// builds are several times slower, and so is a busy machine, and what grows without bound is seen
/// all the same.
const MOST_TIME: Duration = Duration::from_millis(if cfg!(debug_assertions) { 8_000 } else { 200 });

/// Memory for a query of whatever kind, in KiB: the system gives no more to the run. What of the index
/// is mapped into memory does not count.
const MOST_MEMORY: u32 = 100 << 10;

/// Exit codes of a query that was answered, with hits or without, or refused; others are of crashes.
const ANSWERED: &[i32] = &[0, 1];
const REFUSED: &[i32] = &[2];

/// Asserts how a query ends, typed on standard input: the system itself limits arguments.
#[track_caller]
fn check(hostile: &Hostile, options: &[&str], query: &str, ends: &[i32]) {
    let command = hostile.dossier.command(&[&["--no-refresh"], options, &["-"]].concat());
    // The shell is the one way to a limit for a child alone.
    let mut limited = Command::new("sh");
    limited.args(["-c", &format!("ulimit -d {MOST_MEMORY} && exec \"$0\" \"$@\"")]);
    limited.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => limited.env(name, value),
            None => limited.env_remove(name),
        };
    }
    limited.current_dir(hostile.dossier.path("")).stdin(Stdio::piped());
    let before = time_of_children();
    let mut child = limited.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a shell");
    // Where it is refused early, nobody reads the rest.
    let _ = child.stdin.take().expect("it is piped").write_all(query.as_bytes());
    let output = child.wait_with_output().unwrap();
    let taken = time_of_children() - before;
    let shown: String = query.chars().take(60).collect();
    let said = String::from_utf8_lossy(&output.stderr);
    let code = output.status.code();
    assert!(code.is_some_and(|code| ends.contains(&code)), "{shown}: {code:?} {said}");
    assert!(taken <= MOST_TIME, "{shown}: {taken:?}");
}

/// Words that the articles hold, the first most often.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 12] =
        ["be", "der", "gen", "ha", "ku", "lich", "mo", "nor", "sche", "un", "ver", "zi"];
    let syllable = |place: u32| SYLLABLES[number / 12_usize.pow(place) % 12];
    format!("{}{}{}", syllable(0), syllable(1), syllable(2))
}

fn words(count: usize, between: &str) -> String {
    (0..count).map(word).collect::<Vec<_>>().join(between)
}

#[test]
fn queries_that_nobody_types() {
    let articles: String = (0..2_000_usize)
        .map(|number| {
            let text: Vec<String> =
                (0..60).map(|place| word((number * 7 + place * place) % 1_700)).collect();
            format!("{{\"text\": \"{}\"}}\n", text.join(" "))
        })
        .collect();
    let hostile = Hostile::with(&[("a.jsonl", articles.into_bytes())]);
    // The articles set the scene: what indexing them costs is not asked here.
    let indexed = hostile.dossier.run(&["index"]);
    assert_eq!(indexed.code, 0, "{indexed:?}");
    let offset = ["--offset", "1000000000000000000"];
    for (options, query, ends) in [
        (&[][..], "(".repeat(20_000), REFUSED),
        (&[], "(".repeat(10_000) + "Apfel" + &")".repeat(10_000), REFUSED),
        (&[], "NICHT ".repeat(10_000) + "Apfel", REFUSED),
        (&[], words(100_000, " "), REFUSED),
        (&[], "*".to_owned(), REFUSED),
        (&[], "*a*".to_owned(), REFUSED),
        (&[], "????".to_owned(), REFUSED),
        (&[], "a".repeat(100_000) + "~", REFUSED),
        (&[], format!("\"{}\"", "Apfel ".repeat(1_000)), ANSWERED),
        (&[], format!("\"{}\"", words(1_000, " ")), REFUSED),
        (&offset, "ver*".to_owned(), ANSWERED),
        // Within all limits, and as much as possible.
        (&[], words(550, " ODER "), ANSWERED),
        (&[], words(800, " "), ANSWERED),
        (&[], "de* NAH/50 be* NAH/50 un*".to_owned(), ANSWERED),
        (&[], "*lich".to_owned(), ANSWERED),
        (&[], "*ver* *und* *lich* *gen*".to_owned(), ANSWERED),
        (&[], "der~ NAH/50 gen~ NAH/50 ver~".to_owned(), ANSWERED),
    ] {
        check(&hostile, options, &query, ends);
    }
}
