//! `--kwic`: every occurrence in its context.

use crate::harness::Dossier;

#[test]
fn every_occurrence_is_a_line_with_the_keyword_in_a_column() {
    let dossier = Dossier::with_seeds();
    dossier.run(&["index"]);
    let mut command = dossier.command(&["--kwic", "Beloussow"]);
    let output = crate::harness::Output::of(command.env("COLUMNS", "100").output().unwrap());
    let lines: Vec<&str> = output.stdout.lines().collect();
    let (occurrences, foot) = lines.split_at(lines.len() - 2);
    assert_eq!(foot, ["also searched: Belousov (1), Belousow (1)", "2 of 5 articles"]);
    assert_eq!(occurrences.len(), 6, "{output:?}");
    for line in occurrences {
        let (before, _) = line.split_once("**").unwrap();
        assert_eq!(before.chars().count(), 28, "{line}");
        let (_, place) = line.rsplit_once("  ").unwrap();
        let (file, position) = place.split_once(':').unwrap();
        assert!(file.starts_with("seeds/00") && position.parse::<usize>().is_ok(), "{line}");
    }
    // A narrow terminal, and words in the title.
    let output = dossier.run(&["--kwic", "titel:Kim", "-n", "1"]).stdout;
    assert!(output.contains(":title:"), "{output}");
    assert_eq!(dossier.run(&["--kwic", "Xylophonkonzert"]).expect(1, &["no hits"]).stdout, "");
    dossier.run(&["--kwic", "--explain", "Kim"]).expect(2, &["cannot be used with"]);
    dossier.run(&["--kwic", "Kim", "Xylophonkonzert"]).expect(1, &["Nothing matches as typed"]);
}

#[test]
fn limit_counts_articles() {
    let dossier = Dossier::with(&[("a.txt", "Kim, Kim und Kim."), ("b.txt", "Nur einmal Kim.")]);
    let lines = |args: &[&str]| dossier.run(&[&["--kwic", "Kim"], args].concat()).stdout;
    assert_eq!(lines(&[]).matches("**Kim**").count(), 4);
    let first = lines(&["-n", "1"]);
    assert_eq!(first.matches("**Kim**").count(), 3);
    assert!(first.ends_with("2 of 2 articles, shown: 1 to 1\n"), "{first}");
    assert_eq!(lines(&["-n", "1", "--offset", "1"]).matches("**Kim**").count(), 1);
}

#[test]
fn programs_get_offsets() {
    let text = "Grüße aus Köln 🙂. Kim Jong-un\nkam.";
    let dossier = Dossier::with(&[("a.txt", text)]);
    let lines = dossier.run(&["--kwic", "--json", "\"Kim Jong Un\""]).json();
    assert_eq!(lines.len(), 2);
    let (found, summary) = (&lines[0], &lines[1]);
    assert_eq!((&found["type"], &found["id"]), (&"occurrence".into(), &"a.txt".into()));
    assert_eq!((&found["field"], &found["text"]), (&"text".into(), &"Kim Jong-un".into()));
    let at = |key: &str, n: usize| found[key][n].as_u64().unwrap() as usize;
    assert_eq!(&text[at("bytes", 0)..at("bytes", 1)], "Kim Jong-un");
    let chars: String = text.chars().take(at("chars", 1)).skip(at("chars", 0)).collect();
    assert_eq!(chars, "Kim Jong-un");
    assert_eq!((&found["before"], &found["after"]), (&text[..24].into(), &"\nkam.".into()));
    assert_eq!((&summary["type"], &summary["total"]), (&"summary".into(), &1.into()));
}

#[test]
fn nothing_in_a_context_reaches_the_terminal() {
    let dossier = Dossier::with(&[("a.txt", "Vor\u{1b}[31m dem Kim\u{1b}]0;x\u{7} danach.")]);
    let output = dossier.run(&["--kwic", "Kim"]).stdout;
    assert!(output.contains("**Kim**") && !output.contains('\u{1b}'), "{output}");
}
