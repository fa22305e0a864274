"""The forms of a vote: the ballot paper, made for its questions, and what its officers enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_wtf.file import FileField
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields import SelectChoice

from ballots.definition import DEFAULT, Definition, Kind, Question
from ballots.paper import ABSTAIN, BLANK, NO, SPOILT, YES
from web.forms import Form

if TYPE_CHECKING:
    from collections.abc import Mapping

SAID = {YES: "Yes", NO: "No", ABSTAIN: "Abstain", BLANK: "Leave it blank"}


def name_of(question: Question, option: str = "") -> str:
    """The name of the field for a question, or for an option that is ranked."""
    return f"q{question.id}" if not option else f"q{question.id}_{[DEFAULT, *_ids(question)].index(option)}"


def _ids(question: Question) -> list[str]:
    return [one.id for one in question.options]


def paper_form(definition: Definition) -> type[Form]:
    """A form with a field for each question; of a ranked one a field for each option."""
    fields: dict[str, Any] = {"envelope": HiddenField(), "college": HiddenField()}
    for question in definition.questions:
        fields |= _ranks(question) if question.kind is Kind.RANKED else {name_of(question): _choice(question)}
    return type("PaperForm", (Form,), fields)


def _choice(question: Question) -> RadioField:
    words = [YES, NO, *([ABSTAIN] if question.kind is Kind.YES_NO_ABSTAIN else []), BLANK]
    choices = [SelectChoice(one, SAID[one]) for one in words]
    return RadioField("Your vote", choices=choices, default=BLANK, validate_choice=False)


def _ranks(question: Question) -> dict[str, Any]:
    ones = [(DEFAULT, question.default), *((one.id, one.label) for one in question.options)]
    choices = [SelectChoice("", "No rank"), *(SelectChoice(str(n), str(n)) for n in range(1, len(ones) + 1))]
    return {
        name_of(question, option): SelectField(
            label, choices=choices, default="", validate_choice=False, render_kw={"data-option": option}
        )
        for option, label in ones
    }


def answers(form: Form, definition: Definition) -> dict[str, Any]:
    """What was marked, as ``ballots.paper.checked`` takes it."""
    found: dict[str, Any] = {}
    for question in definition.questions:
        if question.kind is not Kind.RANKED:
            found[question.id] = form[name_of(question)].data or BLANK
            continue
        ranks = {one: form[name_of(question, one)].data for one in (DEFAULT, *_ids(question))}
        found[question.id] = {one: int(rank) if rank.isdecimal() else rank for one, rank in ranks.items() if rank}
    return found


def fill(form: Form, definition: Definition, known: Mapping[str, Any]) -> None:
    """Show again what was voted in a recorded vote."""
    for question in definition.questions:
        answer = known.get(question.id, BLANK)
        if isinstance(answer, str) and question.kind is not Kind.RANKED:
            form[name_of(question)].data = answer
        elif not isinstance(answer, str):
            for option, rank in answer.items():
                form[name_of(question, option)].data = str(rank)


class PrepareForm(Form):
    """What is put to a vote, under which ballot of the rules."""

    rule = RadioField("Under which ballot of the rules", validate_choice=False)
    drafts = SelectMultipleField("What is put", coerce=int, validate_choice=False)
    title = StringField("Title")
    parts = RadioField(
        "How it is put",
        choices=[
            SelectChoice("", "As the rules say"),
            SelectChoice("parts", "Clause by clause, each carried or lost alone"),
        ],
        default="",
        validate_choice=False,
    )
    opens_day, opens_time = DateField("Opens on"), TimeField("Opens at")
    closes_day, closes_time = DateField("Closes on"), TimeField("Closes at")


class KeyForm(Form):
    """The officers' public key."""

    key = StringField("The officers’ public key")


class CodeForm(Form):
    """What was found in the envelope of the rehearsal."""

    code = StringField("The code in the envelope")


class ListForm(Form):
    """The list that came out of the urn."""

    list = FileField("The list (list.jsonl)")


class ReasonForm(Form):
    """Why a vote is withdrawn."""

    reason = TextAreaField("Why nothing of it is to be counted")


class HandForm(Form):
    """Who is handed a paper."""

    handle = StringField("The voter’s handle")
    college = SelectField("On the roll of", validate_choice=False)


def batch_form(questions: tuple[Question, ...]) -> type[Form]:
    """A batch of papers, counted question by question; ranked questions have a line for each paper."""
    fields: dict[str, Any] = {
        "batch": StringField("Name of the batch"),
        "of": SelectField("On the roll of", validate_choice=False),
    }
    for question in questions:
        if question.kind is Kind.RANKED:
            fields[f"lines{question.id}"] = TextAreaField(
                f"Question {question.id}: a paper a line, the ranks of the options in their order, the present text last, - for none"
            )
            continue
        for one in (YES, NO, ABSTAIN, BLANK, SPOILT):
            if one != ABSTAIN or question.kind is Kind.YES_NO_ABSTAIN:
                label = f"Question {question.id}: {SAID.get(one, 'Spoilt').lower().replace('leave it ', '')}"
                fields[f"count{question.id}_{one or 'blank'}"] = IntegerField(label, default=0)
    return type("BatchForm", (Form,), fields)


def counts(form: Form, questions: tuple[Question, ...]) -> dict[str, dict[str, int]]:
    """How many papers have each answer, by question."""
    return {
        question.id: {
            one: max(0, form[f"count{question.id}_{one or 'blank'}"].data or 0)
            for one in (YES, NO, ABSTAIN, BLANK, SPOILT)
            if f"count{question.id}_{one or 'blank'}" in form
        }
        for question in questions
        if question.kind is not Kind.RANKED
    }
