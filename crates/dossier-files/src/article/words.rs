//! The words of the rules: lines in lower case, with single blanks.

/// Headings of lists of other articles: what follows them at the tail belongs to the list.
pub(super) const MORE_HEADINGS: &[&str] = &[
    "mehr zum thema", "mehr zu diesem thema", "mehr dazu", "zum thema", "lesen sie auch",
    "lesen sie mehr", "lesen sie dazu auch", "auch interessant",
    "das könnte sie auch interessieren", "das könnte dich auch interessieren",
    "das könnte ihnen auch gefallen", "weitere artikel", "weitere beiträge",
    "weitere nachrichten", "weitere themen", "ähnliche artikel", "ähnliche beiträge",
    "ähnliche themen", "verwandte artikel", "verwandte themen", "passend zum thema",
    "mehr aus dem ressort", "mehr von diesem autor", "empfohlene artikel",
    "empfehlungen der redaktion", "meistgelesen", "meistgelesene artikel", "neueste artikel",
    "neueste beiträge", "aktuelle nachrichten", "top-themen", "top-artikel", "siehe auch",
    "related articles", "related posts", "read more", "read next", "more on this topic",
    "recommended", "mehr news", "mehr nachrichten", "links zum thema", "zum weiterlesen",
    "weiterlesen", "mehr lesen", "weiterführende links",
];

/// What introduces one other article, in a line or sentence of its own.
pub(super) const MORE_LABELS: &[&str] = &[
    "mehr zum thema", "mehr zu diesem thema", "mehr dazu", "mehr dazu hier", "lesen sie auch",
    "lesen sie dazu auch", "lesen sie hier", "lesen sie mehr", "lesen sie mehr dazu",
    "lies auch", "lesetipp", "lesetipps", "siehe auch", "auch interessant", "passend dazu",
    "read more", "read also", "see also", "related", "weiterlesen", "zum thema",
];

/// Lines of menus and footers, and buttons.
pub(super) const PLACES_OF_A_SITE: &[&str] = &[
    "home", "startseite", "start", "menü", "menu", "suche", "suchen", "search", "navigation",
    "hauptnavigation", "hauptmenü", "zum inhalt springen", "zum hauptinhalt springen",
    "direkt zum inhalt", "zum inhalt", "skip to content", "skip to main content", "nach oben",
    "zum seitenanfang", "zurück zur startseite", "zurück zur übersicht", "zurück", "anmelden",
    "login", "log in", "einloggen", "abmelden", "registrieren", "abo", "abonnement",
    "abonnieren", "e-paper", "epaper", "newsletter", "newsletter abonnieren", "impressum",
    "datenschutz", "datenschutzerklärung", "datenschutzhinweise", "nutzungsbedingungen",
    "agb", "kontakt", "über uns", "mediadaten", "karriere", "barrierefreiheit", "sitemap",
    "rss", "rss-feed", "cookie-einstellungen", "privatsphäre", "privacy", "privacy policy",
    "hilfe", "faq", "mein konto", "profil", "merkliste", "push-mitteilungen", "sprache",
    "deutsch", "english", "nächster artikel", "vorheriger artikel", "nächster beitrag",
    "vorheriger beitrag", "next article", "previous article", "next post", "previous post",
    "mehr anzeigen", "mehr laden", "weitere anzeigen", "load more", "show more",
    "alle anzeigen", "schließen", "bild vergrößern", "bildergalerie öffnen", "zur galerie",
    "vollbild", "inhalt", "themen",
];

/// Words that lines of menus are made of.
pub(super) const SITE_WORDS: &[&str] = &[
    "home", "startseite", "politik", "wirtschaft", "sport", "kultur", "panorama", "wissen",
    "wissenschaft", "gesellschaft", "meinung", "digital", "technik", "reise", "auto",
    "gesundheit", "ausland", "inland", "welt", "lokales", "regional", "finanzen", "börse",
    "leben", "stil", "video", "videos", "podcast", "podcasts", "newsletter", "impressum",
    "datenschutz", "agb", "kontakt", "suche", "abo", "login", "anmelden", "registrieren",
    "shop", "spiele", "wetter", "tv", "mediathek", "live", "e-paper", "nachrichten", "news",
    "karriere", "hilfe", "sitemap", "nutzungsbedingungen", "mediadaten", "über", "uns",
    "mehr", "&", "|", "·", "•", "/", ">", "»", "›", "menü", "themen", "archiv", "jobs",
    "immobilien", "anzeigen", "rss", "und",
];

/// Buttons for sharing.
pub(super) const SHARES: &[&str] = &[
    "teilen", "artikel teilen", "beitrag teilen", "diesen artikel teilen", "seite teilen",
    "share", "share this", "share this article", "tweet", "tweeten", "twittern", "pin it",
    "whatsapp", "facebook", "twitter", "telegram", "linkedin", "xing", "pinterest", "reddit",
    "mastodon", "bluesky", "threads", "flipboard", "pocket", "drucken", "artikel drucken",
    "print", "per mail", "per e-mail", "e-mail", "email", "mailen", "versenden", "senden",
    "merken", "artikel merken", "speichern", "link kopieren", "url kopieren", "kopieren",
    "copy link", "vorlesen", "artikel anhören", "artikel vorlesen", "anhören", "feedback",
    "feedback geben", "kommentieren", "auf facebook teilen", "auf twitter teilen",
    "auf x teilen", "auf whatsapp teilen", "per whatsapp teilen", "per e-mail teilen",
    "per mail teilen", "als e-mail versenden", "fehler melden", "folgen", "gefällt mir",
    "like", "x.com", "zur merkliste hinzufügen",
];

/// Words that rows of such buttons are made of.
pub(super) const SHARE_WORDS: &[&str] = &[
    "teilen", "share", "tweet", "tweeten", "facebook", "twitter", "x", "whatsapp", "telegram",
    "linkedin", "xing", "pinterest", "reddit", "mastodon", "bluesky", "threads", "flipboard",
    "pocket", "e-mail", "email", "mail", "drucken", "print", "kopieren", "link", "merken",
    "kommentieren", "messenger", "instagram", "youtube", "tiktok", "pin", "signal", "vk",
    "viber", "copy", "url", "|", "·", "•", "/",
];

/// Lines of comment forms.
pub(super) const COMMENT_FORM: &[&str] = &[
    "leave a reply", "leave a comment", "cancel reply", "post comment", "post a comment",
    "please enter your comment", "please enter your name here",
    "please enter your email address here", "you have entered an incorrect email address",
    "log in to leave a comment", "schreibe einen kommentar", "schreiben sie einen kommentar",
    "schreib einen kommentar", "einen kommentar schreiben", "kommentar schreiben",
    "kommentar verfassen", "kommentar hinterlassen", "hinterlasse einen kommentar",
    "hinterlassen sie einen kommentar", "hinterlasse eine antwort",
    "einen kommentar hinterlassen", "kommentar abschicken", "kommentar senden",
    "kommentar absenden", "kommentar abgeben", "antworten abbrechen", "antwort abbrechen",
    "antworten", "kommentare", "kommentar", "comments", "keine kommentare", "no comments",
    "noch keine kommentare", "kommentare anzeigen", "alle kommentare anzeigen",
    "kommentare laden", "kommentare ausblenden", "diskutieren sie mit",
    "jetzt mitdiskutieren", "mitdiskutieren", "ihre meinung", "kommentar *", "kommentar*",
    "comment *", "name*", "name *", "e-mail*", "e-mail *", "email*", "email *",
    "e-mail-adresse*", "e-mail-adresse *", "website", "webseite", "name:*", "email:*",
    "website:",
];

/// How sentences in comment forms begin.
pub(super) const COMMENT_HINTS: &[&str] = &[
    "ihre e-mail-adresse wird nicht veröffentlicht",
    "deine e-mail-adresse wird nicht veröffentlicht",
    "die e-mail-adresse wird nicht veröffentlicht",
    "erforderliche felder sind mit * markiert", "your email address will not be published",
    "required fields are marked", "save my name, email, and website in this browser",
    "meinen namen, meine e-mail-adresse und meine website in diesem browser", "meinen namen, e-mail und website in diesem browser", "benachrichtige mich über nachfolgende kommentare",
    "du musst angemeldet sein, um", "sie müssen angemeldet sein, um", "melden sie sich an, um einen kommentar", "bitte melden sie sich an, um zu kommentieren",
    "die kommentarfunktion ist geschlossen", "die kommentarfunktion ist deaktiviert",
    "the comments are closed", "comments are closed", "diese website verwendet akismet",
];

/// Marks of advertising.
pub(super) const ADVERTISING: &[&str] = &[
    "anzeige", "anzeigen", "werbung", "advertisement", "advertisment", "sponsored",
    "gesponsert", "reklame", "ad", "ads", "anzeige anzeige", "ende der anzeige",
    "anzeige ende", "artikel wird nach der anzeige fortgesetzt", "weiter nach der anzeige",
    "nach der anzeige weiterlesen", "nach der werbung weiterlesen",
    "weiterlesen nach der anzeige", "lesen sie nach der anzeige weiter",
    "empfohlener redaktioneller inhalt", "externer inhalt", "empfohlener externer inhalt",
    "dieser inhalt wird geladen",
];

/// How sentences begin that stand below every article of a site.
pub(super) const EDITORIAL: &[&str] = &[
    "\"so arbeitet die redaktion\" informiert", "„so arbeitet die redaktion“ informiert",
    "so arbeitet die redaktion informiert", "folgen sie uns auf", "folge uns auf",
    "folgen sie uns bei", "besuchen sie uns auf", "abonnieren sie unseren",
    "abonnieren sie jetzt", "abonniere unseren", "melden sie sich für unseren newsletter an",
    "alle rechte vorbehalten", "all rights reserved", "copyright ©", "copyright 20", "© 20",
    "© copyright", "(c) 20", "rt de bemüht sich um ein breites meinungsspektrum",
    "durch die sperrung von rt zielt die eu darauf ab",
    "gastbeiträge und meinungsartikel müssen nicht die sichtweise der redaktion",
    "dieser artikel stammt aus dem automatisierten angebot", "dieser text wurde automatisch",
    "dieser artikel wurde automatisch", "die redaktion hat diesen artikel nicht",
    "wenn ihnen dieser artikel gefallen hat", "hat ihnen der artikel gefallen",
    "hat ihnen dieser artikel gefallen", "wie hat ihnen der artikel gefallen",
    "haben sie einen fehler gefunden", "fehler gefunden?", "unterstützen sie unsere arbeit",
    "unterstützen sie unabhängigen journalismus", "diesen artikel weiterlesen",
    "jetzt weiterlesen", "weiterlesen mit", "sie haben bereits ein abo", "jetzt abonnieren",
    "jetzt kostenlos testen", "kostenlos testen", "jetzt anmelden", "laden sie unsere app",
    "jetzt die app", "hier geht es zur", "mehr aktuelle nachrichten finden sie",
    "alle aktuellen nachrichten", "zur startseite", "zum newsletter",
    "this article was originally published", "wir freuen uns über ihre meinung",
    "schreiben sie uns an", "die redaktion empfiehlt",
];

/// How cookie banners begin.
pub(super) const CONSENT: &[&str] = &[
    "wir verwenden cookies", "wir nutzen cookies", "wir setzen cookies ein",
    "diese website verwendet cookies", "diese webseite verwendet cookies",
    "diese website benutzt cookies", "diese seite verwendet cookies",
    "diese seite nutzt cookies", "unsere website verwendet cookies", "wir und unsere partner",
    "we use cookies", "this website uses cookies", "this site uses cookies",
    "mit ihrer zustimmung verwenden wir", "wir benötigen ihre zustimmung",
    "wir brauchen ihre zustimmung", "an dieser stelle finden sie inhalte von drittanbietern",
    "an dieser stelle finden sie einen externen inhalt",
    "mit einem klick auf „alle akzeptieren", "mit klick auf „alle akzeptieren",
    "um diesen inhalt anzuzeigen", "bitte aktivieren sie javascript",
    "please enable javascript", "sie können ihre einwilligung jederzeit",
];

/// The buttons of cookie banners.
pub(super) const CONSENT_BUTTONS: &[&str] = &[
    "akzeptieren", "alle akzeptieren", "alles akzeptieren", "alle cookies akzeptieren",
    "zustimmen", "zustimmen und weiter", "einwilligen", "ablehnen", "alle ablehnen",
    "alles ablehnen", "nur notwendige cookies", "nur notwendige", "einstellungen",
    "cookie-einstellungen verwalten", "einstellungen verwalten", "auswahl speichern",
    "mehr erfahren", "mehr informationen", "accept", "accept all", "reject all", "ok",
    "verstanden", "ich stimme zu",
];
