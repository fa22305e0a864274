"""The forms of adoption: what a body outside said, provisos, corrections, objections to these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from store.adoptions import Kind, Term
from web.forms import Form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from services.decision_page import Adoption


class WordForm(Form):
    """What a body outside said."""

    asked = SelectField("What was decided", validate_choice=False)
    day = DateField("On which day")
    reference = StringField("Its reference")
    given = RadioField(
        "The answer", choices=[SelectChoice("yes", "Registered, or agreed"), SelectChoice("no", "Refused")],
        validate_choice=False,
    )  # fmt: skip


class ProvisoForm(Form):
    """From when on, or until when, a clause is in force."""

    clause = SelectField("Clause", validate_choice=False)
    term = SelectField(
        "It is in force", choices=[SelectChoice(Term.FROM, "only from"), SelectChoice(Term.UNTIL, "only until the end of")],
        validate_choice=False,
    )  # fmt: skip
    day = DateField("this day")
    note = StringField("A note, if one is needed")


class CorrectionForm(Form):
    """A clause as it is to be written, and why."""

    heading = StringField("Heading")
    text = TextAreaField("Text")
    reason = TextAreaField("What is wrong as it stands")


class StopForm(Form):
    """Why a correction is more than one."""

    reason = TextAreaField("Why this is more than a correction")


def word_form(adoption: Adoption, typed: WordForm | None = None) -> WordForm:
    """The form for what is still waited for, with what was typed."""
    form = typed or WordForm(formdata=None)
    words = {Kind.REGISTRATION: "Registration with", Kind.CONSENT: "Consent of"}
    form.asked.choices = [SelectChoice(f"{kind} {body}", f"{words[kind]} {body}") for kind, body in adoption.asked]
    return form


def proviso_form(clauses: Iterable[tuple[str, str]], typed: ProvisoForm | None = None) -> ProvisoForm:
    """The form for a proviso to one of these clauses (id and label), with what was typed."""
    form = typed or ProvisoForm(formdata=None)
    form.clause.choices = [SelectChoice(one, label) for one, label in clauses]
    return form
