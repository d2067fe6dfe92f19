//! Whole articles: the seeds, and other layouts written for these tests.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::NoiseKind::*;
use super::*;

/// What an article must yield.
#[derive(Default)]
struct Expected<'e> {
    headline: Option<&'e str>,
    source: Option<&'e str>,
    agencies: &'e [&'e str],
    author: Option<&'e str>,
    photos: &'e [&'e str],
    date: Option<&'e str>,
    noise: &'e [(NoiseKind, &'e str)],
}

#[track_caller]
fn check(name: &str, text: &str, expected: &Expected<'_>) {
    let parts = parts(text);
    let noise: Vec<_> =
        parts.noise.iter().map(|noise| (noise.kind, &text[noise.range.clone()])).collect();
    assert_eq!(parts.headline.map(|range| &text[range]), expected.headline, "{name}: headline");
    assert_eq!(parts.source.as_deref(), expected.source, "{name}: source");
    assert_eq!(parts.agencies, expected.agencies, "{name}: agencies");
    assert_eq!(parts.author.as_deref(), expected.author, "{name}: author");
    assert_eq!(parts.photo_credits, expected.photos, "{name}: photos");
    assert_eq!(parts.date.map(|date| date.to_string()).as_deref(), expected.date, "{name}: date");
    assert_eq!(noise, expected.noise, "{name}: noise");
}

fn seed(start: &str) -> String {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    let mut files: Vec<_> =
        fs::read_dir(seeds).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let named = |path: &&std::path::PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start))
    };
    fs::read_to_string(files.iter().find(named).unwrap()).unwrap()
}

#[test]
fn seed_000() {
    let text = seed("000");
    let address = "https://www.congluan.vn/nha-lanh-dao-trieu-tien-kim-jong-un-noi-nga-co-quyen-tu-ve-post323574.html";
    check(
        "000",
        &text,
        &Expected {
            source: Some("congluan.vn"),
            agencies: &["KCNA", "Reuters"],
            author: Some("Cao Phong"),
            photos: &["KCNA"],
            noise: &[
                (Credit, "Foto: KCNA"),
                (Credit, "Cao Phong (laut KCNA, Reuters)"),
                (Advertising, "[Anzeige_2]"),
                (Source, &format!("Quelle: {address}")),
                (Comments, "Kommentar (0)"),
            ],
            ..Expected::default()
        },
    );
    assert_eq!(parts(&text).address.as_deref(), Some(address));
    // The caption stays.
    assert!(body(&text).contains("Andrej Belousow. \n"));
}

#[test]
fn seed_001() {
    let text = seed("001");
    let editorial = "\"So arbeitet die Redaktion\" informiert Sie, wann und worüber wir berichten, wie wir \
                     mit Fehlern umgehen und woher unsere Inhalte stammen. Bei der Berichterstattung halten \
                     wir uns an die Richtlinien der Journalism Trust Initiative.";
    check(
        "001",
        &text,
        &Expected {
            agencies: &["AFP"],
            author: Some("phs"),
            noise: &[(Credit, "(afp/bearbeitet von phs)"), (Editorial, editorial)],
            ..Expected::default()
        },
    );
}

#[test]
fn seed_002() {
    check(
        "002",
        &seed("002"),
        &Expected {
            headline: Some("Nordkorea empfängt russische Militärdelegation — World"),
            noise: &[
                (Twin, "Nordkorea empfaengt russische Militaerdelegation — World"),
                (Mark, ":"),
                (Navigation, "rrt-allgemeines"),
            ],
            ..Expected::default()
        },
    );
}

#[test]
fn seed_003() {
    let text = seed("003");
    check(
        "003",
        &text,
        &Expected {
            headline: Some(
                "Nordkoreas Staatschef Kim Jong-un: \"Ich werde immer zu Russland stehen\"",
            ),
            photos: &["Kremlin Pool / via Global Look Press"],
            noise: &[
                (Credit, "Quelle: www.globallookpress.com © Kremlin Pool / via Global Look Press"),
                (
                    More,
                    "Mehr zum Thema – Nicht gut für die Ukraine: USA in Alarmstimmung wegen möglichen \
                     Russland-Nordkorea-Militärpakt",
                ),
            ],
            ..Expected::default()
        },
    );
    assert!(text.contains("Militär") && !body(&text).contains("Militär"));
    assert!(
        body(&text).contains("Putin empfängt Kim Jong-un persönlich am Weltraumhafen Wostotschny")
    );
}

#[test]
fn seed_004() {
    let text = seed("004");
    let headline =
        "Russland und Nordkorea vereinbaren gegenseitige Unterstützung im Falle eines Angriffs";
    check(
        "004",
        &text,
        &Expected {
            headline: Some(headline),
            agencies: &["dpa"],
            photos: &["Kreml/dpa"],
            noise: &[
                (Twin, &format!("Home Nachricht {headline}")),
                (Sharing, "11"),
                (Sharing, "0"),
                (Credit, "-/Kreml/dpa"),
                (Source, "Kaynak"),
                (Comments, "LEAVE A REPLY"),
                (Comments, "Please enter your comment!"),
                (Comments, "Please enter your name here"),
            ],
            ..Expected::default()
        },
    );
    assert!(
        body(&text)
            .contains("an einem Treffen mit dem nordkoreanischen Führer Kim Jong Un teil. \n")
    );
}

/// The text without its noise.
fn body(text: &str) -> String {
    let mut body = text.to_owned();
    for noise in parts(text).noise.iter().rev() {
        body.replace_range(noise.range.clone(), "");
    }
    body
}

const FIRST: &str = "Der Stadtrat von Musterstadt hat am Donnerstag den Neubau der Brücke über die Wiese \
                     beschlossen. Die Kosten werden auf zwölf Millionen Euro geschätzt, wie die Verwaltung mitteilte.";
const SECOND: &str = "Die alte Brücke ist seit dem Hochwasser im Frühjahr gesperrt. Anwohner müssen seither \
                      einen Umweg von sieben Kilometern fahren, sagte Bürgermeisterin Erika Muster der Zeitung.";

/// Texts of other layouts: `{1}` and `{2}` stand for two paragraphs of running text.
#[test]
fn other_layouts() {
    let check = |name: &str, text: &str, expected: Expected<'_>| {
        let text = text.replace("{1}", FIRST).replace("{2}", SECOND);
        check(name, &text, &expected);
        let body = body(&text);
        assert_eq!(
            (body.matches(FIRST).count(), body.matches(SECOND).count()),
            (1, 1),
            "{name}: {body}"
        );
    };
    let title = Some("Musterstadt baut neue Brücke");
    check(
        "news site with everything",
        "Zum Inhalt springen\nMenü\nStartseite > Lokales > Musterstadt\nBrückenstreit\n\n\
         Musterstadt baut neue Brücke\n\nVon Max Mustermann und Erika Beispiel\n21.11.2024, 14:33 Uhr\n\
         Lesezeit: 3 Min.\nTeilen\nFacebook\nWhatsApp\nE-Mail\n\n{1}\n\nAnzeige\n\n{2}\n\n\
         Mehr zum Thema\nWarum Brücken altern\nHochwasser: Was bleibt?\n\nNewsletter\nImpressum\nDatenschutz\n",
        Expected {
            headline: title,
            author: Some("Max Mustermann, Erika Beispiel"),
            date: Some("2024-11-21"),
            noise: &[
                (Navigation, "Zum Inhalt springen"),
                (Navigation, "Menü"),
                (Navigation, "Startseite > Lokales > Musterstadt"),
                (Credit, "Von Max Mustermann und Erika Beispiel"),
                (Date, "21.11.2024, 14:33 Uhr"),
                (Sharing, "Lesezeit: 3 Min."),
                (Sharing, "Teilen"),
                (Sharing, "Facebook"),
                (Sharing, "WhatsApp"),
                (Sharing, "E-Mail"),
                (Advertising, "Anzeige"),
                (More, "Mehr zum Thema"),
                (More, "Warum Brücken altern"),
                (More, "Hochwasser: Was bleibt?"),
                (Navigation, "Newsletter"),
                (Navigation, "Impressum"),
                (Navigation, "Datenschutz"),
            ],
            ..Expected::default()
        },
    );
    check(
        "agency report",
        "Musterstadt baut neue Brücke\n\nMusterstadt (dpa/lno) - {1}\n\n{2}\n\n\
         © dpa-infocom, dpa:241121-99-123456/2\n",
        Expected {
            headline: title,
            agencies: &["dpa"],
            noise: &[(Credit, "© dpa-infocom, dpa:241121-99-123456/2")],
            ..Expected::default()
        },
    );
    check(
        "outlet that signs with itself and the agency",
        "Musterstadt baut neue Brücke\n\n{1}\n\n{2}\n\nQuelle: musterblatt.de, mau/dpa\n",
        Expected {
            headline: title,
            source: Some("musterblatt.de"),
            agencies: &["dpa"],
            noise: &[(Source, "Quelle: musterblatt.de, mau/dpa")],
            ..Expected::default()
        },
    );
    check(
        "dateline with the day",
        "Musterstadt baut neue Brücke\n\nMusterstadt, 21. November 2024 – {1}\n{2} (APA, 21.11.2024)",
        Expected {
            headline: title,
            agencies: &["APA"],
            date: Some("2024-11-21"),
            noise: &[(Credit, "(APA, 21.11.2024)")],
            ..Expected::default()
        },
    );
    check(
        "blog",
        "Musterstadt baut neue Brücke | Mein Stadtblog\n\nMusterstadt baut neue Brücke\n\n\
         Veröffentlicht am 21. November 2024 von Max Mustermann\n\n{1}\n\n{2}\n\n\
         Kategorien: Lokales\nTags: Brücke, Stadtrat\n\nSchreibe einen Kommentar\n\
         Deine E-Mail-Adresse wird nicht veröffentlicht. Erforderliche Felder sind mit * markiert\n\
         Kommentar *\nName *\nE-Mail *\nWebsite\nKommentar abschicken\n",
        Expected {
            headline: title,
            author: Some("Max Mustermann"),
            date: Some("2024-11-21"),
            noise: &[
                (Twin, "Musterstadt baut neue Brücke | Mein Stadtblog"),
                (Date, "Veröffentlicht am 21. November 2024 von Max Mustermann"),
                (Navigation, "Kategorien: Lokales"),
                (Navigation, "Tags: Brücke, Stadtrat"),
                (Comments, "Schreibe einen Kommentar"),
                (
                    Comments,
                    "Deine E-Mail-Adresse wird nicht veröffentlicht. Erforderliche Felder sind mit * markiert",
                ),
                (Comments, "Kommentar *"),
                (Comments, "Name *"),
                (Comments, "E-Mail *"),
                (Comments, "Website"),
                (Comments, "Kommentar abschicken"),
            ],
            ..Expected::default()
        },
    );
    check(
        "consent banner",
        "Wir verwenden Cookies, um Inhalte und Anzeigen zu personalisieren und die Zugriffe auf unsere \
         Website zu analysieren.\nAlle akzeptieren\nAblehnen\nEinstellungen\n\n\
         Musterstadt baut neue Brücke\n\n{1}\n\n{2}\n",
        Expected {
            headline: title,
            noise: &[
                (
                    Consent,
                    "Wir verwenden Cookies, um Inhalte und Anzeigen zu personalisieren und die Zugriffe auf \
                     unsere Website zu analysieren.",
                ),
                (Consent, "Alle akzeptieren"),
                (Consent, "Ablehnen"),
                (Consent, "Einstellungen"),
            ],
            ..Expected::default()
        },
    );
    check(
        "hints within the text",
        "Musterstadt baut neue Brücke\n\n{1}\n\nLesen Sie auch: Warum Brücken altern\n\n{2} \
         Lesen Sie auch: So geht es weiter\n",
        Expected {
            headline: title,
            noise: &[
                (More, "Lesen Sie auch: Warum Brücken altern"),
                (More, "Lesen Sie auch: So geht es weiter"),
            ],
            ..Expected::default()
        },
    );
    check(
        "captions",
        "Musterstadt baut neue Brücke\n\nDie gesperrte Brücke im Oktober. (Foto: Max Mustermann/dpa)\n\n{1}\n\n\
         Bild: picture alliance / dpa\n\n{2}\n\nDie Bürgermeisterin vor der Brücke © Erika Beispiel\n",
        Expected {
            headline: title,
            photos: &["Max Mustermann/dpa", "picture alliance / dpa"],
            noise: &[
                (Credit, "(Foto: Max Mustermann/dpa)"),
                (Credit, "Bild: picture alliance / dpa"),
            ],
            ..Expected::default()
        },
    );
    check(
        "paragraphs in single lines",
        "Musterstadt baut neue Brücke\n{1}\n{2}\n",
        Expected { headline: title, ..Expected::default() },
    );
    check(
        "no headline",
        "{1}\n\n{2}\n\nAutor: Erika Beispiel\nQuelle: dpa\n",
        Expected {
            agencies: &["dpa"],
            author: Some("Erika Beispiel"),
            noise: &[(Credit, "Autor: Erika Beispiel"), (Credit, "Quelle: dpa")],
            ..Expected::default()
        },
    );
    check(
        "address at the top",
        "https://www.musterblatt.de/lokales/2024/11/21/bruecke.html\n\nMusterstadt baut neue Brücke\n\n{1}\n\n{2}\n",
        Expected {
            headline: title,
            source: Some("musterblatt.de"),
            noise: &[(Source, "https://www.musterblatt.de/lokales/2024/11/21/bruecke.html")],
            ..Expected::default()
        },
    );
    check(
        "Swiss, signed at the end",
        "Musterstadt baut neue Brücke\n\n{1}\n\n{2} (sda)\n\nPublished: 21.11.2024, updated: 22.11.2024\n\
         12 Kommentare\nAuf Facebook teilen\n",
        Expected {
            headline: title,
            agencies: &["SDA"],
            date: Some("2024-11-21"),
            noise: &[
                (Credit, "(sda)"),
                (Date, "Published: 21.11.2024, updated: 22.11.2024"),
                (Comments, "12 Kommentare"),
                (Sharing, "Auf Facebook teilen"),
            ],
            ..Expected::default()
        },
    );
    check(
        "menu in one line, footer in one line",
        "Politik Wirtschaft Sport Kultur Wissen\nNews | Lokales | Sport | Kultur | Wetter\n\n\
         Musterstadt baut neue Brücke\n\n{1}\n\n{2}\n\n© 2024 Musterblatt Verlag\nImpressum Datenschutz AGB Kontakt\n",
        Expected {
            headline: title,
            noise: &[
                (Navigation, "Politik Wirtschaft Sport Kultur Wissen"),
                (Navigation, "News | Lokales | Sport | Kultur | Wetter"),
                (Editorial, "© 2024 Musterblatt Verlag"),
                (Navigation, "Impressum Datenschutz AGB Kontakt"),
            ],
            ..Expected::default()
        },
    );
    check(
        "interview",
        "\"Die Brücke kommt\"\n\nInterview: Erika Beispiel\n\nFrau Muster, wann wird gebaut?\n\n{1}\n\nUnd dann?\n\n{2}\n",
        Expected {
            headline: Some("\"Die Brücke kommt\""),
            author: Some("Erika Beispiel"),
            noise: &[(Credit, "Interview: Erika Beispiel")],
            ..Expected::default()
        },
    );
    check(
        "umlauts of an old system first",
        "Musterstadt baut neue Bruecke\n\nMusterstadt baut neue Brücke\n\n{1}\n\n{2}\n",
        Expected {
            headline: title,
            noise: &[(Twin, "Musterstadt baut neue Bruecke")],
            ..Expected::default()
        },
    );
    check(
        "press release",
        "21.11.2024 – 10:00\n\nStadt Musterstadt\n\nMusterstadt baut neue Brücke\n\nMusterstadt (ots) - {1}\n\n{2}\n\n\
         Pressekontakt:\nStadt Musterstadt\nErika Beispiel\nTelefon 01234 567890\n",
        Expected {
            headline: Some("Stadt Musterstadt"),
            agencies: &["ots"],
            date: Some("2024-11-21"),
            noise: &[(Date, "21.11.2024 – 10:00"), (Editorial, "Pressekontakt:")],
            ..Expected::default()
        },
    );
    check(
        "marks of advertising between paragraphs",
        "Musterstadt baut neue Brücke\n\n{1}\n\n- Anzeige -\n\n***\n\n{2}\n\nNach der Werbung weiterlesen\n",
        Expected {
            headline: title,
            noise: &[
                (Advertising, "- Anzeige -"),
                (Mark, "***"),
                (Advertising, "Nach der Werbung weiterlesen"),
            ],
            ..Expected::default()
        },
    );
    check(
        "English page around a German text",
        "Home\nNews\n\nMusterstadt baut neue Brücke\n\nBy Max Mustermann\nNovember 21, 2024\n0 Comments\n\n{1}\n\n{2}\n\n\
         Share this:\nTweet\nRelated Articles\nWarum Brücken altern\nLeave a Reply\nCancel reply\n",
        Expected {
            headline: title,
            author: Some("Max Mustermann"),
            date: Some("2024-11-21"),
            noise: &[
                (Navigation, "Home"),
                (Credit, "By Max Mustermann"),
                (Date, "November 21, 2024"),
                (Comments, "0 Comments"),
                (Sharing, "Share this:"),
                (Sharing, "Tweet"),
                (More, "Related Articles"),
                (More, "Warum Brücken altern"),
                (Comments, "Leave a Reply"),
                (Comments, "Cancel reply"),
            ],
            ..Expected::default()
        },
    );
    check(
        "invisible characters around lines",
        "\u{feff}Musterstadt baut neue Brücke\u{200b}\n\u{a0}\n\u{200b}Teilen\u{a0}\n\n{1}\n\n{2}\n",
        Expected { headline: title, noise: &[(Sharing, "Teilen")], ..Expected::default() },
    );
}

/// Lines of articles that look like noise, and texts that are no articles.
#[test]
fn what_is_left_alone() {
    let long = format!("{FIRST}\n\n{SECOND}\n");
    for text in [
        "Teilen und herrschen\n\nTeilen\n".to_owned(),
        "Milch\nBrot\n11\nKontakt\nHome\n".to_owned(),
        "11\n0\n7\n".to_owned(),
        "Kontakt\n\nHome\n".to_owned(),
        format!("{long}Kontakt zu Kim hatte niemand.\n"),
        format!("{long}Mehr zum Thema sagte er nicht.\n"),
        format!("{long}Quelle des Streits war ein Brief.\n"),
        format!("{long}Er las: Mehr zum Thema sei nicht zu sagen.\n"),
        format!("{FIRST}\n\nAnzeige erstattete die Stadt.\n\n{SECOND}\n"),
        format!("{FIRST}\n\nDie Werbung\n\n{SECOND}\n"),
        format!("{FIRST}\n\n11\n\n{SECOND}\n"),
        format!("{FIRST}\n\nTeilen\n\n{SECOND}\n"),
        format!("{FIRST}\n\nKommentare\n\n{SECOND}\n"),
        format!("{long}Auf dem Bild: die Brücke im Winter\n"),
        format!("{long}Das meldete die Deutsche Presse-Agentur (dpa).\n"),
        format!("{long}Sie sprach von einem Sieg von SPD/FDP\n"),
        format!("{FIRST} Das Foto: ein Zeugnis seiner Zeit. {SECOND}\n"),
        format!("{FIRST} Lesen Sie auch zwischen den Zeilen, riet sie. {SECOND}\n"),
    ] {
        let noise: Vec<_> =
            parts(&text).noise.iter().map(|noise| &text[noise.range.clone()]).collect();
        assert_eq!(noise, Vec::<&str>::new(), "{text}");
    }
}

proptest! {
    /// Whatever the text: ranges are in it, in order, apart from each other and from the headline.
    #[test]
    fn any_text(pieces in prop::collection::vec(prop::sample::select(vec![
        "\n", "\n\n", " ", "Home ", "11\n", "Quelle: ", "https://www.a.de/x", "Foto: ", "©", "/dpa", "(dpa)", "ä", "\u{a0}",
        "Mehr zum Thema – ", "Kim empfängt Minister", "LEAVE A REPLY\n", ". ", "Von Max Mustermann\n", "21.11.2024\n",
        "Der Minister reiste am Freitag in die Hauptstadt und traf dort den Präsidenten.", "-/Kreml", ":", "[Anzeige_2]\n",
    ]), 0..30)) {
        let text = pieces.concat();
        let parts = parts(&text);
        let mut end = 0;
        for noise in &parts.noise {
            prop_assert!(noise.range.start >= end && noise.range.start < noise.range.end);
            prop_assert!(text.get(noise.range.clone()).is_some_and(|noise| !noise.trim().is_empty()));
            if let Some(headline) = &parts.headline {
                prop_assert!(noise.range.end <= headline.start || noise.range.start >= headline.end);
            }
            end = noise.range.end;
        }
        if let Some(headline) = parts.headline {
            prop_assert!(text.get(headline).is_some_and(|headline| !headline.trim().is_empty()));
        }
    }
}

#[test]
fn long_texts_take_no_longer_than_their_lines() {
    let one_line = "Größe für alle. ".repeat(500_000);
    assert_eq!(parts(&one_line).noise, []);
    let many_lines = "a\n".repeat(1_000_000);
    assert_eq!(parts(&many_lines), Parts::default());
}
