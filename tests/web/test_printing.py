"""What is printed: made once, for exactly what it shows, and handed to nobody for whom it was not gathered."""

import re
import threading

import pytest

import services.printing as printed
import store.members
import web.printing
from amendments.ties import Kind, Tie
from documents.pdf import NotPrinted
from documents.printed import Numbered, Words
from rulebook.kinds import Order
from services import packing, publishing, relating
from store.printed import Shelf

PACK = "/print/draft/3"


@pytest.fixture
def shelf(app, tmp_path):
    app.config["PRINTED"] = str(tmp_path / "printed")
    return Shelf(tmp_path / "printed")


@pytest.fixture
def at_once(monkeypatch):
    """Threads that do their work as they are started, so that nothing has to be waited for."""

    class Thread(threading.Thread):
        def start(self):
            self.run()

    monkeypatch.setattr(web.printing, "Thread", Thread)


def wanted(client, form, address=PACK):
    assert client.post(address, data={"form": form}).status_code == 303
    return client.get(f"{address}/{form}")


def test_a_form_is_made_once_and_kept_until_what_it_shows_changes(client, app, shelf, at_once, monkeypatch):
    written = []
    monkeypatch.setattr(printed, "written", lambda _, form: written.append(form) or form.encode())
    assert client.get(f"{PACK}/text").status_code == 303
    assert wanted(client, "text").data == b"text"
    assert wanted(client, "text").data == b"text"
    assert written == ["text"]
    assert b"Take it away" in client.get(PACK).data
    with app.app_context():
        import store
        import store.processes

        with store.transaction():
            store.processes.set("Another name", store.processes.current().rulebook_toml)
    assert client.get(f"{PACK}/text").status_code == 303
    assert wanted(client, "text").data == b"text"
    assert written == ["text", "text"]


def test_members_and_the_public_read_the_names_that_they_may_know(client, shelf, at_once):
    public = wanted(client, "text").data.decode()
    assert "A member of the" in public
    client.sign_in("rosa-lindgren")
    assert client.get(f"{PACK}/text").status_code == 303
    within = wanted(client, "text").data.decode()
    assert "A member of the" not in within
    client.sign_out()
    assert client.get(f"{PACK}/text").data.decode() == public


def test_screen_and_text_have_the_same_lines_under_the_same_numbers(client, shelf, at_once):
    text = wanted(client, "text").data.decode()
    page = wanted(client, "screen").data.decode()
    shown = re.findall(r'line-number">(\d+)<', page)
    assert len(shown) > 400
    assert shown == re.findall(r"^ *(\d+)  ", text, re.MULTILINE)


def test_while_it_is_made_the_page_says_how_far_and_nobody_begins_again(client, app, shelf):
    with app.test_request_context():
        digest = printed.order("draft", 3, None, web.printing.clock.now()).digest("pdf")
    with shelf.begin(digest):
        shelf.tell(digest, 37, 200)
        assert shelf.begin(digest) is None
        page = client.get(PACK).data.decode()
        assert "37 of 200" in re.sub("<[^>]*>", "", page)
        assert '<noscript><meta http-equiv="refresh"' in page
        assert client.post(PACK, data={"form": "pdf"}).status_code == 303
        assert "37 of 200" in re.sub("<[^>]*>", "", client.get(PACK).data.decode())
    assert "refresh" not in client.get(PACK).data.decode()


def test_what_could_not_be_made_says_so_and_can_be_tried_again(client, shelf, at_once, monkeypatch):
    def fails(document, form):
        raise NotPrinted("The document could not be set: no room.")

    with monkeypatch.context() as patched:
        patched.setattr(printed, "written", fails)
        assert wanted(client, "text").status_code == 303
        assert b"could not be set: no room." in client.get(PACK).data
    assert wanted(client, "text").status_code == 200


def test_what_dies_while_it_is_made_is_not_in_the_way(shelf):
    digest = "a" * 64
    shelf.begin(digest).close()  # as the system closes it for a process that was killed
    assert not shelf.standing(digest).building
    assert shelf.read(digest) is None
    with shelf.begin(digest):
        shelf.keep(digest, b"whole")
        assert shelf.begin(digest) is None
    assert shelf.read(digest) == b"whole"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/print/booklet/1", "Your vote is sealed before it leaves your browser"),
        ("/print/fates/3", "Merged"),
        ("/print/certified/3", "This is a true copy of edition 3."),
    ],
)
def test_booklet_fates_and_copy_are_printed_in_word_and_text(client, shelf, at_once, address, said):
    text = wanted(client, "text", address).data.decode()
    assert said in " ".join(text.split())
    assert wanted(client, "word", address).data.startswith(b"PK")


def test_the_pack_of_an_agenda_has_its_order_what_was_said_of_each_and_what_falls(app):
    with app.app_context():
        now = web.printing.clock.now()
        committee = store.members.by_handle("ffion-pritchard")
        relating.rule(committee, Tie(26, Kind.FALLS_IF, 38, "They undo each other."), now)
        made = publishing.publish(committee, "Preliminary agenda", Order.AGENDA, (38, 26, 10), now)
        found = packing.of_publication(made.number, None)
        told = []
        pack = packing.built(found, told.append)
    first, second, _ = pack.items
    assert [one.over for one in pack.items] == [
        "Item 1 · Amendment A38",
        "Item 2 · Amendment A26",
        "Item 3 · Amendment A10",
    ]
    said = dict(first.said)
    assert said["The committee recommends"][0].startswith("Carry it.")
    (falls,) = said["If it is carried"]
    assert falls == f"A26, {second.title}, falls. It falls because A38 is carried."
    assert "If it is carried" not in dict(second.said)
    assert all(dict(one.said)["Rulings"][0].startswith("Ruled out of order: ") for one in pack.refused)
    assert all(one.clauses for one in (*pack.items, *pack.refused))
    assert told == list(range(1, found.total + 1))
    assert pack.text
    assert "put one by one" in pack.text_note


def test_the_vote_has_the_same_numbered_lines_as_the_draft_that_delegates_read(app):
    with app.app_context():
        made = [
            printed.order(what, one, None, web.printing.clock.now()) for what, one in (("draft", 3), ("booklet", 1))
        ]
        pack, booklet = (one.build(lambda _: None) for one in made)
    lines = [one for one in booklet.blocks if isinstance(one, Numbered)]
    assert lines == [one for one in pack.blocks if isinstance(one, Numbered)][: len(lines)]
    said = [one.text for one in booklet.blocks if isinstance(one, Words)]
    assert "Clause 6.2(3), moved from 6.2(5)" in said
    assert "Clause 6.2(5), moved to 6.2(3)" in said
    assert "Only renumbered: 6.2(3) becomes 6.2(4)." in said
    assert set(said) & {one.text for one in pack.blocks if isinstance(one, Words)} >= set(said[-5:])


@pytest.mark.parametrize("address", ["/print/nothing/1", "/print/draft/99", "/print/draft/3/rtf", "/print/booklet/99"])
def test_there_is_nothing_else_to_print(client, shelf, address):
    assert client.get(address).status_code == 404


def test_the_command_writes_the_pack(app, tmp_path):
    file = tmp_path / "pack.txt"
    with app.app_context():
        run = app.test_cli_runner().invoke
        done = run(args=["export-pack", str(file), "--draft", "3"])
        assert done.exit_code == 0, done.output
        assert "What is to be decided" in file.read_text("utf-8")
        assert run(args=["export-pack", str(file)]).exit_code == 2
