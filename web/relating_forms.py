"""What ruling on a relation, challenging it, and entering the outcome ask for."""

from __future__ import annotations

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from amendments.decisions import Kind
from web.forms import Form

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
