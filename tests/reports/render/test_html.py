"""Web pages: one file, no script, no network, readable aloud."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

from qcode.reports import codebook, matrix, quotes
from qcode.reports.render.html import render
from qcode.reports.report import Heading, Quote, Quotes, Report, Table, Text
from tests.reports import report_samples as samples


def page(report: Report) -> str:
    return render(report).decode()


def matrix_page(size: int = 8) -> str:
    return page(matrix(samples.matrix(size), made_by=samples.MADE_BY))


class Tags(HTMLParser):
    """Collects the elements of a page and checks that they close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def tags(text: str) -> Tags:
    parser = Tags()
    parser.feed(text)
    return parser


def test_the_same_report_gives_the_same_bytes() -> None:
    assert matrix_page() == matrix_page()


def test_elements_close_in_order() -> None:
    for report in (matrix(samples.matrix(12)), quotes(samples.coded()), codebook(samples.codebook())):
        assert tags(page(report)).open == []


def test_nothing_is_fetched_and_nothing_runs() -> None:
    text = matrix_page()
    found = tags(text).seen
    assert not {"script", "link", "img", "iframe", "object", "embed"} & {tag for tag, _ in found}
    assert not any(name.startswith("on") or name in ("src", "style") for _, attrs in found for name in attrs)
    assert all(attrs["href"].startswith("#") for tag, attrs in found if tag == "a")  # type: ignore[union-attr]


def test_the_policy_allows_the_page_s_own_style_and_nothing_else() -> None:
    text = matrix_page()
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert style and policy
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy[1].startswith(f"default-src 'none'; style-src 'sha256-{digest}'")


def test_a_script_in_a_speaker_s_name_is_text() -> None:
    evil = '<script>alert("x")</script>'
    report = Report(
        evil,
        (
            Heading(evil, color='#000" onload="x'),
            Text(evil),
            Table(evil, (evil,), ((evil,),)),
            Quotes((Quote(evil, evil, language=f'"{evil}'),)),
        ),
        subtitle=evil,
        language=f'"{evil}',
        made_by=((evil, evil),),
    )
    text = page(report)
    assert "<script" not in text
    assert not any(name == "onload" for _, attrs in tags(text).seen for name in attrs)
    assert text.count("&lt;script&gt;") >= 10


def test_control_characters_are_replaced() -> None:
    assert "a\ufffdb" in page(Report("r", (Text("a\x00b"),)))


def test_tables_have_captions_and_scoped_headers() -> None:
    found = tags(matrix_page()).seen
    tables = sum(tag == "table" for tag, _ in found)
    assert tables == sum(tag == "caption" for tag, _ in found) == 3
    assert {attrs.get("scope") for tag, attrs in found if tag == "th"} == {"col", "row"}


def test_the_page_and_each_quote_name_their_language() -> None:
    found = tags(page(quotes(samples.coded(8)))).seen
    assert next(attrs["lang"] for tag, attrs in found if tag == "html") == "en"
    assert {attrs.get("lang") for tag, attrs in found if tag == "blockquote"} == {"en", "ru", "kk", "zh"}


def test_the_picture_has_a_title_and_a_description() -> None:
    svg = next(attrs for tag, attrs in tags(matrix_page()).seen if tag == "svg" and attrs.get("role") == "img")
    assert svg["aria-labelledby"] == "f1-title f1-desc"
    assert 'id="f1-title"' in matrix_page()


def test_ids_are_used_once_and_links_lead_somewhere() -> None:
    found = tags(matrix_page()).seen
    ids = [attrs["id"] for _, attrs in found if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {attrs["href"] for tag, attrs in found if tag == "a"} <= {f"#{one}" for one in ids}


def test_dark_mode_and_paper_are_thought_of() -> None:
    assert "prefers-color-scheme:dark" in matrix_page()
    assert "@media print" in matrix_page()
