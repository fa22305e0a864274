"""An edition as Akoma Ntoso 3.0 (OASIS LegalDocML): ids that stay for good in wId, the numbers of this edition in eId.

What has no number of its own kind there is a ``hcontainer`` with its kind in ``name``; references are ``ref`` to the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from lxml import etree

from constitution.clause import Clause, Constitution, Kind
from constitution.emphasis import Look, looks
from constitution.numbering import number, own_number, printed
from constitution.references import TOKEN, show
from documents.bookmarks import bookmark

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_TAGS = {
    Kind.ARTICLE: "article",
    Kind.CLAUSE: "clause",
    Kind.PARAGRAPH: "paragraph",
    Kind.PART: "part",
    Kind.SECTION: "section",
}
_SHORT = {
    "article": "art",
    "clause": "cl",
    "paragraph": "para",
    "part": "part",
    "section": "sec",
    "hcontainer": "hcont",
}
_NOT_IN_AN_ID = re.compile(r"[^A-Za-z0-9.-]+")
_DRAWN = {Look.BOLD: "b", Look.ITALIC: "i"}


def written(book: Constitution, edition: int, digest: str, at: datetime) -> bytes:
    """The document, valid against the schema of Akoma Ntoso 3.0."""
    return etree.tostring(
        _Act(book).document(edition, digest, at), xml_declaration=True, encoding="UTF-8", pretty_print=False
    )


def _element(tag: str, text: str = "", **attributes: str) -> etree._Element:
    made = etree.Element(f"{{{NAMESPACE}}}{tag}", attributes, nsmap={None: NAMESPACE})
    made.text = text or None
    return made


class _Act:
    """Writes one rule book; eIds are kept apart by a number behind those that would be the same."""

    def __init__(self, book: Constitution) -> None:
        self.book = book
        self.labels, self.own, self.marks = number(book), own_number(book), printed(book)
        self.names: dict[str, str] = {}
        taken: set[str] = set()
        for one in book.walk():
            parent = book.parents[one.id]
            words = _NOT_IN_AN_ID.sub("-", self.own[one.id]).strip("-.") or "unnumbered"
            name = "__".join(filter(None, (self.names.get(parent or ""), f"{_SHORT[self._tag(one)]}_{words}")))
            count = 1
            while (free := name if count == 1 else f"{name}-{count}") in taken:
                count += 1
            taken.add(free)
            self.names[one.id] = free

    def document(self, edition: int, digest: str, at: datetime) -> etree._Element:
        """The whole."""
        root = _element("akomaNtoso")
        act = _element("act", name="constitution", contains="singleVersion")
        root.append(act)
        act.append(self._meta(edition, digest, at.astimezone(UTC)))
        preface = _element("preface")
        title = _element("p")
        title.append(_element("docTitle", self.book.title))
        preface.append(title)
        preface.extend(_element("p", line) for line in self.book.front.split("\n") if line.strip())
        act.append(preface)
        body = _element("body")
        body.extend(self._clause(one) for one in self.book.clauses)
        if not self.book.clauses:
            body.append(_element("hcontainer", name="empty", eId="hcont_1"))
        act.append(body)
        return root

    def _meta(self, edition: int, digest: str, at: datetime) -> etree._Element:
        day = f"{at:%Y-%m-%d}"
        here = f"/akn/un/act/constitution/{day}"
        meta, identification = _element("meta"), _element("identification", source="#redraft")
        meta.append(identification)
        language = {"de": "deu", "en": "eng"}.get(self.book.language, "mul")
        for tag, uri in (
            ("FRBRWork", here),
            ("FRBRExpression", f"{here}/{language}@edition-{edition}"),
            ("FRBRManifestation", f"{here}/{language}@edition-{edition}.xml"),
        ):
            level = _element(tag)
            level.append(_element("FRBRthis", value=f"{uri}/!main"))
            level.append(_element("FRBRuri", value=uri))
            if tag == "FRBRExpression":
                level.append(_element("FRBRalias", name="sha256", value=digest))
            level.append(_element("FRBRdate", date=day, name="generation"))
            level.append(_element("FRBRauthor", href="#redraft", **{"as": "#editor"}))
            if tag == "FRBRWork":
                level.append(_element("FRBRcountry", value="un"))
            if tag == "FRBRExpression":
                level.append(_element("FRBRlanguage", language=language))
            identification.append(level)
        references = _element("references", source="#redraft")
        references.append(
            _element("TLCOrganization", eId="redraft", href="/ontology/organization/redraft", showAs="Redraft")
        )
        references.append(_element("TLCRole", eId="editor", href="/ontology/role/editor", showAs="Editor"))
        meta.append(references)
        return meta

    @staticmethod
    def _tag(one: Clause) -> str:
        return _TAGS.get(one.kind, "hcontainer")

    def _clause(self, one: Clause) -> etree._Element:
        named = {} if self._tag(one) != "hcontainer" else {"name": one.kind.value}
        made = _element(self._tag(one), eId=self.names[one.id], wId=bookmark(one.id), **named)
        if one.repealed:
            made.set("status", "removed")
        if self.marks[one.id]:
            made.append(_element("num", self.marks[one.id]))
        if one.heading:
            made.append(_element("heading", show(one.heading, self.labels, self.own)))
        text = [self._paragraph(line) for line in one.text.split("\n")] if one.text else []
        if one.children and text:
            intro = _element("intro")
            intro.extend(text)
            made.append(intro)
        made.extend(self._clause(child) for child in one.children)
        if not one.children:
            content = _element("content")
            content.extend(text or [_element("p")])
            made.append(content)
        return made

    def _paragraph(self, line: str) -> etree._Element:
        made, place, last = _element("p"), 0, ""
        drawn = looks(line)
        for token in (*TOKEN.finditer(line), None):
            end = token.start() if token else len(line)
            for tag, words in _runs(line[place:end], drawn[place:end]):
                last = tag
                _add(made, tag, words)
            if token:
                words = show(token.group(), self.labels, self.own)
                target = token.group(1)
                if target in self.names:
                    made.append(_element("ref", words, href=f"#{self.names[target]}"))
                else:
                    _add(made, last, words)
                place = token.end()
        return made


def _runs(text: str, drawn: list[Look]) -> Iterator[tuple[str, str]]:
    """Stretches of one look: (tag or "", words), the signs of emphasis left out."""
    start = 0
    for n in range(1, len(text) + 1):
        if n == len(text) or drawn[n] is not drawn[start]:
            if drawn[start] is not Look.SIGN:
                yield _DRAWN.get(drawn[start], ""), text[start:n]
            start = n


def _add(parent: etree._Element, tag: str, words: str) -> None:
    if tag:
        parent.append(_element(tag, words))
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + words
    else:
        parent.text = (parent.text or "") + words
