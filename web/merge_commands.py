"""The commands of the committee: merge, settle, leave, ask, freeze, adopt, each in the name of a member."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

import store.drafts
from amendments.choices import Choices, Nature, NoSuchOption, Option, Question, answered, in_order
from constitution.door import admitted
from constitution.numbering import number
from constitution.references import bind_text, show
from services import compositing, consenting, correcting, coverage, draft_page, drafting_final, enacting, ratifying
from services.choosing import Made
from services.compositing import source_name
from services.obstacles import obstacles
from web import shell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from services.compositing import Desk

AS_IN_FORCE = "as in force"


@click.command("merge", cls=shell.Command)
@click.argument("numbers", type=shell.NUMBER, nargs=-1, required=True)
@shell.in_the_name_of
@click.option("--title", required=True)
@with_appcontext
def merge(numbers: tuple[int, ...], handle: str, title: str) -> None:
    """Put seconded amendments on the desk together; says what agrees, what merges and what conflicts."""
    composite = compositing.begin(shell.member(handle), numbers, title, shell.now())
    _say(compositing.open_desk(composite))


@click.command("settle", cls=shell.Command)
@click.argument("composite", type=shell.NUMBER)
@shell.in_the_name_of
@click.option(
    "--choose", multiple=True, metavar="CONFLICT=CHOICE", help="A wording, an amendment (A12), several in order."
)
@click.option("--write", multiple=True, metavar="CONFLICT=TEXT", help="The committee's own words there.")
@click.option("--reason", default="", help="Why the committee writes its own words; published with the draft.")
@click.option("--read", is_flag=True, help="What merged close together has been read once as a whole.")
@with_appcontext
def settle(
    composite: int, handle: str, choose: tuple[str, ...], write: tuple[str, ...], reason: str, *, read: bool
) -> None:
    """Settle conflicts of a composite by their numbers; without a choice, only say how it stands."""
    desk, member = compositing.open_desk(composite), shell.member(handle)
    made = Made(desk.choices, desk.reasons)
    for typed in choose:
        made = replace(made, choices=chosen(made.choices, *_question(desk, typed)))
    for typed in write:
        made = written(made, desk, *_question(desk, typed), reason)
    if read:
        looked = dict.fromkeys((one.key for one in desk.composition.undecided(made.choices)), "")
        made = replace(made, choices=replace(made.choices, looked={**made.choices.looked, **looked}))
    if made != Made(desk.choices, desk.reasons):
        compositing.choose(member, composite, made.choices, desk.composite.revision, shell.now(), reasons=made.reasons)
    _say(compositing.open_desk(composite))


@click.command("leave", cls=shell.Command)
@click.argument("composite", type=shell.NUMBER)
@click.argument("numbers", type=shell.NUMBER, nargs=-1, required=True)
@shell.in_the_name_of
@click.option("--reason", required=True, help="Why the draft does without them; published with it.")
@with_appcontext
def leave(composite: int, numbers: tuple[int, ...], handle: str, reason: str) -> None:
    """Say why the draft of a composite does without amendments, on its desk or not."""
    desk, member = compositing.open_desk(composite), shell.member(handle)
    here = {source_name(one.number) for one in desk.amendments} & set(map(source_name, numbers))
    if here:
        left = replace(desk.choices, left={**desk.choices.left, **dict.fromkeys(here, reason)})
        compositing.choose(member, composite, left, desk.composite.revision, shell.now())
    beside = [one for one in numbers if source_name(one) not in here]
    if beside:
        coverage.leave(member, composite, beside, reason, shell.now())
    click.echo(f"Left, with the reason: {', '.join(map(source_name, sorted(numbers)))}.")


@click.command("ask-consent", cls=shell.Command)
@click.argument("composite", type=shell.NUMBER)
@shell.in_the_name_of
@with_appcontext
def ask_consent(composite: int, handle: str) -> None:
    """Ask those whom the rules name about the text that comes of a composite, or tell them of it."""
    made = consenting.ask(shell.member(handle), composite, shell.now())
    click.echo(f"Asked about the text with the digest {made.digest}.")


@click.command("freeze", cls=shell.Command)
@click.argument("composite", type=shell.NUMBER)
@shell.in_the_name_of
@with_appcontext
def freeze(composite: int, handle: str) -> None:
    """Freeze a composite, when everything is settled, as a draft to be decided on."""
    number = drafting_final.freeze(shell.member(handle), composite, shell.now())
    page = draft_page.page(number, shell.now())
    for line in shell.redlined(page.changed):
        click.echo(line)
    click.echo(f"This is draft {number}; {shell.counted(page.committee_words, 'word')} of the committee's own.")
    click.echo(f"Digest {page.draft.digest}")


@click.command("adopt", cls=shell.Command)
@click.argument("draft", type=shell.NUMBER)
@shell.in_the_name_of
@click.option("--digest", help="Only if this is the digest of its exact text.")
@with_appcontext
def adopt(draft: int, handle: str, digest: str | None) -> None:
    """Adopt a draft: it becomes the next edition."""
    wanted = digest or store.drafts.by_number(draft).digest
    edition = ratifying.adopt(shell.member(handle), draft, wanted, shell.now())
    if edition is None:
        click.echo(f"Draft {draft} is adopted and not in force yet.")
    else:
        click.echo(f"Draft {draft} is edition {edition.number}, in force from now on. Digest {edition.digest}")


@click.command("carry-out", cls=shell.Command)
@click.argument("vote", type=shell.NUMBER)
@with_appcontext
def carry_out(vote: int) -> None:
    """Do what a declared vote decided, where declaring it did not come so far."""
    click.echo(ratifying.carry_out(vote, shell.now()))


@click.command("bring-into-force", cls=shell.Command)
@with_appcontext
def bring_into_force() -> None:
    """Bring into force what is adopted and whose day has come; the worker does so by itself."""
    made = (*enacting.bring_due(shell.now()), *correcting.bring_due(shell.now()))
    for one in made:
        click.echo(f"Edition {one.number} is in force since {one.at.isoformat()}.")
    if not made:
        click.echo("Nothing is due.")


def chosen(choices: Choices, question: Question, answer: str) -> Choices:
    """The choices with one more: an option by its wording, its amendment or its key; several with commas are an order."""
    if question.ordered and ("," in answer or question.nature is Nature.PLACE):
        order = tuple(option(question, one.strip()).key for one in answer.split(","))
        return replace(choices, orders={**choices.orders, question.key: order})
    orders = {key: order for key, order in choices.orders.items() if key != question.key}
    return replace(choices, picked={**choices.picked, question.key: option(question, answer).key}, orders=orders)


def written(made: Made, desk: Desk, question: Question, typed: str, reason: str) -> Made:
    """The choices with the committee's own words for one question; raises NoSuchOption where it may not write."""
    if not question.may_write:
        raise NoSuchOption(question.key, typed)
    before, base = made.choices, desk.base.constitution
    words = admitted(shell.words(typed)).strip()
    stored = bind_text(words, base, question.clause) if question.clause in base else words
    picked = {key: option for key, option in before.picked.items() if key != question.key}
    orders = {key: order for key, order in before.orders.items() if key != question.key}
    choices = replace(before, picked=picked, written={**before.written, question.key: stored}, orders=orders)
    return Made(choices, {**made.reasons, question.key: reason} if reason else made.reasons)


def option(question: Question, answer: str) -> Option:
    """The one option that the answer names; raises NoSuchOption."""
    for names in (lambda one: {one.key}, lambda one: {one.text.strip()}, lambda one: one.sources):
        found = [one for one in question.options if answer in names(one)]
        if len(found) == 1:
            return found[0]
    raise NoSuchOption(question.key, answer)


def _question(desk: Desk, typed: str) -> tuple[Question, str]:
    """The question that "2=twenty" answers, and the answer."""
    questions = desk.composition.questions(desk.choices)
    name, sign, answer = typed.partition("=")
    if not sign or not name.isdecimal() or not 1 <= int(name) <= len(questions):
        raise click.ClickException(f"{typed}: begin with the number of a conflict and =, as in 1=twenty.")
    return questions[int(name) - 1], answer.strip()


def _say(desk: Desk) -> None:
    for line in described(desk):
        click.echo(line)


def described(desk: Desk) -> Iterator[str]:
    """How the amendments meet: a line for each clause they touch, then each conflict with its options."""
    labels = number(desk.base.constitution)
    merged = ", ".join(f"A{one.number}" for one in desk.amendments)
    yield f"Composite {desk.composite.number} of {merged}, on edition {desk.base.number}."
    for meeting in desk.composition.meetings(desk.choices):
        where = labels.get(meeting.clause or "", "a new clause")
        act = f"{meeting.act} after" if meeting.new else meeting.act
        yield f"{meeting.relation.value.capitalize()}: {act} {where} ({', '.join(in_order(meeting.sources))})"
    for n, question in enumerate(desk.composition.questions(desk.choices), 1):
        yield from _conflict(n, question, desk)
    found = obstacles(desk, shell.now())
    yield from (f"To do: {one.sentence}" for one in found)
    if not found:
        yield "Everything is settled; it can be frozen."


def _conflict(n: int, question: Question, desk: Desk) -> Iterator[str]:
    labels = number(desk.base.constitution)
    settled = " (settled)" if answered(question, desk.choices) else ""
    yield f"Conflict {n}{settled}: {question.nature.value} in {labels.get(question.clause or '', 'a new clause')}"
    for one in question.options:
        said = show(one.text, labels, labels).strip() or one.key
        yield f"    {said}  ({', '.join(in_order(one.sources)) or AS_IN_FORCE})"


COMMANDS = (merge, settle, leave, ask_consent, freeze, adopt, carry_out, bring_into_force)
