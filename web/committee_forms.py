"""What the committee's desk asks for."""

from __future__ import annotations

from wtforms import SelectMultipleField, StringField

from web.forms import Form


class CompositeForm(Form):
    """Which amendments to merge, and what the composite is called."""

    amendments = SelectMultipleField("Amendments to merge", coerce=int, validate_choice=False)
    title = StringField("Title of the composite")
