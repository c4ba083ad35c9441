"""CPU time of the whole extraction, document in, mentions, claims, courses and study out: by stage and in all.

    PYTHONPATH=. python benchmarks/extraction.py --records ../shared/pubmed/domain.xml.gz --count 100

One process and one core. Reading the file and loading the models are timed apart. The sample is every n-th record of
the file, the same in each run, each read once as in a real run. Where other work shares the machine, `--repeat 3` reads
the sample three times and counts the least time of each stage and article; words met before are read faster than new
ones, so that this is a little kinder.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from extractors import registry
from extractors.language.nlp import build_nlp, parse
from extractors.records import Article
from extractors.study import StudyReader
from pipeline import documents
from pipeline.config import Extraction as Settings

Result = TypeVar("Result")


class Stages:
    """The extractors of the default settings, with or without the encoder of claims and courses, each timed."""

    def __init__(self, *, encoder: bool) -> None:
        settings = Settings(options={"classifier": {"encoder": encoder}})
        options = settings.options
        self._nlp = build_nlp()
        self._mentions = [registry.build_mentions(name, options.get(name, {})) for name in settings.mentions]
        self._claims = [registry.build_claims(name, options.get(name, {})) for name in settings.claims]
        self._study, self._courses = StudyReader(), registry.build_courses({"encoder": encoder})
        self.names = ("language", *(m.name for m in self._mentions), *(c.name for c in self._claims))
        self.names += ("study", "courses")

    def extract(self, article: Article) -> dict[str, float]:
        """Return the CPU seconds that each stage took on an article."""
        seconds: dict[str, float] = {}

        def timed(name: str, work: Callable[[], Result]) -> Result:
            began = time.process_time()
            result = work()
            seconds[name] = seconds.get(name, 0.0) + time.process_time() - began
            return result

        (document,) = timed("language", lambda: tuple(parse((article,), self._nlp)))
        for recogniser in self._mentions:
            read = document
            document = timed(recogniser.name, lambda r=recogniser, d=read: d.with_mentions(r.extract(d)))  # type: ignore[misc]
        for claims in self._claims:
            timed(claims.name, lambda c=claims: tuple(c.extract(document)))  # type: ignore[misc]
        timed("study", lambda: self._study.extract(document))
        timed("courses", lambda: tuple(self._courses.extract(document)))
        return seconds


def sample(path: Path, count: int) -> list[Article]:
    """Return `count` articles spread over a file; all of them where it has no more."""
    articles = list(documents.read(str(path)))
    return [articles[i * len(articles) // count] for i in range(count)] if count < len(articles) else articles


@click.command()
@click.option("--records", type=click.Path(exists=True, path_type=Path), required=True, help="MEDLINE XML, JSON lines.")
@click.option("--count", type=click.IntRange(min=1), default=100, show_default=True, help="Articles of the sample.")
@click.option("--repeat", type=click.IntRange(min=1), default=1, show_default=True, help="Readings of each article.")
@click.option(
    "--encoder/--no-encoder", default=True, show_default=True, help="The encoder's say in claims and courses."
)
def main(records: Path, count: int, repeat: int, encoder: bool) -> None:
    """Print the table."""
    print(f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f} when it began")
    began = time.process_time()
    articles = sample(records, count)
    print(f"read {records.name}: {time.process_time() - began:.2f} CPU s")
    began = time.process_time()
    stages = Stages(encoder=encoder)
    print(f"load: {time.process_time() - began:.2f} CPU s")
    totals = dict.fromkeys(stages.names, 0.0)
    readings = [[stages.extract(article) for article in articles] for _ in range(repeat)]
    for of_article in zip(*readings, strict=True):
        for name in stages.names:
            totals[name] += min(reading[name] for reading in of_article)
    whole = sum(totals.values())
    for name in stages.names:
        print(f"{name:12} {1000 * totals[name] / len(articles):7.2f} ms an abstract {totals[name] / whole:6.1%}")
    characters = sum(len(article.text) for article in articles) / len(articles)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'all':12} {1000 * whole / len(articles):7.2f} ms an abstract: {len(articles) / whole:.1f} a CPU second")
    print(f"{len(articles)} articles of {characters:.0f} characters on average; {memory:.0f} MB at most")


if __name__ == "__main__":
    main()
