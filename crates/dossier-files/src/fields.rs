//! What records write in their fields, in the form that documents keep it.

/// The host of an address, without `www.`; whatever is no address stays as it is.
///
/// `None` for what names nobody: blanks, or an address without a host.
pub(crate) fn source(text: &str) -> Option<String> {
    let text = text.trim();
    let (address, has_scheme) = match text.split_once("://") {
        Some((scheme, address)) if is_scheme(scheme) => (address, true),
        _ => (text, false),
    };
    let is_address = has_scheme
        || text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
            && !text.contains(char::is_whitespace);
    if !is_address {
        return (!text.is_empty()).then(|| text.to_owned());
    }
    let authority = address.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host_and_port = authority.rsplit('@').next().unwrap_or_default();
    let host = match host_and_port.split_once(']') {
        // An IPv6 address holds colons of its own.
        Some((host, _)) => host.trim_start_matches('['),
        None => host_and_port.split(':').next().unwrap_or_default(),
    };
    let host = host.trim().trim_end_matches('.').to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (!host.is_empty()).then(|| host.to_owned())
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|char: char| char.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte))
}

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
    fn sources() {
        for (text, expected) in [
            ("https://www.zeit.de/politik/2024-11/kim", Some("zeit.de")),
            ("HTTP://WWW.Zeit.DE", Some("zeit.de")),
            ("https://user:pass@rt.de:8443?x=1#y", Some("rt.de")),
            ("https://müller.de./", Some("müller.de")),
            ("https://[2001:db8::1]:80/", Some("2001:db8::1")),
            ("www.zeit.de/politik", Some("zeit.de")),
            ("ftp://ftp.example.org", Some("ftp.example.org")),
            ("Die Zeit", Some("Die Zeit")),
            (" dpa ", Some("dpa")),
            ("zeit.de", Some("zeit.de")),
            ("Quelle: siehe http://x.de", Some("Quelle: siehe http://x.de")),
            ("file:///tmp/a.txt", None),
            ("https://", None),
            ("ÄÖ", Some("ÄÖ")),
            (" ", None),
        ] {
            assert_eq!(source(text).as_deref(), expected, "{text}");
        }
    }

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
