"""What is printed: a page from which each form is made once, looked after while it is made, and taken away; and a command."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click
from flask import Blueprint, Flask, Response, current_app, redirect, render_template, request, url_for
from flask.cli import with_appcontext

from documents.pdf import NotPrinted
from services import clock, printing
from services.printing import LARGE, PDF, SCREEN, TEXT, WORD, NoSuchPrint, Order
from store.database import db
from store.printed import Shelf
from web import shell
from web.access import current_member, open_to_all

if TYPE_CHECKING:
    from io import TextIOWrapper

    from flask.typing import ResponseReturnValue

blueprint = Blueprint("printing", __name__)

NAMES = {PDF: "PDF", LARGE: "PDF in large print", TEXT: "Plain text", WORD: "Word", SCREEN: "On screen"}
TYPES = {
    PDF: ("application/pdf", "pdf"),
    LARGE: ("application/pdf", "large-print.pdf"),
    TEXT: ("text/plain; charset=utf-8", "txt"),
    WORD: ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
}
ABOVE = {
    "draft": ("Draft", "reading.draft"),
    "publication": ("Agenda", "publishing.publication"),
    "booklet": ("Vote", "balloting.ballot"),
    "fates": ("Draft", "reading.draft"),
    "certified": ("Edition", "reading.edition"),
}
FAILED = "It could not be made, by a fault of ours. Try again, or tell whoever runs this site."
WHAT, FORMS = (",".join(each) for each in (printing.WANTED, printing.FORMS))
AGAIN = 2  # seconds after which a page without script looks again


@blueprint.get(f"/print/<any({WHAT}):what>/<int:number>")
@open_to_all
def page(what: str, number: int) -> str:
    """Every form of it: to be made, being made, or to be taken away."""
    order = _order(what, number)
    standing = {form: _shelf().standing(order.digest(form)) for form in printing.forms(what)}
    waiting = any(one.building for one in standing.values())
    return render_template(
        "printing/page.html", order=order, what=what, number=number, standing=standing, names=NAMES,
        again=AGAIN if waiting else 0, above=_above(what, number),
    )  # fmt: skip


@blueprint.post(f"/print/<any({WHAT}):what>/<int:number>")
@open_to_all
def make(what: str, number: int) -> ResponseReturnValue:
    """Begin to make a form of it beside the answers; nothing where it is made already, or being made."""
    form = request.form.get("form", "")
    if form not in printing.forms(what):
        raise NoSuchPrint
    order = _order(what, number)
    digest = order.digest(form)
    lock = _shelf().begin(digest)
    if lock is not None:
        app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 (Flask's own way to hand it on)
        Thread(target=_built, args=(app, order, form, digest, lock), daemon=True).start()
    return redirect(url_for("printing.page", what=what, number=number), code=303)


@blueprint.get(f"/print/<any({WHAT}):what>/<int:number>/<any({FORMS}):form>")
@open_to_all
def take(what: str, number: int, form: str) -> ResponseReturnValue:
    """A form that is made; else the page from which it is."""
    if form not in printing.forms(what):
        raise NoSuchPrint
    order = _order(what, number)
    content = _shelf().read(order.digest(form))
    if content is None:
        return redirect(url_for("printing.page", what=what, number=number), code=303)
    if form == SCREEN:
        return render_template(
            "printing/screen.html", document=json.loads(content), what=what, number=number, above=_above(what, number)
        )
    kind, ending = TYPES[form]
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{_stem(order, number)}.{ending}"'
    return answer


def _order(what: str, number: int) -> Order:
    return printing.order(what, number, current_member(), clock.now())


def _above(what: str, number: int) -> tuple[str, str]:
    """The page of what is printed."""
    name, endpoint = ABOVE[what]
    return f"{name} {number}", url_for(endpoint, number=number)


def _stem(order: Order, number: int) -> str:
    return f"{order.kind.replace('’', '').replace(' ', '-').lower()}-{number}"


def _shelf() -> Shelf:
    return Shelf(Path(current_app.config["PRINTED"]))


def _built(app: Flask, order: Order, form: str, digest: str, lock: TextIOWrapper) -> None:
    """In a thread of its own: the thread holds the lock until it is made or has failed."""
    with lock, app.app_context():
        shelf = _shelf()
        try:
            with shelf.turn():
                made = order.build(lambda done: shelf.tell(digest, done, order.total))
                shelf.tell(digest, order.total, order.total)
                shelf.keep(digest, printing.written(made, form))
        except NotPrinted as refusal:
            app.logger.warning("Not printed: %s", refusal)
            shelf.fail(digest, str(refusal))
        except Exception:
            app.logger.exception("Not printed")
            shelf.fail(digest, FAILED)
        finally:
            db.session.remove()


ENDINGS = {".pdf": PDF, ".txt": TEXT, ".docx": WORD}


@click.command("export-pack", cls=shell.Command)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--draft", type=shell.NUMBER, help="The pack of this draft.")
@click.option("--publication", type=shell.NUMBER, help="The pack of this agenda.")
@click.option("--booklet", type=shell.NUMBER, help="The ballot booklet of this vote.")
@click.option("--fates", type=shell.NUMBER, help="The fate report of this draft.")
@click.option("--certified", type=shell.NUMBER, help="The certified copy of this edition.")
@click.option("--large", is_flag=True, help="In large print.")
@click.option(
    "--member", "handle", metavar="HANDLE", help="With the names that this member may see, else the public's."
)
@with_appcontext
def export_pack(file: Path, *, large: bool, handle: str | None, **wanted: int | None) -> None:
    """Write what is printed into a file: .pdf, .txt with the same line numbers, or .docx."""
    asked = [(what, number) for what, number in wanted.items() if number is not None]
    if len(asked) != 1:
        raise click.UsageError("Say one of --draft, --publication, --booklet, --fates and --certified.")
    (what, number) = asked[0]
    form = LARGE if large and file.suffix == ".pdf" else ENDINGS.get(file.suffix, "")
    if form not in printing.forms(what):
        raise click.UsageError("The name of the file ends in .pdf or .txt; of a booklet, report or copy also in .docx.")
    order = printing.order(what, number, shell.member(handle) if handle else None, clock.now())
    try:
        content = printing.written(order.build(lambda _: None), form)
        file.write_bytes(content)
    except (NotPrinted, OSError) as refusal:
        raise click.ClickException(f"{file} was not written: {refusal}") from refusal
    click.echo(f"{order.kind}, {order.called}: {len(content):,} bytes in {file}.")


def init_app(app: Flask) -> None:
    """Offer the command, and say where what is printed is kept."""
    app.config.setdefault("PRINTED", str(Path(app.instance_path) / "printed"))
    app.cli.add_command(export_pack)
