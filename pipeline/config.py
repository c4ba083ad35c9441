"""A question's settings: one TOML file, checked key by key before anything runs.

Precedence: command line, then environment (NCBI_API_KEY, NCBI_EMAIL), then the file, then the defaults below.
"""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractors.errors import ConfigError
from extractors.records import content_hash

#: NCBI's E-utilities; any server that speaks them will do.
NCBI_BASE_URL = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"


class _Table(BaseModel):
    """A TOML table: unknown keys are errors, values are not coerced."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Question(_Table):
    """What is asked, in words that head the report."""

    title: str
    description: str = ""
    #: The condition whose treatments the run shows at its end.
    disease: str = ""


class Query(_Table):
    """One PubMed search: the run takes the union of them."""

    name: str
    term: str
    why: str = ""


class Pubmed(_Table):
    """How PubMed is asked. NCBI wants to know who asks: set `email` or NCBI_EMAIL."""

    base_url: str = NCBI_BASE_URL
    email: str = ""
    tool: str = "sicca"
    #: Seconds without an answer before a request is given up.
    timeout: Annotated[float, Field(gt=0, strict=False)] = 30.0
    #: Further tries of one request after the first.
    retries: Annotated[int, Field(ge=0)] = 5
    #: Records of one fetch.
    batch_size: Annotated[int, Field(gt=0, le=9999)] = 200
    query: tuple[Query, ...] = ()


class Input(_Table):
    """MEDLINE files to read instead of asking PubMed, relative to the config's folder."""

    medline: tuple[str, ...] = ()
    #: A folder whose *.xml and *.xml.gz are read in the order of their names, those of every run anew.
    folder: str = ""


class Notify(_Table):
    """Who is told of a run."""

    #: Program and arguments; the path of report.html is added as the last. Not run by a shell.
    command: tuple[str, ...] = ()


class Extraction(_Table):
    """Which extractors run, in this order, and their options by name."""

    mentions: tuple[str, ...] = ("dictionary", "statistical", "merge", "linker")
    claims: tuple[str, ...] = ("classifier",)
    courses: bool = True
    #: Claims below this probability are left out of claims, tables and graph.
    min_score: Annotated[float, Field(ge=0, le=1, strict=False)] = 0.0
    options: dict[str, dict[str, Any]] = Field(default_factory=dict)


class Config(_Table):
    """A question, where its records come from, and how they are read."""

    question: Question
    pubmed: Pubmed = Pubmed()
    input: Input = Input()
    extraction: Extraction = Extraction()
    notify: Notify = Notify()

    #: Set by `load`: the file the settings were read from, and the name the run's folder gets.
    path: Annotated[Path, Field(exclude=True, strict=False)] = Path()

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.stem

    @property
    def medline_files(self) -> tuple[Path, ...]:
        """The input files, as paths, then those of the watched folder in the order of their names."""
        named = tuple(self.path.parent / name for name in self.input.medline)
        return named + (files_of(self.path.parent / self.input.folder) if self.input.folder else ())

    @property
    def hash(self) -> str:
        """16 hex digits that change whenever a setting does; the file's place and who is told do not count."""
        return content_hash("config", self.model_dump_json(exclude={"notify"}))


def files_of(folder: Path) -> tuple[Path, ...]:
    """Return the MEDLINE files of a folder in the order of their names; raises ConfigError where it has none."""
    found = tuple(sorted(path for pattern in ("*.xml", "*.xml.gz") for path in folder.glob(pattern)))
    if not found:
        what = "holds no *.xml or *.xml.gz" if folder.is_dir() else "no such folder"
        raise ConfigError(f"{folder}: {what}; name a folder with MEDLINE files")
    return found


def shipped() -> tuple[str, ...]:
    """Return the names of the configs that come with sicca."""
    return tuple(sorted(Path(entry.name).stem for entry in files("configs").iterdir() if entry.name.endswith(".toml")))


def load(name: str | Path) -> Config:
    """Read a config by path or by the name of a shipped one.

    Raises ConfigError that names the file and the key.
    """
    path = Path(name)
    if not path.suffix and str(name) in shipped():
        path = Path(str(files("configs") / f"{name}.toml"))
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: no such config; shipped ones: {', '.join(shipped())}") from error
    except (OSError, UnicodeDecodeError) as error:
        reason = "is not UTF-8" if isinstance(error, UnicodeDecodeError) else (error.strerror or str(error))
        raise ConfigError(f"{path}: cannot be read as a config: {reason}") from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    if "path" in table:
        raise ConfigError(f"{path}: path: unknown key")
    try:
        # Strict mode takes no list for a tuple from Python objects, but TOML has no tuples: JSON mode does.
        config = Config.model_validate_json(json.dumps(table, default=str))
    except ValidationError as error:
        raise ConfigError(f"{path}: {_explain(error)}") from error
    return config.model_copy(update={"path": path})


def _explain(error: ValidationError) -> str:
    """Return the first problem as `key: what is wrong`, and how many more there are."""
    problems = error.errors(include_url=False)
    first = problems[0]
    key = ".".join(str(part) for part in first["loc"])
    what = "unknown key" if first["type"] == "extra_forbidden" else first["msg"].lower()
    known = _known_keys(first["loc"][:-1]) if first["type"] == "extra_forbidden" else ()
    hint = f"; known here: {', '.join(known)}" if known else ""
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"{key}: {what}{hint}{more}"


def _known_keys(location: tuple[int | str, ...]) -> tuple[str, ...]:
    tables: dict[tuple[str, ...], type[BaseModel]] = {
        (): Config,
        ("question",): Question,
        ("pubmed",): Pubmed,
        ("pubmed", "query"): Query,
        ("input",): Input,
        ("extraction",): Extraction,
        ("notify",): Notify,
    }
    table = tables.get(tuple(part for part in location if isinstance(part, str)))
    return tuple(key for key in table.model_fields if key != "path") if table else ()
