//! The command line: which verb, which options.
//!
//! The verb is decided here, before clap sees anything, and so is what belongs to the query: a
//! query language in which `-Putin` means "not Putin" and in which German nouns look like commands
//! leaves clap too much to guess.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::{Args, Parser, ValueEnum};

/// What the user asked for.
#[derive(Debug)]
pub enum Command {
    /// `dossier-search QUERY…`
    Search(SearchArgs),
    /// `dossier-search index PATH…`
    Index(IndexArgs),
    /// `dossier-search batch FILE`
    Batch(BatchArgs),
    /// `dossier-search names NAME…`
    Names(NamesArgs),
    /// `dossier-search analyze TEXT…`
    Analyze(AnalyzeArgs),
    /// `dossier-search show ID`
    Show(ShowArgs),
    /// `dossier-search similar ID`
    Similar(SimilarArgs),
}

/// Searches a folder of German articles.
#[derive(Parser, Debug)]
#[command(name = "dossier-search", version, help_template = TEMPLATE, before_help = EXAMPLES)]
#[command(override_usage = "dossier-search [OPTIONS] QUERY…", after_help = VERBS)]
pub struct SearchArgs {
    /// What to search for; several words are joined by blanks, `-` reads standard input
    #[arg(value_name = "QUERY", required = true)]
    pub words: Vec<String>,
    /// Shows at most N hits [default: 10, with --kwic 1000]
    #[arg(short = 'n', long, value_name = "N")]
    pub limit: Option<usize>,
    /// Passes over the first N hits
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,
    #[command(flatten)]
    pub place: PlaceArgs,
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Shows every occurrence in its context, one a line, instead of passages
    #[arg(long, conflicts_with = "explain")]
    pub kwic: bool,
    /// Shows near-copies, the same agency text in several papers, as hits of their own
    #[arg(long)]
    pub all_copies: bool,
    /// Says under each hit why it matches, and what each word adds to its score
    #[arg(long)]
    pub explain: bool,
    /// Prints JSON Lines: each hit, then a summary
    #[arg(long)]
    pub json: bool,
    /// When to mark matches with colour; otherwise they stand between asterisks
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// Whether a single `-` is the query itself, as after `--`.
    #[arg(skip)]
    pub literal: bool,
}

impl SearchArgs {
    /// Hits at most.
    pub fn limit(&self) -> usize {
        self.limit.unwrap_or(if self.kwic { 1_000 } else { 10 })
    }
}

/// Adds files and folders to the index, and brings in what changed since the last run.
#[derive(Parser, Debug)]
#[command(name = "dossier-search index", help_template = TEMPLATE, before_help = INDEX_EXAMPLES)]
pub struct IndexArgs {
    /// Files and folders: text, Markdown, web pages, PDF, Word, OpenDocument, EPUB, mails, feeds,
    /// web archives, CSV, JSON Lines, also in ZIP or gzip; without any, what was indexed before
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The folder of the index [default: the dossier's own]
    #[arg(long, value_name = "DIR")]
    pub index: Option<PathBuf>,
    /// Prints what was done as a JSON object
    #[arg(long)]
    pub json: bool,
}

/// Runs many queries, a list of names for instance: a line for each, or their hits.
#[derive(Parser, Debug)]
#[command(name = "dossier-search batch", help_template = TEMPLATE, before_help = BATCH_EXAMPLES)]
pub struct BatchArgs {
    /// A query a line: an id, a tab, the query; without a tab the line's number is the id; `-` is
    /// standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// At most N hits for each query; so many are read for spellings and dates
    #[arg(short = 'n', long, value_name = "N", default_value_t = 1000)]
    pub limit: usize,
    /// Takes each line as a name: its words follow each other, in any spelling
    #[arg(long, conflicts_with_all = ["plain", "exact", "fuzzy", "matching"])]
    pub names: bool,
    #[command(flatten)]
    pub place: PlaceArgs,
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// What to print
    #[arg(long, default_value = "table")]
    pub format: BatchFormat,
    /// The same as --format csv
    #[arg(long, conflicts_with = "format")]
    pub csv: bool,
    /// The same as --format json
    #[arg(long, conflicts_with_all = ["format", "csv"])]
    pub json: bool,
}

impl BatchArgs {
    /// What to print.
    pub fn format(&self) -> BatchFormat {
        match (self.csv, self.json) {
            (true, _) => BatchFormat::Csv,
            (_, true) => BatchFormat::Json,
            _ => self.format,
        }
    }
}

/// Lists the spellings of a name in the index, and why each is taken as the same.
#[derive(Parser, Debug)]
#[command(name = "dossier-search names", help_template = TEMPLATE, before_help = NAMES_EXAMPLES)]
pub struct NamesArgs {
    /// A name; several words are taken one by one, and together where they are one name
    #[arg(value_name = "NAME", required = true)]
    pub words: Vec<String>,
    #[command(flatten)]
    pub place: PlaceArgs,
    /// Prints JSON Lines: an object for each spelling
    #[arg(long)]
    pub json: bool,
}

/// Shows the forms under which words are found.
#[derive(Parser, Debug)]
#[command(name = "dossier-search analyze", help_template = TEMPLATE)]
#[command(before_help = ANALYZE_EXAMPLES)]
pub struct AnalyzeArgs {
    /// Words; without any they are read from standard input, one a line
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,
    /// Prints one JSON object for each word
    #[arg(long)]
    pub json: bool,
}

/// Shows an article as the index has it: what is known of it, and its text.
#[derive(Parser, Debug)]
#[command(name = "dossier-search show", help_template = TEMPLATE, before_help = SHOW_EXAMPLES)]
pub struct ShowArgs {
    /// The article's id or file, as a search prints it; a beginning or end that is unique will do
    #[arg(value_name = "ID")]
    pub id: String,
    /// Shows the whole text, with menus, comment forms and whatever else is not searched
    #[arg(long)]
    pub raw: bool,
    #[command(flatten)]
    pub place: PlaceArgs,
    /// Prints one JSON object
    #[arg(long)]
    pub json: bool,
}

/// Lists the articles that share the most telling words of one: without it and its near-copies.
#[derive(Parser, Debug)]
#[command(name = "dossier-search similar", help_template = TEMPLATE)]
#[command(before_help = SIMILAR_EXAMPLES)]
pub struct SimilarArgs {
    /// The article's id or file, as a search prints it; a beginning or end that is unique will do
    #[arg(value_name = "ID")]
    pub id: String,
    /// Shows at most N articles
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    #[command(flatten)]
    pub place: PlaceArgs,
    /// Shows near-copies of each other as articles of their own
    #[arg(long)]
    pub all_copies: bool,
    /// Prints JSON Lines: each article, then a summary
    #[arg(long)]
    pub json: bool,
    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
}

/// Where the index is, and whether to look for changes first.
#[derive(Args, Debug)]
pub struct PlaceArgs {
    /// The folder of the index [default: DOSSIER_INDEX, else that of the dossier around this folder]
    #[arg(long, value_name = "DIR")]
    pub index: Option<PathBuf>,
    /// Searches the index as it is, without looking for changed files first
    #[arg(long)]
    pub no_refresh: bool,
}

/// How a query is read.
#[derive(Args, Debug)]
pub struct ReadingArgs {
    /// Takes the query as plain words: nothing in it is an operator
    #[arg(long)]
    pub plain: bool,
    /// Takes every word in the spelling typed only, as `=Wort` is: no other forms or names
    #[arg(long, conflicts_with = "fuzzy")]
    pub exact: bool,
    /// Allows for typing errors in every word, as `Wort~` does
    #[arg(long)]
    pub fuzzy: bool,
    /// Refuses a query that would only be remarked on: a mark passed over, an unknown field
    #[arg(long, conflicts_with = "plain")]
    pub strict: bool,
    /// Also searches and shows what stands around articles: menus, comment forms, credits, hints
    /// at other articles
    #[arg(long)]
    pub noise: bool,
    /// Whether plain words must all occur, or any of them
    #[arg(long = "match", value_name = "WORDS", default_value = "all")]
    pub matching: Match,
}

/// `--match`
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// Every word; with no hits the nearest readings
    All,
    /// Any word, ranked
    Any,
}

/// `--color`
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

/// `--format` of `batch`
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchFormat {
    /// A line a query: articles, matches, spellings found, first and last date
    Table,
    /// The same as CSV, with the ids of the articles
    Csv,
    /// The same as JSON Lines
    Json,
    /// The hits: query, rank, document, score, title, with tabs between
    Tsv,
    /// The hits as the search's --json gives them, each with the query's id
    Jsonl,
    /// The hits as a TREC run: query Q0 document rank score dossier
    Trec,
}

const TEMPLATE: &str = "{before-help}{about}\n\n{usage-heading} {usage}\n\n{all-args}{after-help}";

const EXAMPLES: &str = "\
Examples:
  dossier-search Beloussow                   a word, in all its forms
  dossier-search '\"Kim Jong Un\"'             words in this order
  dossier-search Putin ODER Lawrow -Trump    any of two words, without a third
  dossier-search 'Belousow~' -n 3            a spelling that may be off; three hits
  dossier-search 'titel:Nordkorea Milit\u{e4}r*'  in the title; the beginning of a word
  dossier-search index Artikel/ mehr.jsonl   adds files and folders to the index
";

const VERBS: &str = "\
Verbs (only as the first word, in lower case):
  index PATH…    adds files and folders, brings in what changed
  batch FILE     runs many queries
  names NAME…    lists the spellings of a name in the index
  analyze TEXT…  shows the forms under which words are found
  show ID        shows an article
  similar ID     lists articles like one
  search QUERY…  searches, also for a word that is a verb: dossier-search search index
  help VERB      explains a verb

Exit codes: 0 hits, 1 none (or only the nearest readings), 2 error, 130 interrupted;
index: 0 done, 3 done with some files skipped.";

const INDEX_EXAMPLES: &str = "\
Examples:
  dossier-search index Artikel/                   adds a folder
  dossier-search index --index /tmp/i news.jsonl  an index of its own, in a folder you name
  dossier-search index                            brings in what changed
";

const BATCH_EXAMPLES: &str = "\
Examples:
  dossier-search batch --names names.txt                 a name a line: where, how written, when
  dossier-search batch --csv --names names.txt >names.csv
  dossier-search batch --format tsv queries.txt          a query a line, its hits
  dossier-search batch --format trec queries.tsv >run    id, tab, query
";

const NAMES_EXAMPLES: &str = "\
Examples:
  dossier-search names Belousow
  dossier-search names Kim Jong Un
";

const SHOW_EXAMPLES: &str = "\
Examples:
  dossier-search show seeds/000_f99a79fac325b7b9.txt
  dossier-search show 000                    an id that starts or ends so, or whose file does
  dossier-search show --raw 000              with what was left out
";

const SIMILAR_EXAMPLES: &str = "\
Examples:
  dossier-search similar seeds/000_f99a79fac325b7b9.txt
  dossier-search similar 000 -n 3
";

const ANALYZE_EXAMPLES: &str = "\
Examples:
  dossier-search analyze Verteidigungsministers Beloussow
  dossier-search analyze --json <words.txt
";

/// The verbs; each counts only as the first word that is no option, in lower case.
const VERB_NAMES: [&str; 8] =
    ["search", "index", "batch", "names", "analyze", "show", "similar", "help"];

/// Options that take the argument after them, of all verbs: the verb may stand behind them.
const WITH_VALUE: [&str; 7] =
    ["-n", "--limit", "--offset", "--index", "--match", "--color", "--format"];

/// Reads the arguments (without the program's name).
///
/// Errors: clap's, among them the requests for help and version.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, clap::Error> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    let verb = first_word(&arguments).and_then(|at| {
        let name = VERB_NAMES.into_iter().find(|&name| arguments[at] == *name)?;
        Some((at, name))
    });
    if let Some((at, "help")) = verb
        && let Some(help) = help(&arguments, at)
    {
        return parse(help);
    }
    match verb {
        Some((at, "search")) => {
            arguments.remove(at);
            search(arguments).map(Command::Search)
        }
        Some((at, name @ ("index" | "batch" | "names" | "analyze" | "show" | "similar"))) => {
            arguments.remove(at);
            arguments.insert(0, format!("dossier-search {name}").into());
            match name {
                "index" => IndexArgs::try_parse_from(arguments).map(Command::Index),
                "batch" => BatchArgs::try_parse_from(arguments).map(Command::Batch),
                "names" => NamesArgs::try_parse_from(arguments).map(Command::Names),
                "show" => ShowArgs::try_parse_from(arguments).map(Command::Show),
                "similar" => SimilarArgs::try_parse_from(arguments).map(Command::Similar),
                _ => AnalyzeArgs::try_parse_from(arguments).map(Command::Analyze),
            }
        }
        _ => search(arguments).map(Command::Search),
    }
}

/// The verb that a query looks like but is not (`indx seeds`), to be offered as a hint.
pub fn near_verb(word: &str) -> Option<&'static str> {
    let word: Vec<char> = word.to_lowercase().chars().collect();
    VERB_NAMES[1..7].iter().copied().find(|verb| {
        let most = if verb.len() > 5 { 2 } else { 1 };
        word.len().abs_diff(verb.len()) <= most && edits(&word, verb) <= most
    })
}

/// What an argument is to the query: told apart before clap sees it.
#[derive(PartialEq, Eq)]
enum Kind {
    Word,
    Option,
    OptionAndValue,
    /// `--`: the rest is the query.
    End,
}

fn kind(argument: &OsStr) -> Kind {
    let Some(text) = argument.to_str() else { return Kind::Word };
    if text == "--" {
        return Kind::End;
    }
    if WITH_VALUE.contains(&text) {
        return Kind::OptionAndValue;
    }
    if text.starts_with("--") {
        return Kind::Option;
    }
    match text.strip_prefix('-') {
        Some("h" | "V" | "hV" | "Vh") => Kind::Option,
        Some(rest) if is_limit(rest) => Kind::Option,
        _ => Kind::Word,
    }
}

/// Whether `-rest` is `-n3` or `-n=3` (and not `-nordkorea`).
fn is_limit(rest: &str) -> bool {
    let Some(digits) = rest.strip_prefix('n') else { return false };
    let digits = digits.strip_prefix('=').unwrap_or(digits);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn first_word(arguments: &[OsString]) -> Option<usize> {
    let mut at = 0;
    loop {
        match kind(arguments.get(at)?) {
            Kind::Word => return Some(at),
            Kind::Option => at += 1,
            Kind::OptionAndValue => at += 2,
            Kind::End => return None,
        }
    }
}

/// The arguments that print the help asked for by `help` or `help VERB`; any other word after it
/// makes it a query.
fn help(arguments: &[OsString], at: usize) -> Option<Vec<OsString>> {
    if at != 0 {
        return None;
    }
    match arguments {
        [_] => Some(vec!["--help".into()]),
        [_, verb] if VERB_NAMES[..7].iter().any(|name| verb == name) => {
            Some(vec![verb.clone(), "--help".into()])
        }
        _ => None,
    }
}

/// Hands clap the options first and the query behind a `--`.
fn search(arguments: Vec<OsString>) -> Result<SearchArgs, clap::Error> {
    let mut options = vec![OsString::from("dossier-search")];
    let mut words = Vec::new();
    let mut literal = false;
    let mut rest = arguments.into_iter();
    while let Some(argument) = rest.next() {
        match kind(&argument) {
            Kind::Word => words.push(argument),
            Kind::Option => options.push(argument),
            Kind::OptionAndValue => {
                options.push(argument);
                options.extend(rest.next());
            }
            Kind::End => {
                literal = words.is_empty();
                words.extend(rest.by_ref());
            }
        }
    }
    options.push("--".into());
    options.extend(words);
    SearchArgs::try_parse_from(options).map(|parsed| SearchArgs { literal, ..parsed })
}

/// Insertions, deletions, substitutions and swaps of neighbours that lead from `a` to `b`.
fn edits(a: &[char], b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let differ = usize::from(a[i - 1] != b[j - 1]);
                let mut best = (table[i - 1][j - 1] + differ)
                    .min(table[i - 1][j] + 1)
                    .min(table[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(table[i - 2][j - 2] + 1);
                }
                best
            };
        }
    }
    table[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &[&str]) -> Command {
        parse(line.iter().map(OsString::from)).expect("these arguments are in order")
    }

    /// What a command line means, in one line.
    fn meaning(line: &[&str]) -> String {
        match parsed(line) {
            Command::Search(search) => {
                let index = search.place.index.as_ref().map(|dir| format!(" in {}", dir.display()));
                format!(
                    "search <{}> {}{}",
                    search.words.join(" "),
                    search.limit(),
                    index.unwrap_or_default()
                )
            }
            Command::Index(index) => format!("index {:?} in {:?}", index.paths, index.index),
            Command::Batch(batch) => format!("batch {:?} {}", batch.file, batch.limit),
            Command::Names(names) => format!("names {:?} {}", names.words, names.json),
            Command::Similar(similar) => format!("similar {} {}", similar.id, similar.limit),
            Command::Show(show) => format!("show {} {}", show.id, show.raw),
            Command::Analyze(analyze) => format!("analyze {:?} {}", analyze.text, analyze.json),
        }
    }

    #[test]
    fn verbs_options_and_queries_are_told_apart() {
        for (line, expected) in [
            (&["Bank", "-n", "3", "stats"][..], "search <Bank stats> 3"),
            (&["Bank", "-n3", "stats"], "search <Bank stats> 3"),
            (&["--limit=3", "Bank"], "search <Bank> 3"),
            (&["--index", "x", "index"], "index [] in Some(\"x\")"),
            (&["--index", "x", "index", "seeds"], "index [\"seeds\"] in Some(\"x\")"),
            (&["--index", "x", "Index"], "search <Index> 10 in x"),
            (&["--index", "index", "Bank"], "search <Bank> 10 in index"),
            (&["-Putin", "Kim"], "search <-Putin Kim> 10"),
            (&["Kim", "-Putin"], "search <Kim -Putin> 10"),
            (&["Kim", "-nordkorea"], "search <Kim -nordkorea> 10"),
            (&["Kim", "-2024"], "search <Kim -2024> 10"),
            (&["Kim", "-Kim Jong Un", "-n", "2"], "search <Kim -Kim Jong Un> 2"),
            (&["Kim", "-", "Putin"], "search <Kim - Putin> 10"),
            (&["search", "index"], "search <index> 10"),
            (&["search", "search", "-n", "1"], "search <search> 1"),
            (&["--", "index"], "search <index> 10"),
            (&["--", "-n", "3"], "search <-n 3> 10"),
            (&["Index"], "search <Index> 10"),
            (&["Bank", "index"], "search <Bank index> 10"),
            (&["status"], "search <status> 10"),
            (&["help", "wanted"], "search <help wanted> 10"),
            (&["index"], "index [] in None"),
            (&["index", "--", "-x"], "index [\"-x\"] in None"),
            (&["batch", "-n", "5", "-"], "batch \"-\" 5"),
            (&["batch", "q.tsv"], "batch \"q.tsv\" 1000"),
            (&["names", "Kim", "Un"], "names [\"Kim\", \"Un\"] false"),
            (&["show", "--raw", "000"], "show 000 true"),
            (&["Show", "000"], "search <Show 000> 10"),
            (&["similar", "000", "-n", "3"], "similar 000 3"),
            (&["--kwic", "Kim"], "search <Kim> 1000"),
            (&["--kwic", "-n", "7", "Kim"], "search <Kim> 7"),
            (&["Names", "Kim"], "search <Names Kim> 10"),
            (&["analyze", "--json"], "analyze [] true"),
            (&["analyze", "a", "b"], "analyze [\"a\", \"b\"] false"),
            (&[""], "search <> 10"),
        ] {
            assert_eq!(meaning(line), expected, "{line:?}");
        }
    }

    #[test]
    fn only_words_after_the_double_dash_are_literal() {
        for (line, expected) in
            [(&["-"][..], false), (&["--", "-"], true), (&["-n", "1", "-"], false)]
        {
            let Command::Search(search) = parsed(line) else { panic!("{line:?} searches") };
            assert_eq!(search.literal, expected, "{line:?}");
        }
    }

    #[test]
    fn clap_explains_what_it_cannot_take() {
        use clap::error::ErrorKind;
        for (line, expected) in [
            (&["--help"][..], ErrorKind::DisplayHelp),
            (&["-h"], ErrorKind::DisplayHelp),
            (&["help"], ErrorKind::DisplayHelp),
            (&["help", "batch"], ErrorKind::DisplayHelp),
            (&["index", "--help"], ErrorKind::DisplayHelp),
            (&["--version"], ErrorKind::DisplayVersion),
            (&["-V"], ErrorKind::DisplayVersion),
            (&[], ErrorKind::MissingRequiredArgument),
            (&["Bank", "--colour", "never"], ErrorKind::UnknownArgument),
            (&["Bank", "-n"], ErrorKind::InvalidValue),
            (&["Bank", "-n", "drei"], ErrorKind::ValueValidation),
            (&["batch"], ErrorKind::MissingRequiredArgument),
        ] {
            let error = parse(line.iter().map(OsString::from)).expect_err("clap speaks up");
            assert_eq!(error.kind(), expected, "{line:?}: {error}");
        }
    }

    #[test]
    fn help_starts_with_examples() {
        let error = parse(["--help".into()]).expect_err("clap speaks up");
        assert!(error.to_string().starts_with("Examples:\n"), "{error}");
    }

    #[test]
    fn near_misses_of_verbs() {
        for (word, expected) in [
            ("indx", Some("index")),
            ("Index", Some("index")),
            ("idnex", Some("index")),
            ("analyse", Some("analyze")),
            ("anayze", Some("analyze")),
            ("bach", Some("batch")),
            ("shwo", Some("show")),
            ("similiar", Some("similar")),
            ("Indien", None),
            ("Bank", None),
        ] {
            assert_eq!(near_verb(word), expected, "{word}");
        }
    }
}
