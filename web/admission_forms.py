"""What a ruling, an appeal, its outcome, a recommendation and a message ask for; all may stand on one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.widgets import HiddenInput

from amendments.rulings import Outcome, Recommendation
from services import admission_page
from web.forms import Form
from web.relating_forms import OutcomeForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.amendments import Amendment

OUTCOMES = {
    Outcome.IN_ORDER: "In order",
    Outcome.IN_ORDER_WITH_CHANGES: "In order after agreed changes",
    Outcome.OUT_OF_ORDER: "Out of order",
}
KINDS = (
    (Recommendation.CARRY, "Carry it"),
    (Recommendation.CARRY_WITH_CHANGES, "Carry it with changes"),
    (Recommendation.REJECT, "Reject it"),
    (Recommendation.REMIT, "Remit it: decide nothing now, and give it to a body to work on"),
    (Recommendation.NONE, "Recommend nothing any more"),
)


class RulingForm(Form):
    """A ruling on one version. ``back`` is set on the page where many wait, to return there."""

    version = IntegerField(widget=HiddenInput())
    back = HiddenField()
    outcome = RadioField("Ruling", choices=[SelectChoice(*one) for one in OUTCOMES.items()], validate_choice=False)
    ground = SelectField("Ground of a refusal", validate_choice=False)
    reason = TextAreaField("Reason")
    changes = TextAreaField("Changes that were agreed")

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 (as WTForms has it)
        super().__init__(*args, **options)
        self.ground.choices = [
            SelectChoice("", "Choose one"),
            *(SelectChoice(*one) for one in admission_page.grounds()),
        ]


class AppealForm(Form):
    """Why a refusal is wrong."""

    reason = TextAreaField("Why the refusal is wrong")


class AppealOutcomeForm(OutcomeForm):
    """What became of an appeal."""

    upheld = RadioField(
        "What was decided",
        choices=[SelectChoice("yes", "The appeal is upheld"), SelectChoice("no", "The appeal is dismissed")],
        validate_choice=False,
    )
    in_favour = StringField("Votes for the appeal")


class RecommendationForm(Form):
    """A recommendation on one version."""

    version = IntegerField(widget=HiddenInput())
    kind = RadioField("What you recommend", choices=[SelectChoice(*one) for one in KINDS], validate_choice=False)
    reason = TextAreaField("Reason")
    changes = TextAreaField("Changes with which you recommend it")


class AdviceForm(Form):
    """A message to the other side."""

    text = TextAreaField("Your message")


@dataclass(frozen=True, slots=True)
class Entering:
    """The forms on the page of an amendment; ``sent`` is the one that comes back with what was typed."""

    ruling: RulingForm
    appeal: AppealForm
    outcome: AppealOutcomeForm
    recommendation: RecommendationForm
    advice: AdviceForm
    sent: Form | None = None

    @classmethod
    def of(cls, amendment: Amendment, sent: Mapping[str, Form]) -> Entering:
        """All of them empty, but for one that was ``sent``, by the name it has here."""
        version = {"version": amendment.version.n}
        empty = {
            "ruling": ruling(amendment),
            "appeal": AppealForm(formdata=None, prefix="appeal-"),
            "outcome": AppealOutcomeForm(formdata=None, prefix="outcome-"),
            "recommendation": RecommendationForm(formdata=None, prefix="recommend-", data=version),
            "advice": AdviceForm(formdata=None, prefix="advice-"),
        }
        return cls(**{**empty, **sent}, sent=next(iter(sent.values()), None))


def prefix(number: int) -> str:
    """What the names of a ruling's fields begin with: many forms may stand on one page."""
    return f"rule-{number}-"


def ruling(amendment: Amendment, *, back: bool = False) -> RulingForm:
    """An empty ruling on the text of an amendment that stands."""
    data = {"version": amendment.version.n, "back": "y" if back else ""}
    return RulingForm(formdata=None, prefix=prefix(amendment.number), data=data)
