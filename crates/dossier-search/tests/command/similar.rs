//! `similar`, and near-copies under one hit.

use crate::harness::{Dossier, Output};

const STORY: &str = "Kim Jong Un hat den russischen Verteidigungsminister Beloussow in Pjöngjang \
    empfangen. Beide vereinbarten am Freitag, die Zusammenarbeit ihrer Streitkräfte zu vertiefen. \
    Nach Angaben der staatlichen Agentur sprach Kim von einer unbesiegbaren Freundschaft. \
    Beobachter erwarten, dass weitere Soldaten nach Kursk geschickt werden. Die Regierung in Seoul \
    verurteilte das Treffen und kündigte Gespräche mit ihren Verbündeten an.";

/// The same story in two papers, another one, and one on something else.
fn dossier() -> Dossier {
    let edited = STORY.replace("am Freitag", "am gestrigen Freitag").replace("Kim von", "er von");
    let other = "Pjöngjang bereitet eine Parade vor. Satellitenbilder zeigen Panzer und Soldaten auf \
        dem Kim-Il-sung-Platz. Ob Verteidigungsminister Beloussow erneut anreist, ist offen; eine \
        Bestätigung aus Moskau gab es zunächst nicht, wie die Agentur Yonhap berichtete, die sich \
        auf Geheimdienste berief.";
    let dossier = Dossier::with(&[
        ("a/bericht.txt", STORY),
        ("b/meldung.txt", &format!("Neue Freundschaft im Osten\n\n{edited}")),
        ("c/parade.txt", other),
        (
            "d/garten.txt",
            "Im Garten blühen die Rosen. Wer sie schneidet, hat im Sommer mehr davon.",
        ),
    ]);
    dossier.run(&["index"]);
    dossier
}

#[test]
fn copies_are_shown_under_one_hit() {
    let dossier = dossier();
    let output = dossier.run(&["Beloussow"]).expect_silence(0).stdout;
    assert!(output.contains("   +1 near-copy: b/meldung.txt\n"), "{output}");
    let foot = "3 of 4 articles, 1 near-copy of them not shown (--all-copies)\n";
    assert!(output.ends_with(foot), "{output}");
    assert!(output.contains("\n2  ") && !output.contains("\n3  "), "{output}");
    let lines = dossier.run(&["Beloussow", "--json"]).json();
    assert_eq!(lines.len(), 3);
    let best = lines.iter().find(|line| line["id"] == "a/bericht.txt").unwrap();
    assert_eq!((&best["copies"][0], &lines[2]["total"]), (&"b/meldung.txt".into(), &3.into()));
    let all = dossier.run(&["Beloussow", "--all-copies"]).stdout;
    assert!(all.contains("\n3  ") && all.ends_with("3 of 4 articles\n"), "{all}");
    // Page by page: the copy of the first is on no other page.
    let page = |offset| dossier.run(&["Beloussow", "-n", "1", "--offset", offset]).stdout;
    let pages = [page("0"), page("1")];
    assert!(pages[0].contains("c/parade.txt") && pages[1].contains("a/bericht.txt"), "{pages:?}");
    assert!(pages[1].contains("shown: 2 to 2, 1 near-copy"), "{pages:?}");
    assert_eq!(page("2"), "3 of 4 articles\n");
    // Lists of names count every article.
    let batch = dossier.run_with_input(&["batch", "--json", "-"], b"Beloussow\n").json();
    assert_eq!((&batch[0]["documents"], batch[0]["ids"].as_array().unwrap().len()), (&3.into(), 3));
    let german = dossier.command(&["Beloussow"]).env("LANG", "de_DE").output().unwrap();
    assert!(Output::of(german).stdout.contains("+1 fast gleich: b/meldung.txt"));
}

#[test]
fn articles_like_one_are_listed_with_what_they_share() {
    let dossier = dossier();
    let output = dossier.run(&["similar", "a/bericht.txt"]).expect_silence(0).stdout;
    assert!(output.starts_with("telling words: "), "{output}");
    assert!(output.contains("\n+1 near-copy: b/meldung.txt\n\n1  "), "{output}");
    assert!(output.contains("c/parade.txt") && !output.contains("garten"), "{output}");
    let shared = output.lines().find_map(|line| line.trim().strip_prefix("shared: ")).unwrap();
    assert!(shared.contains("Beloussow") && shared.contains("Pjöngjang"), "{output}");
    let lines = dossier.run(&["similar", "bericht", "--json"]).json();
    assert_eq!((&lines[0]["type"], &lines[0]["id"]), (&"hit".into(), &"c/parade.txt".into()));
    let typed: Vec<_> = lines[0]["explanations"].as_array().unwrap().iter().collect();
    assert!(typed.iter().any(|shared| shared["typed"] == "Beloussow"), "{lines:?}");
    let summary = lines.last().unwrap();
    assert_eq!((&summary["type"], &summary["id"]), (&"summary".into(), &"a/bericht.txt".into()));
    assert_eq!(summary["copies"][0], "b/meldung.txt");
    assert!(summary["words"][0]["weight"] == 1.0, "{summary}");
    dossier.run(&["similar", "garten"]).expect(1, &["nothing like it in 4 articles"]);
}

#[test]
fn unknown_ids_are_answered_with_near_ones() {
    let dossier = dossier();
    let meant = ["no article has the id a/berichd.txt", "did you mean:\n  a/bericht.txt\n"];
    dossier.run(&["similar", "a/berichd.txt"]).expect(2, &meant);
    dossier.run(&["show", "a/berichd.txt"]).expect(2, &meant);
    dossier.run(&["similar", "xyz"]).expect(2, &["no article has the id xyz"]);
    dossier.run(&["similar", ""]).expect(2, &[]);
    dossier.run(&["similar"]).expect(2, &["<ID>"]);
    // Two words are a query? No: the verb takes one.
    dossier.run(&["similar", "a", "b"]).expect(2, &["unexpected argument 'b'"]);
}
