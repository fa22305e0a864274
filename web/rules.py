"""The rules of the process in plain words, its timetable, and the changing of a date."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from wtforms import DateField, SelectField, TextAreaField, TimeField
from wtforms.fields import SelectChoice

from members.permissions import Permission
from services import clock, timing
from web.access import current_member, may, open_to_all, requires
from web.forms import Form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("rules", __name__)

EDGES = {"opens": "opens", "closes": "closes"}


class DateForm(Form):
    """Another moment for the opening or closing of a stage. Everything typed comes back on every answer."""

    name = SelectField("Which date")
    day = DateField("New day")
    time = TimeField("New time")
    reason = TextAreaField("Reason")


@blueprint.get("/rules")
@open_to_all
def show() -> str:
    """The rules, the timetable and how long is left."""
    return _shown(DateForm(formdata=None))


@blueprint.post("/rules/dates")
@requires(Permission.ADMINISTER)
def change_date() -> ResponseReturnValue:
    """Change a date; what is wrong is said beside the form, with all that was typed."""
    form = DateForm()
    day, time = form.day.data, form.time.data
    if day is None or time is None:
        return _shown(form, "Enter the new day, and the time as hours and minutes such as 12:00."), 422
    moment = timing.local(datetime.combine(day, time))
    try:
        timing.change_date(current_member(), form.name.data or "", moment, form.reason.data or "", clock.now())
    except (timing.NoReasonForDate, timing.NoSuchDate, timing.NotLater) as refusal:
        return _shown(form, str(refusal.args[0])), 422
    flash("The date is changed, and the reason published with it.", "success")
    return redirect(url_for("rules.show"), code=303)


def _shown(form: DateForm, refusal: str = "") -> str:
    page = timing.page(clock.now())
    form.name.choices = [
        SelectChoice(f"{line.period.stage.id}.{edge}", f"{line.period.stage.label}: {said}")
        for line in page.lines
        for edge, said in EDGES.items()
    ]
    changing = may(Permission.ADMINISTER) and bool(page.lines)
    return render_template("rules/show.html", page=page, form=form, refusal=refusal, changing=changing)
