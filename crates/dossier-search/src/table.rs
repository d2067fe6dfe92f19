//! Tables for people: columns as wide as their widest cell.

use std::io::{self, Write};

/// Prints a heading and rows; the cells must be safe for a terminal.
pub fn write_table<const COLUMNS: usize>(
    out: &mut dyn Write,
    heading: &[&str; COLUMNS],
    rows: &[[String; COLUMNS]],
) -> io::Result<()> {
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.chain([heading[column].chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..COLUMNS).map(width).collect();
    write_row(out, heading, &widths)?;
    rows.iter().try_for_each(|row| write_row(out, row, &widths))
}

/// Prints a row with columns of at least these widths, in characters.
pub fn write_row(out: &mut dyn Write, row: &[impl AsRef<str>], widths: &[usize]) -> io::Result<()> {
    let mut line = String::new();
    for (cell, width) in row.iter().map(AsRef::as_ref).zip(widths) {
        let pad = width.saturating_sub(cell.chars().count()) + 2;
        line.push_str(cell);
        line.extend(std::iter::repeat_n(' ', pad));
    }
    writeln!(out, "{}", line.trim_end())
}
