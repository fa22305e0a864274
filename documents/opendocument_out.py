"""A text as an OpenDocument, each clause in its bookmark: to be edited anywhere and brought back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from itertools import groupby

from lxml import etree

from constitution.emphasis import Look
from documents.bookmarks import Colophon, bookmark
from documents.tracked import FRONT, TITLE, Piece, Tracked
from documents.word_out import EPOCH

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_NS = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_BREAKS = re.compile(r"(\n|\t| {2,}|^ )")
_DEEPEST = 8
_SIZES = {1: "16pt", 2: "13pt"}


def written(paragraphs: Iterable[Tracked], colophon: Colophon) -> bytes:
    """The content of an .odt file; the paragraphs have nothing tracked in them (documents.tracked.clean)."""
    parts = {
        "mimetype": MEDIA_TYPE.encode(),
        "content.xml": _xml(_content(tuple(paragraphs), colophon)),
        "styles.xml": _xml(_styles(colophon.language)),
        "meta.xml": _xml(_meta(colophon)),
    }
    parts["META-INF/manifest.xml"] = _xml(_manifest(parts))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, how)
    return file.getvalue()


def _name(name: str) -> str:
    """{namespace}name of prefix:name."""
    prefix, _, local = name.partition(":")
    return f"{{{_NS[prefix]}}}{local}"


def _element(name: str, *children: etree._Element, text: str | None = None, **attributes: str) -> etree._Element:
    """An element; in the names of attributes, "_" stands for ":" the first time and for "-" after that."""
    names = {_name(key.replace("_", ":", 1).replace("_", "-")): value for key, value in attributes.items()}
    made = etree.Element(_name(name), names, nsmap=_NS if name.startswith("office:document") else None)
    made.text = text
    made.extend(children)
    return made


def _xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _content(paragraphs: Sequence[Tracked], colophon: Colophon) -> etree._Element:
    body = _element("office:text")
    for key, group in groupby(paragraphs, key=lambda one: one.key):
        made = [_paragraph(one) for one in group]
        name = colophon.mark if key == TITLE else "" if key == FRONT else bookmark(key)
        if name:
            begin = _element("text:bookmark-start", text_name=name)
            begin.tail, made[0].text = made[0].text, None
            made[0].insert(0, begin)
            made[-1].append(_element("text:bookmark-end", text_name=name))
        body.extend(made)
    body.append(_element("text:p", text=colophon.note, text_style_name="Colophon"))
    styles = _element("office:automatic-styles", *(_drawn_style(look) for look in (Look.BOLD, Look.ITALIC)))
    return _element("office:document-content", styles, _element("office:body", body), office_version="1.3")


def _drawn_style(look: Look) -> etree._Element:
    how = {"fo_font_weight": "bold"} if look is Look.BOLD else {"fo_font_style": "italic"}
    return _element("style:style", _element("style:text-properties", **how), style_name=look.value, style_family="text")


def _paragraph(one: Tracked) -> etree._Element:
    if not one.headed:
        steps = min(one.indent + bool(one.label), _DEEPEST)
        made = _element("text:p", text_style_name=f"{'Numbered' if one.label else 'Text'}_20_{steps}")
    elif one.key == TITLE:
        made = _element("text:p", text_style_name="Title")
    else:
        level = str(min(one.depth + 1, _DEEPEST))
        made = _element("text:h", text_style_name=f"Heading_20_{level}", text_outline_level=level)
    for piece in (*one.label, *([Piece(one.op, "\t")] if one.label else []), *one.pieces):
        if piece.look is Look.PLAIN:
            _words(made, piece.text)
        else:
            span = _element("text:span", text_style_name=piece.look.value)
            _words(span, piece.text)
            made.append(span)
    return made


def _words(parent: etree._Element, text: str) -> None:
    """Text with its breaks, tabs and rows of spaces, which count for one in this format."""
    for part in filter(None, _BREAKS.split(text)):
        if part == "\n":
            etree.SubElement(parent, _name("text:line-break"))
        elif part == "\t":
            etree.SubElement(parent, _name("text:tab"))
        elif part.isspace():
            etree.SubElement(parent, _name("text:s")).set(_name("text:c"), str(len(part)))
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + part
        else:
            parent.text = (parent.text or "") + part


def _styles(language: str) -> etree._Element:
    country = {"de": "DE", "en": "GB"}.get(language, "none")
    whole = _element(
        "style:default-style",
        _element("style:paragraph-properties", fo_line_height="120%"),
        _element("style:text-properties", fo_font_family="Georgia", fo_font_size="11pt", fo_language=language, fo_country=country),
        style_family="paragraph",
    )  # fmt: skip
    heads = [
        _style(f"Heading_20_{n}", {"fo_margin_top": "0.5cm", "fo_margin_bottom": "0.2cm", "fo_keep_with_next": "always"},
               fo_font_size=_SIZES.get(n, "11pt"), fo_font_weight="bold")
        for n in range(1, _DEEPEST + 1)
    ]  # fmt: skip
    rows = [
        _style(f"{name}_20_{n}", {"fo_margin_left": f"{n}cm", "fo_text_indent": indent, "fo_margin_bottom": "0.2cm"})
        for name, indent in (("Text", "0cm"), ("Numbered", "-1cm"))
        for n in range(_DEEPEST + 1)
    ]
    ends = [
        _style("Title", {"fo_margin_bottom": "0.6cm"}, fo_font_size="22pt"),
        _style("Colophon", {"fo_margin_top": "0.8cm"}, fo_font_style="italic", fo_font_size="9pt"),
    ]
    return _element(
        "office:document-styles", _element("office:styles", whole, *heads, *rows, *ends), office_version="1.3"
    )


def _style(name: str, paragraph: Mapping[str, str], **text: str) -> etree._Element:
    return _element(
        "style:style",
        _element("style:paragraph-properties", **paragraph),
        _element("style:text-properties", **text),
        style_name=name,
        style_display_name=name.replace("_20_", " "),
        style_family="paragraph",
    )


def _meta(colophon: Colophon) -> etree._Element:
    moment = colophon.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    said = (("dc:title", colophon.title), ("dc:description", colophon.note), ("dc:date", moment))
    return _element(
        "office:document-meta",
        _element("office:meta", *(_element(name, text=text) for name, text in said)),
        office_version="1.3",
    )


def _manifest(parts: Iterable[str]) -> etree._Element:
    root = etree.Element(f"{{{_MANIFEST}}}manifest", {f"{{{_MANIFEST}}}version": "1.3"}, nsmap={"manifest": _MANIFEST})
    for path in ("/", *(one for one in parts if one != "mimetype")):
        kind = MEDIA_TYPE if path == "/" else "text/xml"
        names = {f"{{{_MANIFEST}}}full-path": path, f"{{{_MANIFEST}}}media-type": kind}
        etree.SubElement(root, f"{{{_MANIFEST}}}file-entry", names)
    return root
