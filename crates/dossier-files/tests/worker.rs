//! PDFs, read in a process of their own. This test is that process as well: started with `work`,
//! it does the work of one.

// Helpers of tests may panic like these.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use std::ffi::OsString;
use std::time::{Duration, Instant};

use common::{pdf, read_as};
use dossier_files::{Limits, Worker, work};

fn main() {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    match arguments.first().and_then(|first| first.to_str()) {
        Some("work") => return work(&arguments[1..]).unwrap(),
        Some("hang") => std::thread::sleep(Duration::from_secs(3600)),
        Some("chatter") => loop {
            println!("{{");
        },
        Some("loop") => {
            // Sets the limits; its answer makes no sense.
            print!("{{");
            let _ = work(&arguments[1..]);
            loop {
                std::hint::spin_loop();
            }
        }
        Some("crash") => std::process::abort(),
        // What the test runner asks for.
        Some("--list") => return,
        _ => {}
    }
    let tests: [(&str, fn()); 5] = [
        ("texts", texts),
        ("without_a_worker", without_a_worker),
        ("broken_files", broken_files),
        ("faulty_workers", faulty_workers),
        ("members", members),
    ];
    for (name, test) in tests {
        test();
        println!("test {name} ... ok");
    }
}

fn limits(mode: &str) -> Limits {
    let worker = Worker::new(std::env::current_exe().unwrap(), vec![mode.into()]);
    Limits { worker: Some(worker), ..Limits::default() }
}

const LINES: [&str; 4] = [
    "Die Bürgermeisterin öffnete am Freitag die größte Brü-",
    "cke über den Fluß, wie die Ämter der Stadt am Abend",
    "mitteilten. Die Kosten liegen bei 12 Millionen €, sagte",
    "ihr Sprecher „im Scherz“ – und ging.",
];

fn texts() {
    let file = pdf(&LINES, "/Title (Br\\374cke offen) /Author (J\\366rg M\\374ller)");
    let (found, report) = read_as("a.pdf", &file, &limits("work")).unwrap();
    assert_eq!((found.len(), report.skipped_total), (1, 0));
    assert_eq!(found[0].title, "Brücke offen");
    assert_eq!(found[0].author.as_deref(), Some("Jörg Müller"));
    let text = found[0].text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(
        text,
        "Die Bürgermeisterin öffnete am Freitag die größte Brücke über den Fluß, wie die Ämter der Stadt am Abend mitteilten. \
         Die Kosten liegen bei 12 Millionen €, sagte ihr Sprecher „im Scherz“ – und ging."
    );
    // Names of files are no titles; nor do the first bytes have to be those of a PDF.
    let file = [b"\n\n".to_vec(), pdf(&LINES, "/Title (Bericht.doc)")].concat();
    let (found, _) = read_as("a", &file, &limits("work")).unwrap();
    assert_eq!(found[0].title, "");
    let problem = read_as("a.pdf", &pdf(&[], ""), &limits("work")).unwrap_err();
    assert!(problem.reason().starts_with("holds no text"), "{}", problem.reason());
}

fn without_a_worker() {
    let problem = read_as("a.pdf", &pdf(&LINES, ""), &Limits::default()).unwrap_err();
    assert_eq!(problem.reason(), "is a PDF, which cannot be read; convert it to text first");
}

fn broken_files() {
    let file = pdf(&LINES, "");
    for part in 1..12 {
        let cut = &file[..file.len() * part / 12];
        if let Err(problem) = read_as("a.pdf", cut, &limits("work")) {
            assert!(problem.reason().len() > 10);
        }
    }
    // Objects that hold themselves, and one that says it is endless.
    let text = String::from_utf8_lossy(&file).into_owned();
    for (from, to) in [
        ("/Kids [3 0 R]", "/Kids [2 0 R]"),
        ("/Length", "/Length 99999999999 /X"),
        ("/Count 1", "/Count 999999999"),
        (
            "trailer\n<<",
            "trailer\n<< /Encrypt << /Filter /Standard /V 2 /R 3 /O (x) /U (x) /P -4 /Length 128 >>",
        ),
    ] {
        let broken = text.replace(from, to);
        if let Err(problem) = read_as("a.pdf", broken.as_bytes(), &limits("work")) {
            assert!(problem.reason().len() > 10);
        }
    }
}

fn faulty_workers() {
    let start = Instant::now();
    let file = pdf(&LINES, "");
    let mut limits_of_hang = limits("hang");
    limits_of_hang.worker.as_mut().unwrap().wait = Duration::from_millis(300);
    let mut limits_of_loop = limits("loop");
    limits_of_loop.worker.as_mut().unwrap().time = Duration::from_millis(300);
    for (limits, reason) in [
        #[cfg(unix)]
        (limits_of_loop, "takes longer to read than 1 seconds; save it as text"),
        (limits_of_hang, "takes longer to read than 0 seconds; save it as text"),
        (
            Limits { document_bytes: 100_000, ..limits("chatter") },
            "crashes the reader of pdf files, or takes too much memory; save it as text",
        ),
        (
            limits("crash"),
            "crashes the reader of pdf files, or takes too much memory; save it as text",
        ),
        (
            Limits {
                worker: Some(Worker { memory_bytes: 1 << 20, ..limits("work").worker.unwrap() }),
                ..Limits::default()
            },
            "crashes the reader of pdf files, or takes too much memory; save it as text",
        ),
    ] {
        let problem = read_as("a.pdf", &file, &limits).unwrap_err();
        assert_eq!(problem.reason(), reason);
    }
    let gone =
        Limits { worker: Some(Worker::new("/nirgends/x".into(), Vec::new())), ..Limits::default() };
    let problem = read_as("a.pdf", &file, &gone).unwrap_err();
    assert!(problem.reason().contains("does not start"), "{}", problem.reason());
    assert!(start.elapsed() < Duration::from_secs(20));
}

fn members() {
    let archive = common::zip(&[
        ("a.pdf", &pdf(&LINES, "")),
        ("b.pdf", b"%PDF-1.4 kaputt"),
        ("c.txt", b"Text"),
    ]);
    let (found, report) = read_as("x.zip", &archive, &limits("work")).unwrap();
    assert_eq!((found.len(), report.skipped_total), (2, 1));
    assert_eq!(report.skipped[0].place("x.zip"), "x.zip!b.pdf");
}
