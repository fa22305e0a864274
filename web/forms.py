"""What every form of ours is: protected against forgery, and worded by us rather than by the browser."""

from __future__ import annotations

from flask_wtf import FlaskForm


class Form(FlaskForm):
    """A form that changes something. The macros of forms.html draw it; each field's label and hint are beside it."""
