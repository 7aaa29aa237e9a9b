"""Links, passwords, hosts and the checks that every request has to pass."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from qcode.web.security import (
    FAILURES,
    LINK_MINUTES,
    MOST_ADDRESSES,
    MOST_LINKS,
    Doors,
    Links,
    Password,
    address_of,
    hosts_of,
    is_loopback,
    is_open_to_the_ear,
    refusal,
)

DOORS = Doors(hosts=hosts_of("127.0.0.1", 8765, ()))
NAMES = ("study.example.org",)
PROXIED = Doors(hosts=hosts_of("0.0.0.0", 8765, NAMES), names=NAMES, password=Password("a long password"))


def asked(method: str = "GET", host: str = "127.0.0.1:8765", address: str = "127.0.0.1", **headers: str) -> Request:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    builder = EnvironBuilder(method=method, headers={"Host": host, **named}, environ_base={"REMOTE_ADDR": address})
    return Request(builder.get_environ())


def test_a_link_opens_once() -> None:
    links = Links()
    key = links.new()
    assert [links.use(key), links.use(key)] == [True, False]


def test_links_do_not_repeat_and_have_256_random_bits() -> None:
    links = Links()
    keys = {links.new() for _ in range(40)}
    assert len(keys) == 40
    assert all(len(key) == 43 for key in keys)


def test_a_key_that_was_never_given_out_opens_nothing() -> None:
    assert not Links().use("")
    assert not Links().use("Клю\ud800ч")


def test_of_very_many_unused_links_the_oldest_are_void() -> None:
    links = Links()
    keys = [links.new() for _ in range(MOST_LINKS + 1)]
    assert not links.use(keys[0])
    assert links.use(keys[1])


def test_a_link_that_nobody_used_is_void_after_ten_minutes() -> None:
    clock = Clock()
    links = Links(clock=clock)
    early, late = links.new(), links.new()
    clock.now = LINK_MINUTES * 60
    assert links.use(early)
    clock.now += 1
    assert not links.use(late)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_after_five_wrong_passwords_an_address_waits_a_minute_and_others_do_not() -> None:
    clock = Clock()
    password = Password("a long password", clock=clock)
    assert [password.opens("a long passworx", "10.0.0.7") for _ in range(5)] == [False] * 5
    assert password.must_wait("10.0.0.7")
    assert password.opens("a long password", "10.0.0.7") is None
    assert password.opens("a long password", "10.0.0.8")
    clock.now = 61
    assert not password.must_wait("10.0.0.7")
    assert password.opens("a long password", "10.0.0.7")


def test_who_guesses_many_at_once_has_no_more_than_five_either() -> None:
    password = Password("a long password")
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: password.opens("wrong", "10.0.0.7"), range(60)))
    assert (answers.count(False), answers.count(None)) == (FAILURES, 60 - FAILURES)


def test_the_addresses_of_one_line_in_ipv6_are_one_and_so_are_the_ports_of_one_address() -> None:
    password = Password("a long password")
    for n in range(FAILURES):
        password.opens("wrong", f"2001:db8::{n}")
        password.opens("wrong", f"10.0.0.7:{4000 + n}")
    assert password.must_wait("2001:db8::77") and password.must_wait("[2001:db8::77]:4000")
    assert password.must_wait("10.0.0.7") and password.must_wait("::ffff:10.0.0.7")
    assert not password.must_wait("2001:db8:0:1::1")


def test_guesses_from_very_many_addresses_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    password = Password("a long password")
    monkeypatch.setattr(password, "_slowly", lambda word: b"")
    for n in range(MOST_ADDRESSES + 50):
        password.opens("wrong", f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}")
    assert len(password._failures) <= MOST_ADDRESSES + 1


def test_a_word_is_looked_at_slowly_so_that_guessing_from_everywhere_is_slow() -> None:
    password = Password("a long password")
    begun = time.perf_counter()
    for n in range(10):
        password.opens("wrong", f"10.0.0.{n}")
    assert time.perf_counter() - begun > 0.03


def test_the_password_opens_and_nothing_else_does() -> None:
    password = Password("пароль из многих слов")
    assert password.opens("пароль из многих слов", "10.0.0.7")
    assert not password.opens("пароль из многих слов ", "10.0.0.7")
    assert not password.opens("", "10.0.0.7")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "localhost", "LOCALHOST", "::1", "[::1]"])
def test_this_machine_is_known_by_its_addresses(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "study.example.org", "localhost.example.org", ""])
def test_everything_else_is_reached_by_others(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LocalHost:8765", "[::1]:8765"])
def test_the_addresses_of_this_machine_are_answered(host: str) -> None:
    assert refusal(asked(host=host), DOORS) is None


@pytest.mark.parametrize(
    "host", ["", "127.0.0.1", "127.0.0.1:8766", "evil.example:8765", "localhost.evil.example:8765", "127.0.0.1:8765."]
)
def test_another_host_is_refused_for_names_can_be_made_to_point_here(host: str) -> None:
    refused = refusal(asked(host=host), DOORS)
    assert refused is not None
    assert refused[0] == 403


def test_a_proxy_is_answered_under_the_name_that_was_said_and_no_other() -> None:
    assert refusal(asked(host="study.example.org"), PROXIED) is None
    assert refusal(asked(host="study.example.org:443"), PROXIED) is None
    assert refusal(asked(host="other.example.org"), PROXIED) is not None


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_only_get_head_and_post_are_answered(method: str) -> None:
    refused = refusal(asked(method), DOORS)
    assert refused is not None
    assert refused[0] == 405


@pytest.mark.parametrize(
    "origin",
    ["null", "http://evil.example", "https://127.0.0.1:8765", "http://127.0.0.1:8766", "http://127.0.0.1", "file://"],
)
def test_a_change_from_another_page_is_refused(origin: str) -> None:
    refused = refusal(asked("POST", Origin=origin), DOORS)
    assert refused is not None
    assert refused[0] == 403


def test_a_change_from_a_page_of_the_workbench_passes() -> None:
    assert refusal(asked("POST", Origin="http://localhost:8765", Sec_Fetch_Site="same-origin"), DOORS) is None
    assert refusal(asked("POST", host="study.example.org", Origin="https://study.example.org"), PROXIED) is None
    assert refusal(asked("POST", host="127.0.0.1:8765", Origin="https://study.example.org"), PROXIED) is None


def test_a_change_that_did_not_come_over_tls_is_refused_where_others_reach_the_workbench() -> None:
    plain = asked("POST", host="study.example.org:8765", Origin="http://study.example.org:8765")
    assert refusal(plain, PROXIED) is not None


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_a_change_that_the_browser_says_comes_from_elsewhere_is_refused(site: str) -> None:
    assert refusal(asked("POST", Sec_Fetch_Site=site), DOORS) is not None


def test_only_a_proxy_on_this_machine_may_say_where_a_request_comes_from() -> None:
    assert address_of(asked(X_Forwarded_For="6.6.6.6, 10.0.0.7")) == "10.0.0.7"
    assert address_of(asked(X_Forwarded_For="6.6.6.6", address="10.0.0.9")) == "10.0.0.9"
    assert address_of(asked()) == "127.0.0.1"


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765"])
def test_nobody_listens_within_this_machine(host: str) -> None:
    assert not is_open_to_the_ear(asked(host=host), PROXIED)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.9"])
def test_nobody_listens_where_the_proxy_says_that_it_speaks_tls(address: str) -> None:
    through = asked(host="study.example.org", address=address, X_Forwarded_Proto="https")
    assert not is_open_to_the_ear(through, PROXIED)


@pytest.mark.parametrize(
    "request_",
    [
        asked(host="study.example.org"),
        asked(host="study.example.org", X_Forwarded_Proto="http"),
        asked(host="study.example.org:8765", address="10.0.0.9"),
        asked(host="study.example.org:8765", address="10.0.0.9", X_Forwarded_Proto="https"),
        asked(host="192.168.1.5:8765", address="192.168.1.9"),
        asked(host="192.168.1.5:8765", X_Forwarded_Proto="https"),
        asked(host="127.0.0.1:8765", address="10.0.0.9"),
        asked(host="127.0.0.1:8765", X_Forwarded_Proto="http"),
    ],
)
def test_every_other_way_to_a_workbench_with_a_password_can_be_listened_to(request_: Request) -> None:
    assert is_open_to_the_ear(request_, PROXIED)


def test_without_a_password_there_is_nothing_to_hear() -> None:
    assert not is_open_to_the_ear(asked(host="192.168.1.5:8765", address="10.0.0.9"), DOORS)
