//! Searching: what is found, how it is printed, what counts as a verb.

use std::process::Stdio;

use crate::harness::{Dossier, Output};

#[test]
fn a_fresh_dossier_is_searched_without_set_up() {
    let dossier = Dossier::with_seeds();
    let output = dossier.run(&["Beloussow"]).expect(0, &["5 files, 5 articles: 5 added"]);
    assert!(output.stdout.contains("seeds/001_da0704f7ee2e0c9d.txt"), "{output:?}");
    assert!(output.stdout.contains("**Beloussow**"), "{output:?}");
    assert!(output.stdout.ends_with(" of 5 articles\n"), "{output:?}");
    assert!(dossier.path(".dossier/index").is_dir());
    // From inside the dossier too, with paths that can be opened from there.
    let output = dossier.run_in("seeds", &["Beloussow"]).expect_silence(0);
    assert!(output.stdout.contains("  001_da0704f7ee2e0c9d.txt\n"), "{output:?}");
}

#[test]
fn the_sample_articles_are_found() {
    let dossier = Dossier::with_seeds();
    for (query, numbers) in [
        ("Beloussow~2", "000 001"),
        ("\"Kim Jong Un\"", "000 001 002 003 004"),
        ("\"Kim Jong-un\"", "000 001 002 003 004"),
        ("Militärdele*", "002"),
        ("\"russischen Verteidigungsminister\"", "000 001"),
        ("Putin -Belousow~ -Militärdelegation", "003 004"),
    ] {
        let found = dossier.found(&[query]);
        let found: Vec<&str> = found.iter().map(|id| &id["seeds/".len()..][..3]).collect();
        assert_eq!(found.join(" "), numbers, "{query}");
    }
    for (one, other) in [("empfaengt", "empfängt"), ("Pjoengjang", "Pjöngjang")] {
        assert_eq!(dossier.found(&[one]), dossier.found(&[other]));
    }
}

#[test]
fn json_lines_have_the_keys_that_are_promised() {
    let dossier = Dossier::with_seeds();
    let lines = dossier.run(&["\"Kim Jong Un\"", "Putin", "--json", "-n", "2"]).json();
    assert_eq!(lines.len(), 3);
    for hit in &lines[..2] {
        assert_eq!((&hit["v"], &hit["type"]), (&1.into(), &"hit".into()));
        assert!(hit["id"].as_str().unwrap().starts_with("seeds/0"));
        assert_eq!(hit["id"], hit["path"]);
        assert!(hit["score"].as_f64().unwrap() > 0.0);
        assert!(hit["title"].is_string());
        // Only one of the articles says where it is from, and none when it appeared.
        let is_from_congluan = hit["id"].as_str().unwrap().starts_with("seeds/000");
        assert_eq!(hit["source"].as_str(), is_from_congluan.then_some("congluan.vn"));
        assert!(hit["date"].is_null());
        let fragments = hit["fragments"].as_array().unwrap();
        assert!(!fragments.is_empty());
        for fragment in fragments {
            let text = fragment["text"].as_str().unwrap();
            let marks = fragment["marks"].as_array().unwrap();
            let char_marks = fragment["char_marks"].as_array().unwrap();
            assert!(!marks.is_empty() && marks.len() == char_marks.len());
            for (bytes, chars) in marks.iter().zip(char_marks) {
                let at = |mark: &serde_json::Value, n: usize| mark[n].as_u64().unwrap() as usize;
                let marked = &text[at(bytes, 0)..at(bytes, 1)];
                let (from, to) = (at(chars, 0), at(chars, 1));
                assert_eq!(marked, text.chars().take(to).skip(from).collect::<String>());
                let words = ["Kim", "Jong", "Un", "un", "Jong-un", "Putin"];
                assert!(marked.split(' ').all(|word| words.iter().any(|w| word.starts_with(w))));
            }
        }
    }
    let summary = &lines[2];
    assert_eq!((&summary["v"], &summary["type"]), (&1.into(), &"summary".into()));
    assert!(summary["total"].as_u64().unwrap() >= 2);
    assert_eq!(summary["reading"], "as typed");
    assert!(summary["also_searched"].is_array() && summary["notices"].is_array());
}

#[test]
fn exit_codes_tell_hits_from_none() {
    let dossier = Dossier::with_seeds();
    dossier.run(&["Kim"]).expect(0, &[]);
    let none = dossier.run(&["Xylophonkonzert"]).expect(1, &["no hits in 5 articles"]);
    assert_eq!(none.stdout, "");
    let relaxed = dossier.run(&["Kim", "Xylophonkonzert"]).expect(1, &[]);
    assert!(relaxed.stdout.starts_with("Nothing matches as typed"), "{relaxed:?}");
    let lines = dossier.run(&["Kim", "Xylophonkonzert", "--json"]).expect(1, &[]).json();
    assert_eq!(lines.last().unwrap()["reading"], "relaxed");
    dossier.run(&["Kim", "Xylophonkonzert", "--match", "any"]).expect(0, &[]);
}

#[test]
fn what_comes_nearest_follows_few_hits() {
    let dossier = Dossier::with(&[
        ("a.txt", "Putin sprach mit Kim."),
        ("b.txt", "Putin sprach."),
        ("c.txt", "Schoigu schwieg."),
    ]);
    let shown = dossier.run(&["Putin", "Kim"]).expect(0, &[]).stdout;
    let (found, nearest) = shown.split_once("\nFewer of the words, or other ones:\n\n").unwrap();
    assert!(found.contains("a.txt") && found.ends_with("1 of 3 articles\n"), "{shown}");
    assert!(nearest.starts_with("2  ") && nearest.contains("b.txt"), "{shown}");
    assert!(!nearest.contains("c.txt"), "{shown}");
    let lines = dossier.run(&["Putin", "Kim", "--json"]).json();
    let types: Vec<_> = lines.iter().map(|line| line["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["hit", "near", "summary"]);
    assert_eq!((&lines[1]["id"], &lines[2]["total"]), (&"b.txt".into(), &1.into()));
    dossier.write("queries.tsv", "1\tPutin Kim\n");
    let run = dossier.run(&["batch", "--format", "trec", "queries.tsv"]).expect(0, &[]).stdout;
    let documents: Vec<_> = run.lines().filter_map(|line| line.split(' ').nth(2)).collect();
    assert_eq!(documents, ["a.txt", "b.txt"]);
    let scores = run.lines().filter_map(|line| line.split(' ').nth(4)?.parse::<f32>().ok());
    assert!(scores.is_sorted_by(|a, b| a >= b), "{run}");
}

#[test]
fn limit_and_offset_cut_a_window() {
    let dossier = Dossier::with_seeds();
    let ids = |args: &[&str]| {
        let lines = dossier.run(&[&["Kim", "--json"], args].concat()).json();
        lines.iter().filter_map(|hit| hit["id"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    let all = ids(&[]);
    assert_eq!(all.len(), 5);
    assert_eq!(ids(&["-n", "2"]), all[..2]);
    assert_eq!(ids(&["-n2", "--offset", "2"]), all[2..4]);
    assert!(ids(&["-n", "0"]).is_empty() && ids(&["--offset", "99"]).is_empty());
    assert_eq!(dossier.run(&["Kim", "-n", "0"]).expect_silence(0).stdout, "5 of 5 articles\n");
    let shown = dossier.run(&["Kim", "-n", "2", "--offset", "2"]).stdout;
    assert!(shown.starts_with("3  ") && shown.ends_with("5 of 5 articles, shown: 3 to 4\n"));
}

#[test]
fn words_that_are_verbs_can_be_searched() {
    let dossier = Dossier::with(&[("a.txt", "Der Index stieg."), ("b.txt", "Die Suche: search.")]);
    for args in [&["search", "index"][..], &["--", "index"], &["Index"], &["-n", "3", "Index"]] {
        assert_eq!(dossier.found(args), ["a.txt"], "{args:?}");
    }
    assert_eq!(dossier.found(&["search", "search"]), ["b.txt"]);
    // A word of cli that is no verb yet, and a near miss, are words.
    dossier.run(&["status"]).expect(1, &["no hits in 2 articles"]);
    dossier.run(&["indx", "a.txt"]).expect(1, &["did you mean dossier-search index a.txt?"]);
    assert!(!dossier.run(&["indx", "nowhere"]).stderr.contains("did you mean"));
}

#[test]
fn what_starts_with_a_dash_may_be_a_query() {
    let dossier = Dossier::with(&[("a.txt", "Kim und Putin"), ("b.txt", "Kim und Lawrow")]);
    assert_eq!(dossier.found(&["Kim", "-Putin"]), ["b.txt"]);
    assert_eq!(dossier.found(&["-Putin", "Kim"]), ["b.txt"]);
    assert_eq!(dossier.found(&["Kim", "-n", "1", "-Putin"]), ["b.txt"]);
    assert_eq!(dossier.found(&["--plain", "Kim", "-Putin"]), ["a.txt"]);
    let output = dossier.run_with_input(&["-", "--json"], b"Kim -Lawrow\n").expect_silence(0);
    assert_eq!(output.json()[0]["id"], "a.txt");
}

#[test]
fn words_are_found_near_each_other() {
    let dossier = Dossier::with_seeds();
    for (query, numbers) in [
        ("Kim NEAR/5 Putin", "000 001 002"),
        ("Kim NAH/5 Putin", "000 001 002 003 004"),
        ("\"russ* Verteidigungsminister\"", "000 001 003"),
    ] {
        let found = dossier.found(&[query]);
        let found: Vec<&str> = found.iter().map(|id| &id["seeds/".len()..][..3]).collect();
        assert_eq!(found.join(" "), numbers, "{query}");
    }
}

#[test]
fn dates_select() {
    let records = "{\"_id\":\"a\",\"text\":\"Kim\",\"date\":\"2024-11\"}\n\
                   {\"_id\":\"b\",\"text\":\"Kim\",\"date\":\"2024-11-21\"}\n\
                   {\"_id\":\"c\",\"text\":\"Kim\"}\n";
    let dossier = Dossier::with(&[("a.jsonl", records)]);
    dossier.run(&["index"]);
    let left_out = "1 document without a date, or with one that is not exact enough, was left out";
    dossier.run(&["Kim", "datum:2024"]).expect(0, &[left_out]);
    assert_eq!(dossier.found(&["Kim datum:2024-11"]), ["a", "b"]);
    assert_eq!(dossier.found(&["datum:21.11.2024"]), ["b"]);
    assert_eq!(dossier.found(&["datum:keins"]), ["c"]);
    // Which day it is, is known.
    dossier.run(&["Kim", "datum:7d"]).expect(1, &[left_out]);
    dossier.run(&["datum:gestern"]).expect(2, &["no date", "\n  datum:gestern\n        ^^^^^^^"]);
    let lines = dossier.run(&["Kim", "datum:2024", "--json"]).json();
    assert_eq!(lines.last().unwrap()["notices"][0]["count"], 1);
}

#[test]
fn strict_reading_refuses_what_is_remarked_otherwise() {
    let dossier = Dossier::with_seeds();
    dossier.run(&["index"]);
    let remark = "'site:' names no field: 'site:orf.at' is searched as it stands";
    let meant = "try dossier-search 'Kim quelle:orf.at'";
    let output = dossier.run(&["Kim site:orf.at"]);
    assert!(output.code == 1 && output.stderr.contains(remark), "{output:?}");
    assert!(output.stderr.contains(meant), "{output:?}");
    dossier.run(&["--strict", "Kim site:orf.at"]).expect(2, &[remark, "^^^^^^^^^^^", meant]);
    dossier.run(&["--strict", "Kim Putin"]).expect(0, &[]);
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let dossier = Dossier::with_seeds();
    assert!(!dossier.run(&["Kim"]).stdout.contains('\u{1b}'));
    let coloured = dossier.run(&["Kim", "--color", "always"]).stdout;
    assert!(coloured.contains("\u{1b}[1;31mKim\u{1b}[0m") && !coloured.contains("**"));
    assert!(!dossier.run(&["Kim", "--color", "always", "--json"]).stdout.contains('\u{1b}'));
}

#[test]
fn germans_are_spoken_to_in_german() {
    let dossier = Dossier::with_seeds();
    let run =
        |args: &[&str]| Output::of(dossier.command(args).env("LANG", "de_DE").output().unwrap());
    let output = run(&["Kim"]).expect(0, &["5 Dateien, 5 Artikel: 5 neu"]);
    assert!(output.stdout.ends_with("5 von 5 Artikeln\n"), "{output:?}");
    run(&["Xylophonkonzert"]).expect(1, &["keine Treffer"]);
    run(&["(Kim"]).expect(2, &["fehlt das Gegenstück", "(Kim\n", "^"]);
    run(&["Kim Jong Un"])
        .expect(0, &["diese Wörter stehen auch nebeneinander", "'\"Kim Jong Un\"'"]);
    run(&["\"Andrej Belousow\""])
        .expect(0, &["in anderen Schreibweisen findet sich mehr", "'\"Andrej Belousow\"~'"]);
    run(&["Kim near/3 Putin"]).expect(1, &["„near/3“ wurde als Wort gesucht"]);
    run(&["--strict", "Kim & Putin"]).expect(2, &["„&“ blieb unbeachtet"]);
    run(&["Kim datum:2024"]).expect(1, &["5 Artikel ohne Datum oder mit zu ungenauem blieben weg"]);
    run(&["=Kim~"]).expect(2, &["schließen einander", "versuchen Sie dossier-search 'Kim~'"]);
    run(&["--index", "nirgends", "Kim"]).expect(2, &["kein Index in", "legen Sie einen an"]);
    // Programs are not.
    assert_eq!(run(&["Kim", "--json"]).json().last().unwrap()["reading"], "as typed");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let dossier = Dossier::with_seeds();
    dossier.run(&["Kim"]);
    for args in [&["Kim"][..], &["Kim", "--json"], &["--help"], &["analyze", "Kim"]] {
        let mut command = dossier.command(args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        Output::of(child.wait_with_output().unwrap()).expect_silence(0);
    }
}

#[test]
fn help_and_version_go_to_standard_output() {
    let dossier = Dossier::empty();
    let help = dossier.run(&["--help"]).expect_silence(0);
    assert!(help.stdout.starts_with("Examples:\n") && help.stdout.contains("Exit codes"));
    for verb in ["index", "batch", "analyze"] {
        let help = dossier.run(&["help", verb]).expect_silence(0).stdout;
        assert!(help.contains(&format!("dossier-search {verb}")), "{help}");
    }
    let version = dossier.run(&["--version"]).expect_silence(0);
    assert_eq!(version.stdout, concat!("dossier-search ", env!("CARGO_PKG_VERSION"), "\n"));
    let none = dossier.run(&[]).expect(2, &["Usage: dossier-search"]);
    assert_eq!(none.stdout, "");
    // Nothing was indexed on the way.
    assert!(!dossier.path(".dossier").exists());
}
