//! `--explain`: why a hit matches, for people and for programs.

use crate::harness::{Dossier, Output};

/// The lines that explain, of all hits.
fn why(stdout: &str, first: &str) -> Vec<String> {
    let explains = |line: &&str| line.contains(" → ");
    let lines = stdout.lines().filter(explains).map(|line| line.trim().to_owned());
    lines.map(|line| line.strip_prefix(first).map_or(line.clone(), str::to_owned)).collect()
}

#[test]
fn each_word_found_is_explained_in_plain_words() {
    let dossier = Dossier::with_seeds();
    let output = dossier.run(&["--explain", "Beloussow"]).stdout;
    assert_eq!(
        why(&output, "why: "),
        [
            "Beloussow → Beloussow: as typed, 3 × in the text, 100 %",
            "Beloussow → Belousow: another spelling of the name, 2 × in the text, 67 %",
            "Beloussow → Belousov: another spelling of the name, 1 × in the text, 33 %",
        ],
        "{output}"
    );
    assert!(why(&dossier.run(&["Beloussow"]).stdout, "").is_empty());
    // As a table test: query, what is said of its first hit.
    for (query, expected) in [
        ("Delegation", "Delegation → Militärdelegation: a compound that shares a part, "),
        ("empfaengt", "empfaengt → empfängt: the same but for umlauts, ß or accents, "),
        (
            "Verteidigungsminister",
            "Verteidigungsminister → Verteidigungsministers: another form of the word, ",
        ),
        (
            "Verteidigungsminster~",
            "Verteidigungsminster → Verteidigungsminister: mistyped? 1 letter differs, ",
        ),
        ("Militärdele*", "Militärdele* → Militärdelegation: fits the pattern, "),
        ("\"Kim Jong Un\"", "Kim Jong Un → Kim Jong"),
        ("Kim NEAR/5 Putin", "Kim Putin → Kim"),
    ] {
        let output = dossier.run(&["--explain", query]).expect(0, &[]).stdout;
        let why = why(&output, "why: ");
        assert!(why.iter().any(|line| line.starts_with(expected)), "{query}: {output}");
    }
}

#[test]
fn explanations_speak_german() {
    let dossier = Dossier::with_seeds();
    let mut command = dossier.command(&["--explain", "Belousov"]);
    let output = Output::of(command.env("LANG", "de_DE.UTF-8").output().unwrap()).stdout;
    let expected = "warum: Belousov → Belousov: wie getippt, 1 × im Text, ";
    assert!(output.contains(expected), "{output}");
    let next = "       Belousov → Belousow: andere Schreibweise des Namens, 2 × im Text, ";
    assert!(output.contains(next), "{output}");
}

#[test]
fn programs_get_the_same() {
    let dossier = Dossier::with_seeds();
    let lines = dossier.run(&["--explain", "--json", "Putin Beloussow"]).json();
    let hit = &lines[0];
    let explanations = hit["explanations"].as_array().unwrap();
    assert_eq!(explanations.len(), 2, "{hit}");
    let typed: Vec<_> = explanations.iter().map(|e| (&e["typed"], &e["span"])).collect();
    assert_eq!(typed[0], (&"Putin".into(), &serde_json::json!([0, 5])));
    assert_eq!(typed[1], (&"Beloussow".into(), &serde_json::json!([6, 15])));
    let share = |value: &serde_json::Value| value["share"].as_f64().unwrap();
    let shares: f64 = explanations.iter().map(share).sum();
    assert!((shares - 1.0).abs() < 1e-3, "{hit}");
    for explanation in explanations {
        let matches = explanation["matches"].as_array().unwrap();
        let sum: f64 = matches.iter().map(share).sum();
        assert!((sum - share(explanation)).abs() < 1e-3, "{explanation}");
        for found in matches {
            assert!(found["text"].is_string() && found["kind"].is_string(), "{found}");
            let times = found["in_title"].as_u64().unwrap() + found["in_body"].as_u64().unwrap();
            assert!(times > 0, "{found}");
        }
    }
    assert!(dossier.run(&["--json", "Putin"]).json()[0]["explanations"].is_null());
}
