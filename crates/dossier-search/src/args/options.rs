//! What the verbs are told, as clap reads and explains it.

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
    /// Every word; with few hits the nearest below them
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
