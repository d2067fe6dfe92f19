//! Mails and mailboxes: a message is an article, and so is each attachment that can be read.
//!
//! Web pages that browsers save in one file (MHTML) are mails too: their page is read as such.

use std::io::{BufRead, Read};

use mail_parser::{HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::document::{Metadata, TextKind, article};
use crate::format::Format;
use crate::html;
use crate::input::Input;
use crate::intake::{Intake, Outcome, Place};
use crate::problem::ProblemKind;
use crate::read::{self, Web};

/// Mails have some five parts that hold others; a thread that was forwarded often has twenty.
const MULTIPARTS: usize = 200;
const MESSAGES: usize = 40;

/// Reads a single message.
pub(crate) fn message(intake: &mut Intake<'_>, id: &str, bytes: &[u8]) -> Outcome {
    let message = parse(bytes)?;
    intake.inside(|intake| parsed(intake, id, &message))
}

/// Parses a message, unless that would take too long: parts in parts take the parser time in
/// their square, and messages in messages memory.
///
/// # Errors
///
/// It has no header, or too many parts.
fn parse(bytes: &[u8]) -> Result<Message<'_>, ProblemKind> {
    for (mark, most) in [(&b"multipart/"[..], MULTIPARTS), (b"message/rfc822", MESSAGES)] {
        let count = occurrences(bytes, mark);
        if count > most {
            return Err(ProblemKind::TooComplex("a mail with too many parts in parts", most));
        }
    }
    let damaged = || ProblemKind::Damaged("mail", "it has no header".to_owned());
    MessageParser::default().parse(bytes).ok_or_else(damaged)
}

/// How often a mark occurs, in any case of letters.
fn occurrences(bytes: &[u8], mark: &[u8]) -> usize {
    let slash = mark.iter().position(|byte| *byte == b'/').unwrap_or(0);
    let mut count = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if *byte == b'/'
            && let Some(start) = at.checked_sub(slash)
            && bytes
                .get(start..start + mark.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(mark))
        {
            count += 1;
        }
    }
    count
}

fn parsed(intake: &mut Intake<'_>, id: &str, message: &Message<'_>) -> Outcome {
    let before = (intake.report.documents, intake.report.skipped_total);
    if let Some((html, address)) = saved_page(message) {
        let web = Web { address, charset: Some("utf-8".to_owned()) };
        return read::page(intake, id, html.into_bytes(), &web);
    }
    let mut text = String::new();
    for part in message.text_bodies() {
        let body = match &part.body {
            PartType::Text(body) => body.to_string(),
            PartType::Html(body) => html::content(body)?.text,
            _ => continue,
        };
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(body.replace("\r\n", "\n").trim_end());
    }
    let metadata = Metadata {
        title: message.subject().map(str::to_owned),
        author: author(message),
        date: message
            .date()
            .map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)),
        ..Metadata::default()
    };
    if !text.trim().is_empty() || metadata.title.is_some() {
        let path = &intake.file.id;
        intake.give(article(id.to_owned(), path, text, metadata, TextKind::Given))?;
    }
    for (number, part) in (1..).zip(message.attachments()) {
        attachment(intake, id, part, number)?;
    }
    if before == (intake.report.documents, intake.report.skipped_total) {
        return Err(ProblemKind::Empty.into());
    }
    Ok(())
}

fn attachment(intake: &mut Intake<'_>, id: &str, part: &MessagePart<'_>, number: usize) -> Outcome {
    let name = part.attachment_name().unwrap_or_default().replace('\\', "/");
    if let PartType::Message(message) = &part.body {
        let name = if name.is_empty() { format!("{number}.eml") } else { name };
        let member = format!("{id}!{name}");
        return intake.member(&member, |intake| parsed(intake, &member, message));
    }
    if !Format::is_read(&name) {
        return Ok(());
    }
    let member = format!("{id}!{name}");
    intake.member(&member, |intake| {
        let input = Input::Bytes(part.contents().to_vec());
        read::content(intake, &member, &name, input)
    })
}

/// The name of the sender, or the address.
fn author(message: &Message<'_>) -> Option<String> {
    let sender = message.from()?.first()?;
    sender.name.as_ref().or(sender.address.as_ref()).map(|name| name.to_string())
}

/// The page in a file that a browser saved (no mail has that header), and its address.
fn saved_page(message: &Message<'_>) -> Option<(String, Option<String>)> {
    let location = message.header("Snapshot-Content-Location").and_then(|value| match value {
        HeaderValue::Text(text) => Some(text.to_string()),
        _ => None,
    });
    let is_saved = location.is_some()
        || message.from().is_some_and(|from| {
            let name =
                from.first().and_then(|from| from.name.as_deref().or(from.address.as_deref()));
            name.is_some_and(|name| name.starts_with("Saved by") || name.starts_with("<Saved by"))
        });
    let page = message.parts.iter().filter(|_| is_saved).find_map(|part| match &part.body {
        PartType::Html(html) => {
            Some((html.to_string(), part.content_location().map(str::to_owned)))
        }
        _ => None,
    });
    page.map(|(html, part)| (html, location.or(part)))
}

/// Reads the messages of a mailbox, one at a time.
pub(crate) fn mailbox(intake: &mut Intake<'_>, id: &str, input: Input<'_>) -> Outcome {
    let limit = intake.limits.document_bytes;
    let mut input = input.reader()?;
    let mut bytes = Vec::new();
    let mut line = Vec::new();
    let (mut number, mut is_blank, mut is_too_large) = (0usize, true, false);
    loop {
        line.clear();
        let length = input.by_ref().take(limit).read_until(b'\n', &mut line)?;
        let is_start = is_blank && line.starts_with(b"From ");
        if length == 0 || is_start {
            if number > 0 {
                boxed(intake, id, number, &bytes, is_too_large)?;
            }
            if length == 0 {
                return Ok(());
            }
            (number, is_too_large) = (number + 1, false);
            bytes.clear();
        } else if bytes.len() as u64 + line.len() as u64 > limit {
            is_too_large = true;
        } else if !is_too_large {
            // Lines that look like the start of a message are quoted.
            let quotes = line.iter().take_while(|byte| **byte == b'>').count();
            let is_quoted = quotes > 0 && line[quotes..].starts_with(b"From ");
            bytes.extend_from_slice(&line[usize::from(is_quoted)..]);
        }
        is_blank = line.trim_ascii().is_empty();
    }
}

fn boxed(
    intake: &mut Intake<'_>,
    id: &str,
    number: usize,
    bytes: &[u8],
    is_too_large: bool,
) -> Outcome {
    if is_too_large {
        let limit = intake.limits.document_bytes;
        let reason = format!("the message is larger than {limit} bytes; save it by itself");
        intake.skip(&Place::whole(&format!("{id}!{number}")), reason);
        return Ok(());
    }
    let message = match parse(bytes) {
        Ok(message) => message,
        Err(kind) => {
            intake.skip(&Place::whole(&format!("{id}!{number}")), kind.text());
            return Ok(());
        }
    };
    let name = message.message_id().map_or_else(|| number.to_string(), str::to_owned);
    let member = format!("{id}!{name}");
    intake.member(&member, |intake| parsed(intake, &member, &message))
}
