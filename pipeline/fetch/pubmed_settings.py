"""How PubMed is asked: whom, how often, how patiently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from extractors.errors import ConfigError

#: NCBI's E-utilities.
NCBI_BASE_URL = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
#: ESearch gives the first 9,999 records of a PubMed query and no more (E-utilities help, 2022).
MOST_RESULTS = 9_999
#: Requests a second that NCBI allows without and with an API key.
RATE, RATE_WITH_KEY = 3.0, 10.0


@dataclass(frozen=True, slots=True)
class PubmedSettings:
    """Whom to ask and how; raises ConfigError where a value makes no sense."""

    base_url: str = NCBI_BASE_URL
    #: NCBI wants to know whom to write to before it blocks an address.
    email: str = ""
    tool: str = "sicca"
    #: Never printed: neither by `repr` nor in an error or log line.
    api_key: str | None = field(default=None, repr=False)
    #: Seconds that a server may be silent; an answer as a whole may take ten times as long.
    timeout: float = 30.0
    #: Further tries of one request after the first.
    retries: int = 5
    #: Records of one fetch.
    batch_size: int = 200
    #: Seconds before the first retry; doubled before each further one.
    backoff: float = 1.0
    #: The longest pause in seconds, and the longest Retry-After that is waited for.
    longest_pause: float = 300.0
    #: None is NCBI's rule: 3, or 10 with an API key.
    requests_per_second: float | None = None

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise ConfigError(f"pubmed.base_url: {self.base_url!r} is not the http(s) address of an E-utilities server")
        if not 1 <= self.batch_size <= MOST_RESULTS:
            raise ConfigError(f"pubmed.batch_size: {self.batch_size} is not between 1 and {MOST_RESULTS}")
        if self.timeout <= 0 or self.retries < 0 or self.backoff < 0:
            raise ConfigError("pubmed: timeout must be above zero, retries and backoff not below it")
        if self.requests_per_second is not None and self.requests_per_second <= 0:
            raise ConfigError(f"pubmed.requests_per_second: {self.requests_per_second} is not above zero")

    @property
    def host(self) -> str:
        """The server's name and port, for messages."""
        return urlsplit(self.base_url).netloc.rpartition("@")[2]

    @property
    def local(self) -> bool:
        """Whether the server is on this machine."""
        name = urlsplit(self.base_url).hostname or ""
        return name in {"localhost", "::1"} or name.startswith("127.")

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests_per_second or (RATE_WITH_KEY if self.api_key else RATE)

    def address(self, utility: str) -> str:
        """Return where a utility is called, e.g. `…/entrez/eutils/esearch.fcgi`."""
        return f"{self.base_url.rstrip('/')}/{utility}.fcgi"

    def with_environment(self, environment: Mapping[str, str]) -> PubmedSettings:
        """Return the settings with NCBI_EMAIL and NCBI_API_KEY in force where they are set."""
        email = environment.get("NCBI_EMAIL", "").strip() or self.email
        api_key = environment.get("NCBI_API_KEY", "").strip() or self.api_key
        return replace(self, email=email, api_key=api_key)
