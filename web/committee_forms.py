"""What the committee's desk asks for."""

from __future__ import annotations

from wtforms import SelectField, SelectMultipleField, StringField

from web.forms import Form


class CompositeForm(Form):
    """Which amendments to merge: in a composite of their own, with its title, or on the desk of one that is open."""

    amendments = SelectMultipleField("Amendments to merge", coerce=int, validate_choice=False)
    onto = SelectField("On which desk", coerce=int, validate_choice=False, default=0)
    title = StringField("Title of the composite")
