"""A rule book brought in by hand: seen line by line, corrected, compared, kept exactly as it was seen or not at all."""

from __future__ import annotations

import html
import io
import re
import shutil
from datetime import UTC, datetime

import pages
import pytest

import store
import store.editions
import store.log
import store.members
from app import create_app
from config import Environment, Settings
from constitution.clause import Clause, Constitution, Kind, Mark, Style
from documents import word_out
from documents.bookmarks import Colophon
from documents.tracked import clean
from members.permissions import Role
from services import enrolling
from store.database import db

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
NUMBERED = Mark(Style.DECIMAL, after=".")
ADMIN = "samir-haddad"  # one of the people offered


def book(quorum="Ten members are a quorum."):
    one = Clause("a", Kind.CLAUSE, text=quorum, mark=NUMBERED)
    two = Clause("b", Kind.CLAUSE, text="Votes are taken by hand.", mark=NUMBERED)
    return Constitution("Rules of the Club", (Clause("s", Kind.SECTION, "Meetings", children=(one, two)),))


def word(made):
    return word_out.written(clean(made), Colophon(made.title, "ed_1", "", "en", NOON))


@pytest.fixture
def client(migrated, tmp_path):
    """A signed-in administrator where nothing has been imported."""
    file = shutil.copy(migrated, tmp_path / "empty.sqlite3")
    app = create_app(Settings(Environment.DEMONSTRATION, f"sqlite:///{file}", "w" * 40, demonstration_sign_in=True))
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = pages.Client
    with app.app_context():
        enrolling.set_up("Club", '[process]\nname = "Rules"\n[seconding]\ncount = 2\n', NOON)
        roles = frozenset({str(Role.ADMINISTRATOR)})
        enrolling.enrol([store.members.NewMember(ADMIN, "Ada Stone", roles=roles)], NOON)
    with app.test_client() as client:
        client.sign_in(ADMIN)
        yield client
    with app.app_context():
        db.engine.dispose()


def sent(client, content, name="rules.docx"):
    return client.post("/import", data={"file": (io.BytesIO(content), name)})


def fields(answer):
    """What the form of the page would send."""
    text = answer.text
    found = {
        name: html.unescape(re.search(rf'name="{name}" value="([^"]*)"', text)[1]) for name in ("entries", "digest")
    }
    for number, options in re.findall(r'<select[^>]*name="role-(\d+)"[^>]*>(.*?)</select>', text, re.DOTALL):
        found[f"role-{number}"] = re.search(r'value="([^"]*)" selected', options)[1]
    return found | {"note": "First"}


def kept(client):
    with client.application.app_context():
        return store.editions.latest()


def test_a_word_document_becomes_the_first_edition(client):
    seen = sent(client, word(book()))
    assert "3 clauses" in seen.text
    assert kept(client) is None
    answer = client.post("/import/correct", data=fields(seen) | {"keep": "yes"})
    assert (answer.status_code, answer.location) == (303, "/editions/1")
    assert [one.text for one in kept(client).constitution.walk()][1:] == [
        "Ten members are a quorum.", "Votes are taken by hand.",
    ]  # fmt: skip


def test_a_line_is_corrected_before_it_is_kept(client):
    seen = sent(client, b"# Rules\n\nMeetings\n\n1. Ten are a quorum.\n", "rules.md")
    typed = fields(seen)
    assert typed["role-2"] == "front"
    again = client.post("/import/correct", data=typed | {"role-2": "heading-1"})
    assert fields(again)["role-2"] == "heading-1"
    client.post("/import/correct", data=fields(again) | {"keep": "yes"})
    assert kept(client).constitution.clauses[0].heading == "Meetings"


def test_what_was_not_seen_is_not_kept(client):
    typed = fields(sent(client, word(book())))
    answer = client.post("/import/correct", data=typed | {"role-3": "out", "keep": "yes"})
    assert answer.status_code == 409
    assert "not the text that you looked at" in answer.text
    assert fields(answer)["role-3"] == "out"  # and nothing chosen is lost
    assert kept(client) is None


def test_a_revised_document_is_compared_and_keeps_every_clause(client):
    client.post("/import/correct", data=fields(sent(client, word(book()))) | {"keep": "yes"})
    before = list(kept(client).constitution.by_id)
    seen = sent(client, word(book("Twelve members are a quorum.")))
    assert "1 clause differs from edition 1" in seen.text
    assert "<ins" in seen.text
    client.post("/import/correct", data=fields(seen) | {"keep": "yes"})
    now = kept(client)
    assert (now.number, list(now.constitution.by_id)) == (2, before)
    with client.application.app_context():
        assert [one.actor for one in store.log.whole() if one.act == "import-constitution"] == [ADMIN, ADMIN]
        assert list(store.log.verify()) == []


def test_where_votes_decide_a_document_is_shown_and_not_kept(client):
    client.post("/import/correct", data=fields(sent(client, word(book()))) | {"keep": "yes"})
    with client.application.app_context():
        rules = (
            '[process]\nname = "Rules"\n[seconding]\ncount = 2\n[[stage]]\nid = "v"\nopens = "2026-01-01"\n'
            'closes = "2027-01-01"\nallows = ["amendment", "second", "vote"]\n'
            '[[ballot]]\nid = "all"\nlabel = "The vote of all"\n[adoption]\nrequires = ["all"]\n'
        )
        enrolling.set_up("Club", rules, NOON)
    seen = sent(client, word(book("Twelve members are a quorum.")))
    assert "decide by vote" in seen.text
    answer = client.post("/import/correct", data=fields(seen) | {"keep": "yes"})
    assert answer.status_code == 409
    assert kept(client).number == 1


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [(b"x", "rules.pdf", "Only Word"), (b"PK", "rules.docx", "damaged"), (b"", "", "Choose the file"), (b"", "a.odt", "empty")],
)  # fmt: skip
def test_what_cannot_be_read_is_said_beside_the_field(client, content, name, said):
    answer = sent(client, content, name)
    assert (answer.status_code, said in answer.text) == (422, True)


def test_a_file_that_is_too_large_is_said_beside_the_field(client):
    answer = client.post("/import", data=b"x" * 20_200_000, content_type="multipart/form-data; boundary=x")
    assert (answer.status_code, "larger than 20 MB" in answer.text, 'type="file"' in answer.text) == (413, True, True)


@pytest.mark.thorough
def test_a_long_book_is_corrected_and_kept(client):
    """What was read travels in the form, and is larger there than as a document."""
    text = "# Rules\n\n" + "\n\n".join(f"{n}. {'Ж' * 9_000}" for n in range(1, 101))
    head = '--x\r\nContent-Disposition: form-data; name="file"; filename="rules.md"\r\n\r\n'
    body = f"{head}{text}\r\n--x--\r\n".encode()  # made here: the client's own maker of forms leaves a file open
    typed = fields(client.post("/import", data=body, content_type="multipart/form-data; boundary=x"))
    assert client.post("/import/correct", data=typed | {"keep": "yes"}).status_code == 303
    assert len(kept(client).constitution) == 100


def test_a_form_that_lost_its_words_is_said_to_be_lost(client):
    for entries in ("", "[1]", "{}", '[{"number": 1}]', "[" * 5000):
        answer = client.post("/import/correct", data={"entries": entries})
        assert (answer.status_code, "lost on the way" in answer.text) == (400, True)


def test_what_was_taken_away_comes_back_as_the_edition_in_force(client):
    cited = book("Ten members are a quorum, and clause 2 says how they vote.")
    client.post("/import/correct", data=fields(sent(client, word(cited))) | {"keep": "yes"})
    for form in ("docx", "odt", "md"):
        seen = sent(client, client.get(f"/editions/1/text.{form}").get_data(), f"rules.{form}")
        assert "word for word" in seen.text, form
        answer = client.post("/import/correct", data=fields(seen) | {"keep": "yes"})
        assert (answer.status_code, "there is nothing to import" in answer.text) == (409, True)
