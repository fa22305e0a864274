"""What ruling on a relation, challenging it, and entering the outcome ask for."""

from __future__ import annotations

import re

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from amendments.decisions import Kind
from services.relating import CannotRule
from web.forms import Form

VOTES = re.compile("[0-9]{1,9}")

KINDS = (
    (Kind.FALLS_IF, "falls if the other is carried"),
    (Kind.ALTERNATIVE, "is an alternative to the other: at most one can be carried"),
    (Kind.NEEDS, "has no effect unless the other is carried"),
    (Kind.ONLY_IF, "is put only if the other is carried"),
    (Kind.ONLY_IF_LOST, "is put only if the other is lost"),
    (Kind.CONSEQUENTIAL, "follows the other: it is carried or lost with it"),
    (Kind.TOGETHER, "stands or falls together with the other"),
)


class RelationForm(Form):
    """Two amendments, how the first stands to the second, whether that holds, and why."""

    amendment = StringField("Amendment")
    kind = SelectField("It", choices=[SelectChoice(*one) for one in KINDS], validate_choice=False)
    other = StringField("The other amendment")
    holds = RadioField(
        "Ruling",
        choices=[SelectChoice("yes", "This holds"), SelectChoice("no", "This does not hold")],
        default="yes",
        validate_choice=False,
    )
    reason = TextAreaField("Reason")


class ChallengeForm(Form):
    """Why a ruling should be overturned."""

    reason = TextAreaField("Why the ruling is wrong")


class OutcomeForm(Form):
    """What became of a challenge."""

    upheld = RadioField(
        "What was decided",
        choices=[SelectChoice("yes", "The ruling is overturned"), SelectChoice("no", "The ruling holds")],
        validate_choice=False,
    )
    in_favour = StringField("Votes for the challenge")
    against = StringField("Votes against it")
    explanation = TextAreaField("Explanation")

    def decided(self) -> bool:
        """Whether it is said to be upheld; raises CannotRule when neither that nor votes are given."""
        if self.upheld.data not in {"yes", "no"} and not (self.in_favour.data or "").strip():
            raise CannotRule("Choose what was decided, or enter the votes.", "upheld")
        return self.upheld.data == "yes"

    def votes(self) -> tuple[int, int] | None:
        """The votes for and against; None when neither is given. Raises CannotRule for what is no number."""
        typed = [(field.data or "").strip() for field in (self.in_favour, self.against)]
        if not any(typed):
            return None
        for field, said in zip((self.in_favour, self.against), typed, strict=True):
            if not VOTES.fullmatch(said):
                raise CannotRule("Enter a whole number, or leave both votes empty.", field.short_name)
        return int(typed[0]), int(typed[1])
