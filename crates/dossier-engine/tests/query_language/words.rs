//! Words, phrases and the marks on them.

use super::*;

#[test]
fn words() {
    read(&[
        ("Putin", "Putin"),
        ("  Putin \t\n ", "Putin"),
        ("Putin Kim", "Putin Kim"),
        ("Putin\u{a0}Kim", "Putin Kim"),
        ("Kim Jong-un", "Kim Jong-un"),
        ("3.500,75 Euro", "3.500,75 Euro"),
        ("24.2.2022", "24.2.2022"),
        ("z.B.", "z.B"),
        ("Anzeige_2", "Anzeige_2"),
        ("Straf\u{ad}recht", "Straf\u{ad}recht"),
        ("北京", "\"北 京\""),
        // Marks beside a word belong to the sentence that it was copied from.
        ("Putin, Kim.", "Putin Kim"),
        ("Putin; Kim!", "Putin Kim"),
        ("Putin: Kim", "Putin Kim"),
        ("[Anzeige_2]", "Anzeige_2"),
        ("{Putin}", "Putin"),
    ]);
}

#[test]
fn natural_questions() {
    read(&[
        ("Wer ist Kim Jong Un?", "Wer ist Kim Jong Un"),
        ("Was will Putin in Pjöngjang??", "Was will Putin in Pjöngjang"),
        ("Warum?! Darum.", "Warum Darum"),
        ("Wer war „Kim“?", "Wer war \"Kim\""),
        ("Wo liegt (Pjöngjang)?", "Wo liegt Pjöngjang"),
        ("wer und was oder wie nicht", "wer und was oder wie nicht"),
        ("Wo liegt Wien ?", "Wo liegt Wien"),
    ]);
}

#[test]
fn apostrophes() {
    read(&[
        ("O'Neill", "O'Neill"),
        ("O’Neill", "O’Neill"),
        ("Kim's", "Kim's"),
        ("geht’s", "geht’s"),
        ("'Putin'", "Putin"),
        ("’n Abend", "n Abend"),
        ("\"O'Neill kommt\"", "\"O'Neill kommt\""),
    ]);
}

#[test]
fn phrases() {
    read(&[
        ("\"Kim Jong Un\"", "\"Kim Jong Un\""),
        ("\"Kim\"", "\"Kim\""),
        ("„Kim Jong Un“", "\"Kim Jong Un\""),
        ("„Kim Jong Un”", "\"Kim Jong Un\""),
        ("„Kim Jong Un\"", "\"Kim Jong Un\""),
        ("“Kim Jong Un”", "\"Kim Jong Un\""),
        ("”Kim Jong Un”", "\"Kim Jong Un\""),
        ("»Kim Jong Un«", "\"Kim Jong Un\""),
        ("«Kim Jong Un»", "\"Kim Jong Un\""),
        // Hyphens do not matter in a phrase: the parts count as words.
        ("\"Kim Jong-un\"", "\"Kim Jong un\""),
        ("\"in wie*\"", "\"in wie*\""),
        ("\"*minister Wang\"", "\"*minister Wang\""),
        ("\"Andrej Belou?ow\"", "\"Andrej Belou?ow\""),
        ("\"Wer ist das?\"", "\"Wer ist das\""),
        ("\"Andrej Belousow~\"", "\"Andrej Belousow~\""),
        ("\"Andrej~1 Belousow~2\"", "\"Andrej~1 Belousow~2\""),
        ("\"=Andrej Belousow\"", "\"=Andrej Belousow\""),
        ("Putin\"Kim Jong\"Xi", "Putin \"Kim Jong\" Xi"),
        ("\"(Putin) ODER -Kim\"", "\"Putin ODER Kim\""),
        ("\"titel:Putin\"", "\"titel Putin\""),
        ("„Putin“, „Kim“.", "\"Putin\" \"Kim\""),
    ]);
    read_with_notices(&[
        ("Putin “”", "Putin", &[(NoticeKind::Ignored, "“”")]),
        ("Putin \"\"", "Putin", &[(NoticeKind::Ignored, "\"\"")]),
        ("Putin „…“", "Putin", &[(NoticeKind::Ignored, "„…“")]),
        ("Putin »…«~2", "Putin", &[(NoticeKind::Ignored, "»…«~2")]),
    ]);
}

#[test]
fn phrases_with_gaps_and_variants() {
    read(&[
        ("\"Andrej Belousow\"~", "\"Andrej Belousow\"~"),
        ("„Andrej Belousow“~", "\"Andrej Belousow\"~"),
        ("\"Kim\"~", "\"Kim\"~"),
        ("\"Putin Kim\"~3", "\"Putin Kim\"~3"),
        ("»Putin Kim«~3", "\"Putin Kim\"~3"),
        ("\"Putin Kim\"~1000", "\"Putin Kim\"~1000"),
        ("\"Putin Kim\"~0", "\"Putin Kim\""),
        ("\"Kim\"~0", "\"Kim\""),
    ]);
    refused(&[
        ("\"Kim\"~1", Kind::BadFuzziness, "\"Kim\"~1", Some("Kim~1")),
        ("Xi \"Kim\"~9", Kind::BadFuzziness, "\"Kim\"~9", Some("Xi Kim~2")),
        ("\"Putin Kim\"~1001", Kind::BadFuzziness, "~1001", Some("\"Putin Kim\"~1000")),
        (
            "\"a b\"~99999999999999999999",
            Kind::BadFuzziness,
            "~99999999999999999999",
            Some("\"a b\"~1000"),
        ),
    ]);
}

#[test]
fn fuzzy_words() {
    read(&[
        ("Belousow~", "Belousow~"),
        ("beloussow~1", "beloussow~1"),
        ("Beloussow~2", "Beloussow~2"),
        ("Beloussow~0", "Beloussow~0"),
        ("Beloussow~01", "Beloussow~1"),
        ("Jong-un~1", "Jong-un~1"),
        ("Wer kennt Belousow~?", "Wer kennt Belousow~"),
        ("Belousow~2, Kim", "Belousow~2 Kim"),
        ("(Belousow~1.)", "Belousow~1"),
    ]);
    refused(&[
        ("Kim~3", Kind::BadFuzziness, "Kim~3", Some("Kim~2")),
        ("Xi Kim~300", Kind::BadFuzziness, "Kim~300", Some("Xi Kim~2")),
        ("\"Xi Kim~9\"", Kind::BadFuzziness, "Kim~9", Some("\"Xi Kim~2\"")),
        ("~", Kind::Empty, "~", None),
    ]);
}

#[test]
fn wildcards() {
    read(&[
        ("Belou*", "Belou*"),
        ("*minister", "*minister"),
        ("w?rt", "w?rt"),
        ("?inister", "?inister"),
        ("*Militär*", "*Militär*"),
        ("Mue*", "Mue*"),
        ("a*b", "a*b"),
        ("(Belou*)", "Belou*"),
        ("Belou*, Kim", "Belou* Kim"),
        ("Bürger*innen", "Bürger*innen"),
        // A question mark at the end of a word closes a question.
        ("Wien?", "Wien"),
    ]);
    refused(&[
        ("a*", Kind::TooShort, "a*", None),
        ("*ab", Kind::TooShort, "*ab", None),
        ("?ab", Kind::TooShort, "?ab", None),
        ("*a*", Kind::TooShort, "*a*", None),
        ("Putin *", Kind::TooShort, "*", None),
        ("****", Kind::TooShort, "****", None),
        ("\"in w*\"", Kind::TooShort, "w*", None),
        ("????", Kind::Empty, "????", None),
    ]);
}

#[test]
fn exact_spellings() {
    read(&[
        ("=Beloussow", "=Beloussow"),
        ("=\"Beloussow\"", "\"=Beloussow\""),
        ("=„Kim Jong Un“", "\"=Kim =Jong =Un\""),
        ("=Jong-un", "=Jong-un"),
        ("=UND", "=UND"),
        ("(=Müller)", "=Müller"),
        ("-=Müller", "-=Müller"),
        ("titel:=Müller", "titel:=Müller"),
        ("a=b", "\"a b\""),
    ]);
    read_with_notices(&[("Putin = Kim", "Putin Kim", &[(NoticeKind::Ignored, "=")])]);
}

#[test]
fn marks_that_exclude_each_other() {
    refused(&[
        ("=Belousow~", Kind::Conflict, "=Belousow~", Some("Belousow~")),
        ("Xi =Belousow~1", Kind::Conflict, "=Belousow~1", Some("Xi Belousow~1")),
        ("\"=Belousow~1 Kim\"", Kind::Conflict, "=Belousow~1", Some("\"Belousow~1 Kim\"")),
        ("Xi =\"Kim Un\"~", Kind::Conflict, "=\"Kim Un\"~", Some("Xi =\"Kim Un\"")),
        ("\"=Kim Un*\"~", Kind::Conflict, "\"=Kim Un*\"~", Some("\"=Kim Un*\"")),
        ("Xi =Belou*", Kind::Conflict, "=Belou*", Some("Xi Belou*")),
        ("Belou*~", Kind::Conflict, "Belou*~", Some("Belou*")),
        ("\"Xi Belou*~1\"", Kind::Conflict, "Belou*~1", Some("\"Xi Belou*\"")),
        ("Belou*~1~", Kind::Conflict, "Belou*~1~", Some("Belou*")),
        ("=\"Xi Belou*\"", Kind::Conflict, "Belou*", None),
        ("=titel:*Putin", Kind::Conflict, "=titel:*Putin", Some("titel:*Putin")),
    ]);
    // In a phrase each word has its own marks.
    read(&[
        ("\"=Kim Un\"~", "\"=Kim Un\"~"),
        ("\"Kim* Un\"~", "\"Kim* Un\"~"),
        ("\"Kim~ Un~1\"~", "\"Kim~ Un~1\"~"),
        ("Kim/Un~2", "\"Kim~2 Un~2\""),
        ("Kim/Un~", "\"Kim Un\"~"),
        ("=Kim/Un", "\"=Kim =Un\""),
    ]);
}

#[test]
fn patterns_are_cut_as_texts_are() {
    read(&[
        ("Kim/Un*", "\"Kim Un*\""),
        ("Jong-u*", "Jong-u*"),
        ("O'Ne*", "O'Ne*"),
        ("Wer kennt Belou*?", "Wer kennt Belou*"),
        ("\"Kim/Un* Xi\"", "\"Kim Un* Xi\""),
        ("datei:a/b", "datei:\"a b\""),
    ]);
    let ignored = |text| [(NoticeKind::Ignored, text)];
    read_with_notices(&[
        ("www.congluan.*", "\"www congluan\"", &ignored("*")),
        ("quelle:*.congluan.vn", "quelle:\"congluan vn\"", &ignored("*")),
        ("/Belou.*/", "Belou", &ignored("*")),
        ("Putin^2 Kim^0.5", "Putin Kim", &[ignored("^2"), ignored("^0.5")].concat()),
    ]);
}
