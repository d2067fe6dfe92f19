//! The elements and texts of a page in the order they stand in, so that what is in an element is a
//! run of nodes. Parsed by html5ever, as browsers do.

use std::ops::Range;
use std::rc::Rc;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{NodeData, RcDom};

/// A page.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

/// An element or a text.
#[derive(Debug)]
pub(super) struct Node {
    /// The number of the element around it; its own, if there is none.
    pub(super) parent: usize,
    /// One more than the number of the last node in it.
    pub(super) end: usize,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    Element {
        /// In lower case.
        name: Box<str>,
        attributes: Vec<(Box<str>, Box<str>)>,
    },
    Text(Box<str>),
}

impl Node {
    /// The name of an element, nothing for a text.
    pub(super) fn name(&self) -> &str {
        match &self.kind {
            Kind::Element { name, .. } => name,
            Kind::Text(_) => "",
        }
    }

    pub(super) fn attribute(&self, wanted: &str) -> Option<&str> {
        let Kind::Element { attributes, .. } = &self.kind else { return None };
        let found = attributes.iter().find(|(name, _)| **name == *wanted);
        found.map(|(_, value)| &**value)
    }

    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.attribute(name) == Some(value)
    }

    pub(super) fn has_class(&self, class: &str) -> bool {
        self.attribute("class")
            .is_some_and(|all| all.split_ascii_whitespace().any(|one| one == class))
    }
}

impl Tree {
    /// Parses a page, whatever it holds. Its first node is an element around all of it.
    pub(super) fn parse(html: &str) -> Tree {
        let page: RcDom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
        let root = Kind::Element { name: "".into(), attributes: Vec::new() };
        let mut tree = Tree { nodes: vec![Node { parent: 0, end: 0, kind: root }] };
        let mut left = vec![(0, Rc::clone(&page.document))];
        // What ends behind the nodes so far.
        let mut open = vec![0];
        while let Some((parent, node)) = left.pop() {
            let kind = match &node.data {
                NodeData::Element { name, attrs, .. } => Some(Kind::Element {
                    name: (&*name.local).into(),
                    attributes: attrs
                        .borrow()
                        .iter()
                        .map(|attribute| {
                            ((&*attribute.name.local).into(), (&*attribute.value).into())
                        })
                        .collect(),
                }),
                NodeData::Text { contents } => Some(Kind::Text((&**contents.borrow()).into())),
                _ => None,
            };
            let around = kind.map_or(parent, |kind| {
                let number = tree.nodes.len();
                while let Some(&last) = open.last()
                    && last != parent
                {
                    tree.nodes[last].end = number;
                    open.pop();
                }
                open.push(number);
                tree.nodes.push(Node { parent, end: 0, kind });
                number
            });
            left.extend(
                node.children.borrow().iter().rev().map(|child| (around, Rc::clone(child))),
            );
        }
        let all = tree.nodes.len();
        open.into_iter().for_each(|last| tree.nodes[last].end = all);
        tree
    }

    pub(super) fn node(&self, number: usize) -> &Node {
        &self.nodes[number]
    }

    /// The numbers of an element and of all that is in it, in order.
    pub(super) fn within(&self, number: usize) -> Range<usize> {
        number..self.nodes[number].end
    }

    /// The numbers of all nodes.
    pub(super) fn all(&self) -> Range<usize> {
        self.within(0)
    }

    /// The numbers of the elements around a node, the nearest first.
    pub(super) fn around(&self, number: usize) -> impl Iterator<Item = usize> {
        let parent = |number: &usize| {
            let parent = self.nodes[*number].parent;
            (parent != *number).then_some(parent)
        };
        std::iter::successors(parent(&number), parent)
    }

    /// The numbers of the elements of a name, in order.
    pub(super) fn named<'t>(&'t self, name: &'t str) -> impl Iterator<Item = usize> + 't {
        self.all().filter(move |number| self.nodes[*number].name() == name)
    }

    /// The first element that fits.
    pub(super) fn first(&self, fits: impl Fn(usize, &Node) -> bool) -> Option<usize> {
        self.all().find(|number| {
            let node = &self.nodes[*number];
            matches!(node.kind, Kind::Element { .. }) && fits(*number, node)
        })
    }

    /// All text in an element, as it stands.
    pub(super) fn text(&self, number: usize) -> String {
        let texts = self.within(number).map(|number| match &self.nodes[number].kind {
            Kind::Text(text) => &**text,
            Kind::Element { .. } => "",
        });
        texts.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_an_element_stands_behind_it() {
        let tree = Tree::parse(
            "<p id=A CLASS='x y'>Eins <b>zwei</b> drei<p>vier<template>fünf</template>",
        );
        let paragraphs: Vec<usize> = tree.named("p").collect();
        let texts: Vec<String> = paragraphs.iter().map(|number| tree.text(*number)).collect();
        assert_eq!(texts, ["Eins zwei drei", "vier"]);
        let bold = tree.named("b").next().unwrap();
        let around: Vec<&str> = tree.around(bold).map(|number| tree.node(number).name()).collect();
        assert_eq!(around, ["p", "body", "html", ""]);
        let first = tree.node(paragraphs[0]);
        assert!(first.is("id", "A") && first.has_class("y") && !first.has_class("x y"));
        assert_eq!(tree.all().len(), tree.within(0).len());
        assert_eq!(tree.first(|_, node| node.has_class("x")), Some(paragraphs[0]));
        assert_eq!(Tree::parse("").text(0), "");
    }
}
