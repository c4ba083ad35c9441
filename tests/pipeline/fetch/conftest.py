"""A loopback E-utilities with a few records."""

from collections.abc import Iterator

import pytest

from tests.eutilities.server import Eutilities, records


@pytest.fixture
def server() -> Iterator[Eutilities]:
    with Eutilities(records(23)) as running:
        yield running
