//! Passages and their marks.

use super::*;

/// The fragments of the one document, marks in square brackets.
fn fragments(body: &str, query: &str, options: &SearchOptions) -> Vec<String> {
    let searcher = bodies(&[("1", body)]);
    let results = search_with(&searcher, query, options);
    let shown = |fragment: &Fragment| marked(&fragment.text, &fragment.marks);
    results.hits[0].fragments.iter().map(shown).collect()
}

fn marked(text: &str, marks: &[std::ops::Range<usize>]) -> String {
    let mut shown = String::new();
    let mut at = 0;
    for mark in marks {
        shown += &format!("{}[{}]", &text[at..mark.start], &text[mark.clone()]);
        at = mark.end;
    }
    shown + &text[at..]
}

fn short(chars: usize) -> SearchOptions {
    SearchOptions { fragment_chars: chars, fragments: 1, ..SearchOptions::default() }
}

#[test]
fn sentences_are_cut_where_they_end() {
    let filler = "Davor steht etwas, das mit der Sache nichts zu tun hat und nur Platz braucht.";
    let behind = "Danach kommt noch ein Satz, der ebenfalls nichts zur Sache tut und nur lang ist.";
    for sentence in [
        "Zum [Jubiläum], dem 70. Geburtstag, kam Dr. Müller mit Prof. Meier.",
        "Am 24. Februar war [Jubiläum], z. B. bei A. Merkel.",
        "Rund 3.500 Mio. Euro für das [Jubiläum] bzw. die Feier!",
        "„Was für ein [Jubiläum]!“",
        "Ist das ein [Jubiläum]?",
        "Das [Jubiläum] …",
        "Wo ist das [Jubiläum]…",
    ] {
        let plain = sentence.replace(['[', ']'], "");
        let body = format!("{filler} {plain} {behind}");
        assert_eq!(fragments(&body, "Jubiläum", &short(70)), [sentence], "{body}");
        // Line breaks end sentences too.
        let body = format!("{filler}\n{plain}\n{behind}");
        assert_eq!(fragments(&body, "Jubiläum", &short(70)), [sentence], "{body}");
    }
}

#[test]
fn whole_sentences_follow_while_they_fit() {
    let body = "Eins. Kim kam. Er ging. Und dann geschah lange Zeit überhaupt nichts mehr.";
    assert_eq!(fragments(body, "Kim", &short(25)), ["[Kim] kam. Er ging."]);
    assert_eq!(
        fragments(body, "Kim", &short(200)),
        ["[Kim] kam. Er ging. Und dann geschah lange Zeit überhaupt nichts mehr."]
    );
}

#[test]
fn several_passages_show_different_words() {
    let gap = "Hier steht eine Weile lang nichts von Bedeutung für die Suche. ".repeat(5);
    let body = format!("Kim kam. Kim ging. {gap}Putin blieb. {gap}Kim schlief. {gap}Ende.");
    let options = SearchOptions { fragments: 2, ..short(40) };
    let options = SearchOptions { fragments: 2, ..options };
    let shown = fragments(&body, "Kim Putin", &options);
    assert_eq!(shown.len(), 2);
    assert!(shown[0].starts_with("[Kim] kam. [Kim] ging."), "{shown:?}");
    assert!(shown[1].starts_with("[Putin] blieb."), "{shown:?}");
    let options = SearchOptions { fragments: 10, ..options };
    assert_eq!(fragments(&body, "Kim Putin", &options).len(), 3);
    // Excluded words are not shown.
    let shown = fragments(&body, "Kim -Xi", &options);
    assert!(shown.iter().all(|text| !text.contains("[Putin]")), "{shown:?}");
}

#[test]
fn a_phrase_is_marked_as_a_phrase_only() {
    let body = "Kim und Jong und Un. Kim Jong-un kam.";
    assert_eq!(fragments(body, "\"Kim Jong Un\"", &short(200)), ["[Kim] [Jong]-[un] kam."]);
    let body = "Putin und dann Kim. Kim und dann Putin.";
    assert_eq!(
        fragments(body, "\"Putin Kim\"~2", &short(200)),
        ["[Putin] und dann [Kim]. Kim und dann Putin."]
    );
    // A hyphenated word is marked whole, its parts alone.
    assert_eq!(fragments("Kim Jong-un", "Jong-un", &short(200)), ["Kim [Jong-un]"]);
    assert_eq!(fragments("Kim Jong-un", "jong", &short(200)), ["Kim [Jong]-un"]);
}

#[test]
fn titles_are_marked() {
    let with_title = Document { title: "Kim trifft Kim".into(), ..document("1", "Text.") };
    let searcher = index([with_title]);
    let marks = |query: &str, options: &SearchOptions| {
        let hit = search_with(&searcher, query, options).hits.remove(0);
        (marked(&hit.title, &hit.title_marks), hit.fragments.len())
    };
    let default = SearchOptions::default();
    assert_eq!(marks("Kim", &default), ("[Kim] trifft [Kim]".into(), 1));
    assert_eq!(marks("titel:\"trifft Kim\"", &default), ("Kim [trifft] [Kim]".into(), 1));
    assert_eq!(marks("text:Text", &default), ("Kim trifft Kim".into(), 1));
    let none = SearchOptions { fragments: 0, ..default };
    assert_eq!(marks("Kim", &none), ("Kim trifft Kim".into(), 0));
    assert_eq!(marks("Kim", &short(0)), ("Kim trifft Kim".into(), 0));
}

#[test]
fn unusual_texts() {
    let long = SearchOptions { fragments: 5, ..SearchOptions::default() };
    // Nothing but a title: nothing to show.
    let searcher = index([Document { title: "Kim".into(), ..document("1", "") }]);
    let hit = search(&searcher, "Kim").hits.remove(0);
    assert_eq!((hit.fragments.len(), &*hit.first_words), (0, ""));
    let searcher = bodies(&[("1", &"Kim\n reist. ".repeat(50)), ("2", &"Kimkim".repeat(50))]);
    assert_eq!(search(&searcher, "reist").hits[0].first_words.chars().count(), 80);
    assert_eq!(search(&searcher, "Kimkim*").hits[0].first_words.chars().count(), 80);
    let searcher = index([Document { title: "Kim".into(), ..document("1", " \n\t ") }]);
    assert_eq!(search(&searcher, "Kim").hits[0].fragments, []);
    // Combining characters belong to their letter.
    let body = "Der Mu\u{308}ller kam. Cafe\u{301}.";
    assert_eq!(fragments(body, "Müller", &long), ["Der [Mu\u{308}ller] kam. Cafe\u{301}."]);
    assert_eq!(fragments(body, "cafe", &long), ["[Cafe\u{301}]."]);
    // Blanks of several bytes, no blanks, marks without end.
    for blank in ["\u{a0}", "\u{3000}", "\u{2028}", "…", "/", "„", "\u{301}", "🙂", "ü-", "\0"]
    {
        let body =
            format!("{}{blank}Kim{blank}{}", blank.repeat(700), format!("ä{blank}").repeat(700));
        let searcher = bodies(&[("1", &body)]);
        for chars in [1, 2, 7, 50, 200, 5_000] {
            let options = SearchOptions { fragment_chars: chars, ..long.clone() };
            search_with(&searcher, "Kim ODER ä ODER -ö", &options);
        }
    }
    let body = format!("{}🙂Kim🙂{}", "ü".repeat(3_000), "ß".repeat(3_000));
    let shown = fragments(&body, "Kim", &long);
    assert!(shown[0].contains("[Kim]"), "{shown:?}");
    // A text of one word.
    assert_eq!(fragments(&"ü".repeat(3_000), "üü*", &long)[0].chars().count(), 3_002);
}

#[test]
fn a_line_of_two_megabytes() {
    let long = "Donaudampfschifffahrtsgesellschaftskapitän ".repeat(30_000);
    let body = format!("{long}Kim {}", "noch eins ".repeat(75_000));
    assert!(body.len() > 2_000_000 && !body.contains('\n'));
    let searcher = bodies(&[("1", &body)]);
    let start = Instant::now();
    assert_eq!(search(&searcher, "Kim").hits[0].fragments[0].marks.len(), 1);
    assert_eq!(search(&searcher, "\"noch eins\"").hits[0].fragments.len(), 2);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn huge_fragments() {
    let searcher = bodies(&[("1", "Kim kam. Er ging.")]);
    let options = SearchOptions {
        fragment_chars: usize::MAX,
        fragments: usize::MAX,
        ..SearchOptions::default()
    };
    let results = searcher.search(&"Kim".parse().unwrap(), &options).unwrap();
    assert_eq!(results.hits[0].fragments[0].text, "Kim kam. Er ging.");
}
