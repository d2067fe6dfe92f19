//! Files in other languages.

use crate::harness::Dossier;

const ENGLISH: &str = "The minister of defence travelled to the capital on Friday, where the mayor \
    and the handball team had been waiting for hours. Pyongyang had sent a letter, which was read \
    aloud; the price of kindergartens was not mentioned at all, although everybody wanted to know \
    more about it.\n";

const GERMAN: &str = "Der Minister reiste am Freitag in die Hauptstadt, wo der Bürgermeister und die \
    Handballmannschaft seit Stunden auf ihn warteten. Aus Pjöngjang wurde ein Brief verlesen, doch \
    von den Kosten der Kindergärten ist nicht die Rede gewesen.\n";

#[test]
fn languages_are_told_and_searched_together() {
    let dossier = Dossier::with(&[
        ("deutsch.txt", GERMAN),
        ("english.txt", ENGLISH),
        ("kurz.txt", "A short note on handball."),
        ("mixed.txt", &format!("{ENGLISH}\n{GERMAN}")),
        // What templates claim of a page.
        ("seite.html", &format!("<html lang=\"en\"><body><p>{GERMAN}</p></body></html>")),
        ("page.html", &format!("<html lang=\"de\"><body><p>{ENGLISH}</p></body></html>")),
        // Records are taken as given.
        ("r.jsonl", "{\"id\": \"pol\", \"language\": \"pl\", \"text\": \"Zespół handball\"}\n"),
    ]);
    for (query, expected) in [
        ("sprache:en", &["english.txt"][..]),
        ("sprache:polnisch", &["pol"]),
        ("Handballmannschaft", &["deutsch.txt", "mixed.txt", "seite.html"]),
        ("handball -Mannschaft", &["english.txt", "kurz.txt", "page.html", "pol"]),
        ("Ball", &["deutsch.txt", "kurz.txt", "mixed.txt", "page.html", "seite.html"]),
        ("Pjöngjang sprache:englisch", &["english.txt"]),
        ("Minister", &["deutsch.txt", "english.txt", "mixed.txt", "page.html", "seite.html"]),
    ] {
        assert_eq!(dossier.found(&["--all-copies", query]), expected, "{query}");
    }
    dossier.run(&["index", "."]).expect(0, &["7 files"]);
}
