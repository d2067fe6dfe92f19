//! News agencies and photo agencies, by the names their credits use.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Names in credits, in small letters, and the name to be kept. Names that are words as well are
/// not in the list.
const AGENCIES: [(&str, &str); 67] = [
    ("dpa", "dpa"),
    ("dpa-afx", "dpa-AFX"),
    ("dpa-infocom", "dpa"),
    ("dpa-tmn", "dpa"),
    ("deutsche presse-agentur", "dpa"),
    ("afp", "AFP"),
    ("agence france-presse", "AFP"),
    ("afx", "AFX"),
    ("reuters", "Reuters"),
    ("rtr", "Reuters"),
    ("thomson reuters", "Reuters"),
    ("ap", "AP"),
    ("associated press", "AP"),
    ("apa", "APA"),
    ("sda", "SDA"),
    ("keystone-sda", "Keystone-SDA"),
    ("ats", "ATS"),
    ("epd", "epd"),
    ("kna", "KNA"),
    ("kap", "Kathpress"),
    ("kathpress", "Kathpress"),
    ("ddp", "ddp"),
    ("dapd", "dapd"),
    ("dts", "dts"),
    ("sid", "SID"),
    ("adn", "ADN"),
    ("ots", "ots"),
    ("awp", "AWP"),
    ("bloomberg", "Bloomberg"),
    ("dow jones", "Dow Jones"),
    ("upi", "UPI"),
    ("tass", "TASS"),
    ("itar-tass", "TASS"),
    ("interfax", "Interfax"),
    ("ria", "RIA Nowosti"),
    ("ria novosti", "RIA Nowosti"),
    ("ria nowosti", "RIA Nowosti"),
    ("sputnik", "Sputnik"),
    ("unian", "UNIAN"),
    ("ukrinform", "Ukrinform"),
    ("belta", "Belta"),
    ("kcna", "KCNA"),
    ("yonhap", "Yonhap"),
    ("kyodo", "Kyodo"),
    ("jiji", "Jiji"),
    ("xinhua", "Xinhua"),
    ("cna", "CNA"),
    ("pti", "PTI"),
    ("ani", "ANI"),
    ("irna", "IRNA"),
    ("isna", "ISNA"),
    ("mehr news", "Mehr"),
    ("sana", "SANA"),
    ("anadolu", "Anadolu"),
    ("dha", "DHA"),
    ("ansa", "ANSA"),
    ("efe", "EFE"),
    ("lusa", "Lusa"),
    ("anp", "ANP"),
    ("belga", "Belga"),
    ("ritzau", "Ritzau"),
    ("pap", "PAP"),
    ("čtk", "ČTK"),
    ("ctk", "ČTK"),
    ("mti", "MTI"),
    ("tanjug", "Tanjug"),
    ("hina", "Hina"),
];

/// Who gives pictures only. Agencies of both kinds are in the list above.
const PHOTO_AGENCIES: [&str; 24] = [
    "getty images",
    "getty",
    "gettyimages",
    "gettyimages.ru",
    "imago",
    "imago images",
    "picture alliance",
    "picture-alliance",
    "pa",
    "epa",
    "shutterstock",
    "adobe stock",
    "istock",
    "global look press",
    "globallookpress",
    "globallookpress.com",
    "legion media",
    "keystone",
    "alamy",
    "pixabay",
    "unsplash",
    "zuma",
    "dpa-zentralbild",
    "nurphoto",
];

/// The agency that a name in a credit stands for; case does not matter.
pub(super) fn agency(name: &str) -> Option<&'static str> {
    // Nearly all that is asked for is a word of a sentence.
    static KNOWN: LazyLock<FxHashMap<&str, &str>> =
        LazyLock::new(|| AGENCIES.iter().rev().copied().collect());
    static LONGEST: LazyLock<usize> =
        LazyLock::new(|| AGENCIES.iter().map(|(name, _)| name.len()).max().unwrap_or_default());
    let name = name.trim();
    if name.len() > *LONGEST {
        return None;
    }
    KNOWN.get(name.to_lowercase().as_str()).copied()
}

/// Whether a name is that of an agency, of news or of photos.
pub(super) fn gives_photos(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    let bare = lower.strip_prefix("www.").unwrap_or(&lower);
    agency(bare).is_some() || is_photo_agency(bare)
}

/// Whether a name or host gives pictures only: its address is no source of an article.
pub(super) fn is_photo_agency(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    let bare = lower.strip_prefix("www.").unwrap_or(&lower);
    let label = bare.split('.').next().unwrap_or_default();
    PHOTO_AGENCIES.contains(&bare)
        || bare.contains('.') && label.len() > 3 && PHOTO_AGENCIES.contains(&label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(agency("afp"), Some("AFP"));
        assert_eq!(agency(" DPA "), Some("dpa"));
        assert_eq!(agency("Kreml"), None);
        assert!(gives_photos("dpa") && gives_photos("Getty Images"));
        assert!(is_photo_agency("www.globallookpress.com") && is_photo_agency("Gettyimages.ru"));
        assert!(!is_photo_agency("zeit.de") && !is_photo_agency("dpa"));
    }
}
