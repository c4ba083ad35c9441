from pathlib import Path

import pytest

from extractors.errors import ConfigError
from pipeline import config

MINIMAL = '[question]\ntitle = "Test"\n'


def write(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_config_defaults_are_filled_in(tmp_path: Path) -> None:
    read = config.load(write(tmp_path, MINIMAL))
    assert read.name == "mine"
    assert read.pubmed.base_url == config.NCBI_BASE_URL
    assert read.extraction.courses


@pytest.mark.parametrize("name", config.shipped())
def test_config_shipped_ones_load(name: str) -> None:
    read = config.load(name)
    assert read.pubmed.query or read.input.medline
    assert all(path.is_file() for path in read.medline_files)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[question\n", ["not valid TOML", "line 1"]),
        ("", ["question", "required"]),
        (MINIMAL + "[pubmd]\n", ["pubmd", "unknown key", "pubmed"]),
        (MINIMAL + "[pubmed]\nbatch = 3\n", ["pubmed.batch", "unknown key", "batch_size"]),
        (MINIMAL + "[pubmed]\nbatch_size = 0\n", ["pubmed.batch_size", "greater than 0"]),
        (MINIMAL + '[pubmed]\nbatch_size = "many"\n', ["pubmed.batch_size", "integer"]),
        (MINIMAL + "[pubmed]\ntimeout = -1\n", ["pubmed.timeout"]),
        (MINIMAL + "[extraction]\nmin_score = 7\n", ["extraction.min_score", "less than or equal to 1"]),
        (MINIMAL + '[[pubmed.query]]\nname = "a"\n', ["pubmed.query.0.term", "required"]),
        (MINIMAL + 'path = "x"\n', ["question.path", "unknown key"]),
        ('path = "x"\n' + MINIMAL, ["path", "unknown key"]),
    ],
)
def test_config_names_the_wrong_key(tmp_path: Path, text: str, parts: list[str]) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as error:
        config.load(path)
    message = str(error.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    for part in parts:
        assert part in message


def test_config_that_is_not_there_lists_the_shipped_ones(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"shipped ones: .*sample"):
        config.load(tmp_path / "none.toml")


def test_config_hash_ignores_the_place_and_sees_every_setting(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    here, there = write(tmp_path, MINIMAL), write(tmp_path / "other", MINIMAL)
    assert config.load(here).hash == config.load(there).hash
    there.write_text(MINIMAL + "[extraction]\nmin_score = 0.5\n", encoding="utf-8")
    assert config.load(here).hash != config.load(there).hash
