"""How a name typed by a person is compared with the names of the store."""

from __future__ import annotations

import re
import unicodedata

#: Greek letters as they are written out in names of this field (the Unicode standard's names of them).
GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
#: Letters that NFKD leaves whole.
LIGATURES = {"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "ł": "l", "đ": "d"}
#: British digraphs after folding: "cryoglobulinaemia" and "cryoglobulinemia", "oedema" and "edema" compare equal.
BRITISH = re.compile(r"ae|oe(?=d|s)")
WORD = re.compile(r"[a-z]+|[0-9]+")


def words(name: str) -> tuple[str, ...]:
    """Return the name's words without case, diacritics, British digraphs, possessives and plurals.

    Letters and digits part: "CD20" and "CD 20" give the same words.
    """
    text = name.casefold().replace("’", "'").replace("'s ", " ").removesuffix("'s").replace("s' ", "s ")
    text = "".join(GREEK.get(c) or LIGATURES.get(c) or c for c in text)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return tuple(_singular(BRITISH.sub("e", word)) for word in WORD.findall(text))


def fold(name: str) -> str:
    """Return the words as one string, so that "anti-CD20", "antiCD20" and "anti CD 20" compare equal."""
    return "".join(words(name)) or " ".join(name.casefold().split())


def _singular(word: str) -> str:
    """Drop a plural's s; "lupus", "sclerosis" and "BLyS" keep theirs."""
    if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
