"""Citations a CPU second and peak memory of pipeline.fetch.medline, beside Bio.Entrez.read on the same file.

Run: python benchmarks/medline_parser.py [--citations 30000] [--entrez 3000]

The citations are made up from a seed: structured abstract, six authors with affiliations, twelve MeSH headings, forty
references; 15 kB each, which is much. Each parser reads in a process of its own, so that peak memory is its own.
"lxml alone" is lxml.iterparse that looks at nothing: what no reader built on it can beat.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

#: A DTD that Bio.Entrez ships; it refuses to read a file whose DTD it would have to fetch.
PROLOG = (
    '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2019//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_190101.dtd">\n<PubmedArticleSet>\n'
)
SENTENCE = (
    "patients with dry eyes and mouth were given an antibody against B cells for one year of follow-up in an open "
    "study because cryoglobulins had come back after earlier treatment while the level of BAFF in serum rose again"
)
FIRST_PMID = 990_000_001


def prose(rng: random.Random, words: int) -> str:
    """Return a sentence of so many words, with markup as PubMed has it."""
    return " ".join(rng.choices(SENTENCE.split(), k=words)) + f" (<i>n</i> = {rng.randint(3, 300)}, CD19<sup>+</sup>)."


def citation(rng: random.Random, pmid: int) -> str:
    """Return one PubmedArticle."""
    parts = "".join(
        f'<AbstractText Label="{label}" NlmCategory="{label}">{prose(rng, 60)}</AbstractText>\n'
        for label in ("BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS")
    )
    authors = "".join(
        f'<Author ValidYN="Y"><LastName>Author{rng.randint(1, 9999)}</LastName><ForeName>Ada B</ForeName>'
        f"<Initials>AB</Initials><AffiliationInfo><Affiliation>{prose(rng, 12)}</Affiliation></AffiliationInfo>"
        "</Author>\n"
        for _ in range(6)
    )
    mesh = "".join(
        f'<MeshHeading><DescriptorName UI="D{rng.randint(1, 99999):06}" MajorTopicYN="N">Heading</DescriptorName>'
        '<QualifierName UI="Q000188" MajorTopicYN="Y">drug therapy</QualifierName></MeshHeading>\n'
        for _ in range(12)
    )
    references = "".join(
        f'<Reference><Citation>{prose(rng, 8)}</Citation><ArticleIdList><ArticleId IdType="pubmed">'
        f"{rng.randint(1, 39_999_999)}</ArticleId></ArticleIdList></Reference>\n"
        for _ in range(40)
    )
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>\n'
        "<DateCompleted><Year>2024</Year><Month>01</Month><Day>02</Day></DateCompleted>"
        "<DateRevised><Year>2024</Year><Month>05</Month><Day>06</Day></DateRevised>\n"
        '<Article PubModel="Print"><Journal><ISSN IssnType="Print">0000-0000</ISSN><JournalIssue CitedMedium="Print">'
        "<Volume>1</Volume><Issue>2</Issue><PubDate><Year>2024</Year><Month>Jan</Month></PubDate></JournalIssue>"
        "<Title>Journal</Title><ISOAbbreviation>J</ISOAbbreviation></Journal>\n"
        f"<ArticleTitle>{prose(rng, 12)}</ArticleTitle><Pagination><MedlinePgn>1-9</MedlinePgn></Pagination>"
        f'<ELocationID EIdType="doi" ValidYN="Y">10.5555/{pmid}</ELocationID>\n<Abstract>{parts}</Abstract>'
        f'<AuthorList CompleteYN="Y">{authors}</AuthorList><Language>eng</Language><PublicationTypeList>'
        '<PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList></Article>\n'
        "<MedlineJournalInfo><MedlineTA>J</MedlineTA></MedlineJournalInfo>"
        f"<MeshHeadingList>{mesh}</MeshHeadingList></MedlineCitation>\n"
        f'<PubmedData><PublicationStatus>ppublish</PublicationStatus><ArticleIdList><ArticleId IdType="pubmed">{pmid}'
        f"</ArticleId></ArticleIdList><ReferenceList>{references}</ReferenceList></PubmedData></PubmedArticle>\n"
    )


def citations(count: int) -> Iterator[str]:
    """Yield the synthetic citations, the same ones every time."""
    rng = random.Random(20261123)  # noqa: S311 (made-up text)
    return (citation(rng, FIRST_PMID + number) for number in range(count))


def write(path: Path, count: int) -> float:
    """Write a file of so many citations and return its size in MB."""
    with path.open("w", encoding="utf-8") as file:
        file.write(PROLOG)
        file.writelines(citations(count))
        file.write("</PubmedArticleSet>\n")
    return path.stat().st_size / 1e6


def count_with(parser: str, path: Path) -> int:
    """Read the file with a parser and return the number of citations."""
    if parser == "medline":
        from pipeline.fetch import medline  # in the child alone, as below

        return sum(1 for _ in medline.read(path))
    if parser == "lxml alone":
        from lxml import etree

        count = 0
        for _, element in etree.iterparse(path, tag="PubmedArticle"):
            count += 1
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        return count
    from Bio import Entrez

    with path.open("rb") as file:
        return len(Entrez.read(file)["PubmedArticle"])


def measure(parser: str, path: Path) -> tuple[int, float, float]:
    """Return citations, citations a CPU second and peak memory in MB of a parser in its own process."""
    command = [sys.executable, __file__, "--child", parser, str(path)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return int(printed[0]), float(printed[1]), float(printed[2])


def child(parser: str, path: Path) -> None:
    """Print count, citations a CPU second and peak memory of this process."""
    started = time.process_time()
    count = count_with(parser, path)
    seconds = time.process_time() - started
    print(count, count / seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--citations", type=int, default=30_000, metavar="N")
    arguments.add_argument(
        "--entrez", type=int, default=3_000, metavar="N", help="citations for Bio.Entrez; 0 for none"
    )
    arguments.add_argument("--child", nargs=2, metavar=("PARSER", "FILE"), help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.child:
        child(options.child[0], Path(options.child[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "citations.xml"
        print(f"{'parser':<18}{'citations':>10}{'MB':>8}{'citations/CPU s':>18}{'MB/CPU s':>10}{'peak MB':>10}")
        speeds = {}
        for parser, wanted in (
            ("medline", options.citations),
            ("lxml alone", options.citations),
            ("medline", max(1, options.citations // 10)),
            ("medline", options.entrez),
            ("Bio.Entrez.read", options.entrez),
        ):
            if not wanted:
                continue
            size = write(path, wanted)
            count, speeds[parser], peak = measure(parser, path)
            print(
                f"{parser:<18}{count:>10,}{size:>8.1f}{speeds[parser]:>18,.0f}"
                f"{size * speeds[parser] / count:>10.0f}{peak:>10.0f}"
            )
        if options.entrez:
            ratio = speeds["medline"] / speeds["Bio.Entrez.read"]
            print(
                f"medline reads {ratio:.1f} times as fast as Bio.Entrez.read on the same {options.entrez:,} citations"
            )


if __name__ == "__main__":
    main()
