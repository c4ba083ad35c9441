"""Requests to E-utilities that are sent until a usable answer comes or there is no hope of one.

Bio.Entrez builds the requests (tool, e-mail, API key, POST where there are many ids). It cannot send them for us: it
knows one address only, waits for ever for a stalled server, retries without a pause and takes half an answer for one.
"""

from __future__ import annotations

import http.client
import logging
import random
import re
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

from Bio import Entrez

from extractors.errors import SiccaError
from pipeline.fetch.pubmed_answers import ExpiredError, RefusedError, TransientError, UnreachableError, of_message
from pipeline.fetch.pubmed_settings import PubmedSettings
from pipeline.fetch.rate_limit import RateLimiter, limiter_of

T = TypeVar("T")

#: Statuses that pass: too many requests, and the server's own troubles.
TRANSIENT_STATUSES = {408, 425, 429, 500, 502, 503, 504}
#: An answer as a whole may take so many times `timeout`, which only bounds the silence between two packets.
WHOLE_ANSWER = 10
#: Tries of a server that cannot be reached at all.
UNREACHABLE_TRIES = 3
#: Bytes read at a time.
CHUNK = 1 << 16

log = logging.getLogger("sicca.pubmed")


class EutilitiesServer:
    """A server, its limiter and our patience. `sleep`, `rng`, `limiter` and `now` are for tests."""

    def __init__(
        self,
        settings: PubmedSettings,
        *,
        sleep: Callable[[float], None] = time.sleep,
        rng: random.Random | None = None,
        limiter: RateLimiter | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.settings = settings
        self._sleep = sleep
        self._rng = rng or random.Random()  # noqa: S311 (spreads retries, keeps no secret)
        self._limiter = limiter or limiter_of(settings.host)
        self._now = now
        # A server on this machine is not behind the proxy that the environment may name.
        self._opener = build_opener(ProxyHandler({})) if settings.local else build_opener()

    def ask(self, utility: str, parameters: Mapping[str, str], read: Callable[[bytes], T]) -> T:
        """Call a utility until `read` accepts its answer.

        Raises SiccaError with the last reason when all tries are spent or another try would be of no use; what `read`
        raises besides TransientError and RefusedError goes to the caller.
        """
        tries = 0
        while True:
            request = self._request(utility, parameters)
            self._limiter.wait(self.settings.rate)
            tries += 1
            try:
                return read(self._send(request))
            except RefusedError as error:
                raise SiccaError(self._clean(f"{self.settings.host}: {utility} was refused: {error}")) from None
            except TransientError as error:
                limit = self.settings.retries + 1
                if isinstance(error, UnreachableError):
                    limit = min(limit, UNREACHABLE_TRIES)
                if tries >= limit:
                    raise SiccaError(self._clean(self._given_up(utility, tries, error))) from None
                pause = self._pause(tries, error)
                log.warning("%s", self._clean(f"{utility}: {error}; trying again in {pause:.1f} s"))
            self._sleep(pause)

    def _request(self, utility: str, parameters: Mapping[str, str]) -> Request:
        """Build a request by Bio.Entrez's own code, with our address and identity instead of its globals."""
        known = {"tool": self.settings.tool, "email": self.settings.email, "api_key": self.settings.api_key}
        request: Request = Entrez._build_request(self.settings.address(utility), {**parameters, **known})
        request.add_header("User-Agent", self.settings.tool)
        return request

    def _send(self, request: Request) -> bytes:
        """Return the whole body of an answer with status 200; raises TransientError or RefusedError."""
        deadline = time.monotonic() + WHOLE_ANSWER * self.settings.timeout
        try:
            with self._opener.open(request, timeout=self.settings.timeout) as response:
                body = bytearray()
                while chunk := response.read1(CHUNK):
                    body += chunk
                    if time.monotonic() > deadline:
                        raise TransientError(f"an answer not finished after {WHOLE_ANSWER * self.settings.timeout:g} s")
                announced = response.headers.get("Content-Length", "")
        except HTTPError as error:
            with error:
                raise self._of_status(error) from None
        except URLError as error:
            raise _of_failure(error.reason, self.settings.timeout) from error
        except (OSError, http.client.HTTPException) as error:
            raise _of_failure(error, self.settings.timeout) from error
        if announced.isdecimal() and len(body) < int(announced):
            raise TransientError(f"an answer cut off after {len(body)} of {announced} bytes")
        return bytes(body)

    def _of_status(self, error: HTTPError) -> Exception:
        status = f"HTTP {error.code} {error.reason}".strip()
        if error.code in TRANSIENT_STATUSES:
            return TransientError(status, retry_after=retry_after(error.headers.get("Retry-After"), self._now()))
        try:
            said = " ".join(re.sub(r"<[^>]*>", " ", error.read(2000).decode("utf-8", "replace")).split())[:200]
        except (OSError, http.client.HTTPException):
            said = ""
        if isinstance(expired := of_message(said), ExpiredError):
            return expired
        hint = "; check NCBI_API_KEY" if "api key" in said.lower() else ""
        return RefusedError(f"{status} {said}".strip() + hint)

    def _pause(self, tries: int, error: TransientError) -> float:
        """Return seconds until the next try: the server's wish, or exponential backoff with equal jitter.

        The jitter (Brooker 2015) takes half of the pause at random, so that clients cut off together do not come back
        together. Raises SiccaError where the server wants a longer pause than we are ready to make.
        """
        settings = self.settings
        if error.retry_after is not None and error.retry_after > settings.longest_pause:
            raise SiccaError(
                f"{settings.host}: asks for a pause of {error.retry_after:.0f} s; run the same command again after it"
            ) from None
        backoff = min(settings.backoff * 2.0 ** (tries - 1), settings.longest_pause)
        jittered = backoff / 2 + self._rng.random() * backoff / 2
        return jittered if error.retry_after is None else max(error.retry_after, jittered)

    def _given_up(self, utility: str, tries: int, error: TransientError) -> str:
        host = self.settings.host
        if isinstance(error, UnreachableError):
            return f"could not reach {host}: {error}; check the network, or read MEDLINE files with --from"
        return f"{host}: {utility} failed {tries} times, at last: {error}; run the same command again later"

    def _clean(self, text: str) -> str:
        """Take the API key out, wherever the server's words may have put it."""
        key = self.settings.api_key
        return text.replace(key, "<API key>") if key else text


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return a Retry-After header in seconds: it holds seconds or a date (RFC 9110); None where it holds neither."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - now).total_seconds())


def _of_failure(reason: object, timeout: float) -> Exception:
    """Say what a socket's error means."""
    if isinstance(reason, ssl.SSLCertVerificationError):
        return RefusedError(f"its certificate is not valid ({reason.verify_message})")
    if isinstance(reason, (socket.gaierror, ConnectionRefusedError)):
        return UnreachableError(str(reason.strerror or reason))
    if isinstance(reason, TimeoutError):
        return TransientError(f"no answer for {timeout:g} s")
    return TransientError(f"the connection broke ({type(reason).__name__}: {reason})")
