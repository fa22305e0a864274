"""Agendas: reading them, and publishing another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from members.permissions import Permission
from rulebook import kinds
from rulebook.kinds import Order
from services import clock, publishing, reading, timing
from services.publishing import ORDERS, CannotPublish
from services.timing import StageClosed
from store.amendments import UnknownAmendment
from store.drafts import UnknownDraft
from web.access import current_member, open_to_all, requires
from web.forms import Form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from store.amendments import Amendment

blueprint = Blueprint("publishing", __name__)
WORD = re.compile(r"[\s,;]+")
NUMBER = re.compile(r"[Aa]?([0-9]{1,9})")


class AgendaForm(Form):
    """What is published: a title, an order, and the amendments, all that wait when none is named."""

    title = StringField("Title")
    order = SelectField(
        "Order", choices=[SelectChoice(one, words.capitalize()) for one, words in ORDERS.items()], validate_choice=False
    )
    amendments = TextAreaField("Amendments")
    draft = SelectField("For the draft", validate_choice=False)

    def named(self) -> list[int]:
        """The numbers typed; raises CannotPublish."""
        typed = [one for one in WORD.split(self.amendments.data or "") if one]
        found = [NUMBER.fullmatch(one) for one in typed]
        wrong = [one for one, number in zip(typed, found, strict=True) if number is None]
        if wrong:
            raise CannotPublish(f"Enter numbers such as A7, A12. This is none: {wrong[0]}", "amendments")
        return [int(one[1]) for one in found if one]


@blueprint.get("/publications")
@open_to_all
def publications() -> str:
    """Every agenda; for the committee the form for another."""
    return _page(AgendaForm(formdata=None, order=publishing.order().value))


@blueprint.post("/publications")
@requires(Permission.MERGE)
def publish() -> ResponseReturnValue:
    """Show in which order the items would stand, or publish them."""
    form = AgendaForm()
    try:
        named, order = form.named(), _order(form)
        if request.form.get("do") != "publish":
            return _page(form, publishing.preview(order, named))
        draft = int(form.draft.data) if (form.draft.data or "").isdecimal() else None
        made = publishing.publish(current_member(), form.title.data or "", order, named, clock.now(), draft=draft)
    except (CannotPublish, StageClosed, UnknownAmendment, UnknownDraft) as refusal:
        field = getattr(refusal, "field", "draft" if isinstance(refusal, UnknownDraft) else "amendments")
        form[field].errors = [str(refusal.args[0])]
        return _page(form), 409
    flash(f"{made.title} is published with {len(made.items)} items.", "success")
    return redirect(url_for("publishing.publication", number=made.number), code=303)


@blueprint.get("/publications/<int:number>")
@open_to_all
def publication(number: int) -> str:
    """One agenda."""
    return render_template("publishing/publication.html", page=publishing.agenda(number), orders=ORDERS)


def _order(form: AgendaForm) -> Order:
    if form.order.data not in set(Order):
        raise CannotPublish("Choose an order.", "order")
    return Order(form.order.data)


def _page(form: AgendaForm, preview: tuple[Amendment, ...] = ()) -> str:
    drafts = [SelectChoice(str(one.number), f"Draft {one.number}: {one.title}") for one in reading.drafts()]
    form.draft.choices = [SelectChoice("", "None"), *drafts]
    return render_template(
        "publishing/publications.html",
        publications=publishing.everything(),
        form=form,
        preview=preview,
        orders=ORDERS,
        closed=timing.closed(kinds.Act.MERGE, clock.now()),
    )
