"""Synthetic citations for the benchmarks of whole runs: made up from a seed, the same ones every time.

Four sentences each, all with something to read. What grows with PubMed grows here too: names are drawn from the
curated lexicons, a few often and most seldom, so that there is always another claim; a drug in ten has a name that no
vocabulary knows; each citation has words of its own, six authors of some thousands at a few hundred centres, now and
then a trial's number or a link to another citation.

    PYTHONPATH=. python benchmarks/synthetic_citations.py 1000 OUT.xml
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from extractors.values import MentionType
from extractors.vocabulary.vocabulary import curated

HEAD = '<?xml version="1.0"?>\n<PubmedArticleSet>\n'
FIRST = 990_000_001
SYLLABLES = ("ba", "den", "fi", "gor", "hal", "ki", "lu", "mer", "no", "pra", "sten", "tu", "vi", "wes", "zo")
DESIGNS = ("In this randomised trial we studied", "In a retrospective cohort we studied", "In a case series we studied")
VERBS = ("reduced", "increased", "did not improve", "improved", "was associated with", "worsened")


@cache
def names(kind: MentionType) -> tuple[str, ...]:
    """Return the preferred names of the lexicons' concepts of a type, in a fixed order that is not the alphabet's."""
    found = sorted({c.name for c in curated().concepts() if c.type == kind})
    random.Random(1).shuffle(found)  # noqa: S311 (made-up text)
    return tuple(name[0].upper() + name[1:] for name in found)


def drawn(rng: random.Random, kind: MentionType) -> str:
    """Return a name, the n-th of its type 1/n as often as the first."""
    known = names(kind)
    return known[int(len(known) ** rng.random()) - 1]


def word(rng: random.Random, syllables: int) -> str:
    """Return a made-up word."""
    return "".join(rng.choices(SYLLABLES, k=syllables))


def drug_of(rng: random.Random) -> str:
    """Return a drug of the lexicons or, once in ten times, one that is in none."""
    return f"{word(rng, 3).title()}mab" if rng.random() < 0.1 else drawn(rng, MentionType.DRUG)


def citation(number: int) -> str:
    """Return one PubmedArticle; it depends on its number alone."""
    rng = random.Random(20261124 + number)  # noqa: S311 (made-up text)
    drug, other = drug_of(rng), drug_of(rng)
    disease, n = drawn(rng, MentionType.DISEASE), rng.randint(8, 300)
    ends = [drawn(rng, MentionType.OUTCOME) for _ in range(2)]
    trial = f" (NCT{rng.randrange(10**8):08})" if rng.random() < 0.05 else ""
    abstract = (
        f"{rng.choice(DESIGNS)} {drug} in {n} patients with {disease}{trial}. "
        f"{drug} {rng.choice(VERBS)} {ends[0]} compared with placebo (p = 0.0{n % 9}). "
        f"{other} {rng.choice(VERBS)} {ends[1]} in {disease}, as the {word(rng, 4)} of {word(rng, 4)} shows. "
        f"Infections were seen in {n // 7} of {n} patients."
    )
    title = f"{drug} for {disease}"
    year = rng.randint(1995, 2024)
    link = ""
    if number and rng.random() < 0.03:
        link = f'<CommentsCorrections RefType="CommentOn"><PMID>{FIRST + rng.randrange(number)}</PMID>'
        link = f"<CommentsCorrectionsList>{link}</CommentsCorrections></CommentsCorrectionsList>"
    return (
        f'<PubmedArticle><MedlineCitation><PMID Version="1">{FIRST + number}</PMID>'
        "<DateRevised><Year>2024</Year><Month>05</Month><Day>06</Day></DateRevised>"
        f"<Article><Journal><JournalIssue><PubDate><Year>{year}</Year></PubDate></JournalIssue><Title>Journal</Title>"
        f"</Journal><ArticleTitle>{escape(title)}</ArticleTitle>"
        f"<Abstract><AbstractText>{escape(abstract)}</AbstractText></Abstract>{_authors(rng)}</Article>{link}"
        "</MedlineCitation></PubmedArticle>\n"
    )


def _authors(rng: random.Random) -> str:
    place = f"Department of {word(rng, 2).title()}, University Hospital {word(rng, 2).title()}"
    team = "".join(
        f'<Author ValidYN="Y"><LastName>{word(rng, 3).title()}</LastName><ForeName>{rng.choice("ABCDEFGH")}</ForeName>'
        f"<Initials>{rng.choice('ABCDEFGH')}</Initials>"
        f"<AffiliationInfo><Affiliation>{place}</Affiliation></AffiliationInfo></Author>"
        for _ in range(6)
    )
    return f'<AuthorList CompleteYN="Y">{team}</AuthorList>'


def citations(count: int) -> Iterator[str]:
    """Yield the first so many."""
    return map(citation, range(count))


def write(count: int, file: Path) -> None:
    """Write the first so many as a MEDLINE file."""
    with file.open("w", encoding="utf-8") as stream:
        stream.write(HEAD)
        stream.writelines(citations(count))
        stream.write("</PubmedArticleSet>\n")


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
