"""The roll for administrators: choose a file, see what it would change, apply exactly that."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms import BooleanField, FileField, HiddenField

from members.permissions import Permission, Role
from members.roll_cells import STANDINGS
from services import clock, roll
from web.access import current_member, may, requires
from web.forms import Form

if TYPE_CHECKING:
    from typing import Any

    from flask.typing import ResponseReturnValue

    from services.roll import Shown

blueprint = Blueprint("roll", __name__)

SHOWN = 50  # of each kind of change, and of problems
LARGEST = 32 * 1024 * 1024


class FileForm(Form):
    """The file to look at."""

    file = FileField("The list of members")


class ApplyForm(Form):
    """What was looked at, by its secret, and whether so much is meant."""

    upload = HiddenField()
    meant = BooleanField("Yes, this is meant")


@blueprint.url_value_preprocessor
def allow_a_whole_roll(*_: object) -> None:
    """An administrator's file may be larger than what anybody else may send; set before anything of it is read."""
    if request.endpoint == "roll.check" and may(Permission.ADMINISTER):
        request.max_content_length = LARGEST


@blueprint.get("/roll")
@requires(Permission.ADMINISTER)
def show() -> str:
    """The roll in numbers, its snapshots, and the question for a file."""
    return _page(FileForm(formdata=None))


@blueprint.post("/roll")
@requires(Permission.ADMINISTER)
def check() -> ResponseReturnValue:
    """What the file would change, or what is wrong with it, line by line."""
    form, (name, data) = FileForm(), _sent()
    if not name:
        form.file.errors = ["Choose the file in which your list of members is."]
        return _page(form), 422
    secret = secrets.token_urlsafe(32)
    try:
        shown = roll.upload(_me(), name, data, clock.now(), secret)
    except roll.TooLarge as refusal:
        form.file.errors = [str(refusal)]
        return _page(form), 422
    return _checked(shown, ApplyForm(formdata=None, upload=secret)), 422 if shown.problems else 200


@blueprint.post("/roll/apply")
@requires(Permission.ADMINISTER)
def apply() -> ResponseReturnValue:
    """Apply the file that was shown; where that cannot be, show what it would do by now."""
    form = ApplyForm()
    secret = form.upload.data or ""
    try:
        applied = roll.apply_upload(_me(), clock.now(), secret, meant=form.meant.data)
    except roll.NotMeant as refusal:
        form.meant.errors = ["Tick this if it is meant. Nothing was changed."]
        return _checked(refusal.shown, form), 422
    except (roll.RollChanged, roll.CannotImport) as refusal:
        form.meant.data = False
        return _checked(roll.look_again(_me(), clock.now(), secret), form, str(refusal)), 409
    except roll.UploadGone as refusal:
        return _page(FileForm(formdata=None), str(refusal.args[0])), 409
    flash(f"The roll is as in the file: {applied.plan}. Snapshot {applied.snapshot.number} was taken.", "success")
    return redirect(url_for("roll.show"), code=303)


def _sent() -> tuple[str, bytes]:
    """The name and the content of the file that was chosen; no name when none was."""
    sent = request.files.get("file")
    if sent is None:
        return "", b""
    with sent.stream:  # a large one is a temporary file, which must not stay
        return sent.filename or "", sent.read()


def _me() -> Any:  # noqa: ANN401 (the guard has let a member in)
    return current_member()


def _page(form: FileForm, refusal: str = "") -> str:
    known = {"standings": STANDINGS, "roles": [role.value for role in Role]}
    return render_template("roll/show.html", page=roll.page(), form=form, refusal=refusal, **known)


def _checked(shown: Shown, form: ApplyForm, refusal: str = "") -> str:
    return render_template("roll/checked.html", shown=shown, plan=shown.plan, form=form, refusal=refusal, most=SHOWN)
