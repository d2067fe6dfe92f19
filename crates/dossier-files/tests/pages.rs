//! Saved web pages of many layouts: how much of the main text is found, and how much else.

// Helpers of tests may panic like these.
#![allow(clippy::unwrap_used)]

use std::collections::HashMap;
use std::fs;
use std::ops::ControlFlow;

use dossier_files::{Article, DateOrigin, Limits, articles, walk};

/// Running text, a paragraph a line.
const TEXT: &str = "\
Der Stadtrat von Musterstadt hat am Donnerstagabend nach langer Debatte den Neubau der Brücke über die Wiese beschlossen, mit 31 zu 12 Stimmen.
Die Kosten werden auf zwölf Millionen Euro geschätzt, wie die Verwaltung mitteilte. Das Land übernimmt davon etwa die Hälfte, den Rest muss die Stadt selbst aufbringen.
„Wir haben lange genug gewartet“, sagte Bürgermeisterin Erika Muster nach der Sitzung. Die alte Brücke ist seit dem Hochwasser im Frühjahr gesperrt, Anwohner müssen seither einen Umweg von sieben Kilometern fahren.
Die Opposition kritisierte den Beschluss als überstürzt. Es gebe weder ein Verkehrsgutachten noch eine Prüfung günstigerer Entwürfe, sagte ihr Sprecher Max Beispiel. Seine Fraktion hatte eine Sanierung vorgeschlagen.
Ein Gutachten der Technischen Hochschule war im Sommer zu dem Ergebnis gekommen, dass die Pfeiler aus dem Jahr 1931 nicht mehr zu retten seien. Der Fluss habe sie so weit unterspült, dass jede weitere Flut sie zum Einsturz bringen könne.
Gebaut werden soll von März an. Während der Bauzeit von zwei Jahren bleibt die Straße am Ufer für Fahrräder offen, Lastwagen werden über die Autobahn geleitet. Die Eröffnung ist für das übernächste Frühjahr geplant.";

fn paragraphs() -> Vec<&'static str> {
    TEXT.lines().collect()
}

/// All paragraphs in `<p>`.
fn marked() -> String {
    paragraphs().iter().map(|text| format!("<p>{text}</p>\n")).collect()
}

fn read_page(html: &str) -> Article {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("seite.html");
    fs::write(&path, html).unwrap();
    let walk = walk(&[path], folder.path());
    let mut found = Vec::new();
    articles(&walk.files[0], &Limits::default(), &mut |article| {
        found.push(article);
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(found.len(), 1);
    found.remove(0)
}

fn words(text: &str) -> HashMap<String, usize> {
    let mut words = HashMap::new();
    for word in text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_lowercase()).or_default() += 1;
    }
    words
}

/// The words of the main text that are found, and the words found that are none of it, as shares.
fn quality(article: &Article, expected: &str) -> (f64, f64) {
    let found: String = article
        .searched()
        .into_iter()
        .map(|range| &article.text[range])
        .collect::<Vec<_>>()
        .join(" ");
    let (found, expected) = (words(&found), words(expected));
    let total: usize = expected.values().sum();
    let all: usize = found.values().sum();
    let common: usize = expected
        .iter()
        .map(|(word, count)| (*count).min(found.get(word).copied().unwrap_or(0)))
        .sum();
    (common as f64 / total as f64, (all - common) as f64 / all.max(1) as f64)
}

#[track_caller]
fn check(name: &str, html: &str, expected: &str, title: &str) -> Article {
    let article = read_page(html);
    let (recall, noise) = quality(&article, expected);
    let text = &article.text;
    assert!(recall >= 0.95, "{name}: recall {recall:.3}\n{text}");
    assert!(noise <= 0.05, "{name}: noise {noise:.3}\n{text}\n{:?}", article.noise);
    assert_eq!(article.title, title, "{name}");
    article
}

const TITLE: &str = "Musterstadt baut neue Brücke";

#[test]
fn news_site() {
    let html = format!(
        "<!DOCTYPE html><html lang=de><head><meta charset=utf-8><title>{TITLE} - Musterblatt</title>\
         <link rel=canonical href=\"https://www.musterblatt.de/lokales/bruecke-100.html\">\
         <meta property=og:title content=\"{TITLE}\"><meta property=og:site_name content=Musterblatt>\
         <meta property=article:published_time content=2024-11-21T20:15:00+01:00>\
         <script type=application/ld+json>{{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\
         \"headline\":\"{TITLE}\",\"datePublished\":\"2024-11-21T20:15:00+01:00\",\
         \"author\":[{{\"@type\":\"Person\",\"name\":\"Max Mustermann\"}}]}}</script></head><body>\
         <header><nav><ul><li><a href=/>Start</a><li><a href=/p>Politik</a><li><a href=/s>Sport</a></ul></nav></header>\
         <main><article><h1>{TITLE}</h1><p class=byline>Von Max Mustermann</p>\
         <time datetime=2024-11-21>21.11.2024, 20:15 Uhr</time>\
         <figure><img src=a.jpg><figcaption>Foto: Erika Beispiel</figcaption></figure>{}\
         <div class=share><a href=#>Teilen</a> <a href=#>Facebook</a></div></article>\
         <aside><h2>Meistgelesen</h2><ul><li><a href=/1>Hund beißt Mann</a><li><a href=/2>Mann beißt Hund</a></ul></aside></main>\
         <footer><a href=/i>Impressum</a> <a href=/d>Datenschutz</a> © 2024 Musterblatt</footer></body></html>",
        marked()
    );
    let article = check("news site", &html, TEXT, TITLE);
    assert_eq!(article.source.as_deref(), Some("musterblatt.de"));
    assert_eq!(article.author.as_deref(), Some("Max Mustermann"));
    assert_eq!(article.language.as_deref(), Some("deu"));
    let date = article.date.unwrap();
    assert_eq!((date.date.to_string().as_str(), date.origin), ("2024-11-21", DateOrigin::Metadata));
}

#[test]
fn blog() {
    let html = format!(
        "<html><head><meta charset=utf-8><title>{TITLE} | Mein Stadtblog</title><meta name=author content=\"Erika Beispiel\"></head>\
         <body><div id=page><div id=header><h2><a href=/>Mein Stadtblog</a></h2><p>Neues aus Musterstadt</p></div>\
         <div id=content class=hentry><h1 class=entry-title>{TITLE}</h1>\
         <div class=entry-meta>Veröffentlicht am <time datetime=2024-11-21>21. November 2024</time> von Erika Beispiel</div>\
         <div class=entry-content>{}</div><div class=entry-utility>Kategorien: <a href=#>Lokales</a></div>\
         <div id=comments><h3>2 Kommentare</h3><ol><li>Anna: Endlich!<li>Otto: Zu teuer.</ol>\
         <form><label>Name <input></label><label>Kommentar <textarea></textarea></label><button>Senden</button></form></div></div>\
         <div id=sidebar><h3>Neueste Beiträge</h3><ul><li><a href=#>Stadtfest</a><li><a href=#>Müllabfuhr</a></ul></div>\
         <div id=footer>Stolz präsentiert von WordPress</div></div></body></html>",
        marked()
    );
    let article = check("blog", &html, TEXT, TITLE);
    assert_eq!(article.author.as_deref(), Some("Erika Beispiel"));
    assert_eq!(article.date.map(|date| date.date.to_string()).as_deref(), Some("2024-11-21"));
    assert_eq!(article.source, None);
}

#[test]
fn forum() {
    let posts: String = paragraphs()
        .iter()
        .enumerate()
        .map(|(number, text)| {
            format!(
                "<div class=post id=p{number}><div class=author>Benutzer{number}</div>\
                 <div class=body>{text}</div><div class=tools><a href=#>Zitieren</a></div></div>"
            )
        })
        .collect();
    let html = format!(
        "<html><head><meta charset=utf-8><title>{TITLE}</title></head><body><div class=nav><a href=/>Forum</a> » <a href=/l>Lokales</a></div>\
         <h1>{TITLE}</h1>{posts}<div class=pages><a href=#>1</a> <a href=#>2</a></div></body></html>"
    );
    check("forum", &html, TEXT, TITLE);
}

#[test]
fn wiki() {
    let text = paragraphs();
    let html = format!(
        "<!DOCTYPE html><html lang=de><head><meta charset=utf-8><title>Brücke Musterstadt – Stadtwiki</title>\
         <link rel=canonical href=https://de.m.stadtwiki.example/wiki/Br%C3%BCcke></head><body>\
         <div id=mw-panel role=navigation><ul><li><a href=#>Hauptseite</a><li><a href=#>Zufälliger Artikel</a></ul></div>\
         <div id=content role=main><h1>Brücke Musterstadt</h1><div id=mw-content-text>\
         <p>{}</p><p>{}</p><div id=toc><h2>Inhaltsverzeichnis</h2><ul><li><a href=#a>Kritik</a><li><a href=#b>Bau</a></ul></div>\
         <h2>Kritik<span class=mw-editsection>[<a href=#>Bearbeiten</a>]</span></h2><p>{}</p><p>{}</p>\
         <h2>Bau</h2><p>{}</p><p>{}</p></div></div>\
         <div id=footer><ul><li>Diese Seite wurde zuletzt am 3. Mai 2024 bearbeitet.</ul></div></body></html>",
        text[0], text[1], text[2], text[3], text[4], text[5]
    );
    let article = check("wiki", &html, &format!("{TEXT} Kritik Bau"), "Brücke Musterstadt");
    assert_eq!(article.source.as_deref(), Some("de.stadtwiki.example"));
}

#[test]
fn consent_banner() {
    let banner = "<div id=cmp class=consent-overlay role=dialog aria-modal=true><h2>Willkommen</h2><p>Wir und unsere 187 Partner \
                  verarbeiten Ihre Daten, um Werbung zu messen und Inhalte zu personalisieren. Mit Klick auf „Alle akzeptieren“ \
                  stimmen Sie dem zu, auch der Übermittlung in Drittländer, jederzeit widerruflich in den Einstellungen.</p>\
                  <button>Alle akzeptieren</button><button>Einstellungen</button></div>";
    let html = format!(
        "<html><head><meta charset=utf-8><title>{TITLE}</title></head><body>{banner}<div class=wrapper>\
         <div class=story><h1>{TITLE}</h1>{}</div></div></body></html>",
        marked()
    );
    check("consent banner", &html, TEXT, TITLE);
}

#[test]
fn infinite_navigation() {
    let menu: String = (0..400).map(|n| format!("<li><a href=/r{n}>Rubrik {n}</a></li>")).collect();
    let teasers: String = (0..60)
        .map(|n| format!("<div class=teaser><a href=/t{n}><h3>Meldung {n}</h3><p>Kurzer Anriss der Meldung {n}.</p></a></div>"))
        .collect();
    let html = format!(
        "<html><head><meta charset=utf-8><title>{TITLE} | Portal</title></head><body><ul class=menu>{menu}</ul>\
         <div class=main><h1>{TITLE}</h1>{}</div><div class=more>{teasers}</div><ul class=sitemap>{menu}</ul></body></html>",
        marked()
    );
    check("infinite navigation", &html, TEXT, TITLE);
}

#[test]
fn layout_of_tables() {
    let html = format!(
        "<HTML><HEAD><TITLE>{TITLE}</TITLE><META http-equiv=Content-Type content=\"text/html; charset=utf-8\"></HEAD>\
         <BODY bgcolor=white><TABLE width=760><TR><TD colspan=2><FONT size=1><A href=/>Start</A> | <A href=/a>Archiv</A></FONT></TD></TR>\
         <TR><TD width=150 valign=top><A href=1>Politik</A><BR><A href=2>Sport</A><BR><A href=3>Kultur</A></TD>\
         <TD><FONT face=Arial><B>{TITLE}</B><BR><BR>{}</FONT></TD></TR></TABLE></BODY></HTML>",
        paragraphs().join("<BR><BR>")
    );
    check("layout of tables", &html, TEXT, TITLE);
}

#[test]
fn divisions_without_names() {
    let text: String = paragraphs()
        .iter()
        .map(|text| format!("<div class=x1a><div class=x2>{text}</div></div>"))
        .collect();
    let html = format!(
        "<html lang=de-AT><head><meta charset=utf-8><title>{TITLE}</title></head><body><div><div class=q1><a href=#>Aa</a><a href=#>Bb</a></div>\
         <div class=q2><div class=q3><h1>{TITLE}</h1>{text}</div></div><div class=q9><a href=#>Cc</a><a href=#>Dd</a></div></div></body></html>"
    );
    check("divisions without names", &html, TEXT, TITLE);
}

#[test]
fn saved_by_a_browser() {
    let html = format!(
        "<!DOCTYPE html>\n<!-- saved from url=(0056)https://www.musterblatt.de/2024/11/21/bruecke-musterstadt -->\n\
         <html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\"><title>{TITLE}</title>\
         <style>body {{ color: red }}</style><script>var a = '<p>nichts</p>';</script></head><body class=home>\
         <div class=article-body itemprop=articleBody>{}</div><img src=\"data:image/png;base64,{}\"></body></html>",
        marked(),
        "A".repeat(100_000)
    );
    let article = check("saved by a browser", &html, TEXT, TITLE);
    assert_eq!(article.source.as_deref(), Some("musterblatt.de"));
    let date = article.date.unwrap();
    assert_eq!((date.date.to_string().as_str(), date.origin), ("2024-11-21", DateOrigin::Address));
}

#[test]
fn live_blog() {
    let entries: String = paragraphs()
        .iter()
        .enumerate()
        .map(|(n, text)| {
            format!("<section class=entry><h3>Eintrag Nummer {n}</h3><p>{text}</p></section>")
        })
        .collect();
    let html = format!(
        "<html><head><meta charset=utf-8><title>{TITLE} - Live</title></head><body><nav>Menü</nav><main><h1>{TITLE}</h1>{entries}</main>\
         <footer>Impressum</footer></body></html>"
    );
    let headings: String = (0..6).map(|n| format!(" Eintrag Nummer {n}")).collect();
    check("live blog", &html, &format!("{TEXT}{headings}"), TITLE);
}

#[test]
fn interview_with_hints() {
    let mut text = String::new();
    for (number, paragraph) in paragraphs().iter().enumerate() {
        text.push_str(&format!("<p><strong>Frage: Warum {number}?</strong></p><p>{paragraph}</p>"));
        if number == 2 {
            text.push_str("<div class=ad>Anzeige</div><p class=related><a href=#>Lesen Sie auch: Warum Brücken altern</a></p>");
        }
    }
    let html = format!(
        "<html><head><meta charset=utf-8><meta property=og:title content=\"{TITLE} - Musterblatt\"></head><body><article>\
         <h1>{TITLE}</h1>{text}</article></body></html>"
    );
    let questions: String = (0..6).map(|n| format!(" Frage Warum {n}")).collect();
    check("interview", &html, &format!("{TEXT}{questions}"), TITLE);
}

#[test]
fn short_report() {
    let text = paragraphs()[0];
    let html = format!(
        "<html><head><meta charset=utf-8><title>{TITLE}</title></head><body><nav><a href=/>Start</a></nav><h1>{TITLE}</h1><p>{text}</p>\
         <footer>Impressum</footer></body></html>"
    );
    check("short report", &html, text, TITLE);
}

#[test]
fn print_view() {
    let html = format!(
        "<html><head><meta charset=utf-8><title>Druckansicht: {TITLE}</title></head><body onload=print()><p>Musterblatt, 21. November 2024</p>\
         <h1>{TITLE}</h1>{}<p>Quelle: https://www.musterblatt.de/lokales/bruecke-100.html</p></body></html>",
        marked()
    );
    let article =
        check("print view", &html, &format!("{TEXT} Musterblatt 21 November 2024"), TITLE);
    assert_eq!(article.source.as_deref(), Some("musterblatt.de"));
}

#[test]
fn agency_report_with_credits() {
    let html = format!(
        "<html><head><meta charset=utf-8><title>{TITLE}</title></head><body><div class=content><h1>{TITLE}</h1>\
         <p>Musterstadt (dpa/lno) - {}</p>{}<p>© dpa-infocom, dpa:241121-99-123456/2</p></div></body></html>",
        paragraphs()[0],
        paragraphs()[1..].iter().map(|text| format!("<p>{text}</p>")).collect::<String>()
    );
    let article = check("agency report", &html, &format!("{TEXT} Musterstadt dpa lno"), TITLE);
    assert_eq!(article.agencies, ["dpa"]);
}

/// A page of a large paper: the text in pieces, among teasers, a box with facts, a paywall and long
/// comments.
#[test]
fn text_among_boxes() {
    let text = paragraphs();
    let box_of_facts = "<div class=\"c-infobox\"><h3>Zur Sache</h3><ul><li><a href=/a>Alle Brücken der Stadt</a><li><a href=/b>Hochwasser seit 1900</a></ul></div>";
    let teaser = "<div class=\"teaser teaser--related\"><a href=/t><h4>Mehr dazu</h4><p>Ein anderer Bericht, der hier nur angerissen wird, weil die Redaktion ihn für verwandt hält, und den man erst nach einem Klick liest.</p></a></div>";
    let comment = "<div class=comment><span class=comment-author>Otto</span><p>Ich habe schon vor zehn Jahren gesagt, dass die alte Brücke nicht mehr lange halten wird, aber auf mich hört ja in dieser Stadt niemand, und jetzt ist das Geld weg.</p></div>";
    let html = format!(
        "<!DOCTYPE html><html lang=de><head><meta charset=utf-8><title>{TITLE} | Tagblatt</title></head><body>\
         <div class=page><div class=page-header><a href=/>Tagblatt</a><a href=/abo>Abo</a></div>\
         <div class=article><div class=article__head><span class=kicker>Lokales</span><h1>{TITLE}</h1></div>\
         <div class=article__body><p>{}</p><p>{}</p>{teaser}<p>{}</p>{box_of_facts}<p>{}</p>\
         <div class=paywall><p>Jetzt weiterlesen mit Plus.</p></div><p>{}</p><p>{}</p></div></div>\
         <div class=comments><h2>3 Kommentare</h2>{comment}{comment}{comment}</div>\
         <div class=page-footer><a href=/i>Impressum</a></div></div></body></html>",
        text[0], text[1], text[2], text[3], text[4], text[5]
    );
    check("text among boxes", &html, TEXT, TITLE);
}

/// Lists and a table that belong to the text.
#[test]
fn guide_with_lists() {
    let text = paragraphs();
    let steps: String = text[2..5].iter().map(|text| format!("<li>{text}</li>")).collect();
    let html = format!(
        "<html lang=de><head><meta charset=utf-8><title>{TITLE}</title></head><body><div class=top><ul><li><a href=/>Start</a><li><a href=/r>Ratgeber</a></ul></div>\
         <div role=main><h1>{TITLE}</h1><p>{}</p><p>{}</p><ol>{steps}</ol>\
         <table><tr><th>Jahr<th>Kosten<tr><td>2024<td>12 Millionen Euro<tr><td>2025<td>13 Millionen Euro</table>\
         <blockquote><p>{}</p></blockquote></div><div class=bottom><a href=/i>Impressum</a></div></body></html>",
        text[0], text[1], text[5]
    );
    let table = " Jahr Kosten 2024 12 Millionen Euro 2025 13 Millionen Euro";
    check("guide with lists", &html, &format!("{TEXT}{table}"), TITLE);
}

/// Old pages: no paragraphs but line breaks, everything in one element.
#[test]
fn text_between_line_breaks() {
    let html = format!(
        "<html><head><meta charset=utf-8><title>{TITLE}</title></head><body><center><a href=/>Start</a> - <a href=/a>Archiv</a> - <a href=/m>Mail</a></center>\
         <hr><h1>{TITLE}</h1>{}<hr><center><font size=1><a href=#top>nach oben</a></font></center></body></html>",
        paragraphs().join("<br><br>\n")
    );
    check("text between line breaks", &html, TEXT, TITLE);
}

/// An application: the text in custom elements, deep below a root.
#[test]
fn application() {
    let text: String = paragraphs()
        .iter()
        .map(|text| format!("<span class=para><span>{text}</span></span><div></div>"))
        .collect();
    let html = format!(
        "<!DOCTYPE html><html lang=de><head><meta charset=utf-8><title>{TITLE} – App</title></head><body><div id=root><app-shell><app-bar><a href=/>App</a>\
         <button>Menü</button></app-bar><app-view><div><div><div><h1>{TITLE}</h1><div class=rich>{text}</div></div></div></div></app-view>\
         <app-tabs><a href=/1>Neu</a><a href=/2>Gemerkt</a><a href=/3>Profil</a></app-tabs></app-shell></div></body></html>"
    );
    check("application", &html, TEXT, TITLE);
}

/// Long captions, an author's box with prose, and a form for a newsletter.
#[test]
fn feature_with_author_box() {
    let text = paragraphs();
    let half = |from: usize, to: usize| -> String {
        text[from..to].iter().map(|text| format!("<p>{text}</p>")).collect()
    };
    let html = format!(
        "<html lang=de><head><meta charset=utf-8><title>{TITLE}</title></head><body><header class=site><nav><a href=/>Magazin</a></nav></header>\
         <article class=post><header><h1>{TITLE}</h1></header>{}\
         <form class=newsletter><p>Abonnieren Sie unseren Newsletter und lesen Sie jeden Morgen, was in der Stadt geschieht.</p><input><button>Los</button></form>{}\
         </article><div class=author-bio><h3>Über die Autorin</h3><p>Erika Beispiel schreibt seit zwanzig Jahren über Brücken, Straßen und alles, was dazwischen liegt.</p></div>\
         <section class=related-posts><h2>Das könnte Sie auch interessieren</h2><ul><li><a href=/1>Der Fluss und seine Stadt</a><li><a href=/2>Als die Flut kam</a></ul></section>\
         <footer><p>Alle Rechte vorbehalten.</p></footer></body></html>",
        half(0, 3),
        half(3, 6)
    );
    check("feature with author box", &html, TEXT, TITLE);
}

/// A press release: contacts and a paragraph about the company behind the text.
#[test]
fn press_release() {
    let html = format!(
        "<html lang=de><head><meta charset=utf-8><title>{TITLE}</title></head><body><div id=nav><ul><li><a href=/p>Presse</a><li><a href=/k>Kontakt</a></ul></div>\
         <div id=main><div class=release><p class=date>21. November 2024</p><h1>{TITLE}</h1>{}</div></div>\
         <div id=aside><h3>Pressekontakt</h3><p>Stadt Musterstadt<br>Rathausplatz 1<br>Telefon 0123 456</p></div>\
         <div id=cookie-banner><p>Diese Seite verwendet Cookies, damit sie besser läuft und wir wissen, was gelesen wird.</p><button>OK</button></div></body></html>",
        marked()
    );
    check("press release", &html, TEXT, TITLE);
}
