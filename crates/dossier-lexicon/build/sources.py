"""Reads the packages the lexicon is made from (SOURCES names the versions): words, their forms, and how frequent they are."""
import csv
import json
import re
from collections import defaultdict
from pathlib import Path

WORD = re.compile(r"[a-zäöüß]+")
LETTERS = str.maketrans({"é": "e", "è": "e", "ê": "e", "ë": "e", "á": "a", "à": "a", "â": "a", "ã": "a", "å": "a", "ç": "c", "ñ": "n",
                         "ó": "o", "ò": "o", "ô": "o", "õ": "o", "ø": "o", "í": "i", "ì": "i", "î": "i", "ï": "i", "ú": "u", "ù": "u", "û": "u",
                         "ł": "l", "š": "s", "ž": "z", "č": "c", "ć": "c", "ń": "n", "ś": "s", "ý": "y", "ğ": "g", "ş": "s", "đ": "d"})


def key(word):
    """The spelling under which the lexicon keeps a word: lower case, ß as ss, ae oe ue as umlauts, no other diacritics.

    The same mapping is `key` in dossier-german's lexicon.rs: both must change together.
    """
    word = word.lower().translate(LETTERS).replace("ß", "ss").replace("-", "")
    out = []
    for c in word:
        if c == "e" and out and out[-1] in "aou":
            before = out[-2] if len(out) > 1 else ""
            if out[-1] != "u" or before not in tuple("aeiouyqäöü"):
                out[-1] = {"a": "ä", "o": "ö", "u": "ü"}[out[-1]]
                continue
        out.append(c)
    return "".join(out)


def nouns(folder):
    """Nouns and names: lemma -> (kinds: common, person, place, singular; gender; forms)."""
    found = defaultdict(lambda: [set(), "", set()])
    persons, places, no_words = {"Vorname", "Nachname"}, {"Toponym", "Straßenname", "Eigenname"}, {"Affix", "Suffix", "Buchstabe", "Gebundenes Lexem"}
    with open(folder / "german_nouns" / "nouns.csv", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            lemma = row["lemma"]
            if " " in lemma or lemma.startswith("-") or lemma.endswith("-") or len(lemma) < 2:
                continue
            kinds = set(row["pos"].split(","))
            if kinds & no_words:
                continue
            entry = found[lemma]
            entry[0].add("person" if kinds & persons else "place" if kinds & places else "common")
            if any(v for k, v in row.items() if k.startswith("nominativ singular")):
                entry[0].add("singular")
            entry[1] = entry[1] or row["genus"] or row["genus 1"]
            cases = ("nominativ", "genitiv", "dativ", "akkusativ")
            entry[2].update(v for k, v in row.items() if k.startswith(cases) and v and " " not in v)
            entry[2].add(lemma)
    with open(folder / "words.json", encoding="utf-8") as lines:
        for lemma, row in json.load(lines).items():
            if " " in lemma or len(lemma) < 2 or not lemma[0].isupper():
                continue
            entry = found[lemma]
            if not entry[0]:
                entry[0].add("common")
            if isinstance(row.get("NOM"), dict) and row["NOM"].get("SIN"):
                entry[0].add("singular")
            entry[1] = entry[1] or row.get("G", "").lower()
            entry[2].update(form for case in row.values() if isinstance(case, dict) for form in case.values() if " " not in form)
            entry[2].add(lemma)
    return {lemma: tuple(entry) for lemma, entry in found.items()}


def verbs(folder):
    """Verbs: lemma -> forms by role (inf, pa1, pa2, zu, finite, unreal for what only the second subjunctive has)."""
    found = {}
    for lemma, row in json.load(open(folder / "verbs.json", encoding="utf-8")).items():
        finite, unreal = set(), set()

        def collect(value, finite):
            if isinstance(value, dict):
                for inner in value.values():
                    collect(inner, finite)
            elif isinstance(value, list):
                finite.add(value[1] + value[0] if len(value) == 2 else "".join(value))
            elif isinstance(value, str):
                finite.add(value)

        for tense in ("KJ1", "KJ2", "PRÄ", "PRT", "IMP"):
            if not (tense == "IMP" and row.get("hasPrefix")):
                collect(row.get(tense, {}), unreal if tense == "KJ2" else finite)
        second = row.get("PA2", [])
        found[lemma] = {"inf": {row.get("INF", lemma)}, "pa1": {row["PA1"]} if row.get("PA1") else set(),
                        "pa2": set(second if isinstance(second, list) else [second]),
                        "zu": {row["EIZ"]} if row.get("EIZ") else set(), "finite": {f for f in finite if " " not in f}, "unreal": {f for f in unreal - finite if " " not in f}}
    return found


def adjectives(folder):
    """Adjectives: lemma -> forms."""
    found = {}
    for lemma, row in json.load(open(folder / "adjectives.json", encoding="utf-8")).items():
        forms = {lemma}

        def collect(value):
            for inner in value.values():
                collect(inner) if isinstance(inner, dict) else forms.add(inner)

        collect(row)
        found[lemma] = {form for form in forms if form and " " not in form}
    return found


def frequencies():
    """Occurrences per billion words, by lower-case form."""
    from wordfreq import get_frequency_dict
    return {word: f * 1e9 for word, f in get_frequency_dict("de", wordlist="large").items() if WORD.fullmatch(word)}
