//! Generated news: events, articles about them, and how papers print the articles of agencies.
//!
//! An article picks facts of its event and words each anew, so that two articles share names, dates,
//! figures and a quotation, as different articles on one event do. A paper gives an article another
//! headline, edits words, leaves sentences out, adds one, and cuts the end off.

/// Numbers in an order that is the same every time (xorshift64*).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11
    }

    /// Below a number.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn one_in(&mut self, number: usize) -> bool {
        self.below(number) == 0
    }

    fn pick<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }

    /// Every `[a|b|c]` becomes one of its alternatives.
    fn worded(&mut self, pattern: &str) -> String {
        let mut text = String::new();
        for piece in pattern.split_inclusive(']') {
            let (before, choices) = piece.split_once('[').unwrap_or((piece, ""));
            text.push_str(before);
            let choices: Vec<&str> = choices.trim_end_matches(']').split('|').collect();
            text.push_str(self.pick(&choices));
        }
        text
    }

    /// The same in a manner of one's own: now and then a word between the choices.
    fn told(&mut self, pattern: &str) -> String {
        let mut filled = String::new();
        for (number, piece) in pattern.split("] [").enumerate() {
            if number > 0 {
                let filler = if self.one_in(3) { self.pick(&FILLERS) } else { "" };
                filled.push_str(&format!("] {filler}["));
            }
            filled.push_str(piece);
        }
        self.worded(&filled)
    }
}

/// Words that fit almost anywhere, with a blank behind.
const FILLERS: [&str; 10] = [
    "offenbar ",
    "demnach ",
    "nun ",
    "erneut ",
    "wohl ",
    "zunächst ",
    "überraschend ",
    "schließlich ",
    "dem Vernehmen nach ",
    "nach langem Zögern ",
];

/// What happened.
pub struct Event {
    host: String,
    guest: &'static str,
    place: &'static str,
    day: &'static str,
    number: usize,
    quote: String,
}

const FIRST: [&str; 12] =
    ["Bal", "Kor", "Mer", "Tal", "Sor", "Vel", "Dram", "Gol", "Hart", "Lind", "Nor", "Pers"];
const SECOND: [&str; 12] = [
    "now", "resku", "linger", "tadze", "wowski", "hensen", "parian", "setti", "kulow", "dopoulos",
    "mann", "biczek",
];
const PLACES: [&str; 8] =
    ["Bergen", "Tallinn", "Ankara", "Havanna", "Jakarta", "Lissabon", "Minsk", "Nairobi"];
const DAYS: [&str; 6] = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"];

/// Facts, each in words that differ from article to article. `H`, `G`, `P`, `D`, `N`, `Q`: host,
/// guest, place, day, number, quotation.
const FACTS: [&str; 16] = [
    "[Bei einem Besuch in P hat|Am D hat in P|Wie am D bekannt wurde, hat] [der Minister H|Regierungsvertreter H|H, der Chef der Delegation,] [seinen Gast G|den Unterhändler G|G, den Gesandten,] [empfangen|getroffen|begrüßt].",
    "[Beide|Die Politiker|H und G] [unterzeichneten|besiegelten|vereinbarten] [ein Abkommen|einen Vertrag|eine Erklärung] [über die Zusammenarbeit|zum gegenseitigen Beistand|zur engeren Abstimmung] [ihrer Regierungen|beider Seiten|der Ministerien].",
    "[Danach sollen|Vorgesehen ist, dass|Geplant ist demnach, dass] [in den nächsten Jahren|bis zum Ende des Jahrzehnts|schrittweise] N [Fachleute|Soldaten|Beamte] [entsandt werden|die Grenze überqueren|ausgebildet werden].",
    "[„Q“, sagte H|H erklärte: „Q“|„Q“, so der Minister H].",
    "[Beobachter|Fachleute|Diplomaten] [werten|sehen|deuten] [das Treffen|die Reise|den Besuch] [als Signal|als Zeichen|als Hinweis] [an die Nachbarn|an den Westen|an die eigene Bevölkerung].",
    "[Die Opposition|Eine Sprecherin der Grünen|Der Verband der Reservisten] [kritisierte|rügte|beklagte] [das Vorgehen|die Heimlichkeit|den Zeitpunkt] [scharf|mit deutlichen Worten|in einer Mitteilung].",
    "[Schon vor zwei Jahren|Zuletzt im Frühjahr|Bereits im vergangenen Herbst] [war|hatte sich] [eine ähnliche Runde|ein solches Gespräch|ein früherer Anlauf] [ohne Ergebnis|im Streit|ohne gemeinsame Erklärung] [zu Ende gegangen|abgebrochen worden|vertagt worden].",
    "[Auf dem Programm standen auch|Besprochen wurden zudem|Am Rande ging es um] [Fragen des Handels|die Lage an der Grenze|Lieferungen von Getreide und Öl] [sowie|und] [der Bau einer Brücke|die Freilassung von Gefangenen|neue Flugverbindungen].",
    "[Nach Angaben|Laut Mitteilung|Einer Meldung] [der staatlichen Agentur|des Ministeriums|des Senders] [zufolge|vom D] [kamen|reisten] N [Begleiter|Mitarbeiter|Fachleute] [mit|an].",
    "[In der Hauptstadt|Vor dem Gebäude|Auf dem Platz der Einheit] [protestierten|versammelten sich|warteten] [am Abend|gleichzeitig|seit dem Morgen] [mehrere Hundert Menschen|Angehörige der Vermissten|Anhänger beider Lager].",
    "[Das Außenministerium in Wien|Der Sprecher der Europäischen Union|Ein Vertreter der Vereinten Nationen] [reagierte|äußerte sich] [zurückhaltend|besorgt|knapp]: [Man werde die Folgen prüfen|Es gelte, den Wortlaut abzuwarten|Das Völkerrecht binde alle].",
    "[G reiste|Der Gast flog|Die Abordnung um G fuhr] [noch in der Nacht|am D|nach einem Abendessen] [weiter nach|zurück nach] [Osten|Süden|Norden], [wo weitere Gespräche anstehen|wie es hieß, ohne Auskunft zu geben|begleitet von Journalisten].",
    "[Der Wert der Vereinbarung|Das Volumen|Der Umfang der Hilfe] [wird auf|soll] N [Millionen Euro geschätzt|Millionen Dollar betragen|Millionen erreichen], [heißt es aus Verhandlungskreisen|schreiben Zeitungen|nannte niemand offiziell].",
    "[Kritiker|Menschenrechtler|Vertreter der Kirchen] [erinnern daran|weisen darauf hin|mahnen], dass [noch immer Gefangene|weiterhin Journalisten|zahlreiche Lehrer] [ohne Urteil|unter schlechten Bedingungen|in Lagern] [festgehalten werden|einsitzen].",
    "[An den Börsen|Unter Händlern|In der Wirtschaft] [löste die Nachricht|sorgte die Meldung für|führte der Bericht zu] [kaum Bewegung|Erleichterung|Unruhe] [aus|bei Anlegern|am Vormittag].",
    "[Ein weiteres Treffen|Die nächste Runde|Eine Fortsetzung] [ist|sei] [für das kommende Frühjahr|im Sommer|in drei Monaten] [geplant|vorgesehen|angekündigt], [wahrscheinlich in P|an einem neutralen Ort|diesmal ohne H].",
];

/// Sentences of articles that share an event share a quotation; its words are the event's.
const QUOTES: &str = "Wir [werden|wollen|müssen] [den Weg|diese Aufgabe|unsere Verantwortung] [gemeinsam|ohne Zögern|mit Geduld] [weitergehen|erfüllen|tragen], [denn die Zeit drängt|weil unsere Völker es verlangen|auch wenn andere warten], und [niemand|keine Macht|kein Druck von außen] wird [uns daran hindern|das aufhalten|daran etwas ändern]";

impl Event {
    /// No two numbers below 1,728 give the same host.
    pub fn new(number: usize, random: &mut Random) -> Event {
        let quote = random.worded(QUOTES);
        let (first, second, third) = (number % 12, number / 12 % 12, number / 144);
        let ending = SECOND[(first + second + third) % 12];
        let host = format!("{}{}{ending}", FIRST[first], FIRST[second].to_lowercase());
        Event {
            host,
            guest: SECOND[random.below(SECOND.len())],
            place: random.pick(&PLACES),
            day: random.pick(&DAYS),
            number: 20 + random.below(900),
            quote,
        }
    }

    /// Finds every article on it.
    #[allow(dead_code)] // Not every test asks.
    pub fn query(&self) -> String {
        format!("={}", self.host)
    }

    /// An article of its own on the event.
    pub fn article(&self, random: &mut Random) -> Article {
        let mut facts: Vec<&str> = FACTS[1..].to_vec();
        // The news comes first, then ten to fourteen facts in an order of the writer's.
        for place in (1..facts.len()).rev() {
            facts.swap(place, random.below(place + 1));
        }
        facts.truncate(10 + random.below(5));
        facts.insert(0, FACTS[0]);
        let guest = format!("Herr {}{}", FIRST[self.number % FIRST.len()], self.guest);
        let mut fill = |pattern: &str| {
            let text = random.told(pattern);
            let mut filled = String::new();
            for word in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
                let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
                let named = match bare {
                    "H" => &self.host,
                    "G" => &guest,
                    "P" => self.place,
                    "D" => self.day,
                    "Q" => &self.quote,
                    "N" => &self.number.to_string(),
                    bare => bare,
                };
                filled.push_str(named);
                filled.push_str(&word[bare.len()..]);
            }
            filled
        };
        let sentences = facts.iter().map(|fact| fill(fact)).collect();
        let headline = fill(HEADLINES);
        Article { sentences, headline, host: self.host.clone(), place: self.place }
    }
}

const HEADLINES: &str = "[H empfängt Gast in P|Treffen in P: H setzt auf Abkommen|Neue Töne aus P|Was H mit seinem Gast vereinbart hat|Delegation in P eingetroffen]";

/// An article as its writer handed it in.
pub struct Article {
    headline: String,
    sentences: Vec<String>,
    host: String,
    place: &'static str,
}

/// Words an editor changes, and into what.
const EDITS: [(&str, &str); 24] = [
    ("hat", "habe"),
    ("Treffen", "Gespräch"),
    ("Abkommen", "Übereinkommen"),
    ("Vertrag", "Kontrakt"),
    ("scharf", "heftig"),
    ("geplant", "vorgesehen"),
    ("Fachleute", "Experten"),
    ("Beobachter", "Kommentatoren"),
    ("Zeichen", "Signal"),
    ("zudem", "außerdem"),
    ("auch", "ebenfalls"),
    ("sowie", "und"),
    ("Menschen", "Personen"),
    ("sagte", "betonte"),
    ("erklärte", "sagte"),
    ("weitere", "neue"),
    ("Meldung", "Nachricht"),
    ("Gast", "Besucher"),
    ("mehrere", "einige"),
    ("weiterhin", "nach wie vor"),
    ("kommende", "nächste"),
    ("kritisierte", "bemängelte"),
    ("Gefangene", "Häftlinge"),
    ("Hauptstadt", "Metropole"),
];

const ADDED: [&str; 4] = [
    "Unser Korrespondent war vor Ort.",
    "Weitere Berichte dazu lesen Sie im Laufe des Tages auf dieser Seite.",
    "Der Ort liegt etwa zwei Stunden von der Küste entfernt und hat eine wechselvolle Geschichte.",
    "Die Redaktion hat den Text gekürzt und um eigene Recherchen ergänzt.",
];

const CREDITS: [&str; 5] = ["", "(dpa) ", "(afp/red) ", "P. ", "Von unserem Nachrichtendienst. "];

impl Article {
    /// With its own headline, every word as it is.
    pub fn as_written(&self) -> (String, String) {
        (self.headline.clone(), self.sentences.join(" "))
    }

    /// As a paper prints it: under another headline, edited, shortened.
    pub fn printed(&self, random: &mut Random) -> (String, String) {
        let heading = random.worded(HEADLINES).replace('H', &self.host).replace('P', self.place);
        // Up to 40 % of the end are cut off.
        let kept = self.sentences.len() * (60 + random.below(41)) / 100;
        let mut sentences = Vec::new();
        for (number, sentence) in self.sentences.iter().take(kept.max(4)).enumerate() {
            // The news stays.
            if number > 0 && random.one_in(15) {
                continue;
            }
            sentences.push(edited(sentence, random));
        }
        if random.one_in(2) {
            let at = 1 + random.below(sentences.len());
            sentences.insert(at, random.pick(&ADDED).to_owned());
        }
        let between = if random.one_in(2) { " " } else { "\n\n" };
        (heading, format!("{}{}", random.pick(&CREDITS), sentences.join(between)))
    }
}

/// With some words replaced or left out, about one of twenty.
fn edited(sentence: &str, random: &mut Random) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in sentence.split(' ') {
        let known = EDITS.iter().find(|(from, _)| *from == word);
        match known {
            Some((_, to)) if random.one_in(2) => words.push((*to).to_owned()),
            _ if word.len() > 5 && word.ends_with('.') && random.one_in(12) => {
                words.push(format!("gestern {word}"));
            }
            _ if word.starts_with(char::is_lowercase) && random.one_in(25) => {}
            _ => words.push(word.to_owned()),
        }
    }
    let text = words.join(" ");
    if random.one_in(10) { text.replace('ü', "ue").replace('ä', "ae") } else { text }
}
