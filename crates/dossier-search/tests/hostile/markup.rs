//! Pages and XML made to keep a parser busy.

use crate::cost::Hostile;
use crate::files::{epub, zip};

#[test]
fn pages() {
    let page = |content: String| format!("<html><body>{content}").into_bytes();
    for (content, reason) in [
        ("<div>".repeat(100_000), "a page that is nested too deep"),
        (format!("<p {}>Text</p>", "a=1 ".repeat(1_000_000)), "too many attributes"),
        ("<b><i><u><p>".repeat(30_000), "a page that is nested too deep"),
        ("<table><tr><td>".repeat(30_000), "a page that is nested too deep"),
        ("<a><b></a>".repeat(50_000), "a page that is nested too deep"),
        ("<p>a</p>".repeat(1_000_000), "a page with too many tags"),
    ] {
        Hostile::check("a.html", page(content), reason);
    }
    // Those without values are left out.
    let names: String = (0..1_000_000).map(|number| format!("a{number} ")).collect();
    let indexed = Hostile::with(&[("a.html", page(format!("<p {names}>Text</p>")))]).index();
    assert_eq!(indexed.summary["articles"], 3, "{:?}", indexed.output);
}

#[test]
fn entities() {
    let mut lol = String::from("<!DOCTYPE x [<!ENTITY a0 \"lollollol\">");
    for n in 1..30 {
        lol.push_str(&format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10)));
    }
    lol.push_str("]>");
    let long = format!("<!DOCTYPE x [<!ENTITY a29 \"{}\">]>", "a".repeat(100_000));
    let many = "&a29;".repeat(100_000);
    for entities in [&lol, &long] {
        let docx =
            format!("{entities}<w:document><w:p><w:t>Melone {many}</w:t></w:p></w:document>");
        let odt = format!(
            "{entities}<office:document-content><office:body><office:text><text:p>Melone {many}</text:p></office:text></office:body></office:document-content>"
        );
        let rss = format!(
            "<?xml version=\"1.0\"?>{entities}<rss><channel><item><title>Melone</title><description>{many}</description></item></channel></rss>"
        );
        let book = epub(&format!("<dc:title>{many}</dc:title>"), &[("Melone", &many)]);
        let outside = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><rss><channel><item><title>Melone &a;</title></item></channel></rss>";
        let hostile = Hostile::with(&[
            ("a.docx", zip(&[("word/document.xml", docx.as_bytes())])),
            (
                "a.odt",
                zip(&[
                    ("mimetype", b"application/vnd.oasis.opendocument.text"),
                    ("content.xml", odt.as_bytes()),
                ]),
            ),
            ("a.rss", rss.into_bytes()),
            ("a.epub", book),
            ("b.rss", outside.as_bytes().to_vec()),
        ]);
        hostile.index();
        // Nothing is expanded, and nothing read from outside.
        assert_eq!(hostile.dossier.found(&["--all-copies", "Melone"]).len(), 5);
        assert!(hostile.dossier.found(&["lollollol ODER root"]).is_empty());
    }
}

#[test]
fn deep_xml() {
    let deep = format!("<w:document><w:p><w:t>Text{}", "<w:x>".repeat(1_000_000));
    let feed = format!("<rss><channel><item><title>T{}", "<x>".repeat(1_000_000));
    let attributes = format!(
        "<rss><channel><item {}><title>Melone</title></item></channel></rss>",
        "a=\"1\" ".repeat(300_000)
    );
    let hostile = Hostile::with(&[
        ("a.docx", zip(&[("word/document.xml", deep.as_bytes())])),
        ("a.rss", feed.into_bytes()),
        ("b.rss", attributes.into_bytes()),
    ]);
    let said = hostile.index().output.stderr;
    for name in ["a.docx: is XML that is nested too deep", "a.rss: is XML that is nested too deep"]
    {
        assert!(said.contains(name), "{said}");
    }
}
