"""XML is read without entities; a document type that only names an outside file is passed over."""

from __future__ import annotations

import pytest

from qcode.errors import Unreadable
from qcode.importers.base import Options
from qcode.importers.markup import read_xml


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<!DOCTYPE a SYSTEM "trans-14.dtd">',
        "<!DOCTYPE a SYSTEM 'trans-14.dtd' >\n",
        '<?xml version="1.0" encoding="UTF-8"?>\n<!-- by hand -->\n<!DOCTYPE a PUBLIC "-//X//EN" "http://x.org/a.dtd">',
        "<!DOCTYPE a>",
        '<?xml version="1.0"?><?xml-model href="x.rng"?>\n<!DOCTYPE a SYSTEM "x.dtd"><?xml-stylesheet href="x.css"?>',
        "\ufeff<!DOCTYPE a>",
    ],
)
def test_a_document_type_that_names_an_outside_file_is_passed_over(head: str) -> None:
    assert read_xml(f"{head}<a>слово</a>".encode(), "a.trs", Options()).text == "слово"


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        '<!DOCTYPE a SYSTEM "x.dtd" [<!ENTITY b "c">]>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;"><!ENTITY z "&y;&y;&y;&y;">]>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://x.org/p"> %p;]>',
        '<!DOCTYPE a SYSTEM "x.dtd"><!DOCTYPE a [<!ENTITY b "c">]>',
        '<!-- <!DOCTYPE a> --><!DOCTYPE a [<!ENTITY b "c">]>',
        f'<!--{"x" * 3000}--><!DOCTYPE a SYSTEM "x.dtd">',
        '<!doctype a [<!ENTITY b "c">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_a_document_type_that_declares_anything_is_refused(head: str, encoding: str) -> None:
    with pytest.raises(Unreadable):
        read_xml(f"{head}<a>&b;</a>".encode(encoding), "a.trs", Options())


def test_an_entity_of_an_outside_file_is_refused_and_the_file_never_loaded() -> None:
    with pytest.raises(Unreadable, match="XML is broken"):
        read_xml(b'<!DOCTYPE a SYSTEM "x.dtd"><a>&eacute;</a>', "a.trs", Options())


def test_words_keep_their_own_encoding_or_the_one_that_was_named() -> None:
    declared = '<?xml version="1.0" encoding="windows-1251"?><a>слово</a>'
    assert read_xml(declared.encode("cp1251"), "a", Options()).text == "слово"
    lying = '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE a SYSTEM "x"><a>слово</a>'
    with pytest.raises(Unreadable):
        read_xml(lying.encode("cp1251"), "a", Options())
    assert read_xml(lying.encode("cp1251"), "a", Options(encoding="cp1251")).text == "слово"
    assert read_xml(lying.encode("utf-16"), "a", Options()).text == "слово"


def test_too_many_elements_or_levels_are_refused() -> None:
    with pytest.raises(Unreadable, match="larger than any transcript"):
        read_xml(b"<a>" + b"<b/>" * 2_000_001 + b"</a>", "a", Options())
    with pytest.raises(Unreadable):
        read_xml(b"<a>" * 5000 + b"</a>" * 5000, "a", Options())
