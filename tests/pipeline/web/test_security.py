"""Answers carry their policy; other hosts and other sites are refused."""

import pytest
from fastapi.testclient import TestClient

from pipeline.web.security import host_name


def test_security_nothing_inline_and_nothing_from_elsewhere_may_run(browser: TestClient) -> None:
    policy = browser.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("address", ["/", "/concept?id=RTX", "/article?id=1", "/nowhere"])
def test_security_pages_hold_no_inline_script_style_or_handler(browser: TestClient, address: str) -> None:
    page = browser.get(address).text
    assert "<script>" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert "http://" not in page.replace("http://localhost", "").replace("http://www.w3.org", "")


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "127.0.0.1.nip.example:8765"])
def test_security_refuses_another_host(browser: TestClient, host: str) -> None:
    assert browser.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:8765", "[::1]:8765"])
def test_security_answers_on_the_loopback(browser: TestClient, host: str) -> None:
    assert browser.get("/", headers={"host": host}).status_code == 200


def test_security_refuses_a_write_from_another_site(browser: TestClient) -> None:
    assert browser.post("/", headers={"origin": "http://evil.example"}).status_code == 403
    assert browser.post("/", headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_security_host_name_leaves_the_port_out() -> None:
    assert host_name("[::1]:80") == "::1"
    assert host_name("Localhost.:80") == "localhost"
