"""Votes: the ballot paper, the handing in, what is published, and the officers' page."""

from __future__ import annotations

import hmac
import json
import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from wtforms.fields import SelectChoice

from ballots import sealing
from ballots.definition import Kind, Mode, fingerprint
from ballots.paper import NotAnAnswer, checked
from constitution.door import ForbiddenCharacter, TextTooLong
from members.permissions import Permission
from members.visibility import is_member
from services import audit_pack, ballot_page, balloting, casting, clock, hall, ratifying, timing
from services.ballot_page import Page
from services.balloting import CannotPrepare, NotNow, NotTheCode, NotTheList, Wanted
from services.casting import Handed, HasVoted, NotAVoter, VoteClosed
from services.electing import NoVoters
from services.hall import CannotEnterPaper
from services.putting import CannotPut
from services.timing import StageClosed
from store.ballots import Batch
from store.columns import canonical
from web.access import current_member, may, open_to_all, requires
from web.ballot_forms import (
    CodeForm,
    HandForm,
    KeyForm,
    ListForm,
    PrepareForm,
    ReasonForm,
    answers,
    batch_form,
    counts,
    fill,
    name_of,
    paper_form,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from ballots.definition import Definition
    from web.forms import Form

blueprint = Blueprint("balloting", __name__)
LARGEST = 64 * 1024 * 1024  # bytes of a list
LONGEST = 4096  # signs of an envelope beyond its size


def signing() -> bytes:
    """The seed of the key with which this server acknowledges: made of its secret, used for nothing else."""
    return hmac.digest(current_app.config["SECRET_KEY"].encode(), b"redraft-acknowledgements-1", "sha256")


@blueprint.get("/ballots")
@open_to_all
def ballots() -> str:
    """Every vote."""
    return render_template("balloting/ballots.html", lines=ballot_page.listing(clock.now()))


@blueprint.get("/ballots/<int:number>")
@open_to_all
def ballot(number: int) -> str:
    """The ballot paper before and while the vote is open; afterwards what came of it."""
    return _shown(number)


@blueprint.post("/ballots/<int:number>/vote")
@requires(Permission.VOTE)
def vote(number: int) -> ResponseReturnValue:
    """Hand in a vote: sealed in the browser, or by us where the browser cannot."""
    definition = balloting.definition_of(number)
    if definition is None:
        raise VoteClosed(f"Vote {number} is not open yet.")
    form = paper_form(definition)()
    try:
        handed, receipt = _handed(form, definition)
        casting.cast(current_member(), number, handed)
    except NotAnAnswer as refusal:
        _beside(form, definition, refusal)
        return _shown(number, form), 422
    except (HasVoted, NotAVoter, VoteClosed) as refusal:
        form.form_errors.append(str(refusal))
        return _shown(number, form), 403 if isinstance(refusal, NotAVoter) else 409
    if receipt:  # we have sealed it: the code is shown once and kept nowhere
        return render_template(
            "balloting/receipt.html", number=number, receipt=receipt, fingerprint=fingerprint(definition)
        )
    flash("Your vote is in the urn. You find the server’s signed word for it below.", "success")
    return redirect(url_for("balloting.ballot", number=number, _anchor="mine"), code=303)


def _handed(form: Form, definition: Definition) -> tuple[Handed, str]:
    """What is handed in, and the receipt code where it was made here."""
    college = form["college"].data or ""
    if definition.mode is Mode.RECORDED:
        return Handed(college, canonical(checked(answers(form, definition), definition)), "recorded"), ""
    envelope = form["envelope"].data or ""
    if envelope:
        if len(envelope) > definition.size * 2 + LONGEST:
            raise VoteClosed("What was sent is no envelope of this vote.")
        return Handed(college, envelope, "browser"), ""
    receipt, mark = sealing.receipt(secrets.token_bytes(sealing.RECEIPT)), fingerprint(definition)
    said = sealing.plaintext(mark, college, checked(answers(form, definition), definition), receipt)
    return Handed(college, sealing.seal(definition, mark, said), "server"), receipt


def _beside(form: Form, definition: Definition, refusal: NotAnAnswer) -> None:
    question = definition.question(refusal.question)
    name = name_of(question) if question else ""
    if name in form:
        form[name].errors = [*form[name].errors, str(refusal)]
    else:
        form.form_errors.append(str(refusal))


@blueprint.get("/ballots/<int:number>/definition.json")
@open_to_all
def definition(number: int) -> Response:
    """What is put, as it was fixed: its SHA-256 is the fingerprint."""
    return _file(balloting.defined(number), "application/json")


@blueprint.get("/ballots/<int:number>/envelopes.txt")
@open_to_all
def envelopes(number: int) -> Response:
    """The hashes of all envelopes in the urn, once it is closed; who has an acknowledgement finds theirs."""
    return _file(balloting.hashes(number), "text/plain")


@blueprint.get("/ballots/<int:number>/list.jsonl")
@open_to_all
def papers(number: int) -> Response:
    """All papers as they were counted, once the result is declared."""
    return _file(balloting.published(number), "application/jsonl")


@blueprint.get("/ballots/<int:number>/audit.zip")
@open_to_all
def audit(number: int) -> Response:
    """All that it takes to check the vote and count it again, once the result is declared."""
    answer = Response(audit_pack.made(number), content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="audit-{number}.zip"'
    return answer


def _file(content: bytes | None, kind: str) -> Response:
    if content is None:
        raise balloting.NotPublished
    return Response(content, content_type=f"{kind}; charset=utf-8")


@blueprint.get("/ballots/prepare")
@requires(Permission.COUNT)
def preparing() -> str:
    """The form to prepare a vote."""
    return _preparing(PrepareForm(formdata=None))


@blueprint.post("/ballots/prepare")
@requires(Permission.COUNT)
def prepare() -> ResponseReturnValue:
    """Prepare a vote."""
    form = PrepareForm()
    try:
        number = balloting.prepare(current_member(), _wanted(form), clock.now())
    except (CannotPrepare, CannotPut) as refusal:
        field = {"closes": "closes_day"}.get(getattr(refusal, "field", ""), getattr(refusal, "field", "drafts"))
        form[field].errors = [str(refusal)]
        return _preparing(form), 422
    flash(f"Vote {number} is prepared. Nobody can vote until it opens.", "success")
    return redirect(url_for("balloting.hold", number=number), code=303)


def _wanted(form: PrepareForm) -> Wanted:
    return Wanted(
        form.rule.data or "",
        tuple(form.drafts.data or ()),
        form.title.data or "",
        ("all",) if form.parts.data == "parts" else (),
        _moment(form.opens_day.data, form.opens_time.data),
        _moment(form.closes_day.data, form.closes_time.data),
    )


def _moment(day: object, time: object) -> datetime | None:
    return timing.local(datetime.combine(day, time)) if day and time else None  # type: ignore[call-overload]


def _preparing(form: PrepareForm) -> str:
    rules = timing.rules().ballots
    form.rule.choices = [SelectChoice(one.id, one.label) for one in rules]
    drafts = balloting.frozen_drafts()
    form.drafts.choices = [SelectChoice(one.number, f"Draft {one.number}: {one.title}") for one in drafts]
    return render_template("balloting/prepare.html", form=form, rules=rules, drafts=drafts)


@blueprint.get("/ballots/<int:number>/hold")
@requires(Permission.COUNT)
def hold(number: int) -> str:
    """The officers' page of a vote."""
    return _held(number)


@blueprint.post("/ballots/<int:number>/key")
@requires(Permission.COUNT)
def key(number: int) -> ResponseReturnValue:
    """Enter the officers' public key."""
    form = KeyForm()
    return _done(
        number, form, "key", lambda: balloting.set_key(current_member(), number, form.key.data or "", clock.now()),
        "The key is entered. Rehearse the opening with it.",
    )  # fmt: skip


@blueprint.post("/ballots/<int:number>/rehearsal")
@requires(Permission.COUNT)
def rehearse(number: int) -> ResponseReturnValue:
    """Begin the rehearsal: an envelope is sealed, to be opened with two shares."""
    random = secrets.token_bytes(sealing.RECEIPT)
    return _done(
        number, None, "", lambda: balloting.rehearse(current_member(), number, random, clock.now()),
        "The envelope of the rehearsal is ready.",
    )  # fmt: skip


@blueprint.get("/ballots/<int:number>/rehearsal.json")
@requires(Permission.COUNT)
def rehearsal(number: int) -> Response:
    """The envelope of the rehearsal, to be opened offline."""
    found = ballot_page.office(number, clock.now())
    said = {"format": "redraft-rehearsal-1", "number": number, "key": found.key, "envelope": found.rehearsal}
    return _download(said if found.rehearsal else None, f"rehearsal-{number}.json")


@blueprint.post("/ballots/<int:number>/rehearsed")
@requires(Permission.COUNT)
def rehearsed(number: int) -> ResponseReturnValue:
    """Enter what was found in it."""
    form = CodeForm()
    return _done(
        number, form, "code", lambda: balloting.rehearsed(current_member(), number, form.code.data or "", clock.now()),
        "The opening is rehearsed: two of the three shares open what is sealed to this key.",
    )  # fmt: skip


@blueprint.post("/ballots/<int:number>/open")
@requires(Permission.COUNT)
def open_vote(number: int) -> ResponseReturnValue:
    """Open the vote: from now on nothing of it changes."""
    return _done(
        number, None, "", lambda: balloting.open_vote(current_member(), number, signing(), clock.now()),
        "The vote is open.",
    )  # fmt: skip


@blueprint.post("/ballots/<int:number>/withdraw")
@requires(Permission.COUNT)
def withdraw(number: int) -> ResponseReturnValue:
    """End the vote before its closing, with a reason."""
    form = ReasonForm()
    return _done(
        number, form, "reason", lambda: balloting.withdraw(current_member(), number, form.reason.data or "", clock.now()),
        "The vote is withdrawn, and every voter is told why.",
    )  # fmt: skip


@blueprint.post("/ballots/<int:number>/close")
@requires(Permission.COUNT)
def close(number: int) -> ResponseReturnValue:
    """Close the urn."""
    return _done(number, None, "", lambda: balloting.close(current_member(), number, clock.now()), "The urn is closed.")


@blueprint.get("/ballots/<int:number>/urn.json")
@requires(Permission.COUNT)
def urn(number: int) -> Response:
    """The urn, to be opened offline by two officers."""
    return _download(balloting.urn(number), f"urn-{number}.json")


@blueprint.post("/ballots/<int:number>/declare")
@requires(Permission.COUNT)
def declare(number: int) -> ResponseReturnValue:
    """Publish the papers and the result."""
    form = ListForm()
    sent = request.files.get("list")
    lines = sent.read(LARGEST).decode(errors="replace").splitlines() if sent else []

    def declared() -> None:
        balloting.declare(current_member(), number, lines, clock.now())
        flash(ratifying.carry_out(number, clock.now()), "success")

    return _done(number, form, "list", declared, "The result is declared, with the list of all papers.")


@blueprint.post("/ballots/<int:number>/paper")
@requires(Permission.COUNT)
def hand_paper(number: int) -> ResponseReturnValue:
    """Mark that a voter is handed a paper."""
    form = HandForm()
    given = (form.handle.data or "").strip(), form.college.data or ""
    return _done(
        number, form, "handle", lambda: hall.hand_paper(current_member(), number, *given, clock.now()),
        f"{given[0]} is marked as voting on paper.",
    )  # fmt: skip


@blueprint.post("/ballots/<int:number>/batch")
@requires(Permission.COUNT)
def enter_batch(number: int) -> ResponseReturnValue:
    """Enter a batch of papers or hands as one clerk counted it."""
    questions = ballot_page.office(number, clock.now()).questions
    form = batch_form(questions)()

    def enter() -> None:
        member, now = current_member(), clock.now()
        ranked = {
            one.id: hall.ranks(one, form[f"lines{one.id}"].data or "") for one in questions if one.kind is Kind.RANKED
        }
        papers = hall.of_counts(counts(form, questions), ranked)
        batch = Batch(form["of"].data or "", (form["batch"].data or "").strip(), papers, member.id, now)
        hall.enter(member, number, batch, now)

    return _done(
        number, form, "batch", enter, "The batch is entered. It counts when another clerk has entered the same."
    )


REFUSALS = (
    CannotEnterPaper, CannotPrepare, CannotPut, ForbiddenCharacter, NotNow, NotTheCode, NotTheList, NoVoters, StageClosed,
    TextTooLong, sealing.NotAKey,
)  # fmt: skip


def _done(number: int, form: Form | None, field: str, act: Callable[[], object], said: str) -> ResponseReturnValue:
    """Do what an officer asks; what is wrong is said beside it, with all that was typed."""
    try:
        act()
    except REFUSALS as refusal:
        if form is None or field not in form:
            return _held(number, refusal=str(refusal)), 409
        form[field].errors = [*form[field].errors, str(refusal)]
        return _held(number, form, field), 409
    flash(said, "success")
    return redirect(url_for("balloting.hold", number=number), code=303)


def _held(number: int, typed: Form | None = None, field: str = "", refusal: str = "") -> str:
    page = ballot_page.office(number, clock.now())
    colleges = [SelectChoice(one, label) for one, label, _ in page.colleges]
    made: dict[str, Form] = {}
    for name, kind in (
        ("key", KeyForm), ("code", CodeForm), ("list", ListForm), ("reason", ReasonForm), ("hand", HandForm),
        ("batch", batch_form(page.questions)),
    ):  # fmt: skip
        made[name] = typed if typed and type(typed).__name__ == kind.__name__ else kind(formdata=None, prefix="")
    made["hand"]["college"].choices = made["batch"]["of"].choices = colleges
    return render_template("balloting/hold.html", page=page, forms_=made, typed=typed, field=field, refusal=refusal)


def _download(said: object, name: str) -> Response:
    if said is None:
        raise balloting.NotPublished
    answer = Response(json.dumps(said, ensure_ascii=False, indent=0), content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _shown(number: int, form: Form | None = None) -> str:
    member = current_member()
    page: Page = ballot_page.page(number, member, signing(), clock.now())
    if form is None:
        form = paper_form(page.definition)(formdata=None)
        recorded = next((one.answers for one in page.mine if one.answers), None)
        if recorded:
            fill(form, page.definition, recorded)
    code = request.args.get("receipt", "")
    found = ballot_page.receipts(number, code) if code else ()
    return render_template(
        "balloting/ballot.html", page=page, form=form, name_of=name_of, receipt=code, found=found,
        recorded=ballot_page.by_name(number) if member and is_member(member.roles) else (),
        officer=may(Permission.COUNT), label_of_option=ballot_page.option_label,
    )  # fmt: skip
