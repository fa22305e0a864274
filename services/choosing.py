"""What the committee typed and ticked on its desk, turned into choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from amendments.composite import OWN, Choices, Option, Question
from constitution.door import admitted
from constitution.references import bind_text
from services.compositing import Desk

PICK, WRITE, REASON, PLACE = "pick:", "write:", "reason:", "place:"


@dataclass(frozen=True)
class Made:
    """Choices as the committee made them, with the reasons for its own words."""

    choices: Choices
    reasons: Mapping[str, str] = field(default_factory=dict)


def made(desk: Desk, fields: Mapping[str, str]) -> Made:
    """The choices in a form's fields: "pick:<key>", "write:<key>", "reason:<key>", "place:<key>:<option>".

    What the form did not ask (the words of a clause that is to be struck) stays as it was chosen before. Raises
    ForbiddenCharacter or TextTooLong for words that cannot be kept.
    """
    before, asked = desk.choices, _asked(desk)
    written = {key: _stored(desk, key, text) for key, text in _under(fields, WRITE) if text.strip()}
    picked = {key: option for key, option in _under(fields, PICK) if option}
    for key in written:
        if key in asked:
            picked.setdefault(key, OWN)
    written = {key: text for key, text in written.items() if key not in asked or picked[key] == OWN}
    orders = {key: order for key in asked if key not in written and (order := _order(asked[key], fields)) is not None}
    sent = {name.partition(":")[2] for name in fields if name.startswith((PICK, WRITE))} | set(asked)
    reasons = {key: text.strip() for key, text in _under(fields, REASON) if text.strip()}
    return Made(
        Choices(
            {**_left(before.picked, sent), **picked},
            {**_left(before.written, sent), **written},
            {**_left(before.orders, sent), **orders},
        ),
        {**_left(desk.reasons, sent), **reasons},
    )


def _asked(desk: Desk) -> dict[str, Question]:
    return {one.key: one for one in desk.composition.questions(desk.choices)}


def _under(fields: Mapping[str, str], prefix: str) -> Iterable[tuple[str, str]]:
    return ((name.removeprefix(prefix), value) for name, value in fields.items() if name.startswith(prefix))


def _left(before: Mapping[str, object], sent: set[str]) -> dict[str, object]:
    return {key: value for key, value in before.items() if key not in sent}


def _order(question: Question, fields: Mapping[str, str]) -> tuple[str, ...] | None:
    """The options in the order of the places typed ("1", "2", "out"); None while one of them has no place."""
    if not question.ordered:
        return None
    places = {one.key: fields.get(f"{PLACE}{question.key}:{one.key}", "") for one in orderable(question)}
    if not all(places.values()):
        return None
    chosen = [(int(place), n, key) for n, (key, place) in enumerate(places.items()) if place.isdecimal()]
    return tuple(key for _, _, key in sorted(chosen))


def orderable(question: Question) -> tuple[Option, ...]:
    """The options that can be put in order: all but the one that puts nothing there."""
    return tuple(one for one in question.options if one.sources)


def _stored(desk: Desk, key: str, text: str) -> str:
    """The committee's words in stored form, the numbers in them bound to their clauses."""
    clause = key.split("/")[1]
    base = desk.base.constitution
    words = admitted(text).strip()
    return bind_text(words, base, clause) if clause in base else words
