"""Adoption as pages: the text in force on any day, which vote put each sentence there, certified copies, corrections."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from constitution.door import ForbiddenCharacter, TextTooLong
from members.permissions import Permission
from services import certifying, clause_page, clock, correcting, enacting, in_force, origins
from services.belonging import NotOfTheElectorate
from services.correcting import CannotCorrect
from services.in_force import CannotAdd
from store.adoptions import Kind, OutsideWord, Proviso, Term
from web import drafts
from web.access import current_member, open_to_all, requires
from web.adopting_forms import CorrectionForm, ProvisoForm, StopForm, WordForm
from web.reading import drawn

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("adopting", __name__)


@blueprint.get("/constitution/on")
@open_to_all
def choose_day() -> ResponseReturnValue:
    """The form that chooses a day leads to its text."""
    day = _day(request.args.get("day", ""))
    return redirect(url_for("reading.editions") if day is None else url_for("adopting.on", day=day.isoformat()))


@blueprint.get("/constitution/on/<day>")
@open_to_all
def on(day: str) -> str:
    """The text that was in force at the end of a day."""
    wanted = _day(day)
    if wanted is None:
        abort(404)
    page = in_force.on(wanted, clock.now())
    return render_template("adopting/on.html", page=page, text=drawn(page.edition, page.notes, current=False))


@blueprint.get("/editions/<int:number>/votes")
@open_to_all
def votes(number: int) -> str:
    """Which vote put each sentence of an edition there."""
    return render_template("adopting/votes.html", page=origins.page(number))


@blueprint.get("/editions/<int:number>/certified")
@open_to_all
def certified(number: int) -> str:
    """A copy to be signed: the text, its hash, the result, and who signs."""
    page = certifying.certificate(number)
    notes = in_force.notes(page.edition, in_force.today(clock.now()))
    text = drawn(page.edition, notes, current=number == page.in_force)
    return render_template("adopting/certified.html", page=page, text=text)


@blueprint.post("/drafts/<int:number>/word")
@requires(Permission.ADMINISTER)
def enter_word(number: int) -> ResponseReturnValue:
    """Enter what a body outside said to an adopted draft."""
    form = WordForm()
    try:
        enacting.enter_word(current_member(), number, _word(form), clock.now())
    except (ForbiddenCharacter, TextTooLong, enacting.WordRefused) as refusal:
        return _again(number, refusal, word=form)
    flash("What was said is entered and published.", "success")
    return redirect(url_for("reading.draft", number=number), code=303)


@blueprint.post("/drafts/<int:number>/provisos")
@requires(Permission.ADOPT)
def add_proviso(number: int) -> ResponseReturnValue:
    """Say from when on, or until when, a clause of a frozen draft is to be in force."""
    form = ProvisoForm()
    try:
        in_force.add_proviso(current_member(), number, _proviso(form), clock.now())
    except (CannotAdd, ForbiddenCharacter, TextTooLong) as refusal:
        return _again(number, refusal, proviso=form)
    flash("The proviso is part of the draft.", "success")
    return redirect(url_for("reading.draft", number=number), code=303)


def _word(form: WordForm) -> OutsideWord:
    kind, _, body = (form.asked.data or "").partition(" ")
    if kind not in set(Kind):
        raise enacting.WordRefused("Choose what was decided.", "asked")
    if form.day.data is None:
        raise enacting.WordRefused("Enter the day on which it was said, such as 2026-03-31.", "day")
    if form.given.data not in {"yes", "no"}:
        raise enacting.WordRefused("Choose the answer.", "given")
    return OutsideWord(Kind(kind), body, form.day.data, form.reference.data or "", form.given.data == "yes")


def _proviso(form: ProvisoForm) -> Proviso:
    if form.term.data not in set(Term):
        raise CannotAdd("Choose from when on, or until when.", "term")
    if form.day.data is None:
        raise CannotAdd("Enter the day, such as 2026-03-31.", "day")
    return Proviso(form.clause.data or "", Term(form.term.data), form.day.data, form.note.data or "")


def _again(
    number: int, refusal: ValueError, *, word: WordForm | None = None, proviso: ProvisoForm | None = None
) -> ResponseReturnValue:
    """The draft with what was typed and the refusal beside its field; the refusal alone where it is about no field."""
    form = word or proviso
    assert form is not None
    name = getattr(refusal, "field", "reference" if word else "note")
    if not name:
        raise refusal
    form[name].errors = [str(refusal)]
    return drafts.shown(number, word=word, proviso=proviso), 409


@blueprint.get("/corrections")
@open_to_all
def corrections() -> str:
    """Every editorial correction and how it stands."""
    return _corrections()


@blueprint.post("/corrections/<int:number>/objection")
@requires(Permission.COMMENT)
def object_to(number: int) -> ResponseReturnValue:
    """Stop a correction."""
    form = StopForm(prefix=f"c{number}-")
    try:
        correcting.object_to(current_member(), number, form.reason.data or "", clock.now())
    except (CannotCorrect, ForbiddenCharacter, NotOfTheElectorate, TextTooLong) as refusal:
        form.reason.errors = [str(refusal)]
        return _corrections(number, form), 403 if isinstance(refusal, NotOfTheElectorate) else 409
    flash("The correction is stopped, and your objection published with it.", "success")
    return redirect(url_for("adopting.corrections"), code=303)


def _corrections(number: int = 0, typed: StopForm | None = None) -> str:
    page = correcting.page(current_member(), clock.now())
    asked = {
        one.correction.id: StopForm(formdata=None, prefix=f"c{one.correction.id}-") for one in page.shown if one.open
    }
    if typed is not None:
        asked[number] = typed
    return render_template("adopting/corrections.html", page=page, asked=asked, typed=typed)


@blueprint.get("/constitution/clauses/<clause_id>/correct")
@requires(Permission.COMMENT)
def correct(clause_id: str) -> ResponseReturnValue:
    """The form for a correction of a clause in force."""
    one = clause_page.page(clause_id).clause
    return _correct(clause_id, CorrectionForm(formdata=None, heading=one.heading, text=one.text))


@blueprint.post("/constitution/clauses/<clause_id>/correct")
@requires(Permission.COMMENT)
def propose(clause_id: str) -> ResponseReturnValue:
    """Propose a correction, or say why it is more than that."""
    form = CorrectionForm()
    typed = (form.heading.data or "", form.text.data or "")
    try:
        correcting.propose(current_member(), clause_id, typed, form.reason.data or "", clock.now())
    except (CannotCorrect, ForbiddenCharacter, TextTooLong) as refusal:
        field = form.reason if "Enter what" in str(refusal) else form.text
        field.errors = [str(refusal)]
        return _correct(clause_id, form, 409)
    flash("The correction is published; any member can stop it.", "success")
    return redirect(url_for("adopting.corrections"), code=303)


def _correct(clause_id: str, form: CorrectionForm, status: int = 200) -> ResponseReturnValue:
    page = correcting.page(current_member(), clock.now())
    if page.may_not:
        raise NotOfTheElectorate("correct the text", page.may_not)
    shown = clause_page.page(clause_id)
    return render_template("adopting/correct.html", page=page, clause=shown.clause, form=form), status


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
