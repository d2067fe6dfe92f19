//! Why a hit matches; results as data.

use super::*;

#[test]
fn each_hit_tells_why_it_matches() {
    let title =
        |id: &str, title: &str, body: &str| Document { title: title.into(), ..document(id, body) };
    let searcher = index([
        title(
            "1",
            "Müller kommt",
            "Der Minister Mueller, die Ministers, Verteidigungsminister Muller.",
        ),
        title("2", "Anderes", "Andrej Beloussow, der Belousow, sah Schoigu und Lawrow."),
    ]);
    // Typed, then each match: kind, letters that differ, in the title, in the body.
    let explained = |query: &str| -> Vec<String> {
        let options = SearchOptions { explain: true, ..SearchOptions::default() };
        let results = search_with(&searcher, query, &options);
        let hit = results.hits.first().unwrap_or_else(|| panic!("{query}"));
        let sum: f32 = hit.explanations.iter().map(|explanation| explanation.score).sum();
        assert!((sum - hit.score).abs() < 1e-3 * hit.score, "{query}: {sum} of {}", hit.score);
        let share: f32 = hit.explanations.iter().flat_map(|e| &e.matches).map(|m| m.share).sum();
        assert!((share - 1.0).abs() < 1e-3, "{query}: {share}");
        let word = |m: &dossier_engine::ExplainedMatch| {
            assert!(m.weight > 0.0 && m.weight <= 1.0, "{m:?}");
            format!("{} {:?} {} {}+{}", m.text, m.kind, m.edits, m.in_title, m.in_body)
        };
        let one = |e: &dossier_engine::Explanation| {
            let first = e.typed.split(' ').next().unwrap();
            assert!(query[e.span.clone()].contains(first), "{query}: {e:?}");
            format!("{}: {}", e.typed, e.matches.iter().map(word).collect::<Vec<_>>().join(", "))
        };
        hit.explanations.iter().map(one).collect()
    };
    assert_eq!(
        explained("Müller Minister"),
        [
            "Müller: Müller Exact 0 1+0, Mueller Folded 0 0+1, Muller Folded 0 0+1",
            "Minister: Minister Exact 0 0+1, Ministers Inflection 0 0+1, Verteidigungsminister Part 0 0+1",
        ]
    );
    assert_eq!(
        explained("Belousow Schoygu~2"),
        ["Belousow: Belousow Exact 0 0+1, Beloussow Name 0 0+1", "Schoygu: Schoigu Name 0 0+1"]
    );
    assert_eq!(explained("Lafrow~1"), ["Lafrow: Lawrow Name 0 0+1"]);
    assert_eq!(explained("Lawrow Lawrow"), ["Lawrow: Lawrow Exact 0 0+1"]);
    assert_eq!(explained("Law*"), ["Law*: Lawrow Wildcard 0 0+1"]);
    assert_eq!(explained("\"Andrej Belousow\"~"), ["Andrej Belousow: Andrej Beloussow Name 0 0+1"]);
    assert_eq!(
        explained("Schoigu NAH/4 Andrej -Kim"),
        ["Schoigu Andrej: Andrej … Schoigu Exact 0 0+1"]
    );
    // Only who asks is told.
    assert!(search(&searcher, "Lawrow").hits[0].explanations.is_empty());
}

#[test]
fn results_are_plain_data() {
    let searcher = index([Document { title: "Kim".into(), ..document("1", "Der Kim kam.") }]);
    let results = search(&searcher, "Kim");
    let json = serde_json::to_value(&results).unwrap();
    assert_eq!(json["reading"], "as typed");
    assert_eq!(json["hits"][0]["fragments"][0]["text"], "Der Kim kam.");
    assert_eq!(json["hits"][0]["fragments"][0]["marks"][0]["start"], 4);
    assert_eq!(json["hits"][0]["title_marks"][0]["end"], 3);
    let query = Query::plain("Xylophon Kim").unwrap();
    let results = searcher.search(&query, &SearchOptions::default()).unwrap();
    assert_eq!(serde_json::to_value(&results).unwrap()["reading"], "relaxed");
}
