"""Documents of an office for tests: paragraphs with automatic numbers, and what is compared of what is read."""

from __future__ import annotations

import io

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls


def tidy(text):
    return "\n".join(line.strip() for line in text.strip("\n").split("\n")).strip()


def drawn(paragraphs):
    """Number and words as one line, without what only the eye sees."""
    return [tidy(one.replace("\t", " ")) for one in paragraphs]


def unsigned(text):
    return text.replace("**", "").replace("_", "")


LEVELS = [
    ("decimal", "Article %1"),
    ("decimal", "%1.%2"),
    ("lowerLetter", "(%3)"),
    ("lowerRoman", "(%4)"),
    ("upperRoman", "%5."),
    ("bullet", "•"),
]


def numbered(uses, extra="", levels=LEVELS):
    """A document whose paragraphs are of these (list, level)s; list 2 starts its first level at 5."""
    document = docx.Document()
    rows = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    numbering = document.part.numbering_part.element
    for one in list(numbering):
        numbering.remove(one)
    for xml in (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{rows}</w:abstractNum>',
        f'<w:num {nsdecls("w")} w:numId="1"><w:abstractNumId w:val="90"/></w:num>',
        (
            f'<w:num {nsdecls("w")} w:numId="2"><w:abstractNumId w:val="90"/>'
            f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>{extra}</w:num>'
        ),
    ):
        numbering.append(parse_xml(xml))
    for n, (number, level) in enumerate(uses):
        paragraph = document.add_paragraph(f"Text {n}")
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
        )
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


USES = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 3), (1, 1), (1, 2), (1, 0), (1, 1), (2, 0), (2, 1), (1, 0), (2, 0),
        (1, 4), (1, 5), (1, 2), (1, 3), (1, 4)]  # fmt: skip
