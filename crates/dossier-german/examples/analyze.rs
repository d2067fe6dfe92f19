//! Prints the forms of words as JSON: a word a line on standard input, an object a line out.
//!
//! ```sh
//! printf 'Militärdelegationen\n' | cargo run --release -p dossier-german --example analyze
//! ```

use std::io::{self, BufRead, BufWriter, Write};

fn main() -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let word = line?;
        let forms = dossier_german::forms(&word);
        let parts: Vec<_> = forms
            .parts
            .iter()
            .map(|part| {
                let (start, end) = (part.range.start, part.range.end);
                serde_json::json!({ "text": part.stem, "start": start, "end": end })
            })
            .collect();
        let keys = dossier_german::name_keys_of_text(&word, &forms.parts);
        let entry = serde_json::json!({
            "word": word,
            "exact": forms.exact,
            "folded": forms.folded,
            "stem": forms.stem,
            "parts": parts,
            "name_keys": keys.iter().map(ToString::to_string).collect::<Vec<_>>(),
        });
        writeln!(out, "{entry}")?;
    }
    out.flush()
}
