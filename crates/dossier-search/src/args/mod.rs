//! The command line: which verb, which options.
//!
//! The verb is decided here, before clap sees anything, and so is what belongs to the query: a
//! query language in which `-Putin` means "not Putin" and in which German nouns look like commands
//! leaves clap too much to guess.

mod options;

use std::ffi::{OsStr, OsString};

use clap::Parser;

pub use self::options::{
    AnalyzeArgs, BatchArgs, BatchFormat, Color, Command, IndexArgs, Match, NamesArgs, PlaceArgs,
    ReadingArgs, SearchArgs, ShowArgs, SimilarArgs,
};

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
