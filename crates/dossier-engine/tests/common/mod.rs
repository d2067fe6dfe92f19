//! What several tests start from.

// Each test uses some of it.
#![allow(dead_code)]

use dossier_engine::{Document, Index, Searcher};

/// An index in memory with some documents, put in one go.
pub fn index(documents: impl IntoIterator<Item = Document>) -> Searcher {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    documents.into_iter().for_each(|document| writer.put(document).unwrap());
    writer.commit().unwrap();
    index.searcher().unwrap()
}

/// A document with a title and a text.
pub fn document(id: &str, title: &str, body: &str) -> Document {
    let (title, body) = (title.to_owned(), body.to_owned());
    Document { id: id.to_owned(), title, body, ..Document::default() }
}

/// Documents without titles: id and text.
pub fn bodies(bodies: &[(&str, &str)]) -> Searcher {
    index(bodies.iter().map(|(id, body)| document(id, "", body)))
}
