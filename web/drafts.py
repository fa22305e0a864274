"""A frozen draft: what it accounts for, as pages and as a table to take away, and objections to it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from wtforms import TextAreaField

from constitution.door import ForbiddenCharacter, TextTooLong
from members.permissions import Permission
from members.roll_cells import FORMULA
from services import clock, decision_page, draft_page, objecting
from services.belonging import NotOfTheElectorate
from services.objecting import CannotObject
from services.timing import StageClosed
from web.access import current_member, open_to_all, requires
from web.adopting_forms import ProvisoForm, WordForm, proviso_form, word_form
from web.forms import Form
from web.words import person

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from services.draft_page import CoverageLine

blueprint = Blueprint("drafts", __name__)

COLUMNS = ("number", "version", "title", "mover", "fate", "reason", "set aside")


class ObjectionForm(Form):
    """What a member objects to."""

    reason = TextAreaField("What you object to, and why")


@blueprint.get("/drafts/<int:number>/coverage")
@open_to_all
def coverage(number: int) -> str:
    """What became of every amendment when the draft was frozen."""
    return render_template("reading/coverage.html", page=draft_page.coverage(number, request.args.get("fate", "")))


@blueprint.get("/drafts/<int:number>/coverage.csv")
@open_to_all
def table(number: int) -> Response:
    """The same for a spreadsheet: UTF-8 with its mark, so that every spreadsheet reads the letters right."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    rows.writerows(map(_cells, draft_page.coverage(number).lines))
    answer = Response("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="draft-{number}-coverage.csv"'
    return answer


@blueprint.get("/drafts/<int:number>/choices")
@open_to_all
def choices(number: int) -> str:
    """Every choice that the committee made for the draft: who, when, and what, in words."""
    return render_template("reading/choices.html", page=draft_page.choices(number))


@blueprint.post("/drafts/<int:number>/objection")
@requires(Permission.COMMENT)
def object_to(number: int) -> ResponseReturnValue:
    """Object to the draft, or say it otherwise."""
    form = ObjectionForm()
    try:
        objecting.object_to(current_member(), number, form.reason.data or "", clock.now())
    except (CannotObject, ForbiddenCharacter, NotOfTheElectorate, StageClosed, TextTooLong) as refusal:
        form.reason.errors = [str(refusal)]
        return shown(number, form), 403 if isinstance(refusal, NotOfTheElectorate) else 409
    flash("Your objection is published with the draft.", "success")
    return redirect(url_for("reading.draft", number=number, _anchor="objections"), code=303)


@blueprint.post("/drafts/<int:number>/objection/take-back")
@requires(Permission.COMMENT)
def take_back(number: int) -> ResponseReturnValue:
    """Take one's objection back."""
    objecting.take_back(current_member(), number, clock.now())
    flash("Your objection is taken back.", "success")
    return redirect(url_for("reading.draft", number=number, _anchor="objections"), code=303)


def shown(
    number: int, form: ObjectionForm | None = None, *, word: WordForm | None = None, proviso: ProvisoForm | None = None
) -> str:
    """The page of the draft, with what was typed."""
    page = draft_page.page(number, clock.now(), current_member())
    if form is None:
        form = ObjectionForm(formdata=None, reason=page.objecting.mine.reason if page.objecting.mine else "")
    adoption = decision_page.page(page.draft, page)
    return render_template(
        "reading/draft.html",
        page=page,
        view=request.args.get("view"),
        form=form,
        adoption=adoption,
        word=word_form(adoption, word),
        proviso=proviso_form(adoption.clauses, proviso),
    )


def _cells(line: CoverageLine) -> list[str]:
    words = [line.version.title, person(line.amendment.mover), line.fate, line.item.reason]
    said = [*words, "\n".join(line.item.set_aside)]
    return [f"A{line.amendment.number}", str(line.version.n), *map(plain_cell, said)]


def plain_cell(words: str) -> str:
    """Words that a spreadsheet would compute, set apart as words."""
    return f"'{words}" if FORMULA.match(words) else words
