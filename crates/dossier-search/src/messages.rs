//! Everything the command says to people, in English and German side by side.
//!
//! What comes from outside (paths, ids, queries, other errors) is made visible here, before it is
//! set into a sentence, so that none of it can pass for a message of its own. The help of clap and
//! what programs read (`--json`, `batch`) is English only.

use std::path::Path;

use dossier_engine::{Date, DateOrigin, Error as EngineError, Notice, NoticeKind};
use dossier_german::{StemSource, WordClass};
use serde::Serialize;

use crate::analyze::COLUMNS;
use crate::complaints::shell_quoted;
use crate::names::Reason as NameReason;
use crate::remarks::Reason;

use crate::terminal::{visible, visible_path};

/// The reader's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    English,
    German,
}

/// What a run of the indexer did; in files, where nothing else is said.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// All files of the sources.
    pub files: usize,
    /// All articles in the index.
    pub articles: usize,
    pub added: usize,
    pub changed: usize,
    pub removed: usize,
    /// Files and records.
    pub skipped: usize,
    pub reasons: Vec<Reason>,
    /// What was read.
    pub bytes: u64,
    pub seconds: f64,
}

impl Summary {
    /// How fast files were read and indexed, in millions of bytes a second.
    pub fn megabytes_per_second(&self) -> f64 {
        if self.seconds > 0.0 { self.bytes as f64 / 1e6 / self.seconds } else { 0.0 }
    }
}

use Language::{English, German};

impl Language {
    /// The language of the locale, from the values of LC_ALL, LC_MESSAGES and LANG: the first that
    /// is set and not empty counts.
    pub fn of_locale<'v>(values: impl IntoIterator<Item = Option<&'v str>>) -> Language {
        let locale = values.into_iter().flatten().find(|value| !value.is_empty());
        let language = locale.and_then(|locale| locale.split(['_', '.', '@', '-']).next());
        if language == Some("de") { German } else { English }
    }

    // Answers

    pub fn total(self, total: usize, articles: usize) -> String {
        match self {
            English => format!("{total} of {}", count(articles, "article", "articles")),
            German => format!("{total} von {articles} Artikeln"),
        }
    }

    pub fn shown(self, first: usize, last: usize, total: usize, articles: usize) -> String {
        let total = self.total(total, articles);
        match self {
            English => format!("{total}, shown: {first} to {last}"),
            German => format!("{total}, gezeigt: {first} bis {last}"),
        }
    }

    /// Beside the total: what is shown under other hits.
    pub fn copies_folded(self, copies: usize) -> String {
        match self {
            English => format!(
                "{} not shown (--all-copies)",
                count(copies, "near-copy of them", "near-copies among them")
            ),
            German => format!("{copies} davon fast gleich und nicht gezeigt (--all-copies)"),
        }
    }

    /// `+2 fast gleich`
    pub fn copies(self, copies: usize) -> String {
        match self {
            English => format!("+{}", count(copies, "near-copy", "near-copies")),
            German => format!("+{copies} fast gleich"),
        }
    }

    /// Stands before the words that two articles share.
    pub fn shared(self) -> &'static str {
        match self {
            English => "shared:",
            German => "gemeinsam:",
        }
    }

    /// Stands before the words that tell what an article is about.
    pub fn telling_words(self) -> &'static str {
        match self {
            English => "telling words:",
            German => "kennzeichnende Wörter:",
        }
    }

    pub fn nothing_similar(self, articles: usize) -> String {
        match self {
            English => format!("nothing like it in {}", count(articles, "article", "articles")),
            German => format!("nichts Ähnliches in {}", count(articles, "Artikel", "Artikeln")),
        }
    }

    /// Stands before a place in the title instead of the text.
    pub fn in_title(self) -> &'static str {
        match self {
            English => "title:",
            German => "Titel:",
        }
    }

    /// Of one text, no more occurrences are shown.
    pub fn occurrences_cut(self, id: &str, most: usize) -> String {
        let id = visible(id);
        match self {
            English => format!("{id}: only the first {most} occurrences are shown"),
            German => format!("{id}: nur die ersten {most} Fundstellen sind gezeigt"),
        }
    }

    pub fn nothing_found(self, articles: usize) -> String {
        match self {
            English => format!("no hits in {}", count(articles, "article", "articles")),
            German => format!("keine Treffer in {}", count(articles, "Artikel", "Artikeln")),
        }
    }

    pub fn relaxed(self) -> &'static str {
        match self {
            English => "Nothing matches as typed; these come nearest:",
            German => "Genau so findet sich nichts; am nächsten kommen:",
        }
    }

    /// Above what comes nearest, below what was found.
    pub fn nearest(self) -> &'static str {
        match self {
            English => "Fewer of the words, or other ones:",
            German => "Weniger der Wörter, oder andere:",
        }
    }

    pub fn also_searched(self) -> &'static str {
        match self {
            English => "also searched:",
            German => "auch gesucht:",
        }
    }

    /// A date, and how certain it is.
    pub fn dated(self, date: Date, origin: Option<DateOrigin>) -> String {
        match (origin, self) {
            (Some(DateOrigin::Address), English) => format!("{date} (from the address)"),
            (Some(DateOrigin::Address), German) => format!("{date} (aus der Adresse)"),
            (Some(DateOrigin::Text), English) => format!("{date} (from the text)"),
            (Some(DateOrigin::Text), German) => format!("{date} (aus dem Text)"),
            (Some(DateOrigin::Metadata) | None, _) => date.to_string(),
        }
    }

    /// What `show` says of an article: source, date, agency, author, photo, language, file.
    pub fn article_labels(self) -> [&'static str; 7] {
        match self {
            English => ["Source", "Date", "Agency", "Author", "Photo", "Language", "File"],
            German => ["Quelle", "Datum", "Agentur", "Autor", "Foto", "Sprache", "Datei"],
        }
    }

    pub fn unknown(self) -> &'static str {
        match self {
            English => "unknown",
            German => "unbekannt",
        }
    }

    /// The heading of what `analyze` prints.
    pub fn columns(self) -> [&'static str; COLUMNS] {
        match self {
            English => ["word", "exact", "folded", "stem", "lemma", "from", "parts", "name keys"],
            German => [
                "Wort",
                "genau",
                "gefaltet",
                "Stamm",
                "Grundform",
                "Herkunft",
                "Teile",
                "Namensschlüssel",
            ],
        }
    }

    /// The heading of what `names` prints.
    pub fn name_columns(self) -> [&'static str; 4] {
        match self {
            English => ["name", "spelling", "articles", "why"],
            German => ["Name", "Schreibweise", "Artikel", "warum"],
        }
    }

    /// The heading of what `batch` prints.
    pub fn batch_columns(self) -> [&'static str; 6] {
        match self {
            English => ["query", "articles", "matches", "first", "last", "spellings"],
            German => ["Anfrage", "Artikel", "Fundstellen", "zuerst", "zuletzt", "Schreibweisen"],
        }
    }

    pub fn partly_read(self, read: usize, of: usize) -> String {
        match self {
            English => format!(
                "spellings, matches and dates are those of the best {read} of {of} articles (-n)"
            ),
            German => format!(
                "Schreibweisen, Fundstellen und Daten nur der besten {read} von {of} Artikeln (-n)"
            ),
        }
    }

    /// Why a spelling is taken as the same name.
    pub fn reason(self, reason: &NameReason) -> String {
        match (reason, self) {
            (NameReason::Typed, English) => "as typed".to_owned(),
            (NameReason::Typed, German) => "wie getippt".to_owned(),
            (NameReason::Form, English) => "another form of the word".to_owned(),
            (NameReason::Form, German) => "andere Form des Wortes".to_owned(),
            (NameReason::SameSound { key }, English) => format!("sounds the same: {key}"),
            (NameReason::SameSound { key }, German) => format!("klingt gleich: {key}"),
            (NameReason::LikeSound { key, typed }, English) => {
                format!("sounds alike, as transcriptions of a name do: {key} for {typed}")
            }
            (NameReason::LikeSound { key, typed }, German) => {
                format!("klingt ähnlich, wie Umschriften eines Namens es tun: {key} für {typed}")
            }
            (NameReason::OtherName { own_group: true }, English) => "in aliases.toml".to_owned(),
            (NameReason::OtherName { own_group: true }, German) => "aus aliases.toml".to_owned(),
            (NameReason::OtherName { own_group: false }, English) => {
                "another name for the same place".to_owned()
            }
            (NameReason::OtherName { own_group: false }, German) => {
                "anderer Name desselben Ortes".to_owned()
            }
            (NameReason::OtherSpacing, English) => "the same, apart or joined".to_owned(),
            (NameReason::OtherSpacing, German) => "dasselbe, getrennt oder zusammen".to_owned(),
        }
    }

    /// Why a word has its stem.
    pub fn stem_source(self, source: StemSource, class: Option<WordClass>) -> String {
        let class = match (class, self) {
            (Some(WordClass::Noun), English) => "noun",
            (Some(WordClass::Noun), German) => "Substantiv",
            (Some(WordClass::Name), English) => "name",
            (Some(WordClass::Name), German) => "Name",
            (Some(WordClass::Verb), _) => "Verb",
            (Some(WordClass::Adjective), English) => "adjective",
            (Some(WordClass::Adjective), German) => "Adjektiv",
            _ => "",
        };
        let class = if self == English { class.to_lowercase() } else { class.to_owned() };
        match (source, self) {
            (StemSource::UserWords, English) => "added word".to_owned(),
            (StemSource::UserWords, German) => "eigenes Wort".to_owned(),
            (StemSource::Compound, English) => format!("{class}, by its last part"),
            (StemSource::Compound, German) => format!("{class}, nach dem letzten Teil"),
            (StemSource::Lexicon, English) => format!("{class} in the lexicon"),
            (StemSource::Lexicon, German) => format!("{class} im Lexikon"),
            (_, English) => "its ending".to_owned(),
            (_, German) => "Endung".to_owned(),
        }
    }

    /// A remark on the query, and what may have been meant.
    pub fn notice(self, notice: &Notice, query: &str) -> String {
        let text = self.remark_on_query(notice, query);
        match &notice.suggestion {
            Some(suggestion) if notice.kind == NoticeKind::Corrected => {
                format!("{text}: {}", visible(suggestion))
            }
            Some(suggestion) => format!("{text}: {}", self.try_query(suggestion)),
            None => text,
        }
    }

    /// A remark on the query; the engine's own words where there are none here.
    pub fn remark_on_query(self, notice: &Notice, query: &str) -> String {
        let part = query.get(notice.span.clone()).map(visible).unwrap_or_default();
        match (&notice.kind, self) {
            (NoticeKind::UnknownField, German) => {
                format!("„{part}“ nennt kein Feld und wurde wörtlich gesucht")
            }
            (NoticeKind::Ignored, German) => format!("„{part}“ blieb unbeachtet"),
            (NoticeKind::NoOperator, German) => {
                format!("„{part}“ wurde als Wort gesucht, nicht als Operator")
            }
            (NoticeKind::WordsCut, German) => {
                "so viele Wörter: die häufigsten blieben unbeachtet".to_owned()
            }
            (NoticeKind::NamesCut, German) => {
                format!("ab „{part}“ wurden Namen nur wie getippt gesucht: zu viele Wörter")
            }
            (NoticeKind::ExpansionsCut, German) => {
                format!("„{part}“ passt auf zu viele Wörter; nur die häufigsten wurden gesucht")
            }
            (NoticeKind::PhrasePossible, German) => {
                "diese Wörter stehen auch nebeneinander".to_owned()
            }
            (NoticeKind::FuzzyPhrasePossible, German) => {
                "in anderen Schreibweisen findet sich mehr".to_owned()
            }
            (NoticeKind::DateUnknown, German) => match notice.count {
                Some(1) => "ein Artikel ohne Datum oder mit zu ungenauem blieb weg".to_owned(),
                Some(count) => {
                    format!("{count} Artikel ohne Datum oder mit zu ungenauem blieben weg")
                }
                None => "Artikel ohne Datum oder mit zu ungenauem blieben weg".to_owned(),
            },
            (NoticeKind::Corrected, English) => "did you mean".to_owned(),
            (NoticeKind::Corrected, German) => "meinten Sie".to_owned(),
            (NoticeKind::OnlyInNoise, _) => self.only_in_noise(notice.count.unwrap_or_default()),
            _ => visible(&notice.message).into_owned(),
        }
    }

    fn only_in_noise(self, articles: usize) -> String {
        match self {
            English => format!(
                "{} it beside the text (menus, credits, comments): --noise finds that",
                count(articles, "article has", "articles have")
            ),
            German => format!(
                "{} es neben dem Text (Menüs, Nachweise, Kommentare): --noise findet auch das",
                count(articles, "Artikel hat", "Artikel haben")
            ),
        }
    }

    pub fn try_query(self, query: &str) -> String {
        let query = shell_quoted(&visible(query));
        match self {
            English => format!("try dossier-search {query}"),
            German => format!("versuchen Sie dossier-search {query}"),
        }
    }

    // Remarks while indexing

    pub fn missing_root(self, path: &Path) -> String {
        let path = visible_path(path);
        match self {
            English => format!(
                "{path} is missing (a drive that is not mounted?); \
                 what was read from it before is kept and searched"
            ),
            German => format!(
                "{path} fehlt (ein nicht eingehängtes Laufwerk?); \
                 was früher daraus gelesen wurde, bleibt und wird durchsucht"
            ),
        }
    }

    pub fn emptied_root(self, path: &Path) -> String {
        let path = visible_path(path);
        match self {
            English => format!(
                "{path} is empty (a drive that is not mounted?); what was read from it before is \
                 kept and searched until `dossier-search index` is run"
            ),
            German => format!(
                "{path} ist leer (ein nicht eingehängtes Laufwerk?); was früher daraus gelesen \
                 wurde, bleibt und wird durchsucht, bis `dossier-search index` läuft"
            ),
        }
    }

    pub fn not_refreshed(self, why: &str) -> String {
        match self {
            English => format!("not brought up to date, searching the last state: {why}"),
            German => format!("nicht auf den neuesten Stand gebracht, gesucht im letzten: {why}"),
        }
    }

    pub fn rebuilding(self, error: &EngineError) -> String {
        let why = self.engine_error(error);
        match self {
            English => format!("{why}: doing so now"),
            German => format!("{why}: das geschieht jetzt"),
        }
    }

    pub fn in_cache(self, index: &Path) -> String {
        let index = visible_path(index);
        match self {
            English => format!("the folder cannot be written; the index is kept in {index}"),
            German => format!("der Ordner ist nicht beschreibbar; der Index liegt in {index}"),
        }
    }

    pub fn indexing(self, files: usize) -> String {
        match self {
            English => format!("indexing {} …", count(files, "file", "files")),
            German => format!("lese {} ein …", count(files, "Datei", "Dateien")),
        }
    }

    pub fn skipped(self, what: &str) -> String {
        let what = visible(what);
        match self {
            English => format!("skipped: {what}"),
            German => format!("übergangen: {what}"),
        }
    }

    pub fn remark(self, what: &str) -> String {
        let what = visible(what);
        match self {
            English => format!("note: {what}"),
            German => format!("Hinweis: {what}"),
        }
    }

    pub fn more_remarks(self, more: usize) -> String {
        match self {
            English => format!("and {more} more of that kind"),
            German => format!("und {more} weitere dieser Art"),
        }
    }

    pub fn renamed(self, id: &str, name: &str, other: &str) -> String {
        let (id, name, other) = (visible(id), visible(name), visible(other));
        match self {
            English => format!("{other} holds an article {id} already: this one is called {name}"),
            German => format!("{other} enthält schon einen Artikel {id}: dieser heißt {name}"),
        }
    }

    pub fn another_file(self) -> &'static str {
        match self {
            English => "another file",
            German => "eine andere Datei",
        }
    }

    /// The heading of the table of what was skipped.
    pub fn reason_columns(self) -> [&'static str; 3] {
        match self {
            English => ["skipped", "why", "for example"],
            German => ["übergangen", "warum", "zum Beispiel"],
        }
    }

    pub fn summary(self, summary: &Summary) -> String {
        let Summary { files, articles, added, changed, removed, skipped, .. } = *summary;
        let mut text = match self {
            English => format!(
                "{}, {}: {added} added, {changed} changed, {removed} removed",
                count(files, "file", "files"),
                count(articles, "article", "articles"),
            ),
            German => format!(
                "{}, {articles} Artikel: {added} neu, {changed} geändert, {removed} entfernt",
                count(files, "Datei", "Dateien"),
            ),
        };
        if skipped > 0 {
            text.push_str(&match self {
                English => format!(", {skipped} skipped"),
                German => format!(", {skipped} übergangen"),
            });
        }
        if summary.bytes > 0 {
            let speed = summary.megabytes_per_second();
            let (read, unit) = match summary.bytes {
                ..100_000 => (summary.bytes as f64 / 1e3, "kB"),
                bytes => (bytes as f64 / 1e6, "MB"),
            };
            let took = format!("; {read:.1} {unit} in {:.1} s, {speed:.1} MB/s", summary.seconds);
            text.push_str(&if self == German { took.replace('.', ",") } else { took });
        }
        text
    }

    pub fn stopping(self) -> &'static str {
        match self {
            English => "stopping after this article; once more stops at once",
            German => "Ende nach diesem Artikel; noch einmal beendet sofort",
        }
    }

    pub fn interrupted(self) -> &'static str {
        match self {
            English => "interrupted; what is done is kept, the next run goes on from there",
            German => "abgebrochen; das Fertige bleibt, der nächste Lauf macht dort weiter",
        }
    }

    pub fn verb_hint(self, verb: &str, path: &str) -> String {
        let path = shell_quoted(&visible(path));
        match self {
            English => {
                format!("searching for these words; did you mean dossier-search {verb} {path}?")
            }
            German => {
                format!("gesucht werden diese Wörter; gemeint war dossier-search {verb} {path}?")
            }
        }
    }
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_decides_the_language() {
        for (values, expected) in [
            ([None, None, Some("de_DE.UTF-8")], German),
            ([None, Some("de"), Some("en_US")], German),
            ([Some("C"), Some("de"), Some("de")], English),
            ([Some(""), None, Some("de_AT@euro")], German),
            ([None, None, Some("deseret")], English),
            ([None, None, None], English),
        ] {
            assert_eq!(Language::of_locale(values), expected, "{values:?}");
        }
    }

    #[test]
    fn nothing_from_outside_is_obeyed() {
        let evil = "a\u{1b}]0;x\u{7}\nb";
        for language in [English, German] {
            for text in [
                language.missing_root(Path::new(evil)),
                language.no_such_path(Path::new(evil)),
                language.skipped(evil),
                language.renamed(evil, evil, evil),
                language.verb_hint("index", evil),
                language.in_config(Path::new(evil), 1, evil),
            ] {
                assert!(!text.contains(crate::terminal::is_unsafe), "{text:?}");
            }
        }
    }
}
