//! Where an article appeared, in the one form that `quelle:` compares: the host of its address
//! without what only tells devices apart, or the name of the outlet.

/// Parts of host names that lead to the same site in another form.
const FORMS: [&str; 9] = ["www", "www1", "www2", "www3", "m", "mobile", "mobil", "amp", "wap"];

/// The host of an address, without `www.`, `m.` and `amp.`; whatever is no address stays as it is.
///
/// `None` for what names nobody: blanks, or an address without a host.
pub(crate) fn of(text: &str) -> Option<String> {
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
    let host = normalised(host.trim().trim_end_matches('.'));
    (!host.is_empty()).then_some(host)
}

/// As [`of`], for what is known to be an address or a host, with or without `https://`.
pub(crate) fn of_host_or_address(text: &str) -> Option<String> {
    let text = text.trim();
    if text.contains("://") { of(text) } else { of(&format!("https://{text}")) }
}

/// The host of an address that names one on the web; a file's or a mail's is none.
pub(crate) fn of_address(address: &str) -> Option<String> {
    let address = address.trim();
    match address.split_once("://") {
        Some((scheme, _)) if !["http", "https", "ftp"].contains(&&*scheme.to_lowercase()) => None,
        _ => of_host_or_address(address).filter(|host| host.contains(['.', ':'])),
    }
}

/// The source that the folder of a file names: the nearest one that is called like a host.
///
/// Other folders (`Artikel`, `2024`) say how somebody sorts files, not where they are from.
pub(crate) fn of_folder(id: &str) -> Option<String> {
    let (folders, _) = id.rsplit_once('/')?;
    folders.rsplit(['/', '!']).find(|name| is_host(name)).map(normalised)
}

/// Whether a text reads like the name of a host: parts of letters, digits and hyphens between
/// dots, the last of two to ten letters, and not like the name of a file.
pub(crate) fn is_host(text: &str) -> bool {
    const ENDINGS: [&str; 24] = [
        "txt", "md", "html", "htm", "pdf", "doc", "docx", "odt", "zip", "gz", "tar", "json",
        "jsonl", "csv", "xml", "eml", "mbox", "warc", "epub", "php", "jpg", "png", "old", "bak",
    ];
    let Some((front, last)) = text.rsplit_once('.') else { return false };
    let is_part = |part: &str| {
        !part.is_empty()
            && part.chars().all(|char| char.is_alphanumeric() || char == '-')
            && !part.starts_with('-')
    };
    text.len() <= 253
        && (2..=10).contains(&last.len())
        && last.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !ENDINGS.contains(&last.to_lowercase().as_str())
        && front.split('.').all(is_part)
        && front.contains(char::is_alphabetic)
}

fn normalised(host: &str) -> String {
    let host = host.to_lowercase();
    // Google's cache: `www-zeit-de.cdn.ampproject.org`, hyphens written twice.
    let host = match host.strip_suffix(".cdn.ampproject.org") {
        Some(name) => name.replace("--", "\u{0}").replace('-', ".").replace('\u{0}', "-"),
        None => host,
    };
    let mut parts: Vec<&str> = host.split('.').collect();
    while parts.len() > 2 && FORMS.contains(&parts[0]) {
        parts.remove(0);
    }
    // `de.m.wikipedia.org`
    if parts.len() > 3 && FORMS.contains(&parts[1]) {
        parts.remove(1);
    }
    parts.join(".")
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|char: char| char.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte))
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
            ("https://m.example.org/x", Some("example.org")),
            ("https://amp.example.org/x", Some("example.org")),
            ("https://www.m.example.org/x", Some("example.org")),
            ("https://de.m.wikipedia.org/wiki/Kim", Some("de.wikipedia.org")),
            ("https://www-muster--blatt-de.cdn.ampproject.org/c/s/x", Some("muster-blatt.de")),
            // A site that is called so.
            ("https://m.de/", Some("m.de")),
            ("https://amp.dev/x", Some("amp.dev")),
            ("Die Zeit", Some("Die Zeit")),
            (" dpa ", Some("dpa")),
            ("zeit.de", Some("zeit.de")),
            ("Quelle: siehe http://x.de", Some("Quelle: siehe http://x.de")),
            ("file:///tmp/a.txt", None),
            ("https://", None),
            ("ÄÖ", Some("ÄÖ")),
            (" ", None),
        ] {
            assert_eq!(of(text).as_deref(), expected, "{text}");
        }
        assert_eq!(of_host_or_address("m.example.org/x").as_deref(), Some("example.org"));
    }

    #[test]
    fn folders() {
        for (id, expected) in [
            ("presse/www.zeit.de/kim.txt", Some("zeit.de")),
            ("rt.de/2024/kim.txt", Some("rt.de")),
            ("archiv.zip!zeit.de/kim.txt", Some("zeit.de")),
            ("archiv.zip!kim.txt", None),
            ("presse/kim.txt", None),
            ("zeit.de", None),
            ("v1.2/kim.txt", None),
            ("alt.txt/kim.txt", None),
            ("kim.txt", None),
        ] {
            assert_eq!(of_folder(id).as_deref(), expected, "{id}");
        }
    }
}
