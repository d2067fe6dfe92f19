//! WARC: web archives as crawlers and browser extensions write them, packed or not.
//!
//! Responses and resources with a page, a text or another document that is read become articles
//! at their address; requests, redirects, pictures and programs are passed over. The day of the
//! crawl is no day of publication.

use std::io::{self, BufRead, Read};

use flate2::read::{MultiGzDecoder, ZlibDecoder};

use crate::format::Format;
use crate::input::Input;
use crate::intake::{Counted, Intake, Outcome, Place};
use crate::problem::ProblemKind;
use crate::read::{self, Web};

/// A header takes some hundred bytes; more than this is no header.
const HEADER_BYTES: u64 = 64 << 10;

/// Reads the records of a web archive, one at a time.
pub(crate) fn read(intake: &mut Intake<'_>, id: &str, input: Input<'_>) -> Outcome {
    let limit = intake.limits.document_bytes;
    let mut input = input.reader()?;
    for number in 1u64.. {
        let Some(header) = header(&mut input)? else { return Ok(()) };
        if !header.first.starts_with("WARC/") {
            let why = format!("record {number} does not start with WARC/");
            return Err(ProblemKind::Damaged("web archive", why).into());
        }
        let length: u64 =
            header.value("content-length").and_then(|length| length.parse().ok()).ok_or_else(
                || ProblemKind::Damaged("web archive", format!("record {number} has no length")),
            )?;
        let kind = header.value("warc-type").unwrap_or_default();
        let is_response = kind.eq_ignore_ascii_case("response");
        let is_read = is_response
            || ["resource", "conversion"].iter().any(|known| kind.eq_ignore_ascii_case(known));
        let address = header.value("warc-target-uri").unwrap_or_default();
        let address = address.trim_matches(['<', '>']).to_owned();
        let mut record = input.by_ref().take(length);
        let name = if address.is_empty() { number.to_string() } else { address.clone() };
        let member = format!("{id}!{name}");
        if is_read && length > limit {
            let reason = ProblemKind::TooLarge { bytes: length, limit }.text();
            intake.skip(&Place::whole(&member), reason);
        } else if is_read {
            let mut bytes = Vec::new();
            record.read_to_end(&mut bytes)?;
            if (bytes.len() as u64) < length {
                let reason = ProblemKind::Damaged("record", "it ends too early".to_owned()).text();
                intake.skip(&Place::whole(&member), reason);
                return Ok(());
            }
            let kind = header.value("content-type").unwrap_or_default().to_owned();
            intake.member(&member, |intake| {
                if is_response {
                    response(intake, &member, &address, &bytes)
                } else {
                    body(intake, &member, &address, &kind, bytes)
                }
            })?;
        }
        io::copy(&mut input.by_ref().take(record_left(length, is_read, limit)), &mut io::sink())?;
    }
    Ok(())
}

/// What of a record is still to be passed over.
fn record_left(length: u64, is_read: bool, limit: u64) -> u64 {
    if is_read && length <= limit { 0 } else { length }
}

/// The lines of a header.
struct Header {
    first: String,
    /// Names in lower case.
    fields: Vec<(String, String)>,
}

impl Header {
    fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Reads a header up to the blank line behind it; none at the end of the input.
fn header(input: &mut dyn BufRead) -> Result<Option<Header>, ProblemKind> {
    let mut input = input.take(HEADER_BYTES);
    let mut header: Option<Header> = None;
    loop {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line)? == 0 {
            let is_cut = header.is_some();
            return if is_cut && input.limit() == 0 {
                Err(ProblemKind::Damaged("web archive", "a header does not end".to_owned()))
            } else {
                Ok(header)
            };
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches(['\r', '\n']);
        match &mut header {
            None if line.trim().is_empty() => {}
            None => header = Some(Header { first: line.to_owned(), fields: Vec::new() }),
            Some(_) if line.is_empty() => return Ok(header),
            Some(header) => {
                if let Some((name, value)) = line.split_once(':') {
                    header.fields.push((name.trim().to_lowercase(), value.trim().to_owned()));
                }
            }
        }
    }
}

/// Reads what a server answered.
fn response(intake: &mut Intake<'_>, id: &str, address: &str, bytes: &[u8]) -> Outcome {
    let mut rest = bytes;
    let Some(header) = header(&mut rest)? else { return Ok(()) };
    let status = header.first.split_whitespace().nth(1).unwrap_or_default();
    // Redirects and errors hold no article.
    if !header.first.starts_with("HTTP/") || status != "200" {
        return Ok(());
    }
    let kind = header.value("content-type").unwrap_or_default().to_owned();
    if name_of(&kind, address).is_none() {
        return Ok(());
    }
    let is_chunked =
        header.value("transfer-encoding").is_some_and(|value| value.contains("chunked"));
    let packed = if is_chunked { dechunked(rest) } else { rest.to_vec() };
    let coding = header.value("content-encoding").unwrap_or_default().to_lowercase();
    let plain = unpacked(intake, &coding, packed)?;
    body(intake, id, address, &kind, plain)
}

fn body(intake: &mut Intake<'_>, id: &str, address: &str, kind: &str, bytes: Vec<u8>) -> Outcome {
    let Some(name) = name_of(kind, address) else { return Ok(()) };
    if bytes.is_empty() {
        return Ok(());
    }
    let charset = kind.split(';').find_map(|part| part.trim().strip_prefix("charset="));
    let charset = charset.map(|charset| charset.trim_matches('"').to_owned());
    let web = Web { address: Some(address.to_owned()), charset };
    match name {
        "a.html" => read::page(intake, id, bytes, &web),
        "a.txt" => read::web_text(intake, id, bytes, &web),
        name => read::content(intake, id, name, Input::Bytes(bytes)),
    }
}

/// What a document of that type would be called as a file; none if it is not read.
fn name_of(kind: &str, address: &str) -> Option<&'static str> {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_lowercase();
    Some(match kind.as_str() {
        "text/html" | "application/xhtml+xml" => "a.html",
        "text/plain" => "a.txt",
        "application/pdf" => "a.pdf",
        "application/rss+xml" | "application/atom+xml" => "a.rss",
        "" if Format::is_read(address) => "a.html",
        _ => return None,
    })
}

/// Undoes the content coding of HTTP.
fn unpacked(intake: &Intake<'_>, coding: &str, bytes: Vec<u8>) -> Result<Vec<u8>, ProblemKind> {
    let limit = intake.limits.document_bytes;
    let budget = intake.budget.clone();
    let mut plain = Vec::new();
    let read = match coding {
        "" | "identity" => return Ok(bytes),
        // Crawlers unpack some bodies and leave the header.
        "gzip" | "x-gzip" if !bytes.starts_with(b"\x1f\x8b") => return Ok(bytes),
        "gzip" | "x-gzip" => {
            let inner = MultiGzDecoder::new(bytes.as_slice());
            Counted { inner, budget }.take(limit + 1).read_to_end(&mut plain)
        }
        "deflate" => {
            let inner = ZlibDecoder::new(bytes.as_slice());
            Counted { inner, budget }.take(limit + 1).read_to_end(&mut plain)
        }
        _ if str::from_utf8(&bytes).is_ok() => return Ok(bytes),
        _ => return Err(ProblemKind::Unsupported("packed in an unusual way")),
    };
    read.map_err(|error| ProblemKind::Damaged("record", error.to_string()))?;
    if plain.len() as u64 > limit {
        return Err(ProblemKind::TooLarge { bytes: plain.len() as u64, limit });
    }
    Ok(plain)
}

/// Joins the chunks of a body; what is no chunk ends it.
fn dechunked(mut rest: &[u8]) -> Vec<u8> {
    let mut joined = Vec::with_capacity(rest.len());
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let line = String::from_utf8_lossy(&rest[..end]);
        let size = line.split(';').next().unwrap_or_default().trim();
        let Ok(size) = usize::from_str_radix(size, 16) else {
            // Some crawlers join the chunks and leave the header.
            return if joined.is_empty() { rest.to_vec() } else { joined };
        };
        rest = &rest[end + 1..];
        if size == 0 {
            break;
        }
        joined.extend_from_slice(&rest[..size.min(rest.len())]);
        rest = rest.get(size..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks() {
        for (body, joined) in [
            (&b"3\r\nabc\r\n2;x=1\r\nde\r\n0\r\n\r\n"[..], &b"abcde"[..]),
            (b"3\nabc\n0\n", b"abc"),
            (b"<html>\nabc", b"<html>\nabc"),
            (b"ff\r\nabc", b"abc"),
            (b"", b""),
        ] {
            assert_eq!(dechunked(body), joined);
        }
    }
}
