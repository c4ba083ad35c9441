import gzip
import io
import json
import tarfile
from pathlib import Path

import pytest

from extractors.training.ner_corpora import (
    Annotated,
    held_out,
    read_gold,
    read_pubtator,
    read_standoff,
    read_unlabelled,
)
from extractors.values import MentionType

PUBTATOR = """1|t|Examplin for gout
1|a|It helped.
1\t0\t8\tExamplin\tChemical\tD1
1\t13\t17\tgout\tDisease\tD2
1\tCID\tD1\tD2

2|t|Nothing
2|a|
"""


def write_tar(path: Path, files: dict[str, str]) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content.encode())
            tar.addfile(info, io.BytesIO(content.encode()))
    return path


def gold_line(identifier: str, forms: list[str]) -> str:
    entity = {"key": "x", "type": "Disease", "mentions": forms}
    return json.dumps({"id": identifier, "title": "Gout", "abstract": "Acute gout, not gouty.", "entities": [entity]})


def test_read_pubtator_takes_mentions_and_leaves_relations(tmp_path: Path) -> None:
    path = tmp_path / "a.pubtator"
    path.write_text(PUBTATOR, encoding="utf-8")
    first, second = read_pubtator(path)
    assert first.text == "Examplin for gout\nIt helped."
    assert first.mentions == ((0, 8, MentionType.DRUG), (13, 17, MentionType.DISEASE))
    assert second == Annotated("2", "Nothing\n", ())


def test_read_gold_marks_every_whole_word_occurrence_the_longest_form_first(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(gold_line("PMID:7", ["Gout", "gout", "Acute gout"]) + "\n", encoding="utf-8")
    (article,) = read_gold(path)
    assert article.id == "7"
    assert [article.text[s:e] for s, e, _ in article.mentions] == ["Gout", "Acute gout"]


def test_read_standoff_pairs_texts_with_annotations_and_skips_other_types(tmp_path: Path) -> None:
    annotations = "T1\tprotein 0 4\tBAFF\nT2\tCE 5 7\tof\nR1\tx\nT3\tcell_type 8 14;15 20\tnaive cells\n"
    archive = write_tar(tmp_path / "a.tar.gz", {"x/5.txt": "BAFF of naive Bcells", "x/5.ann": annotations})
    (article,) = read_standoff(archive)
    assert article.id == "5"
    assert article.mentions == ((0, 4, MentionType.PROTEIN), (8, 20, MentionType.CELL))


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    for name in ("bc5cdr", "ncbi_disease", "biored"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "dev.pubtator").write_text(PUBTATOR.replace("2|", f"{len(name)}|"), encoding="utf-8")
    return tmp_path


def test_held_out_holds_every_dev_split(corpora: Path) -> None:
    (corpora / "dev.jsonl").write_text(gold_line("PMCID:PMC9", ["Gout"]), encoding="utf-8")
    assert held_out(corpora, corpora / "train.jsonl") == {"1", "6", "12", "PMC9"}


def test_read_unlabelled_reads_both_forms_without_what_is_held_out(tmp_path: Path) -> None:
    lines = tmp_path / "a.jsonl.gz"
    lines.write_bytes(
        gzip.compress(
            b'{"id": "PMID:1", "title": "T", "abstract": "A"}\n{"id": "PMID:2", "title": "U", "abstract": "B"}\n'
        )
    )
    citation = "<PubmedArticle><PMID>{}</PMID><ArticleTitle>On <i>X</i></ArticleTitle><AbstractText>C</AbstractText></PubmedArticle>"
    xml = tmp_path / "a.xml.gz"
    xml.write_bytes(gzip.compress(f"<Set>{citation.format(1)}{citation.format(3)}</Set>".encode()))
    assert list(read_unlabelled([lines, xml], frozenset({"1"}))) == ["U\nB", "On X\nC"]
