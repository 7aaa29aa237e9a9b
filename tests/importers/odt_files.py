"""OpenDocument files made in one line: the XML of a body, zipped with the parts that a reader looks for."""

from __future__ import annotations

from tests.importers.word_files import zipped

_spaces = ("office", "text", "table", "style", "svg-compatible", "drawing", "xsl-fo-compatible")
NAMESPACES = " ".join(
    f"xmlns:{ {'svg-compatible': 'svg', 'drawing': 'draw', 'xsl-fo-compatible': 'fo'}.get(name, name) }"
    f'="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in _spaces
)


def p(inner: str, style: str = "") -> str:
    """Return a paragraph."""
    return f'<text:p text:style-name="{style}">{inner}</text:p>'


def content(*blocks: str, styles: str = "") -> str:
    """Return the XML of a body."""
    automatic = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    body = f"<office:body><office:text>{''.join(blocks)}</office:text></office:body>"
    return f"<office:document-content {NAMESPACES}>{automatic}{body}</office:document-content>"


def odt(*blocks: str, styles: str = "", parts: dict[str, str] | None = None) -> bytes:
    """Return an OpenDocument text with these blocks as its body."""
    kind = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content(*blocks, styles=styles)}
    return zipped(kind | (parts or {}))
