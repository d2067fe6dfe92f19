//! What records write in their fields, in the form that documents keep it.

/// Codes of two letters and other common names, with the ISO 639-3 code: the languages that the
/// press of German-speaking countries and their neighbours is read in.
const LANGUAGES: [(&str, &str); 50] = [
    ("de", "deu"),
    ("ger", "deu"),
    ("deutsch", "deu"),
    ("german", "deu"),
    ("en", "eng"),
    ("english", "eng"),
    ("englisch", "eng"),
    ("fr", "fra"),
    ("fre", "fra"),
    ("it", "ita"),
    ("es", "spa"),
    ("pt", "por"),
    ("nl", "nld"),
    ("dut", "nld"),
    ("da", "dan"),
    ("sv", "swe"),
    ("no", "nob"),
    ("nb", "nob"),
    ("nn", "nno"),
    ("fi", "fin"),
    ("et", "est"),
    ("lv", "lav"),
    ("lt", "lit"),
    ("pl", "pol"),
    ("cs", "ces"),
    ("cze", "ces"),
    ("sk", "slk"),
    ("slo", "slk"),
    ("sl", "slv"),
    ("hu", "hun"),
    ("hr", "hrv"),
    ("bs", "bos"),
    ("sr", "srp"),
    ("mk", "mkd"),
    ("sq", "sqi"),
    ("ro", "ron"),
    ("rum", "ron"),
    ("bg", "bul"),
    ("el", "ell"),
    ("gre", "ell"),
    ("tr", "tur"),
    ("ru", "rus"),
    ("uk", "ukr"),
    ("be", "bel"),
    ("ar", "ara"),
    ("fa", "fas"),
    ("he", "heb"),
    ("zh", "zho"),
    ("ja", "jpn"),
    ("ko", "kor"),
];

/// The ISO 639-3 code of a language named by a code of two or three letters, with or without a
/// region (`de-AT`). `None` where it is not known: the text tells it then.
pub(crate) fn language(text: &str) -> Option<String> {
    let name = text.trim().split(['-', '_']).next().unwrap_or_default().to_lowercase();
    match LANGUAGES.iter().find(|(known, _)| *known == name) {
        Some((_, code)) => Some((*code).to_owned()),
        None if name.len() == 3 && name.bytes().all(|b| b.is_ascii_lowercase()) => Some(name),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for (text, expected) in [
            ("de", Some("deu")),
            ("de-AT", Some("deu")),
            ("DE_ch", Some("deu")),
            ("deu", Some("deu")),
            ("ger", Some("deu")),
            ("Deutsch", Some("deu")),
            ("en", Some("eng")),
            ("gsw", Some("gsw")),
            ("xx", None),
            ("unbekannt", None),
            ("", None),
        ] {
            assert_eq!(language(text).as_deref(), expected, "{text}");
        }
    }
}
