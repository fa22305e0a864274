"""A printed document in Word: plain, to be read and copied from; words struck and underlined, nothing tracked."""

from __future__ import annotations

import io

import docx
from docx.document import Document as Word
from docx.shared import Cm, Pt, RGBColor

from constitution.emphasis import Look
from constitution.runs import Op
from documents.printed import Block, Document, Facts, Heading, Numbered, Table, Words
from documents.word_out import fixed

INK = {Op.INSERT: RGBColor(0x00, 0x4B, 0x87), Op.DELETE: RGBColor(0x8A, 0x3B, 0x00)}
INDENT = Cm(0.8)


def written(document: Document) -> bytes:
    """The document as .docx; the same document is the same bytes. Word ends lines where it likes, so none has a number."""
    word = docx.Document()
    word.styles["Normal"].font.name = "Georgia"
    word.styles["Normal"].font.size = Pt(11)
    said = word.core_properties
    said.title, said.author, said.language = document.title, document.organisation, document.language
    said.created = said.modified = document.at.replace(tzinfo=None)
    word.add_paragraph(document.organisation)
    word.add_heading(document.kind, 0)
    word.add_paragraph(document.called, style="Subtitle")
    for block in (document.cover, *document.blocks):
        _add(word, block)
    file = io.BytesIO()
    word.save(file)
    return fixed(file.getvalue())


def _add(word: Word, block: Block) -> None:
    match block:
        case Heading(level, text, over):
            word.add_heading(f"{over}: {text}" if over else text, level)
        case Words(text, small):
            word.add_paragraph().add_run(text).italic = small
        case Facts(pairs):
            for name, words in pairs:
                paragraph = word.add_paragraph()
                paragraph.add_run(f"{name}: ").bold = True
                paragraph.add_run(words)
        case Table(head, rows):
            _table(word, (head, *rows))
        case Numbered():
            _text(word, block)


def _table(word: Word, rows: tuple[tuple[str, ...], ...]) -> None:
    table = word.add_table(0, len(rows[0]), style="Table Grid")
    for n, row in enumerate(rows):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(words).bold = n == 0
    word.add_paragraph()


def _text(word: Word, block: Numbered) -> None:
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.left_indent = INDENT * block.steps
    paragraph.paragraph_format.keep_with_next = block.headed
    for line in block.lines:
        for piece in line.pieces:
            run = paragraph.add_run(piece.text)
            run.bold, run.italic = block.headed or piece.look is Look.BOLD, piece.look is Look.ITALIC
            run.underline, run.font.strike = piece.op is Op.INSERT, piece.op is Op.DELETE
            if piece.op in INK:
                run.font.color.rgb = INK[piece.op]
