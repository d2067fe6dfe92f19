//! Names: one spelling finds the others, and the reader is told.

use serde_json::{Value, json};

use crate::harness::Dossier;

fn press() -> Dossier {
    Dossier::with(&[
        (
            "press.jsonl",
            "{\"_id\":\"1\",\"text\":\"Andrej Beloussow kam, Beloussow sprach.\",\"date\":\"2024-11-21\"}\n\
             {\"_id\":\"2\",\"text\":\"Andrei Belousov sprach, Belousov ging.\",\"date\":\"2024-12-01\"}\n\
             {\"_id\":\"3\",\"text\":\"Die Frau von Beloussow, Andrej genannt.\"}\n\
             {\"_id\":\"4\",\"text\":\"Die Gruppe Wagner und das Africa Corps in Peking.\"}\n",
        ),
        ("aliases.toml", "groups = [[\"Africa Corps\", \"Afrikakorps\"]]\n"),
        ("names.list", "Belousow, Andrej\nBelousow\nAfrikakorps\n=1+1\n"),
    ])
}

#[test]
fn every_spelling_is_found_the_typed_one_first_unless_it_is_switched_off() {
    let dossier = press();
    assert_eq!(dossier.found(&["Belousov"]), ["1", "2", "3"]);
    let output = dossier.run(&["Belousov"]).expect(0, &[]);
    assert!(output.stdout.contains("also searched: Beloussow (2)"), "{output:?}");
    let first = output.stdout.lines().nth(1).map(str::trim);
    assert!(first.is_some_and(|line| line.ends_with("press.jsonl 2")), "{output:?}");
    assert_eq!(dossier.found(&["--exact", "Belousov"]), ["2"]);
    assert_eq!(dossier.found(&["=\"Belousov\""]), ["2"]);
    assert_eq!(dossier.found(&["--fuzzy", "Africa Korps"]), ["4"]);
    dossier.run(&["--fuzzy", "--exact", "Belousov"]).expect(2, &["--exact"]);
}

#[test]
fn names_of_the_users_groups_are_one_both_ways() {
    let dossier = press();
    assert_eq!(dossier.found(&["Afrikakorps"]), ["4"]);
    // Of those that come along.
    assert_eq!(dossier.found(&["Beijing"]), ["4"]);
    dossier.write("aliases.toml", "groups = [[\"Africa Corps\"]]\n");
    dossier.run(&["Afrikakorps"]).expect(2, &["aliases.toml, line 1: a group"]);
}

#[test]
fn a_list_of_names_becomes_a_table() {
    let dossier = press();
    let output = dossier.run(&["batch", "--names", "names.list"]).expect(0, &[]);
    let rows: Vec<Vec<&str>> = output
        .stdout
        .lines()
        .map(|line| line.split("  ").filter(|c| !c.is_empty()).collect())
        .collect();
    let rows: Vec<Vec<&str>> =
        rows.iter().map(|row| row.iter().map(|cell| cell.trim()).collect()).collect();
    assert_eq!(
        rows,
        [
            vec!["query", "articles", "matches", "first", "last", "spellings"],
            vec![
                "Belousow, Andrej",
                "2",
                "2",
                "2024-11-21",
                "2024-12-01",
                "Andrei Belousov (1); Andrej Beloussow (1)"
            ],
            vec!["Belousow", "3", "5", "2024-11-21", "2024-12-01", "Beloussow (2); Belousov (1)"],
            vec!["Afrikakorps", "1", "1", "-", "-", "Africa Corps (1)"],
            vec!["=1+1", "0", "0", "-", "-", "-"],
        ]
    );
    let output = dossier.run(&["batch", "--names", "--csv", "names.list"]).expect(0, &[]);
    let lines: Vec<&str> = output.stdout.lines().collect();
    assert_eq!(lines[0], "query_id,query,documents,occurrences,spellings,first_date,last_date,ids");
    assert_eq!(lines[3], "3,Afrikakorps,1,1,Africa Corps (1),,,4");
    assert!(lines[4].starts_with("4,'=1+1,0,"), "{output:?}");
    let rows = dossier.run(&["batch", "--json", "--names", "names.list"]).expect(0, &[]).json();
    assert_eq!(rows[0]["spellings"][0], json!({"text": "Andrei Belousov", "documents": 1}));
    assert_eq!(rows[3]["first_date"], Value::Null);
}

#[test]
fn names_of_a_list_are_found_apart_and_joined() {
    let dossier = Dossier::with(&[
        ("apart.txt", "Kim Jong Un sprach."),
        ("joined.txt", "Kim Jongun schwieg."),
        ("other.txt", "Un Kim, Jong."),
        ("names.list", "Kim Jongun\nKim Jong Un\nKim Jong-un\n"),
    ]);
    let rows = dossier.run(&["batch", "--json", "--names", "names.list"]).expect(0, &[]).json();
    for row in rows {
        assert_eq!(row["documents"], 2, "{row}");
        assert_eq!(row["ids"].as_array().map(Vec::len), Some(2), "{row}");
    }
}

#[test]
fn a_name_may_stand_in_more_articles_than_are_held_at_once() {
    let text = |n: usize| match n % 3 {
        0 => "Beloussow kam, und Beloussow ging.",
        1 => "Belousow schwieg.",
        _ => "Alles schwieg.",
    };
    let records = (0..750).map(|n| {
        let (day, text) = (1 + n % 28, text(n));
        format!("{{\"_id\":\"{n}\",\"text\":\"{text}\",\"date\":\"2024-05-{day:02}\"}}\n")
    });
    let dossier = Dossier::with(&[
        ("press.jsonl", &records.collect::<String>()),
        ("names.list", "Belousov\n"),
    ]);
    let row = |limit: &str| {
        let args = ["batch", "--json", "--names", "-n", limit, "names.list"];
        dossier.run(&args).json().remove(0)
    };
    let all = row("1000");
    assert_eq!((&all["documents"], &all["occurrences"]), (&json!(500), &json!(750)));
    assert_eq!(all["ids"].as_array().map(Vec::len), Some(500));
    let spellings = json!([
        {"text": "Beloussow", "documents": 250}, {"text": "Belousow", "documents": 250},
    ]);
    assert_eq!(all["spellings"], spellings);
    assert_eq!(
        (&all["first_date"], &all["last_date"]),
        (&json!("2024-05-01"), &json!("2024-05-28"))
    );
    assert_eq!(row("450")["ids"].as_array().map(Vec::len), Some(450));
    assert_eq!(row("1")["documents"], 500);
}

#[test]
fn what_was_not_read_is_said() {
    let dossier = press();
    let output = dossier.run(&["batch", "--names", "-n", "1", "names.list"]);
    output.expect(0, &["line 2: ", "best 1 of 3 articles"]);
}

#[test]
fn the_spellings_of_a_name_are_listed_with_reasons() {
    let dossier = press();
    let lines = dossier.run(&["names", "--json", "Belousov"]).expect(0, &[]).json();
    let rows: Vec<_> =
        lines.iter().map(|line| (&line["spelling"], &line["documents"], &line["reason"])).collect();
    assert_eq!(
        rows,
        [
            (&json!("Belousov"), &json!(1), &json!("typed")),
            (&json!("Beloussow"), &json!(2), &json!("same_sound")),
        ]
    );
    let output = dossier.run(&["names", "Afrikakorps"]).expect(0, &[]);
    assert!(output.stdout.contains("Africa Corps"), "{output:?}");
    assert!(output.stdout.contains("in aliases.toml"), "{output:?}");
    let output = dossier.run(&["names", "Beijing"]).expect(0, &[]);
    assert!(output.stdout.contains("Peking    1         another name"), "{output:?}");
    dossier.run(&["names", "Schoigu"]).expect(1, &["no hits in 4 articles"]);
    dossier.run(&["names", "…"]).expect(2, &["dossier-search: "]);
}

#[test]
fn a_hyphen_excludes_in_queries_and_is_a_mark_in_lists_of_names() {
    let dossier = press();
    // With a blank behind it, it is a mark in both.
    dossier.write("listed.list", "-Belousow\n- Belousow\n");
    let documents = |args: &[&str]| -> Vec<Value> {
        let rows = dossier.run(&[&["batch", "--json", "listed.list"], args].concat()).json();
        rows.into_iter().map(|mut row| row["documents"].take()).collect()
    };
    // As in a search: the only article without him.
    assert_eq!(dossier.found(&["--", "-Belousow"]), ["4"]);
    assert_eq!(documents(&[]), [json!(1), json!(3)]);
    assert_eq!(documents(&["--names"]), [json!(3), json!(3)]);
}

#[test]
fn an_abbreviation_is_no_spelling_of_a_name() {
    let dossier = Dossier::with(&[
        (
            "korea.jsonl",
            "{\"_id\":\"1\",\"text\":\"Kim Jong-un kam nicht zur UN, obwohl die UN das wollte.\"}\n",
        ),
        ("names.list", "Kim Jong Un\n"),
    ]);
    let rows = dossier.run(&["batch", "--json", "names.list"]).expect(0, &[]).json();
    assert_eq!(rows[0]["spellings"], json!([{ "text": "Kim Jong-un", "documents": 1 }]));
    assert_eq!(rows[0]["occurrences"], json!(1));
}
