"""What a point for or against an amendment asks for, and what hiding one or showing it again does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wtforms import RadioField, TextAreaField
from wtforms.fields import SelectChoice

from amendments.points import Side
from web.forms import Form

if TYPE_CHECKING:
    from store.points import Point


class PointForm(Form):
    """A member's point. What was typed comes back with every answer.

    Its fields are named apart from those of the other forms on the page; a prefix would rename its token as well.
    """

    side = RadioField(
        "Your point speaks",
        name="point-side",
        choices=[SelectChoice(Side.FOR.value, "For the amendment"), SelectChoice(Side.AGAINST.value, "Against it")],
        validate_choice=False,
    )
    text = TextAreaField("Your point", name="point-text")

    @classmethod
    def of(cls, point: Point | None) -> PointForm:
        """The form holding the member's point, or an empty one."""
        held = {"side": point.side.value, "text": point.text} if point else {}
        return cls(formdata=None, data=held)

    def stale(self) -> bool:
        """Whether the form's token is no longer that of the session."""
        self.validate()
        wrong = "csrf_token" in self.errors
        for field in self:
            field.errors = ()
        return wrong


class JudgementForm(Form):
    """Why a point is hidden, or shown again."""

    reason = TextAreaField("Reason")
