"""The corpus of hostile strings, and a store whose articles are made of them."""

from __future__ import annotations

import json
from pathlib import Path

from extractors.records import (
    Argument,
    Article,
    Author,
    Claim,
    Concept,
    Course,
    Evidence,
    Mention,
    MentionType,
    Passage,
    Predicate,
    Sentence,
    Study,
    StudyDesign,
)
from extractors.values import Effect
from graphs.assembly import assemble
from graphs.store import Store

CORPUS = tuple(
    json.loads(line)["text"]
    for line in (Path(__file__).parent / "hostile.jsonl").read_text(encoding="utf-8").splitlines()
)
#: Set by every script of the corpus that runs.
HIT = "window.__hit"


def article_id(number: int) -> str:
    """Return the id of the article made of one string."""
    return f"PMID:{991_000_000 + number}"


def build(folder: Path) -> None:
    """Write a run's folder: each string is a title, an abstract, a name of its concept, an author and a journal."""
    folder.mkdir(parents=True)
    with Store(folder / "sicca.db") as store:
        store.put_concepts(
            Concept(f"X:{n}", text or "empty", MentionType.DRUG, (text[::-1],)) for n, text in enumerate(CORPUS)
        )
        for number, text in enumerate(CORPUS):
            put(store, number, text)
        assemble(store)
        store.record_run(json.dumps({"config": CORPUS[0], "started": CORPUS[1], "read": [[CORPUS[2], 1]]}))
    (folder / "report.html").write_text(f"<h1>{CORPUS[0]}</h1><p>{''.join(CORPUS[:40])}</p>", encoding="utf-8")


def put(store: Store, number: int, text: str) -> None:
    """Store the article of one string."""
    title, abstract = f"Title {text}", f"{text} treats {text}."
    first = len(title) + 1
    end = first + len(text)
    span = (first, max(end, first + 1))
    drug = Argument(f"X:{number}", text, MentionType.DRUG, (span,))
    disease = Argument(None, text or "empty", MentionType.DISEASE, ((end + 8, end + 8 + len(text)),))
    sentence = (first, first + len(abstract))
    evidence = Evidence(
        article_id(number),
        Claim(drug, Predicate.TREATS, disease),
        sentence,
        text[:50],
        effect=Effect.EFFECTIVE,
        cues=((text[:20] or "trigger", *span),),
        why=text,
    )
    store.put(
        Article(
            article_id(number),
            title,
            abstract,
            (Passage(0, len(title)), Passage(first, first + len(abstract), text[:40], None)),
            journal=text,
            year=2020,
            doi=text,
            authors=(Author(text, text, text[:3]),),
            keywords=(text,),
        ),
        (Sentence(0, len(title), 0), Sentence(*sentence, 1)),
        (Mention(*span, (title + "\n" + abstract)[slice(*span)], MentionType.DRUG, f"X:{number}", text, "test"),),
        (evidence,),
        (Course(article_id(number), disease, (drug,), sentence, prior=(drug,), prior_reason="refractory"),),
        Study(article_id(number), StudyDesign.COHORT, registrations=(text,), species=(text,)),
        stage_key="k",
    )
