"""The rules in plain words, the timetable, and a date that is changed with a reason."""

import allotment
import pytest
import society
from allotment import HARRIET, ROSA

import store
import store.processes
import store.stages
from web.commands import check_rulebook

STAGED = """
[process]
name = "Revision"
timezone = "Europe/London"
[[stage]]
id = "amendments"
opens = "2026-01-01 09:00"
closes = "2099-06-28 12:00"
allows = ["amendment", "second", "withdraw", "rule", "merge"]
[[stage]]
id = "after"
label = "Afterwards"
opens = "amendments.closes"
closes = "opens + 1w"
allows = ["comment"]
"""
OVER = STAGED.replace("2026-01-01", "2020-01-01").replace("2099-06-28", "2020-06-28")


@pytest.fixture
def app(tmp_path):
    opened = society.opened(tmp_path)
    with opened.app_context():
        yield opened


@pytest.fixture
def client(app):
    return app.test_client()


def rule(toml):
    with store.transaction():
        store.processes.set("Allotment Society", toml)


def test_everybody_reads_the_rules_in_plain_words(client):
    said = client.get("/rules").text
    assert "It must be seconded by two members." in said or "2 members" in said


def test_the_timetable_says_what_is_open_and_how_long_is_left(client):
    rule(STAGED)
    said = client.get("/rules").text
    assert "Open now" in said
    assert "left" in said
    assert "Europe/London" in said


def test_only_an_administrator_changes_a_date(client):
    rule(STAGED)
    client.sign_in(ROSA)
    assert "Change a date" not in client.get("/rules").text
    assert client.post("/rules/dates", data=sent()).status_code == 403
    assert store.stages.everything() == ()


def sent(**but):
    return {"name": "amendments.closes", "day": "2098-01-02", "time": "12:00", "reason": "The post was late.", **but}


def test_a_changed_date_is_published_with_its_reason(client):
    rule(STAGED)
    client.sign_in(HARRIET)
    assert client.post("/rules/dates", data=sent()).status_code == 303
    said = client.get("/rules").text
    assert "Dates that were changed" in said
    assert "The post was late." in said
    assert "2 January 2098, 12:00" in said


@pytest.mark.parametrize(
    ("but", "message"),
    [
        ({"reason": " "}, "Enter the reason"),
        ({"day": "someday"}, "Enter the new day"),
        ({"time": ""}, "Enter the new day, and the time"),
        ({"day": "2021-01-01"}, "would close before it opens"),
        ({"name": "amendments.ends"}, "no stage"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_comes_back(client, but, message):
    rule(STAGED)
    client.sign_in(HARRIET)
    answer = client.post("/rules/dates", data=sent(**but))
    assert answer.status_code == 422
    assert message in answer.text
    assert but.get("reason") or "The post was late." in answer.text
    assert store.stages.everything() == ()


def test_after_the_stage_the_form_says_so_and_keeps_every_word(client):
    rule(OVER)
    client.sign_in(allotment.MEERA)
    typed = {
        "base": 1, "do": "submit", "title": "Twenty", "reason": "More.", "changes-0-act": "reword",
        "changes-0-clause": allotment.clause("2(1)"), "changes-0-text": "Twenty members are needed.",
    }  # fmt: skip
    answer = client.post("/amendments/propose", data=typed)
    assert answer.status_code == 409
    assert "closed on 28 June 2020 at 12:00 (Europe/London)" in answer.text
    assert "Twenty members are needed." in answer.text


def test_an_amendment_says_that_seconding_is_over(client):
    number = allotment.propose(allotment.reword("2(1)", "Twenty."))
    rule(OVER)
    client.sign_in(ROSA)
    assert "closed on 28 June 2020" in client.get(f"/amendments/{number}").text
    answer = client.post(f"/amendments/{number}/second", data={"digest": "x"})
    assert answer.status_code == 409
    assert "closed on 28 June 2020" in answer.text


def test_a_rulebook_is_checked_from_the_command_line(app, tmp_path):
    good, bad, latin = (tmp_path / name for name in ("good.toml", "bad.toml", "latin.toml"))
    good.write_text(STAGED)
    bad.write_text(STAGED.replace('"comment"', '"coment"').replace("Europe/London", "Europe/Londn"))
    latin.write_bytes('[process]\nname = "Caf\xe9"'.encode("latin-1"))
    run = app.test_cli_runner().invoke
    assert run(check_rulebook, [str(good)]).output.startswith("ok ")
    refused = run(check_rulebook, [str(bad)])
    assert refused.exit_code == 1
    assert 'Line 4, [process], timezone: "Europe/Londn" is not a time zone.' in refused.output
    assert "2 problems found." in refused.output
    assert "not in UTF-8" in run(check_rulebook, [str(latin)]).output
    assert "cannot be read" in run(check_rulebook, [str(tmp_path / "none.toml")]).output
