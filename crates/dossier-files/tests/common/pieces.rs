//! What the parsers look for and stumble over, to make texts of, and what must hold of whatever
//! they make of them.

use dossier_files::{Article, article};

/// For the rules of articles, and for dates.
pub const LINES: &[&str] = &[
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

/// Pages.
pub const TAGS: &[&str] = &[
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

/// Mails and mailboxes.
pub const MAIL: &[&str] = &[
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

/// Feeds.
pub const FEED: &[&str] = &[
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

/// Tables.
pub const TABLE: &[&str] = &[
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

/// Documents of office programs.
pub const OFFICE: &[&str] = &[
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

/// Web archives.
pub const WEB_ARCHIVE: &[&str] = &[
    "WARC/1.0\r\n",
    "WARC-Type: response\r\n",
    "WARC-Type: resource\r\n",
    "WARC-Target-URI: https://a.example/x.html\r\n",
    "Content-Type: text/html\r\n",
    "Content-Type: application/http\r\n",
    "Content-Length: 40\r\n",
    "Content-Length: 99999999999999999999\r\n",
    "Content-Length: 0\r\n",
    "\r\n",
    "HTTP/1.1 200 OK\r\n",
    "HTTP/1.1 301 x\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Content-Encoding: gzip\r\n",
    "Content-Encoding: deflate\r\n",
    "5\r\n",
    "ffffffffffffffff\r\n",
    "<p>Größe</p>",
    "x",
    ":",
];

/// Records.
pub const RECORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "\n",
    "\r\n",
    " ",
    "\\",
    "\\ud83d",
    "\\ude42",
    "\\u0000",
    "null",
    "true",
    "-1e999",
    "17",
    "\"id\":",
    "\"title\":",
    "\"text\":",
    "\"date\":",
    "\"url\":",
    "\"lang\":",
    "\"Größe\"",
    "\"21.11.2024\"",
    "\"https://www.a.example/2024/11/21/x\"",
    "{\"id\": \"1\", \"text\": \"Brücke\"}\n",
    "\u{feff}",
];

/// Markdown.
pub const MARKDOWN: &[&str] = &[
    "# ",
    "## ",
    "#",
    "---\n",
    "title: ",
    "date: 21.11.2024\n",
    "\n",
    "```",
    "=====\n",
    "* ",
    "> ",
    "[a](b)",
    "Größe",
    " ",
    "\t",
    "<b>",
    "\\",
];

#[track_caller]
pub fn check_parts(text: &str) {
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
pub fn check_article(article: &Article) {
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
