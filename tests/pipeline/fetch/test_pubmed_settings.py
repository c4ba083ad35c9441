"""How PubMed is asked: the settings, and where they come from."""

from __future__ import annotations

import pytest

from extractors.errors import ConfigError
from pipeline.fetch.pubmed_settings import PubmedSettings
from tests.eutilities.client import KEY, client_of
from tests.eutilities.server import Eutilities


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"base_url": "eutils.ncbi.nlm.nih.gov"}, "pubmed.base_url"),
        ({"base_url": "file:///etc/"}, "pubmed.base_url"),
        ({"base_url": "https://host/eutils?x=1"}, "pubmed.base_url"),
        ({"batch_size": 0}, "pubmed.batch_size"),
        ({"batch_size": 10_000}, "pubmed.batch_size"),
        ({"timeout": 0}, "pubmed: timeout"),
        ({"retries": -1}, "pubmed: timeout"),
        ({"requests_per_second": 0}, "pubmed.requests_per_second"),
    ],
)
def test_pubmed_settings_refuse_nonsense(changes: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        PubmedSettings(**changes)  # type: ignore[arg-type] # nonsense on purpose


def test_pubmed_settings_take_the_environment_before_the_file() -> None:
    settings = PubmedSettings(email="file@example.org")
    assert (settings.rate, settings.address("esearch")) == (
        3.0,
        "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/esearch.fcgi",
    )
    assert settings.with_environment({}) == settings
    changed = settings.with_environment({"NCBI_EMAIL": " env@example.org", "NCBI_API_KEY": KEY})
    assert (changed.email, changed.api_key, changed.rate) == ("env@example.org", KEY, 10.0)
    assert PubmedSettings(base_url="http://127.0.0.1:1/x").address("efetch") == "http://127.0.0.1:1/x/efetch.fcgi"


def test_pubmed_asks_a_local_server_past_the_proxy(server: Eutilities, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert client_of(server).search("sicca").count == 23
    assert not PubmedSettings().local
