"""What a proposal and a withdrawal ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from flask import request
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms import Form as Part
from wtforms.fields import SelectChoice
from wtforms.widgets import HiddenInput

from amendments.relations import Relation
from services.beside import Sought
from services.proposal import Act, Change, Proposal
from web.forms import Form

ACTS = (
    (Act.REWORD, "Change its wording"),
    (Act.ADD_AFTER, "Add a clause after it"),
    (Act.ADD_BEFORE, "Add a clause before it"),
    (Act.ADD_BELOW, "Add a clause at its end"),
    (Act.MOVE, "Move it"),
    (Act.STRIKE, "Strike it"),
)
PLACES = (("after", "after"), ("before", "before"), ("below", "at the end of"))
RELATIONS = (
    ("", "It stands by itself"),
    (Relation.ALTERNATIVE, "It is an alternative to another amendment"),
    (Relation.COUNTER, "It is a counter-proposal to another amendment"),
    (Relation.ONLY_IF_LOST, "It is put only if another amendment of mine is lost"),
)


class ChangeForm(Part):
    """One change: its act and clause are chosen, its words typed; a move has a place beside another clause."""

    act = HiddenField()
    clause = HiddenField()
    heading = StringField("Heading")
    text = TextAreaField("Text")
    place = SelectField("Where it is to stand", choices=[SelectChoice(*one) for one in PLACES], validate_choice=False)
    to = SelectField("This clause", validate_choice=False)

    def change(self) -> Change:
        """The change as typed; a tampered act is a change of wording."""
        act = Act(self.act.data) if self.act.data in set(Act) else Act.REWORD
        moves = {"place": self.place.data or "", "to": self.to.data or ""} if act is Act.MOVE else {}
        return Change(act, self.clause.data or "", self.heading.data or "", self.text.data or "", **moves)


def _hidden(cast: type = str) -> HiddenField | IntegerField:
    return IntegerField(widget=HiddenInput()) if cast is int else HiddenField()


class ProposeForm(Form):
    """An amendment as typed, with the edition it was read from. Everything typed comes back on every answer."""

    base = _hidden(int)
    on = _hidden(int)
    version = _hidden(int)
    revises = HiddenField()
    key = HiddenField()
    revision = _hidden(int)
    changes = FieldList(FormField(ChangeForm))
    add_act = SelectField(
        "What to do with it", choices=[SelectChoice(act.value, words) for act, words in ACTS], validate_choice=False
    )
    add_clause = SelectField("Clause", validate_choice=False)
    sought = StringField("Throughout, leave out")
    instead = StringField("and insert")
    whole_words = BooleanField("Whole words only", default=True)
    match_case = BooleanField("Only with the same capitals")
    title = StringField("Title")
    reason = TextAreaField("Reason")
    note = TextAreaField("Why the text changes")
    relation = SelectField(
        "How it stands to others", choices=[SelectChoice(*one) for one in RELATIONS], validate_choice=False
    )
    other = StringField("Number of the other amendment")
    for_body = BooleanField()
    decided = DateField("Decided on")
    minute = StringField("Minute")

    @classmethod
    def of(cls, proposal: Proposal) -> ProposeForm:
        """The form holding a proposal, whatever was sent."""
        typed = asdict(proposal)
        decided = date.fromisoformat(proposal.decided) if proposal.decided else None
        chosen = {"add_act": request.form.get("add_act", Act.REWORD.value), "decided": decided}
        chosen |= {name: request.form.get(name, "") for name in ("sought", "instead")}
        sent = "sought" in request.form
        chosen |= {
            name: name in request.form if sent else name == "whole_words" for name in ("whole_words", "match_case")
        }
        return cls(formdata=None, data={**typed, **chosen, "revises": "y" if proposal.revises else ""})

    def proposal(self, otherwise: int) -> Proposal:
        """What was typed; ``otherwise`` is the edition when the form names none."""
        undone = (one for one in request.form.getlist("undone") if one.isascii() and one.isdigit())
        return Proposal(
            base=self.base.data or otherwise,
            changes=tuple(entry.form.change() for entry in self.changes),
            title=self.title.data or "",
            reason=self.reason.data or "",
            on=self.on.data or 0,
            version=self.version.data or 0,
            revises=bool(self.revises.data),
            undone=tuple(sorted({int(one[:6]) for one in undone})),
            note=self.note.data or "",
            relation=self.relation.data or "",
            other=self.other.data or "",
            for_body=bool(self.for_body.data),
            decided=self.decided.data.isoformat() if self.decided.data else "",
            minute=self.minute.data or "",
            key=(self.key.data or "")[:64],
            revision=self.revision.data or 0,
        )

    def words(self) -> Sought:
        """The words to be replaced everywhere, as typed."""
        sought = (self.sought.data or "", self.instead.data or "")
        return Sought(*sought, bool(self.whole_words.data), bool(self.match_case.data))

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
        for name in (
            "title",
            "reason",
            "note",
            "sought",
            "instead",
            "relation",
            "other",
            "for_body",
            "decided",
            "minute",
        ):
            yield name, self[name]
        for n, entry in enumerate(self.changes):
            for name in ("heading", "text", "to"):
                yield f"changes-{n}-{name}", entry.form[name]


class ReasonForm(Form):
    """An act that is published with its reason: withdrawing, refusing."""

    reason = TextAreaField("Reason")


class BodySecondForm(Form):
    """The decision of a branch or affiliated body, as its officer enters it."""

    decided = DateField("Decided on")
    minute = StringField("Minute")
