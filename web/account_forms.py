"""What signing in and the account ask for."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, SelectChoice, StringField, ValidationError
from wtforms.validators import AnyOf, Length

from members.visibility import VisibleTo
from services.changing_address import NoAddress, typed
from services.passkeys import LONGEST_NAME
from web.forms import Form


def _usable(_: object, field: StringField) -> None:
    try:
        typed(field.data or "")
    except NoAddress as refusal:
        raise ValidationError(str(refusal)) from None


class AskForm(Form):
    """Ask for a link to sign in with."""

    address = StringField("Your e-mail address", validators=[_usable])
    next = HiddenField()


class ChangeAddressForm(Form):
    """Ask for another address."""

    new_address = StringField("New e-mail address", validators=[_usable])


class VisibilityForm(Form):
    """Choose who sees one's name."""

    visible_to = RadioField(
        "Who sees your name",
        choices=[SelectChoice(VisibleTo.MEMBERS, "Members only"), SelectChoice(VisibleTo.ALL, "Everybody")],
        validate_choice=False,
        validators=[AnyOf([one.value for one in VisibleTo], "Choose who sees your name.")],
    )


class ShowPasskeyForm(Form):
    """What a browser answers when it is asked for a passkey."""

    credential = HiddenField()
    next = HiddenField()


class AddPasskeyForm(Form):
    """What a browser answers when it has made a passkey, and what that is called."""

    name = StringField("Name of the passkey", validators=[Length(max=LONGEST_NAME)])
    credential = HiddenField()
