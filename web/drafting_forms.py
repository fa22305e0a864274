"""What a proposal and a withdrawal ask for."""

from __future__ import annotations

from collections.abc import Iterator

from flask import request
from wtforms import DateField, FieldList, FormField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms import Form as Part
from wtforms.fields import SelectChoice
from wtforms.widgets import HiddenInput

from services.proposal import Act, Change, Proposal
from web.forms import Form

ACTS = (
    (Act.REWORD, "Change its wording"),
    (Act.ADD_AFTER, "Add a clause after it"),
    (Act.ADD_BEFORE, "Add a clause before it"),
    (Act.ADD_BELOW, "Add a clause at its end"),
    (Act.STRIKE, "Strike it"),
)


class ChangeForm(Part):
    """One change: its act and clause are chosen, its words typed."""

    act = HiddenField()
    clause = HiddenField()
    heading = StringField("Heading")
    text = TextAreaField("Text")

    def change(self) -> Change:
        """The change as typed; a tampered act is a change of wording."""
        act = Act(self.act.data) if self.act.data in set(Act) else Act.REWORD
        return Change(act, self.clause.data or "", self.heading.data or "", self.text.data or "")


class ProposeForm(Form):
    """An amendment as typed, with the edition it was read from. Everything typed comes back on every answer."""

    base = IntegerField(widget=HiddenInput())
    changes = FieldList(FormField(ChangeForm))
    add_act = SelectField(
        "What to do with it", choices=[SelectChoice(act.value, words) for act, words in ACTS], validate_choice=False
    )
    add_clause = SelectField("Clause", validate_choice=False)
    title = StringField("Title")
    reason = TextAreaField("Reason")

    @classmethod
    def of(cls, proposal: Proposal) -> ProposeForm:
        """The form holding a proposal, whatever was sent."""
        rows = [
            {"act": one.act.value, "clause": one.clause, "heading": one.heading, "text": one.text}
            for one in proposal.changes
        ]
        return cls(
            formdata=None,
            data={
                "base": proposal.base,
                "changes": rows,
                "title": proposal.title,
                "reason": proposal.reason,
                "add_act": request.form.get("add_act", Act.REWORD.value),
            },
        )

    def proposal(self, otherwise: int) -> Proposal:
        """What was typed; ``otherwise`` is the edition when the form names none."""
        changes = tuple(entry.form.change() for entry in self.changes)
        return Proposal(self.base.data or otherwise, changes, self.title.data or "", self.reason.data or "")

    def stale(self) -> bool:
        """Whether the form's token is no longer that of the session."""
        self.validate()
        return "csrf_token" in self.errors

    def mark(self, problems: dict[str, str]) -> None:
        """Put each problem beside its field."""
        fields = dict(self._by_name())
        for name, problem in problems.items():
            field = fields.get(name)
            if field is not None:
                field.errors = (*field.errors, problem)

    def _by_name(self) -> Iterator[tuple[str, object]]:
        yield from (("title", self.title), ("reason", self.reason))
        for n, entry in enumerate(self.changes):
            yield f"changes-{n}-heading", entry.form.heading
            yield f"changes-{n}-text", entry.form.text


class ReasonForm(Form):
    """An act that is published with its reason: withdrawing, refusing."""

    reason = TextAreaField("Reason")


class BodySecondForm(Form):
    """The decision of a branch or affiliated body, as its officer enters it."""

    decided = DateField("Decided on")
    minute = StringField("Minute")
