//! The five sample articles in the index: each cell was checked by hand against their texts.

use serde_json::{Value, json};

use crate::harness::Dossier;

/// Headline, source, agency, author, photo credit, lines that are noise, and captions that are not.
struct Row {
    id: &'static str,
    headline: &'static str,
    source: Option<&'static str>,
    agency: Option<&'static str>,
    author: Option<&'static str>,
    photo: Option<&'static str>,
    noise: &'static [&'static str],
    captions: &'static [&'static str],
}

const ROWS: [Row; 5] = [
    Row {
        id: "seeds/000_f99a79fac325b7b9.txt",
        headline: "",
        source: Some("congluan.vn"),
        agency: Some("KCNA, Reuters"),
        author: Some("Cao Phong"),
        photo: Some("KCNA"),
        noise: &[
            "Foto: KCNA",
            "Cao Phong (laut KCNA, Reuters)",
            "[Anzeige_2]",
            "Quelle: https://www.congluan.vn/nha-lanh-dao-trieu-tien-kim-jong-un-noi-nga-co-quyen-tu-ve-post323574.html",
            "Kommentar (0)",
        ],
        captions: &[
            "Herr Kim Jong Un empfing den russischen Verteidigungsminister Andrej Belousow.",
        ],
    },
    Row {
        id: "seeds/001_da0704f7ee2e0c9d.txt",
        headline: "",
        source: None,
        agency: Some("AFP"),
        author: Some("phs"),
        photo: None,
        noise: &["(afp/bearbeitet von phs)", "\"So arbeitet die Redaktion\" informiert Sie"],
        captions: &[],
    },
    Row {
        id: "seeds/002_b5c406e6433b7397.txt",
        headline: "Nordkorea empfängt russische Militärdelegation — World",
        source: None,
        agency: None,
        author: None,
        photo: None,
        noise: &[
            "Nordkorea empfaengt russische Militaerdelegation — World",
            ":",
            "rrt-allgemeines",
        ],
        captions: &[],
    },
    Row {
        id: "seeds/003_0ba4148576c906b3.txt",
        headline: "Nordkoreas Staatschef Kim Jong-un: \"Ich werde immer zu Russland stehen\"",
        source: None,
        agency: None,
        author: None,
        photo: Some("Kremlin Pool / via Global Look Press"),
        noise: &[
            "Quelle: www.globallookpress.com © Kremlin Pool / via Global Look Press",
            "Mehr zum Thema – Nicht gut für die Ukraine: USA in Alarmstimmung wegen möglichen Russland-Nordkorea-Militärpakt",
        ],
        captions: &[],
    },
    Row {
        id: "seeds/004_a229774bb431b1be.txt",
        headline: "Russland und Nordkorea vereinbaren gegenseitige Unterstützung im Falle eines Angriffs",
        source: None,
        agency: Some("dpa"),
        author: None,
        photo: Some("Kreml/dpa"),
        noise: &[
            "Home Nachricht Russland und Nordkorea vereinbaren gegenseitige Unterstützung im Falle eines Angriffs",
            "11",
            "0",
            "-/Kreml/dpa",
            "Kaynak",
            "LEAVE A REPLY",
            "Please enter your comment!",
            "Please enter your name here",
        ],
        captions: &["nehmen während Putins zweitägigem Staatsbesuch an einem Treffen"],
    },
];

#[test]
fn what_is_known_of_the_samples() {
    let dossier = Dossier::with_seeds();
    dossier.run(&["index"]).expect(0, &["5 files, 5 articles"]);
    for row in &ROWS {
        let article =
            dossier.run(&["show", "--json", "--raw", row.id]).expect_silence(0).json().remove(0);
        for (key, value) in [
            ("title", json!(row.headline)),
            ("source", json!(row.source)),
            ("agency", json!(row.agency)),
            ("author", json!(row.author)),
            ("photo", json!(row.photo)),
            // None of them tells the day it appeared.
            ("date", Value::Null),
            ("date_origin", Value::Null),
            ("language", json!("deu")),
        ] {
            assert_eq!(article[key], value, "{} {key}", row.id);
        }
        let text = article["text"].as_str().unwrap();
        let at = |place: &Value| place.as_u64().unwrap() as usize;
        let noise: Vec<&str> = article["noise"]
            .as_array()
            .unwrap()
            .iter()
            .map(|range| text[at(&range[0])..at(&range[1])].trim())
            .collect();
        assert_eq!(noise.len(), row.noise.len(), "{}: {noise:?}", row.id);
        for (noise, expected) in noise.iter().zip(row.noise) {
            assert!(noise.starts_with(expected), "{}: {noise}", row.id);
        }
        let searched = dossier.run(&["show", "--json", row.id]).expect_silence(0).json().remove(0);
        for caption in row.captions {
            assert!(searched["text"].as_str().unwrap().contains(caption), "{}", row.id);
        }
    }
}

#[test]
fn what_the_samples_are_found_by() {
    let dossier = Dossier::with_seeds();
    dossier.run(&["index"]);
    let found = |args: &[&str]| -> Vec<String> {
        let ids = dossier.found(args);
        ids.iter().map(|id| id["seeds/".len()..][..3].to_owned()).collect()
    };
    for (args, expected) in [
        (&["Militär*"][..], &["000", "001", "002", "004"][..]),
        (&["--noise", "Militär*"], &["000", "001", "002", "003", "004"]),
        (&["\"Please enter your comment\""], &[]),
        (&["--noise", "\"Please enter your comment\""], &["004"]),
        (&["quelle:congluan.vn"], &["000"]),
        (&["quelle:globallookpress.com"], &[]),
        (&["datum:keins"], &["000", "001", "002", "003", "004"]),
        (&["agentur:dpa"], &["004"]),
    ] {
        assert_eq!(found(args), expected, "{args:?}");
    }
    // The twin of the headline counts once.
    let output = dossier.run(&["--json", "--explain", "World"]).json();
    let hit = output.iter().find(|line| line["id"] == ROWS[2].id).unwrap();
    let matches: Vec<(u64, u64)> = hit["explanations"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|explanation| explanation["matches"].as_array().unwrap())
        .map(|found| (found["in_title"].as_u64().unwrap(), found["in_body"].as_u64().unwrap()))
        .collect();
    assert_eq!(matches, [(1, 0)], "{hit}");
}
