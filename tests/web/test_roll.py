"""The roll on its page and from the shell: nothing happens before it was shown and said to be meant."""

import io
import json
import re

import pytest

import store.log
import store.members
import store.roll
from app import create_app
from config import Environment, Settings

HARRIET, MEERA = "harriet-okoro", "meera-nair"
HEADINGS = "Membership number,Name,E-mail,Branch,Affiliated body,Joined,Standing,Roles"


def sheet(people, *more, joined=None):
    """The list of these members as their organisation would have it; with a date, all of them joined on it."""
    rows = [
        f"{one.membership},{one.name},{one.email},{one.branch},"
        f'"{one.body}",{joined or one.joined},{one.standing},"{";".join(sorted(one.roles))}"'
        for one in people
    ]
    return "\n".join([HEADINGS, *rows, *more]).encode()


@pytest.fixture
def harriet(client):
    client.sign_in(HARRIET)
    return client


@pytest.fixture
def people(app):
    with app.app_context():
        return store.members.everyone()


def send(client, data, name="members.csv"):
    return client.post("/roll", data={"file": (io.BytesIO(data), name)}, content_type="multipart/form-data")


def secret(page):
    return re.search(r'name="upload" type="hidden" value="([^"]+)"', page.text)[1]


def press(client, page, **more):
    return client.post("/roll/apply", data={"upload": secret(page), **more})


def look(app, ask):
    with app.app_context():
        return ask()


# ---------------------------------------------------------------- the page


def test_the_page_says_how_many_there_are_and_what_a_file_must_hold(harriet):
    page = harriet.get("/roll").text
    assert "300 people are on it" in page
    assert "returning-officer" in page
    assert 'href="/roll" aria-current="true"' in page


def test_nobody_else_finds_the_way_to_it(client):
    client.sign_in(MEERA)
    assert 'href="/roll"' not in client.get("/").text
    assert client.get("/roll").status_code == 403


def test_what_was_shown_is_applied_and_the_log_says_who_did_it(harriet, app, people):
    page = send(harriet, sheet(people[1:], "99,Nils Ek,nils@example.org,Fen,,,good,member", joined="2020-12-31"))
    assert page.status_code == 200
    assert "+1 -1 ~299" in page.text
    assert re.findall(r'<dd class="number">(\d+)</dd>', page.text) == ["1", "1", "299", "0"]
    assert "And 249 more" in page.text
    assert "m-99" in page.text
    assert people[0].name in page.text
    done = press(harriet, page)
    assert (done.status_code, done.location) == (303, "/roll")
    assert "The roll is as in the file: +1 -1 ~299. Snapshot 1 was taken." in harriet.get("/roll").text
    assert look(app, lambda: store.members.by_handle("m-99").name) == "Nils Ek"
    assert look(app, lambda: store.log.entries(limit=1)[0].actor) == HARRIET


def test_looking_changes_nothing(harriet, app, people):
    before = look(app, lambda: (store.members.everyone(), store.log.count()))
    send(harriet, sheet(people[1:]))
    assert look(app, lambda: (store.members.everyone(), store.log.count())) == before


def test_a_file_with_problems_names_their_lines_and_cannot_be_applied(harriet, people):
    page = send(harriet, sheet(people, "99,=HYPERLINK(1),x,Fen,,03/04/2020,splendid,king"))
    assert page.status_code == 422
    for said in (
        "Line 302, name: “=HYPERLINK(1)” begins as a formula",
        "Line 302, standing",
        "ambiguous",
        "5 problems",
    ):
        assert said in page.text
    assert 'action="/roll/apply"' not in page.text


def test_what_is_no_text_is_refused_in_a_sentence(harriet):
    page = send(harriet, b"\x89PNG\r\n\x1a\n\x00\x81")
    assert page.status_code == 422
    assert "in none of UTF-8, UTF-16 and Windows-1252" in page.text


def test_a_file_that_changes_nothing_says_so(harriet, app, people):
    press(harriet, send(harriet, sheet(people, joined="2020-12-31")))
    page = send(harriet, sheet(people, joined="2020-12-31"))
    assert "there is nothing to apply" in page.text
    assert 'action="/roll/apply"' not in page.text


def test_no_file_is_a_mistake_beside_the_question(harriet):
    for page in (harriet.post("/roll", data={}), send(harriet, b"", name="")):
        assert page.status_code == 422
        assert "Choose the file in which your list of members is." in page.text


def test_many_removals_are_applied_only_when_ticked(harriet, app, people):
    page = send(harriet, sheet([one for one in people if one.handle == HARRIET or one.branch == "Fen"]))
    assert "which is more than a third" in page.text
    refused = press(harriet, page)
    assert refused.status_code == 422
    assert "Tick this if it is meant" in refused.text
    assert "members.csv:" in refused.text
    assert look(app, store.members.standings) == {"good": 300}
    assert press(harriet, refused, meant="y").status_code == 303
    assert look(app, store.members.standings)["left"] > 100


def test_a_roll_that_changed_meanwhile_is_shown_anew(harriet, app, people):
    page = send(harriet, sheet(people, "99,Nils Ek,nils@example.org,Fen,,,,", joined="2020-12-31"))
    with app.app_context():
        from services import roll

        roll.apply(sheet(people, joined="2020-12-31"), now(app))
    again = press(harriet, page)
    assert again.status_code == 409
    assert "The roll has changed since this file was checked" in again.text
    assert "+1 -0 ~0" in again.text
    assert press(harriet, again).status_code == 303


def now(app):
    from services import clock

    return clock.now()


def test_a_file_that_was_applied_already_is_gone(harriet, people):
    page = send(harriet, sheet(people, joined="2020-12-31"))
    assert press(harriet, page).status_code == 303
    for sent in ({"upload": secret(page)}, {"upload": "made-up"}, {}):
        again = harriet.post("/roll/apply", data=sent)
        assert again.status_code == 409
        assert "Choose it once more" in again.text


def test_a_roll_may_be_larger_than_what_anybody_else_may_send(harriet, app, people):
    app.config["MAX_CONTENT_LENGTH"] = 1000
    assert send(harriet, sheet(people)).status_code == 200
    harriet.sign_out()
    app.config["WTF_CSRF_ENABLED"] = True  # so that what is sent is read at once, whoever sends it
    assert send(harriet, sheet(people)).status_code == 413


# ---------------------------------------------------------------- the commands


@pytest.fixture
def shell(tmp_path):
    """Runs a command on an empty database; what it said."""
    app = create_app(Settings(Environment.DEVELOPMENT, f"sqlite:///{tmp_path}/ours.sqlite3", "s" * 40, False))
    runner = app.test_cli_runner()

    def run(*words, exit_code=0, typed=None):
        result = runner.invoke(args=[str(word) for word in words], input=typed)
        assert result.exit_code == exit_code, result.output
        assert "Traceback" not in result.output
        return result.output

    with app.app_context():
        yield run


@pytest.fixture
def file(tmp_path):
    def write(*rows):
        made = tmp_path / "members.csv"
        made.write_text("\n".join([HEADINGS, *rows]), encoding="utf-8")
        return made

    return write


ROSA = "10432,Rosa Lindgren,rosa@example.org,Fen,,2020-12-31,good,administrator"
OMAR = "10433,Omar Haddad,omar@example.org,Glen,,2020-12-31,good,member"


def test_the_command_shows_first_and_applies_when_told(shell, file):
    said = shell("import-roll", file(ROSA, OMAR))
    assert "Read 2 rows (UTF-8, comma).\n+2 -0 ~0\nNothing was changed" in said
    assert store.members.count() == 0
    assert "+2 -0 ~0: the roll is as in the file." in shell("import-roll", file(ROSA, OMAR), "--apply")
    snapshot = store.roll.snapshots()[0]
    assert snapshot.members == 2
    assert f"Snapshot 2: 2 members. Digest {snapshot.digest}" in shell("roll-snapshot", "--reason", "Before the ballot")
    shell("verify-log")


def test_the_command_ends_with_one_and_every_problem_by_line(shell, file):
    wrong = file(ROSA, "7,,x,Fen,,,,king", ROSA)
    for options in ([], ["--apply"]):
        said = shell("import-roll", wrong, *options, exit_code=1)
        assert "Line 3, name: There is no name." in said
        assert "Line 3, roles: “king” is no role" in said
        assert "Line 4, membership number: “10432” is on line 2 and again on line 4" in said
    assert store.members.count() == 0


def test_the_command_removes_many_only_when_allowed(shell, file):
    shell("import-roll", file(ROSA, OMAR), "--apply")
    assert "--allow-many-removals" in shell("import-roll", file(OMAR))
    said = shell("import-roll", file(OMAR), "--apply", exit_code=1)
    assert "1 of the 2 people on the roll would leave it" in said
    assert "No administrator" in said
    assert "+0 -1 ~0" in shell("import-roll", file(OMAR), "--apply", "--allow-many-removals")


def test_a_file_that_is_not_there_is_said_to_be_missing(shell):
    assert "cannot be read" in shell("import-roll", "nowhere.csv", exit_code=1)


def test_columns_that_are_passed_over_are_named(shell, tmp_path):
    made = tmp_path / "more.csv"
    made.write_text(f"{HEADINGS},Telephone\n{ROSA},=1\n", encoding="utf-8")
    assert "Columns that were passed over: Telephone." in shell("import-roll", made)


def test_what_is_held_on_a_member_is_printed_and_erased(shell, file):
    shell("import-roll", file(ROSA, OMAR), "--apply")
    assert json.loads(shell("export-member", "m-10433"))["member"]["email"] == "omar@example.org"
    assert "Aborted" in shell("erase-member", "m-10433", typed="n\n", exit_code=1)
    assert store.members.by_handle("m-10433").name == "Omar Haddad"
    assert "A former member" in shell("erase-member", "m-10433", "--yes")
    assert json.loads(shell("export-member", "m-10433"))["member"]["email"] == ""
    assert "erased already" in shell("erase-member", "m-10433", "--yes", exit_code=1)
    assert "last administrator" in shell("erase-member", "m-10432", "--yes", exit_code=1)
    assert "There is no member nobody" in shell("erase-member", "nobody", exit_code=1)
    assert "All is as it was recorded" in shell("verify-log")
