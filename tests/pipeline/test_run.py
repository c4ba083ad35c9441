"""The main job on small inputs: nothing lost, nothing done twice, what is withdrawn is gone, what is revised is new."""

import gzip
from collections.abc import Iterable
from pathlib import Path

import pytest

from extractors.errors import SiccaError
from graphs.store import Store
from graphs.store.logical import lines
from graphs.store.offsets import verify
from pipeline import config as configs
from pipeline.config import Config
from pipeline.run import STORE, Finished, run
from tests.eutilities.citations import article_set, book, citation
from tests.eutilities.faults import Status
from tests.eutilities.server import Eutilities, records

A, B, C = "990008001", "990008002", "990008003"
ABSTRACT = "<AbstractText>Belimumab was effective in {} patients with purpura.</AbstractText>"
#: How well the articles are read does not matter here.
QUICK = '[extraction]\nmentions = ["dictionary"]\nclaims = ["patterns"]\n'
QUERY = '[[pubmed.query]]\nname = "all"\nterm = "rituximab[tiab]"\n'


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return write_config(tmp_path, "")


def write_config(folder: Path, more: str) -> Config:
    path = folder / "mine.toml"
    extraction = "" if "[extraction]" in more else QUICK
    path.write_text(f'[question]\ntitle = "Test"\n{extraction}{more}', encoding="utf-8")
    return configs.load(path)


def write(path: Path, parts: Iterable[str]) -> Path:
    path.write_bytes(article_set(parts))
    return path


def stored(out: Path) -> list[str]:
    with Store(out / STORE, readonly=True) as store:
        return list(lines(store.connection))


def ids(out: Path) -> list[str]:
    with Store(out / STORE, readonly=True) as store:
        return [id_ for (id_,) in store.connection.execute("SELECT id FROM article ORDER BY id")]


def read(finished: Finished) -> dict[str, int]:
    return dict(finished.manifest.read)


def test_run_reads_everything_once(tmp_path: Path, config: Config) -> None:
    file = write(tmp_path / "a.xml", [citation(A), book("990008009"), citation(B)])
    first = run(config, out=tmp_path / "out", files=[file])
    assert ids(tmp_path / "out") == [f"PMID:{A}", f"PMID:{B}"]
    assert read(first) == {"new": 2}
    (source,) = first.manifest.sources
    assert (source.records, source.new, source.skipped) == (2, 2, (("book", 1),))
    before, products = stored(tmp_path / "out"), [path.read_bytes() for path in first.products]
    second = run(config, out=tmp_path / "out", files=[file])
    assert (second.manifest.extracted, second.manifest.unchanged) == (0, 2)
    assert stored(tmp_path / "out") == before
    assert [path.read_bytes() for path in second.products] == products


def test_run_gives_the_same_bytes_for_any_number_of_processes(tmp_path: Path, config: Config) -> None:
    file = tmp_path / "a.xml.gz"
    file.write_bytes(
        gzip.compress(article_set(citation(str(int(A) + i), abstract=ABSTRACT.format(i)) for i in range(20)))
    )
    one = run(config, out=tmp_path / "one", files=[file])
    two = run(config, out=tmp_path / "two", files=[file], jobs=2)
    assert stored(tmp_path / "one") == stored(tmp_path / "two")
    assert [p.read_bytes() for p in one.products] == [p.read_bytes() for p in two.products]


def test_run_lets_the_later_revision_win_whatever_the_order(tmp_path: Path, config: Config) -> None:
    old = write(tmp_path / "old.xml", [citation(A, abstract=ABSTRACT.format(3), revised="2020-01-01")])
    new = write(tmp_path / "new.xml", [citation(A, abstract=ABSTRACT.format(9), revised="2024-01-01")])
    run(config, out=tmp_path / "out", files=[old])
    assert read(run(config, out=tmp_path / "out", files=[new])) == {"revised": 1}
    after = stored(tmp_path / "out")
    assert read(run(config, out=tmp_path / "out", files=[old])) == {}
    assert stored(tmp_path / "out") == after
    run(config, out=tmp_path / "other", files=[new, old])
    assert [line for line in stored(tmp_path / "other") if "in 9 patients" in line]


def test_run_takes_withdrawn_articles_out_and_issued_ones_in_again(tmp_path: Path, config: Config) -> None:
    both = write(tmp_path / "a.xml", [citation(A), citation(B)])
    update = write(tmp_path / "b.xml", [f"<DeleteCitation><PMID>{A}</PMID></DeleteCitation>"])
    run(config, out=tmp_path / "out", files=[both])
    gone = run(config, out=tmp_path / "out", files=[update])
    assert gone.manifest.withdrawn == (f"PMID:{A}",)
    assert ids(tmp_path / "out") == [f"PMID:{B}"]
    again = write(tmp_path / "c.xml", [citation(A, revised="2025-01-01")])
    run(config, out=tmp_path / "out", files=[again])
    assert ids(tmp_path / "out") == [f"PMID:{A}", f"PMID:{B}"]


def test_run_reads_again_when_the_extractors_change(tmp_path: Path, config: Config) -> None:
    file = write(tmp_path / "a.xml", [citation(A)])
    run(config, out=tmp_path / "out", files=[file])
    other = write_config(tmp_path, '[extraction]\nclaims = ["cooccurrence"]\n')
    assert read(run(other, out=tmp_path / "out", files=[file])) == {"pipeline changed": 1}


def test_run_keeps_what_came_before_a_broken_file(tmp_path: Path, config: Config) -> None:
    good = write(tmp_path / "a.xml", [citation(A)])
    bad = tmp_path / "b.xml"
    bad.write_bytes(article_set([citation(B), citation(C)])[:-400])
    run(config, out=tmp_path / "out", files=[good])
    before = stored(tmp_path / "out")
    with pytest.raises(SiccaError, match=r"b\.xml: cut off"):
        run(config, out=tmp_path / "out", files=[bad])
    assert stored(tmp_path / "out") == before


def test_run_offsets_fit_the_texts(tmp_path: Path) -> None:
    run(configs.load("sample"), out=tmp_path / "out")
    with Store(tmp_path / "out" / STORE, readonly=True) as store:
        report = verify(store.connection)
    assert report.faults == ()
    assert report.articles >= 40
    assert report.mentions > 0


def test_run_fetches_from_the_server_and_then_only_what_is_new(tmp_path: Path) -> None:
    with Eutilities(records(30)) as server:
        more = f'[pubmed]\nbase_url = "{server.settings().base_url}"\nbatch_size = 10\n{QUERY}'
        config = write_config(tmp_path, more)
        first = run(config, out=tmp_path / "out")
        assert read(first) == {"new": 30}
        assert first.manifest.sources[0].found == 30
        served = {record.pmid: record for record in records(33)}
        server.served = served
        second = run(config, out=tmp_path / "out")
    assert read(second) == {"new": 3}
    assert len(ids(tmp_path / "out")) == 33


def test_run_goes_on_after_the_server_failed(tmp_path: Path) -> None:
    with Eutilities(records(30)) as server:
        more = f'[pubmed]\nbase_url = "{server.settings().base_url}"\nbatch_size = 10\nretries = 0\n{QUERY}'
        config = write_config(tmp_path, more)
        server.spoil("efetch", None, Status(503))
        with pytest.raises(SiccaError, match="503"):
            run(config, out=tmp_path / "out")
        fetched = len([call for call in server.calls if call.utility == "efetch"])
        finished = run(config, out=tmp_path / "out")
        later = [call for call in server.calls if call.utility == "efetch"][fetched:]
    assert read(finished) == {"new": 30}
    assert len(later) == 2  # the first ten were kept


def test_run_says_what_the_server_did_not_deliver(tmp_path: Path) -> None:
    with Eutilities(records(5)) as server:
        server.withheld["990000003"] = 99
        config = write_config(tmp_path, f'[pubmed]\nbase_url = "{server.settings().base_url}"\n{QUERY}')
        finished = run(config, out=tmp_path / "out")
    assert finished.manifest.sources[0].missing == ("990000003",)
    assert len(ids(tmp_path / "out")) == 4
