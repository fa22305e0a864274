"""Texts to take away: Word with tracked changes, OpenDocument, Markdown, Akoma Ntoso, plain redlines, tables. Open to all."""

from __future__ import annotations

import csv
import io
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, request, url_for

from constitution.markup import write
from constitution.runs import plain
from documents import akoma_ntoso, opendocument_out, word_out
from documents.bookmarks import Colophon, Origin
from members.visibility import is_member, shown_name
from services import amendment_page, ballot_page, clock, consent_page, exporting, reading, what_if
from services.offers import version_page
from web import addresses
from web.access import current_member, open_to_all
from web.drafts import plain_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from constitution.redline import RedlinedClause
    from services.ballot_page import Asked
    from services.exporting import Sheet

blueprint = Blueprint("exporting", __name__)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COLUMNS = ("number", "version", "title", "mover", "state", "clauses", "seconders", "digest", "proposed")


@blueprint.get("/amendments/<int:number>/tracked.docx")
@open_to_all
def amendment(number: int) -> Response:
    """The text as an amendment would make it, with its changes tracked."""
    return _word(exporting.amendment(number, current_member()))


@blueprint.get("/drafts/<int:number>/tracked.docx")
@open_to_all
def draft(number: int) -> Response:
    """A draft with its changes tracked, each its amendment's."""
    return _word(exporting.draft(number, current_member()))


@blueprint.get("/editions/<int:old>/compare/<int:new>/tracked.docx")
@open_to_all
def comparison(old: int, new: int) -> Response:
    """Two editions as one document with tracked changes."""
    return _word(exporting.comparison(old, new, current_member()))


@blueprint.get("/editions/<int:number>/text.docx", defaults={"form": "docx"})
@blueprint.get("/editions/<int:number>/text.md", defaults={"form": "md"})
@blueprint.get("/editions/<int:number>/text.odt", defaults={"form": "odt"})
@blueprint.get("/editions/<int:number>/text.xml", defaults={"form": "xml"})
@open_to_all
def edition(number: int, form: str) -> Response:
    """An edition, or one clause of it (?clause=) as Word or OpenDocument: to edit and bring back."""
    if form in {"docx", "odt"}:
        sheet = exporting.edition(number, request.args.get("clause", ""))
        return _word(sheet) if form == "docx" else _opendocument(sheet)
    found = reading.edition(number)
    if form == "md":
        return _sent(write(found.constitution).encode(), "text/markdown; charset=utf-8", f"edition-{number}.md")
    content = akoma_ntoso.written(found.constitution, number, found.digest, found.at)
    return _sent(content, "application/akn+xml", f"edition-{number}.akn.xml")


@blueprint.get("/amendments/<int:number>/redline.txt")
@open_to_all
def amendment_in_signs(number: int) -> Response:
    """The redline of an amendment for a mail: [-old-]{+new+}."""
    page = amendment_page.page(number)
    return _text((f"A{number}: {page.amendment.title}", *page.instruction), page.redline)


@blueprint.get("/drafts/<int:number>/redline.txt")
@open_to_all
def draft_in_signs(number: int) -> Response:
    """The same of a draft."""
    return _text((f"Draft {number}",), exporting.changes_of_draft(number).changed)


@blueprint.get("/editions/<int:old>/compare/<int:new>/redline.txt")
@open_to_all
def comparison_in_signs(old: int, new: int) -> Response:
    """The same between two editions."""
    return _text((f"From edition {old} to edition {new}",), reading.compare(old, new).changed)


@blueprint.get("/amendments/<int:number>/versions/<int:n>/redline.txt")
@open_to_all
def version_in_signs(number: int, n: int) -> Response:
    """The same between a version of an amendment and the one before it."""
    return _text((f"What changed in version {n} of A{number}",), version_page(number, n).redline)


@blueprint.get("/composites/<int:number>/redline.txt")
@open_to_all
def composite_in_signs(number: int) -> Response:
    """The same of the text that a composite makes, as those who are asked for their consent read it."""
    rows = consent_page.page(number, clock.now(), current_member()).redline
    return _text(
        (f"Composite {number}", *(("Not everything is settled; there is no text yet.",) if rows is None else ())),
        rows or (),
    )


@blueprint.get("/what-if.txt")
@open_to_all
def what_if_in_signs() -> Response:
    """The same if these amendments were carried (?a=18&a=19)."""
    page = what_if.page(request.args.getlist("a", type=addresses.number), "", "")
    opening = (
        f"Edition {page.edition.number}, if {', '.join(f'A{one}' for one in page.ticked) or 'nothing'} were carried"
    )
    return _text((opening,), page.result.redline if page.result else ())


@blueprint.get("/ballots/<int:number>/redline.txt")
@open_to_all
def ballot_in_signs(number: int) -> Response:
    """The same of everything that is put to a vote."""
    page = ballot_page.page(number, None, b"", clock.now())
    return _paragraphs((f"Vote {number}: {page.ballot.title}", *_questions(page.asked)))


def _questions(asked: Iterable[Asked]) -> Iterator[str]:
    for one in asked:
        yield f"{one.question.id}. {one.question.words}"
        for option, rows in one.options:
            yield option.label
            yield from map(_in_signs, rows)


@blueprint.get("/amendments.csv")
@open_to_all
def table() -> Response:
    """Every amendment for a spreadsheet."""
    return _sent(_table(*_state()), "text/csv; charset=utf-8", "amendments.csv")


@blueprint.get("/amendments.json")
@open_to_all
def data() -> Response:
    """Every amendment with its edits, for programs."""
    return Response(_data(*_state()), content_type="application/json; charset=utf-8")


def _state() -> tuple[str, bool]:
    """What a table of all amendments depends on: whatever is done is in the log, and members see names."""
    member = current_member()
    return exporting.state(), member is not None and is_member(member.roles)


@lru_cache(maxsize=2)
def _table(_: str, within: bool) -> bytes:  # noqa: FBT001 (part of the key)
    """Made once for each state of the log: with many amendments it takes seconds."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    for one in _amendments(within=within):
        said = one | {"clauses": " ".join(one["clauses"])}
        rows.writerow([plain_cell(str(said[name])) for name in COLUMNS])
    return ("\ufeff" + written.getvalue()).encode()


@lru_cache(maxsize=2)
def _data(_: str, within: bool) -> bytes:  # noqa: FBT001 (part of the key)
    return json.dumps({"amendments": list(_amendments(within=within, edits=True))}, ensure_ascii=False).encode()


def _amendments(*, within: bool, edits: bool = False) -> Iterator[dict[str, Any]]:
    for one in exporting.lines():
        amendment, version = one.amendment, one.amendment.version
        said = {
            "number": f"A{amendment.number}",
            "version": version.n,
            "title": version.title,
            "mover": shown_name(amendment.mover, within),
            "state": amendment.state.value,
            "clauses": one.clauses,
            "seconders": one.seconders,
            "digest": version.digest,
            "proposed": amendment.created.isoformat(),
        }
        if edits:
            said |= {"base": version.base_edition, "reason": version.reason, "edits": one.edits}
            said["address"] = url_for("drafting.amendment", number=amendment.number)
        yield said


def _word(sheet: Sheet) -> Response:
    return _sent(word_out.written(sheet.paragraphs, colophon(sheet)), WORD, f"{_stem(sheet)}.docx")


def _opendocument(sheet: Sheet) -> Response:
    content = opendocument_out.written(sheet.paragraphs, colophon(sheet))
    return _sent(content, opendocument_out.MEDIA_TYPE, f"{_stem(sheet)}.odt")


def colophon(sheet: Sheet) -> Colophon:
    """What the document says of itself."""
    return Colophon(sheet.title, Origin(sheet.edition, sheet.scope).mark, sheet.note, sheet.language, sheet.at)


def _stem(sheet: Sheet) -> str:
    return "-".join(
        "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in sheet.called).lower().split()
    )


def _text(opening: Iterable[str], rows: Iterable[RedlinedClause]) -> Response:
    return _paragraphs([*opening, *map(_in_signs, rows)])


def _paragraphs(paragraphs: Iterable[str]) -> Response:
    return Response("\n\n".join(paragraphs) + "\n", content_type="text/plain; charset=utf-8")


def _in_signs(one: RedlinedClause) -> str:
    """A clause: what it is, its heading and its text in signs."""
    label = one.label_after or one.label_before
    return "\n".join(filter(None, (f"Clause {label} ({one.change})", plain(one.heading), plain(one.text))))


def _sent(content: bytes, kind: str, name: str) -> Response:
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
