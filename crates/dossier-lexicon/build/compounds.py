"""Learns, from nothing but word lists, which strings begin German compounds and which nouns end them.

Every noun, and every frequent word the lexicon lacks, is cut in two in all possible ways; expectation maximisation shares its one
count among the cuts (and the reading that it is no compound), until the shares stop moving. The result is a score of 1 to 15 for
each first part as written (Verteidigungs, Waffen, Schul, Schreib) and each noun as a second part: log-probabilities in steps.
"""
import math
import re
from collections import Counter, defaultdict

from sources import key

LINKS = ("", "s", "es", "n", "en", "er", "e", "ens", "ns")
# Adverbs and the declined forms of adjectives (halbwegs, ehemals, lebhafte) would look like compounds of a noun: of Weg, Mal and Haft, no form
# that is one of those too is a part.
# Endings and function words that are nouns in a dictionary, but in a compound are part of something else.
NEVER = set("""ung heit keit schaft tum nis ling lein chen ion ionen ismus enz anz tät ik eur ist or er in iker el ant ent är ier ium ing ning stung
tion tionen isch lich sam bar hafte haften haftes hafts hafter ten den gen ren nen sen ern eln ste sten ter tern lung rung nung tung dung gung kung zung sung igung erung ierung
erin innen erinnen rinnen ei ie ur us al ell ar ver entz zer emp miss ge be un ab an auf aus ein zu um en es der die das des dem und
mer ber ner ler ger ker per fer ser zer sel gel tel bel nel del let ett ell ine ane one iner aner itis ose osen iden ide ate aten ase asen ol
aden aller alls als alt am bis da dar den denn dir dort du eh eine einen einer eines ihm ihn ihr im ins ist ja je man mit nah
nie noch nun nur ob ohne per pro schon sehr sein sich sie so tun viel von vom vor wann war was wegs mals wen wer wie wir wo zum zur
verb bet gest gew geb dia log dis pas supp shop eng manch gar tein ur vor nach mit wieder zusammen bei über unter hinter rück bare same bares eren isch ission los lose loser losen lich liche licher lichen ige igen iger ische ischen ischer ste ster stens elle ellen inen erei ereien""".split())
# First parts that are no nouns, verbs or adjectives.
PARTICLES = """außen innen haupt neben gegen zwischen nicht selbst voll ober allein sonder
zwei drei vier fünf sechs sieben acht neun zehn elf zwölf hundert tausend halb viel mehr einzel doppel dreifach erst letzt best höchst mindest
bio geo öko euro elektro mikro makro mini maxi multi poly mono tele video audio auto thermo hydro aero foto photo radio psycho sozio neuro agrar
vize super top end polit online ultra extra mega giga nano kilo kardio gastro petro ost west nord süd südost südwest nordost nordwest kultus wirk schwimm anti
hoch tief fern fremd lieblings lieb stief schwieger grund spitzen riesen fach gesamt teil sub quasi pseudo semi retro meta hyper kontra cyber""".split()
PREFIXES = """be ent er ge miss ver zer ab an auf aus bei ein her hin los mit nach um vor weg wider wieder zu über unter durch un ur dar
voll red gegen""".split()
SMALLEST = {"ei", "öl", "uhr", "see", "tee", "bus", "typ", "tür", "amt", "art", "arm", "arzt", "ohr", "ort", "eis", "rat", "rad", "weg", "wut", "not", "tat", "tag", "tor", "ton", "tod", "zug",
            "hof", "hut", "bad", "bau", "akt", "abt", "ast", "axt", "boot", "bär", "fuß", "gas", "gut", "hai", "hof", "jod", "kai", "kur", "kuh", "lob", "los", "maß", "mut", "müll",
            "öle", "rum", "ruf", "sud", "süd", "ost", "ulk", "zoo", "zar", "zeh", "pfad", "all", "ehe", "uni", "rom", "job", "web", "box", "bar", "pop", "rap", "kap", "dom", "gel", "gen", "erz", "erb", "ehr", "reh", "typ", "team", "lok", "lkw", "pkw", "tau", "kot", "lot", "aal", "bub", "hub", "hun", "lid", "rock", "rot", "sog", "weh", "uhu", "zinn", "elf", "emu", "fee", "fön", "han", "ire", "jahr", "abi", "ass", "akku", "alp", "aue", "bit", "boy", "bug", "dur", "eid", "eile", "fan", "fax", "gag", "gau", "gnu", "hit", "ion", "kfz", "kanu", "kit", "koch", "max", "mob", "moll", "moor", "opa", "oma", "oper", "pol", "pub", "puma", "rom", "set", "sex", "show", "spa", "tal", "tuch", "tube", "udo", "vip", "wal", "wc", "yen", "heu", "lamm", "teig", "zahn", "fell", "alm", "ufo", "ski", "ära", "duo", "cup", "abo"}
# Too short to begin a compound safely (App|laus), but not to end one.
ONLY_LAST = {"app"}
# What ends more names than compounds: Selenski.
ONLY_FIRST = {"ski"}


# Occurrences behind a first part from which on a nominalised participle is a head: most (Gebratene, Folgende) are none.
LEAST_PARTICIPLE = 0.8
NOUN = 1


def candidates(nouns, verbs, adjectives, flags, of_key):
    """First parts as written -> (prior weight, lemma); several lemmas: the more frequent."""
    found = {}

    def add(part, lemma, weight):
        if len(part) < 3 and part not in SMALLEST or part in NEVER or not part.isalpha():
            return
        if len(part) == 3 and part not in SMALLEST:
            return
        if part not in found or weight > found[part][0]:
            found[part] = (weight, lemma)

    for lemma, (kinds, gender, forms) in nouns.items():
        if not kinds & {"common", "place"} or key(lemma) in NEVER:
            continue
        lemma = key(lemma)
        f = of_key[lemma] + 1
        weight = f ** 0.5
        for form in {key(form) for form in forms}:
            add(form, lemma, weight * (1 if form == lemma else 0.7))
        add(lemma + "s", lemma, weight * (1 if lemma.endswith(("ung", "heit", "keit", "schaft", "ion", "tät", "tum", "ling", "sal", "ing")) else 0.1))
        for link in ("es", "n", "en", "er", "e", "ens", "ns"):
            add(lemma + link, lemma, weight * 0.03)
        if lemma.endswith("e") and len(lemma) > 4:
            add(lemma[:-1], lemma, weight * 0.5)
            add(lemma[:-1] + "s", lemma, weight * 0.05)
        if lemma.endswith("en") and len(lemma) > 5:
            add(lemma[:-2], lemma, weight * 0.1)
    for lemma in verbs:
        lemma = key(lemma)
        stem = lemma[:-2] if lemma.endswith("en") else lemma[:-1]
        weight = (of_key[lemma] + 1) ** 0.5 * 0.5
        add(stem, lemma, weight if len(stem) > 3 else weight * 0.3)
        add(stem + "e", lemma, weight * 0.1)
        if stem.endswith(("chn", "dn", "gn", "ffn", "fn")):
            add(stem[:-1] + "en", lemma, weight * 0.2)
    for lemma in adjectives:
        lemma = key(lemma)
        if len(lemma) > 3 or lemma in ("rot", "neu", "alt"):
            add(lemma, lemma, (of_key[lemma] + 1) ** 0.5 * 0.3)
    for part in PARTICLES:
        part = key(part)
        found[part] = (max(30.0, found.get(part, (0, ""))[0]), found.get(part, (0, part))[1])
    return found


def participles_as_heads(nominalised, verbs, flags, of_key):
    """Forms of nominalised participles (Abgeordnete, Vorsitzender): form -> (weight, participle)."""
    participles = {key(form) for roles in verbs.values() for form in roles["pa1"] | roles["pa2"]}
    found = {}
    for lemma, (kinds, _, forms) in nominalised.items():
        for form in {key(form) for form in forms} if "common" in kinds else ():
            base = next((form[: -len(ending)] for ending in ("en", "er", "em", "es", "e") if form.endswith(ending) and form[: -len(ending)] in participles), "")
            if len(base) > 5 and form not in flags and not flags[base] & NOUN:
                found[form] = ((of_key.get(form, 0) + 1) ** 0.5, base)
    return found


def learn(nouns, nominalised, verbs, adjectives, flags, of_key):
    first = candidates(nouns, verbs, adjectives, flags, of_key)
    lemma_of = {}
    for lemma, (kinds, _, forms) in nouns.items():
        if "common" not in kinds:
            continue
        for form in forms:
            form = key(form)
            if form not in lemma_of or of_key[key(lemma)] > of_key[lemma_of[form]]:
                lemma_of[form] = key(lemma)
    second = {}
    for form in flags:
        if form in lemma_of and not {form, lemma_of[form]} & (NEVER | ONLY_FIRST) and form.isalpha() and (len(form) > 3 or form in SMALLEST | ONLY_LAST):
            second[form] = (of_key[form] + 1) ** 0.5
    participles = participles_as_heads(nominalised, verbs, flags, of_key)
    for form, (weight, base) in participles.items():
        second[form], lemma_of[form] = weight, base
    words = {key(lemma) for lemma, (kinds, _, _) in nouns.items() if "common" in kinds}
    # The frequency list does not tell nouns from adjectives and participles: leave out what is inflected like those.
    inflected = re.compile(r"(end|bar|los|isch|lich|ig|sam|haft|ert|elt|iert|frei|voll|fähig)(e|er|es|en|em|ere|eren|ste|sten)?$")
    words |= {word for word in of_key if len(word) >= 8 and word not in flags and not inflected.search(word)}
    cuts = {}
    for word in words:
        if len(word) < 6 or len(word) > 40:
            continue
        here = [(word[:at], word[at:]) for at in range(2, len(word) - 1) if word[at:] in second and word[:at] in first]
        if here:
            cuts[word] = here
    # Of nominalised participles nothing is learned but that they are heads: Parteivorsitz|ende is no cut.
    for word in sorted({key(lemma) for lemma in nominalised} - words):
        here = [(word[:at], word[at:]) for at in range(2, len(word) - 1) if word[at:] in participles and word[:at] in first]
        if here:
            cuts[word] = here
    print(len(words), "words", len(cuts), "with a cut")

    def normalised(weights):
        total = sum(weights.values())
        return {part: weight / total for part, weight in weights.items()}

    p_first = normalised({part: weight for part, (weight, _) in first.items()})
    p_second = Counter()
    for form, weight in second.items():
        p_second[lemma_of[form]] += weight
    p_second = normalised(p_second)
    known = {word for word in cuts if word in flags}
    # The reading "no compound": about the probability of a frequent first part with a rare noun.
    simplex = 3e-9
    # A known word behind a verb's prefix (Ver|stand, Ab|stand) is far likelier than any cut.
    derived = {word for word in cuts for prefix in PREFIXES if word.startswith(prefix) and len(word) > len(prefix) + 3
               and word[len(prefix):] in flags}
    for turn in range(4):
        n_first, n_second = Counter(), Counter()
        for word, here in cuts.items():
            weights = [p_first.get(a, 0) * p_second.get(lemma_of[b], 0) for a, b in here]
            whole = 1e-5 if word in derived else simplex * (1 + of_key[word]) ** 0.5 if word in known else simplex * 0.1
            total = sum(weights) + whole
            for (a, b), weight in zip(here, weights):
                n_first[a] += weight / total
                n_second[lemma_of[b]] += weight / total
        prior_first, prior_second = sum(n_first.values()) * 0.1, sum(n_second.values()) * 0.1
        base_first = normalised({part: weight for part, (weight, _) in first.items()})
        p_first = normalised({part: n_first[part] + prior_first * base_first[part] for part in first})
        base = Counter()
        for form, weight in second.items():
            base[lemma_of[form]] += weight
        base = normalised(base)
        p_second = normalised({lemma: n_second[lemma] + prior_second * base[lemma] for lemma in base})

    def score(p):
        # 15 for the commonest part (p above e^-6), one less for each 0.75 below: 1 is p of e^-17.
        return max(0, min(15, round(15 + (math.log(p) + 6) / 0.75))) if p > 0 else 0

    modifiers = {part: (score(p_first[part]), lemma) for part, (_, lemma) in first.items()}
    modifiers = {part: (s, lemma) for part, (s, lemma) in modifiers.items()
                 if s > 0 and (n_first[part] >= 0.8 or part in flags or s >= 4)}
    heads = {form: score(p_second[lemma_of[form]]) for form in second if form not in participles}
    # The participle itself carries the score: its declined forms are no entries. Those that end no compound of the word lists stay out.
    heads.update((base, score(p_second[base])) for _, base in participles.values() if n_second[base] >= LEAST_PARTICIPLE)
    print("first parts:", [(p, round(n)) for p, n in n_first.most_common(60)])
    print("second parts:", [(p, round(n)) for p, n in n_second.most_common(60)])
    return modifiers, heads
