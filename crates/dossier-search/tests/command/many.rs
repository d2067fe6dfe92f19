//! `batch` and `analyze`: many queries, many words.

use crate::harness::Dossier;

fn fruit() -> Dossier {
    Dossier::with(&[
        ("a.txt", "Apfel und Birne"),
        ("b c.txt", "Birne und Quitte"),
        ("d.jsonl", "{\"_id\":\"d 1\",\"title\":\"Obst\",\"text\":\"Apfel\"}\n"),
    ])
}

#[test]
fn a_run_for_trec() {
    let dossier = fruit();
    dossier.write("queries.tsv", "q1\tBirne\nq 2\tApfel\nQuitte\nq4\tMelone\n");
    let args = ["batch", "--plain", "--match", "any", "--format", "trec", "queries.tsv"];
    let output = dossier.run(&args).expect(0, &[]);
    let rows: Vec<Vec<&str>> =
        output.stdout.lines().map(|line| line.split(' ').collect()).collect();
    let columns: Vec<_> = rows.iter().map(|row| (row[0], row[1], row[3], row[5])).collect();
    assert_eq!(
        columns,
        [
            ("q1", "Q0", "1", "dossier"),
            ("q1", "Q0", "2", "dossier"),
            ("q%202", "Q0", "1", "dossier"),
            ("q%202", "Q0", "2", "dossier"),
            ("3", "Q0", "1", "dossier"),
        ]
    );
    assert_eq!(rows[4][2], "b%20c.txt");
    assert!(rows[2..4].iter().any(|row| row[2] == "d%201"));
    assert!(rows.iter().all(|row| row[4].parse::<f32>().is_ok_and(|score| score > 0.0)));
}

#[test]
fn answers_come_in_the_order_of_the_queries() {
    let dossier = fruit();
    let queries: String =
        (0..500).map(|n| format!("{n}\t{}\n", ["Apfel", "Birne"][n % 2])).collect();
    let args = ["batch", "--format", "trec", "--limit", "1", "-"];
    let output = dossier.run_with_input(&args, queries.as_bytes()).expect(0, &[]);
    let ids: Vec<&str> = output.stdout.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(ids, (0..500).map(|n| n.to_string()).collect::<Vec<_>>());
}

#[test]
fn tables_and_json() {
    let dossier = fruit();
    dossier.write("queries.tsv", "q1\tObst\nq2\tApfel Melone\n");
    let output = dossier.run(&["batch", "--format", "tsv", "queries.tsv"]).expect(0, &[]);
    let first: Vec<&str> = output.stdout.lines().next().unwrap().split('\t').collect();
    assert_eq!((first[0], first[1], first[2], first[4]), ("q1", "1", "d 1", "Obst"));
    let lines = dossier.run(&["batch", "--format", "jsonl", "queries.tsv"]).json();
    assert_eq!((&lines[0]["query"], &lines[0]["type"]), (&"q1".into(), &"hit".into()));
    let summaries: Vec<_> = lines.iter().filter(|line| line["type"] == "summary").collect();
    assert_eq!(summaries[0]["reading"], "as typed");
    assert_eq!(
        (&summaries[1]["query"], &summaries[1]["reading"]),
        (&"q2".into(), &"relaxed".into())
    );
}

#[test]
fn a_faulty_query_does_not_stop_the_others() {
    let dossier = fruit();
    dossier.write("some.tsv", "q1\t(Apfel\nq2\tApfel\nq3\t\n");
    let args = ["batch", "--format", "tsv", "some.tsv"];
    let output = dossier.run(&args).expect(0, &["line 1: ", "line 3: "]);
    assert!(output.stdout.starts_with("q2\t1\t"), "{output:?}");
    dossier.write("none.tsv", "(Apfel\n");
    dossier.run(&["batch", "none.tsv"]).expect(2, &["line 1: "]);
    dossier.write("empty.list", "");
    dossier.run(&["batch", "empty.list"]).expect_silence(1);
    // Plain words have no faults of that kind.
    dossier.run(&["batch", "--plain", "none.tsv"]).expect_silence(0);
}

#[test]
fn words_are_analysed_one_a_line() {
    let dossier = Dossier::empty();
    let words = "Häuser\nKim-Jong\nzwei Wörter\n\nStraße\r\nu\u{308}ber\n";
    let output = dossier.run_with_input(&["analyze", "--json"], words.as_bytes()).expect_silence(0);
    let lines = output.json();
    let given: Vec<&str> = lines.iter().map(|line| line["word"].as_str().unwrap()).collect();
    assert_eq!(given, ["Häuser", "Kim-Jong", "zwei Wörter", "", "Straße", "u\u{308}ber"]);
    let house = &lines[0];
    assert_eq!((&house["exact"], &house["folded"]), (&"häuser".into(), &"hauser".into()));
    assert_eq!(house["stem"].as_str(), lines_of(&dossier, "Haus")[0]["stem"].as_str());
    for line in &lines {
        assert!(line["parts"].is_array() && line["name_keys"].is_array());
    }
    // A last line without its end, and bytes that are no text.
    let output = dossier.run_with_input(&["analyze", "--json"], b"eins\n\xff\nzwei");
    assert_eq!(output.json().len(), 3);
    output.expect(0, &["line 2: not valid UTF-8"]);
}

fn lines_of(dossier: &Dossier, word: &str) -> Vec<serde_json::Value> {
    dossier.run(&["analyze", "--json", word]).expect_silence(0).json()
}

#[test]
fn words_are_analysed_for_people() {
    let output = Dossier::empty().run(&["analyze", "Häuser im", "Nebel"]).expect_silence(0);
    let rows: Vec<&str> = output.stdout.lines().collect();
    assert_eq!(rows.len(), 4, "a heading and three words: {output:?}");
    assert!(rows[1].starts_with("Häuser ") && rows[1].contains(" hauser "), "{output:?}");
}

#[test]
fn analysing_many_words_takes_no_time() {
    let words: String = (0..20_000).map(|n| format!("Wort{n}ungen\n")).collect();
    let output = Dossier::empty().run_with_input(&["analyze", "--json"], words.as_bytes());
    assert_eq!(output.stdout.lines().count(), 20_000);
}

#[test]
fn words_of_a_dossier_are_known() {
    let dossier = Dossier::with(&[
        ("dossier.toml", "[lexicon]\nwords = [\"Kibana\"]\n"),
        ("a.txt", "Die Kibanaabfrage läuft."),
    ]);
    let row = dossier.run(&["analyze", "--json", "Kibanaabfrage"]).expect_silence(0).json();
    assert_eq!(row[0]["parts"][0]["text"], "kibana");
    let finds = |args: &[&str], file: &str| {
        let output = dossier.run(args);
        assert!(output.code == 0 && output.stdout.contains(file), "{args:?}: {output:?}");
    };
    finds(&["Kibana"], "a.txt");
    // Other words, in a file of their own: the index is built anew.
    dossier.write("woerter.txt", "Elastic\nKibana\n");
    dossier.write("dossier.toml", "[lexicon]\nwords = \"woerter.txt\"\n");
    dossier.write("b.txt", "Der Elasticserver.");
    finds(&["Elastic"], "b.txt");
    finds(&["Elastic"], "b.txt");
    // Without a look at the sources, the index is read with the words it has.
    dossier.write("dossier.toml", "");
    finds(&["--no-refresh", "Elastic"], "b.txt");
    for (config, expected) in [
        ("[lexicon]\nwords = 3\n", "dossier.toml, line 2: `words` is a list of words, or the path"),
        ("[lexicon]\nwords = \"fehlt.txt\"\n", "fehlt.txt: "),
        ("[lexicon]\nwoerter = []\n", "unknown field `woerter`"),
    ] {
        dossier.write("dossier.toml", config);
        dossier.run(&["Elastic"]).expect(2, &[expected]);
    }
}
