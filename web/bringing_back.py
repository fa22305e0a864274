"""Members bring back a text that they took away and changed in Word or LibreOffice; it becomes a proposal to go on with."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms import FileField

from constitution.markup import MarkupError
from documents import reading as documents_reading
from documents.packed import Refused
from documents.returning import NotFromHere
from members.permissions import Permission
from services import bringing_back, clock, reading
from services.bringing_back import NothingChangedInIt
from web.access import current_member, may, requires
from web.forms import Form
from web.words import count

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("bringing_back", __name__)


class FileForm(Form):
    """The document that was changed."""

    file = FileField("The document that you changed")


@blueprint.url_value_preprocessor
def allow_a_document(*_: object) -> None:
    """A document may be larger than what anybody else may send; set before anything of it is read."""
    if request.endpoint == "bringing_back.bring" and may(Permission.PROPOSE):
        request.max_content_length = documents_reading.LARGEST + 100_000


@blueprint.get("/amendments/from-document")
@requires(Permission.PROPOSE)
def show() -> str:
    """How to take the text away, and the question for the document."""
    return _page(FileForm(formdata=None))


@blueprint.post("/amendments/from-document")
@requires(Permission.PROPOSE)
def bring() -> ResponseReturnValue:
    """What was done to the text as an unfinished proposal, opened to go on with."""
    form, sent = FileForm(), request.files.get("file")
    if sent is None or not sent.filename:
        form.file.errors = ["Choose the document that you changed."]
        return _page(form), 422
    with sent.stream:
        content = sent.read()
    try:
        found = documents_reading.paragraphs(sent.filename, content)
        brought = bringing_back.bring_back(current_member(), found, clock.now(), secrets.token_hex(16))
    except (MarkupError, NotFromHere, NothingChangedInIt, Refused) as refusal:
        form.file.errors = [str(refusal)]
        return _page(form), 422
    flash(f"{count(brought.changes, 'change')} found in your document.".capitalize(), "success")
    if brought.unplaced:
        flash(f"What could not be placed stands in the reason ({len(brought.unplaced)}). Nothing is lost.", "warning")
    return redirect(url_for("proposing.propose", draft=brought.key), code=303)


def _page(form: FileForm) -> str:
    return render_template("drafting/from_document.html", form=form, edition=reading.edition().number)
