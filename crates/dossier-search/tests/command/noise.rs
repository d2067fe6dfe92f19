//! Noise, and articles as the index has them.

use crate::harness::{Dossier, Output};

/// Which of the sample articles a query finds.
fn found(dossier: &Dossier, args: &[&str]) -> String {
    let found = dossier.found(args);
    let numbers: Vec<&str> = found.iter().map(|id| &id["seeds/".len()..][..3]).collect();
    numbers.join(" ")
}

#[test]
fn what_stands_around_articles_is_found_if_asked_for() {
    let dossier = Dossier::with_seeds();
    for (query, without, with) in [
        ("Militär*", "000 001 002 004", "000 001 002 003 004"),
        ("\"Please enter your comment\"", "", "004"),
        ("\"Mehr zum Thema\"", "", "003"),
        ("Kommentar", "", "000"),
        ("quelle:congluan.vn", "000", "000"),
        ("agentur:dpa", "004", "004"),
        ("dpa", "", "004"),
        ("autor:phs", "001", "001"),
        // Captions are text.
        ("\"persönlich am Weltraumhafen\"", "003", "003"),
    ] {
        assert_eq!(found(&dossier, &[query]), without, "{query}");
        assert_eq!(found(&dossier, &["--noise", query]), with, "--noise {query}");
    }
    dossier.run(&["Kommentar"]).expect(1, &["1 article has it beside the text", "--noise finds"]);
}

#[test]
fn the_twin_of_a_headline_counts_once() {
    let dossier = Dossier::with_seeds();
    let args = ["batch", "--json", "-"];
    let occurrences = |args: &[&str]| {
        let input = "\"russische Militärdelegation\"\n";
        dossier.run_with_input(args, input.as_bytes()).json()[0]["occurrences"].clone()
    };
    // In the headline and in the text.
    assert_eq!(occurrences(&args), 2);
    assert_eq!(occurrences(&["batch", "--json", "--noise", "-"]), 3);
    let shown = dossier.run(&["empfaengt", "Militärdelegation"]).stdout;
    assert!(!shown.contains("Militaer"), "{shown}");
}

#[test]
fn an_article_is_shown_as_the_index_has_it() {
    let dossier = Dossier::with_seeds();
    let output = dossier.run(&["show", "004"]).expect(0, &[]).stdout;
    let head = "Russland und Nordkorea vereinbaren gegenseitige Unterstützung im Falle eines Angriffs\n\n\
                Date:     unknown\n\
                Agency:   dpa\n\
                Photo:    Kreml/dpa\n\
                Language: deu\n\
                File:     seeds/004_a229774bb431b1be.txt\n\n\
                Die Staatschefs Russlands und Nordkoreas haben";
    assert!(output.starts_with(head), "{output}");
    assert!(output.ends_with("Führer Kim Jong Un teil.\n"), "{output}");
    let raw = dossier.run(&["show", "004", "--raw"]).expect_silence(0).stdout;
    assert!(raw.contains("\n11\n0\n") && raw.contains("Kreml/dpa\n\nKaynak\n"), "{raw}");
    assert!(raw.ends_with("Please enter your name here\n"), "{raw}");
}

#[test]
fn an_article_for_programs() {
    let dossier = Dossier::with_seeds();
    dossier.run(&["index"]);
    let show = |args: &[&str]| {
        let args = [&["show", "--json"], args].concat();
        dossier.run(&args).expect_silence(0).json().remove(0)
    };
    let article = show(&["seeds/000"]);
    assert_eq!((&article["v"], &article["type"]), (&1.into(), &"article".into()));
    for (key, value) in [
        ("id", "seeds/000_f99a79fac325b7b9.txt"),
        ("path", "seeds/000_f99a79fac325b7b9.txt"),
        ("title", ""),
        ("source", "congluan.vn"),
        ("agency", "KCNA, Reuters"),
        ("author", "Cao Phong"),
        ("photo", "KCNA"),
        ("language", "deu"),
    ] {
        assert_eq!(article[key], value, "{key}");
    }
    assert!(article["date"].is_null() && article["date_origin"].is_null());
    assert!(article.get("noise").is_none());
    assert!(!article["text"].as_str().unwrap().contains("Anzeige"));
    let raw = show(&["--raw", "seeds/000"]);
    let text = raw["text"].as_str().unwrap();
    let noise: Vec<&str> = raw["noise"]
        .as_array()
        .unwrap()
        .iter()
        .map(|range| {
            &text[range[0].as_u64().unwrap() as usize..range[1].as_u64().unwrap() as usize]
        })
        .collect();
    assert_eq!(noise[2], "[Anzeige_2]");
    assert_eq!(noise.last(), Some(&"Kommentar (0)"));
}

#[test]
fn articles_are_named_by_any_part_that_is_enough() {
    let dossier = Dossier::with_seeds();
    let records =
        "{\"_id\":\"x 1\",\"text\":\"Kim\",\"url\":\"https://www.orf.at/2024/11/21/kim\"}\n";
    dossier.write("seeds/mehr/a.jsonl", records);
    dossier.run(&["index"]);
    for id in [
        "seeds/002_b5c406e6433b7397.txt",
        "002",
        "b5c406e6433b7397.txt",
        "./seeds/002_b5c406e6433b7397.txt",
    ] {
        let output = dossier.run(&["show", id]).expect_silence(0).stdout;
        assert!(output.starts_with("Nordkorea empfängt russische"), "{id}: {output}");
    }
    let output = dossier.run_in("seeds", &["show", "002_b5c406e6433b7397.txt"]).expect_silence(0);
    assert!(output.stdout.starts_with("Nordkorea empfängt"), "{output:?}");
    let output = dossier.run(&["show", "x 1"]).expect_silence(0).stdout;
    assert!(
        output.contains("Source:   orf.at\nDate:     2024-11-21 (from the address)\n"),
        "{output}"
    );
    assert!(output.contains("File:     seeds/mehr/a.jsonl x 1\n"), "{output}");
    dossier.run(&["show", "seeds/00"]).expect(2, &["5 articles fit seeds/00", "\n  seeds/000_"]);
    dossier.run(&["show", "nichts"]).expect(2, &["no article has the id nichts"]);
    dossier.run(&["show", ""]).expect(2, &["no article has the id"]);
}

#[test]
fn germans_are_shown_articles_in_german() {
    let dossier = Dossier::with_seeds();
    let run =
        |args: &[&str]| Output::of(dossier.command(args).env("LANG", "de_DE").output().unwrap());
    let output = run(&["show", "000"]).expect(0, &[]).stdout;
    assert!(
        output.starts_with("Quelle:  congluan.vn\nDatum:   unbekannt\nAgentur: KCNA, Reuters\n"),
        "{output}"
    );
    run(&["show", "nichts"]).expect(2, &["kein Artikel heißt nichts"]);
    run(&["show", "seeds/"]).expect(2, &["5 Artikel passen auf seeds/"]);
    run(&["Kommentar"]).expect(1, &["1 Artikel hat es neben dem Text", "--noise findet auch das"]);
}

/// Where the headline is a line of the file, it stands in the raw text as it does there.
#[test]
fn raw_texts_are_those_of_the_files() {
    let text = "Startseite > Politik\n\nKim empfängt Minister\n\nDer Minister reiste am Freitag nach Pjöngjang und blieb.\n";
    let dossier = Dossier::with(&[("a.txt", text)]);
    let raw = |id: &str, args: &[&str]| {
        dossier.run(&[&["show", "--raw", id], args].concat()).expect(0, &[]).stdout
    };
    assert!(raw("a.txt", &[]).ends_with(text), "{}", raw("a.txt", &[]));
    // An index that is older than its file shows what it has.
    dossier.write("a.txt", "Anderes");
    let old = raw("a.txt", &["--no-refresh"]);
    assert!(old.ends_with("\nDer Minister reiste am Freitag nach Pjöngjang und blieb.\n"), "{old}");
}
