//! Every reader against texts that were changed at random, the same way each time: no panic, no
//! endless loop, and what is marked is part of the text.
//!
//! Formats made of bytes are changed in `bad_input`; here are lines and words, as the rules for
//! articles and dates see them.

// Helpers of tests may panic like these.
#![allow(clippy::unwrap_used)]

mod common;

use std::path::Path;
use std::time::{Duration, Instant};

use common::*;
use dossier_files::{Article, Limits, article, dates};

/// A small generator of our own: the same numbers everywhere and for ever (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % end as u64).unwrap()
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// What rules look for, and what they stumble over.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    " ",
    "\u{a0}",
    "\u{200b}",
    ". ",
    ": ",
    " – ",
    "(",
    ")",
    "[",
    "]",
    "/",
    "|",
    "©",
    "\"",
    "“",
    "-/",
    "//",
    "#",
    "…",
    "ä",
    "ẞ",
    "🙂",
    "e\u{301}",
    "\u{202e}",
    "\0",
    "\t",
    "Home",
    "Startseite > Politik",
    "Politik | Wirtschaft | Sport",
    "Teilen",
    "11",
    "0",
    "1.234 Aufrufe",
    "Kommentar (0)",
    "LEAVE A REPLY",
    "[Anzeige_2]",
    "Anzeige",
    "Mehr zum Thema",
    "Mehr zum Thema – ",
    "Lesen Sie auch: ",
    "Lesezeit: 3 Min.",
    "Wir verwenden Cookies",
    "Alle akzeptieren",
    "Kaynak",
    "Quelle: ",
    "https://www.rt.de/2024/11/21/x",
    "www.",
    "Foto: ",
    "Bild © ",
    "Quelle Foto: ",
    "(dpa)",
    "/dpa",
    "(afp/bearbeitet von phs)",
    "dpa:241121-99-1/2",
    "MOSKAU (dpa/AFP) - ",
    "Von Max Mustermann",
    "Von ",
    "By ",
    "und ",
    "Dr. ",
    "Schlagworte: a, b",
    "rrt-allgemeines",
    "Stand: ",
    "Veröffentlicht am ",
    "21",
    ".",
    "11",
    "2024",
    "21.11.2024",
    "November",
    "Nov. ",
    "am ",
    "vom ",
    "bis ",
    "zwischen ",
    "letzte ",
    "letzten ",
    "diese ",
    "kommende ",
    "Woche",
    "Monat",
    "Jahr",
    "vor drei ",
    "Tagen",
    "Freitag",
    "heute",
    "Anfang ",
    "Ende ",
    "Mitte ",
    "14:33 Uhr",
    "T08:00:00Z",
    "+01:00",
    "'24",
    "9999999999",
    "1. ",
    "32.13.",
    "2022/23",
    "-",
];

/// Changes a text in some places: words and lines go, come twice, change places, or come from the
/// table.
fn changed(text: &str, random: &mut Random) -> String {
    let mut parts: Vec<&str> = text.split_inclusive([' ', '\n']).collect();
    for _ in 0..1 + random.below(12) {
        let at = random.below(parts.len().max(1));
        match random.below(6) {
            0 if parts.len() > 1 => drop(parts.remove(at)),
            1 if parts.len() > 1 => {
                let other = random.below(parts.len());
                parts.swap(at, other);
            }
            2 if !parts.is_empty() => parts.insert(at, parts[at]),
            // A part of a word.
            3 if !parts.is_empty() => {
                let cut = random.below(parts[at].len() + 1);
                parts[at] = parts[at].get(cut..).unwrap_or_default();
            }
            4 if parts.len() > 20 => parts.truncate(at),
            _ => parts.insert(at.min(parts.len()), random.one(PIECES)),
        }
    }
    parts.concat()
}

/// Texts to begin with: the sample articles, and one of every rule's kind.
fn texts() -> Vec<String> {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    let mut files: Vec<_> =
        std::fs::read_dir(seeds).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut texts: Vec<String> =
        files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    texts.push(
        "Startseite > Politik\n\nMusterstadt baut neue Brücke - Musterblatt\n\nMusterstadt baut neue Bruecke\n\n\
         Von Jörg Müller und Max Mustermann, Berlin\nVeröffentlicht am 21. November 2024 um 14:33 Uhr, aktualisiert \
         am 22.11.24\n\nBERLIN (dpa/AFP) – Der Rat der Stadt hat am Freitag in einer langen Sitzung beschlossen, \
         die Brücke neu zu bauen. Zwischen dem 3. und dem 5. Mai 2025 soll es losgehen, in der letzten Woche vor \
         der Wahl.\nFoto: Erika Beispiel/dpa\n\nDie Bürgermeisterin sagte, das werde bis Ende 2026 dauern. (mau/dpa)\n\n\
         Mehr zum Thema\nWarum Brücken altern\nSchlagworte: Brücke, Rat\nQuelle: https://www.musterblatt.de/2024/11/21/b\n"
            .to_owned(),
    );
    texts
}

#[track_caller]
fn check_parts(text: &str) {
    let parts = article::parts(text);
    let mut end = 0;
    for noise in &parts.noise {
        let range = noise.range.clone();
        assert!(end <= range.start && text.get(range.clone()).is_some(), "{range:?} of {text:?}");
        if let Some(headline) = &parts.headline {
            let is_apart = range.end <= headline.start || headline.end <= range.start;
            assert!(is_apart, "{range:?} in the headline of {text:?}");
        }
        end = range.end;
    }
    if let Some(headline) = parts.headline {
        assert!(text.get(headline).is_some_and(|line| !line.contains('\n')), "{text:?}");
    }
}

/// The searched parts, the noise and the headline are the text, without anything twice.
#[track_caller]
fn check_article(article: &Article) {
    let mut all: Vec<_> = article.searched();
    all.extend(article.noise.iter().map(|noise| noise.range.clone()));
    all.extend(article.title_range.clone());
    all.retain(|range| !range.is_empty());
    all.sort_by_key(|range| range.start);
    let mut end = 0;
    for range in &all {
        assert_eq!(range.start, end, "{all:?} of {:?}", article.text);
        end = range.end;
    }
    assert_eq!(end, article.text.len());
    let document = article.clone().into_document();
    assert_eq!(document.body, article.body());
    let of_document: Vec<&str> =
        document.noise.iter().map(|range| &document.body[range.clone()]).collect();
    let of_article: Vec<&str> =
        article.noise.iter().map(|noise| &article.text[noise.range.clone()]).collect();
    assert_eq!(of_document, of_article);
}

#[test]
fn articles() {
    let mut random = Random(1);
    let texts = texts();
    for round in 0..600 {
        let text = changed(&texts[round % texts.len()], &mut random);
        check_parts(&text);
        if let Ok((found, _)) = read_as("a.txt", text.as_bytes(), &Limits::default()) {
            found.iter().for_each(check_article);
        }
    }
}

#[test]
fn lines_of_pieces() {
    let mut random = Random(2);
    for _ in 0..3_000 {
        let text: String = (0..random.below(24)).map(|_| random.one(PIECES)).collect();
        check_parts(&text);
        let _ = dates::parse(&text);
        let _ = dates::in_address(&text);
        if let Some((range, _)) = dates::find(&text) {
            assert!(text.get(range).is_some(), "{text:?}");
        }
    }
}

#[test]
fn pages() {
    const TAGS: &[&str] = &[
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<article>",
        "<h1>",
        "</h1>",
        "<nav>",
        "<ul><li>",
        "<a href=/x>",
        "</a>",
        "<script>",
        "</script>",
        "<style>",
        "<!--",
        "-->",
        "<table><tr><td>",
        "<br>",
        "<pre>",
        "&nbsp;",
        "&#0;",
        "&#x110000;",
        "<meta charset=utf-16>",
        "<meta property=article:published_time content=gestern>",
        "<title>",
        "<svg>",
        "<math>",
        "<template>",
        "<noscript>",
        "<frameset>",
        "<select>",
        "<textarea>",
        "<![CDATA[",
        "<?x",
        "<p class=\"",
        "'>",
        "<base href=\"//\">",
        "<script type=application/ld+json>{\"headline\":[1]}</script>",
    ];
    let mut random = Random(3);
    for (round, text) in (0..150).zip(texts().iter().cycle()) {
        let mut html =
            String::from(if round % 2 == 0 { "<html><body>" } else { "<!DOCTYPE html>" });
        for word in changed(text, &mut random).split_inclusive(' ').take(300) {
            if random.below(8) == 0 {
                html.push_str(random.one(TAGS));
            }
            html.push_str(word);
        }
        if let Ok((found, _)) = read_as("a.html", html.as_bytes(), &Limits::default()) {
            found.iter().for_each(check_article);
        }
    }
}

/// Structure without sense: the readers of mails, feeds, tables and office documents.
#[test]
fn structured_texts() {
    const MAIL: &[&str] = &[
        "From: a@b.example\n",
        "Subject: =?utf-8?q?Gr=C3=B6=C3=9Fe?=\n",
        "Subject: =?x?b?!!?=\n",
        "Message-ID: <1>\n",
        "MIME-Version: 1.0\n",
        "Date: Thu, 21 Nov 2024 08:00:00 +0100\n",
        "Date: x\n",
        "Content-Type: text/html\n",
        "Content-Type: multipart/mixed; boundary=X\n",
        "Content-Type: text/plain; charset=utf-7\n",
        "\n",
        "--X\n",
        "--X--\n",
        "Content-Transfer-Encoding: base64\n",
        "Content-Transfer-Encoding: quoted-printable\n",
        "=C3=\n",
        "From x Thu Nov 21 08:00:00 2024\n",
        ">From x\n",
        "Content-Disposition: attachment; filename=\"../a.txt\"\n",
    ];
    const FEED: &[&str] = &[
        "<?xml version=\"1.0\"?>",
        "<rss>",
        "</rss>",
        "<channel>",
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<feed>",
        "<entry>",
        "</entry>",
        "<link href=\"https://a.example/x\"/>",
        "<link>",
        "<content type=\"html\">",
        "</content>",
        "<![CDATA[<p>Text]]>",
        "<description>",
        "</description>",
        "&lt;p&gt;",
        "&x;",
        "<pubDate>21.11.2024</pubDate>",
        "<updated>",
        "<author><name>A</name></author>",
        "Größe ",
        "<!-- x -->",
        "</x>",
    ];
    const TABLE: &[&str] = &[
        "titel",
        "text",
        "datum",
        ";",
        ",",
        "\t",
        "|",
        "\n",
        "\"",
        "\"\"",
        "Größe",
        "21.11.2024",
        "\r\n",
        " ",
        "'",
    ];
    const OFFICE: &[&str] = &[
        "<w:document>",
        "<w:p>",
        "</w:p>",
        "<w:t>",
        "</w:t>",
        "<w:tab/>",
        "<w:br/>",
        "Text ",
        "<w:pStyle w:val=\"Title\"/>",
        "&amp;",
        "&#0;",
        "<w:del>",
        "</w:del>",
        "<w:tbl><w:tr><w:tc>",
        "</w:document>",
        "<w:instrText>",
        "</w:instrText>",
    ];
    let mut random = Random(4);
    for round in 0..600 {
        let pieces = [MAIL, FEED, TABLE, OFFICE][round % 4];
        let text: String = (0..2 + random.below(40)).map(|_| random.one(pieces)).collect();
        let (name, bytes) = match round % 4 {
            0 => (
                ["a.eml", "a.mbox"][round / 4 % 2],
                format!("From: a\nMessage-ID: <1>\n{text}").into_bytes(),
            ),
            1 => ("a.rss", format!("<rss>{text}").into_bytes()),
            2 => ("a.csv", format!("titel;text\n{text}").into_bytes()),
            _ => ("a.docx", zip(&[("word/document.xml", text.as_bytes())])),
        };
        if let Ok((found, _)) = read_as(name, &bytes, &Limits::default()) {
            found.iter().for_each(check_article);
        }
    }
}

/// What a rule does once for each line or word must not become once for each pair of them.
#[test]
fn time_is_linear() {
    for piece in PIECES.iter().chain(&[
        "letzte Woche ",
        "(dpa) ",
        "Foto: dpa. ",
        "a/b/dpa ",
        "Von Max Mustermann, ",
    ]) {
        for joint in ["", "\n", " ", ". "] {
            let text = [piece, joint].concat().repeat(20_000);
            let start = Instant::now();
            check_parts(&text);
            let _ = dates::find(&text);
            let longest = Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 1 });
            assert!(start.elapsed() < longest, "{piece:?}: {:?}", start.elapsed());
        }
    }
}
