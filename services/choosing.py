"""What the committee typed and ticked on its desk, turned into choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from amendments.composite import OWN, Choices, Option, Question
from amendments.saving import LEAVE, LOOK, Made
from constitution.door import admitted
from constitution.references import bind_text
from services.compositing import Desk, kept

__all__ = ["Made", "made", "orderable"]

PICK, WRITE, REASON, PLACE, LEFT, LOOKED = "pick:", "write:", "reason:", "place:", "leave:", "look:"

Value = TypeVar("Value")


def made(desk: Desk, fields: Mapping[str, str], *, as_typed: bool = False) -> Made:
    """The choices of the "revision" the form was made from (now, without one), as its fields change them.

    "pick:<key>", "write:<key>", "reason:<key>", "place:<key>:<option>"; "leave:<key>" and "look:<key>" say yes, or with
    an empty value no, and "reason:leave/<key>" or "reason:<key of the mark>" why. What no field names stays as it was:
    a form may show one clause only. Raises ForbiddenCharacter or TextTooLong for words that cannot be kept (``as_typed``
    gives them as they are, to be shown again), and StaleRevision for an unknown revision.
    """
    before = _before(desk, fields)
    choices, asked = before.choices, {one.key: one for one in desk.composition.questions(before.choices)}
    written = {
        key: _stored(desk, key, text, as_typed=as_typed) if text.strip() else None
        for key, text in _under(fields, WRITE)
    }
    picked: dict[str, str | None] = {key: option or None for key, option in _under(fields, PICK)}
    for key in (one for one in asked if written.get(one)):
        picked[key] = picked.get(key) or OWN
    written |= {key: None for key in asked if picked.get(key) not in {None, OWN}}
    orders = {key: _order(one, fields) for key, one in asked.items() if {*_places(one, fields).values()} - {None}}
    orders |= {key: None for key in asked if written.get(key) or (picked.get(key) and key not in orders)}
    reasons = {key: text.strip() for key, text in _under(fields, REASON)}
    leaving = {key.removeprefix(LEAVE): why for key, why in reasons.items() if key.startswith(LEAVE)}
    return Made(
        Choices(
            _with(choices.picked, picked),
            _with(choices.written, written),
            _with(choices.orders, orders),
            _with(choices.left, _said(LEFT, fields, choices.left, leaving)),
            _with(choices.looked, _said(LOOKED, fields, choices.looked, reasons)),
        ),
        _with(before.reasons, {key: why or None for key, why in reasons.items() if not key.startswith((LEAVE, LOOK))}),
    )


def _before(desk: Desk, fields: Mapping[str, str]) -> Made:
    revision = fields.get("revision")
    if revision is None:
        return desk.made
    return Made(*kept(desk.composite, int(revision) if revision.isdecimal() else -1))


def _under(fields: Mapping[str, str], prefix: str) -> Iterable[tuple[str, str]]:
    return ((name.removeprefix(prefix), value) for name, value in fields.items() if name.startswith(prefix))


def _said(
    prefix: str, fields: Mapping[str, str], before: Mapping[str, str], reasons: Mapping[str, str]
) -> dict[str, str | None]:
    """What is left, or was looked at, with its reason: by a yes or no, or by another reason alone."""
    ticked = dict(_under(fields, prefix))
    return {
        key: reasons.get(key, before.get(key, "")) if ticked.get(key, key in before) else None
        for key in {*ticked, *(key for key in reasons if key in before)}
    }


def _with(before: Mapping[str, Value], changed: Mapping[str, Value | None]) -> dict[str, Value]:
    """What was before, as changed; None is nothing any more."""
    return {key: value for key, value in {**before, **changed}.items() if value is not None}


def _order(question: Question, fields: Mapping[str, str]) -> tuple[str, ...] | None:
    """The options in the order of the places typed ("1", "2", "out"); None while one of them has no place."""
    places = _places(question, fields)
    if not all(places.values()):
        return None
    chosen = [(int(place), n, key) for n, (key, place) in enumerate(places.items()) if place and place.isdecimal()]
    return tuple(key for _, _, key in sorted(chosen))


def _places(question: Question, fields: Mapping[str, str]) -> dict[str, str | None]:
    """The place typed for each option; None for one that was not asked."""
    if not question.ordered:
        return {}
    return {one.key: fields.get(f"{PLACE}{question.key}:{one.key}") for one in orderable(question)}


def orderable(question: Question) -> tuple[Option, ...]:
    """The options that can be put in order: all but the one that puts nothing there."""
    return tuple(one for one in question.options if one.sources)


def _stored(desk: Desk, key: str, text: str, *, as_typed: bool) -> str:
    """The committee's words in stored form, the numbers in them bound to their clauses."""
    clause = key.split("/")[1]
    base = desk.base.constitution
    if as_typed:
        return text
    words = admitted(text).strip()
    return bind_text(words, base, clause) if clause in base else words
