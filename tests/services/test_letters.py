"""Every kind of message as its reader gets it, and what a letter refuses to be made of."""

import email
import email.policy
import os
from datetime import UTC, datetime
from pathlib import Path

import allotment
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amendments.rebase import State as Place
from members.notices import DIGEST, Kind
from services import enrolling, notifying
from services.consenting import SILENCE
from services.letters import BadToken, Letterhead, UnusableAddress, letter, read_token, token
from services.telling import CHANGE, FITS, quoted
from store.outbox import Addressee, Gathered, Notice

GOLDEN = Path(__file__).parents[1] / "golden" / "notices"
NOON = datetime(2026, 6, 28, 11, tzinfo=UTC)
HEAD = Letterhead("Allotment Society", "redraft@rules.example.org", "https://rules.example.org", "k" * 32)

RULEBOOK = allotment.RULEBOOK.replace("[process]", '[process]\ntimezone = "Europe/London"')
AMENDMENT = {"number": 7, "title": "Share the pump", "link": "/amendments/7"}
STAGE = {"stage": "Amendments", "link": "/rules", "allowed": "an amendment, seconding and withdrawing"}
FATES = "  * Amendment 7, More water: merged. All that it asks for is in the draft.\n  * Amendment 8, No pump: left out. The next draft takes it."
LIST = "  * Amendment 7, Share the pump: carried\n  * Amendment 12, Notice of meetings by electronic mail, and by post for those who asked: lost"
UNTIL = "28 June 2026 at 12:00 (Europe/London)"
FACTS = {
    Kind.SIGN_IN_LINK: {
        "link": "/sign-in/Zm9v.YmFy-_", "until": UNTIL, "device": "Firefox on Linux",
    },
    Kind.ADDRESS_ASKED: {"new": "b@example.org", "link": "/account/objection/Zm9v", "device": "Firefox on Linux"},
    Kind.ADDRESS_CONFIRM: {
        "link": "/account/address/Zm9v", "until": UNTIL, "device": "Firefox on Linux",
    },
    Kind.ADDRESS_CHANGED: {"old": "a@example.org", "new": "b@example.org", "link": "/account"},
    Kind.PASSKEY_ADDED: {"passkey": "Meera’s phone", "link": "/account"},
    Kind.SECONDED_AMENDMENT_CHANGED: AMENDMENT | {"version": 2, "until": "until 12 July 2026 at 12:00 (Europe/London)"},
    Kind.AMENDMENT_SECONDED_ENOUGH: AMENDMENT | {"support": "20 of 20 members, 3 of 3 branches"},
    Kind.AMENDMENT_STATE: AMENDMENT
    | {
        "state": "refused",
        "reason": quoted("It changes two clauses that have nothing to do with one another.\n\nPropose each by itself."),
        "remedy": "You can appeal until 5 July 2026 at 12:00 (Europe/London).",
    },
    Kind.AMENDMENT_RULED: AMENDMENT
    | {
        "what": "ruled in order after changes",
        "said": quoted("Ruled in order after agreed changes.\n\nThe changes:\nName the key-holder."),
        "remedy": "Its mover is asked for the text with these changes. It can then be ruled in order.",
    },
    Kind.DRAFTING_ADVICE: AMENDMENT,
    Kind.AMENDMENTS_PLACED: {
        "number": 2, "what": "Amendment 7 does not fit edition 2 any more", "link": "/amendments/7/revise", "remedy": CHANGE,
        "amendments": f"  * Amendment 7, Share the pump: {FITS[Place.CONFLICT]}",
    },
    Kind.FOLLOWED: {
        "what": "Amendment 7 is proposed: Share the pump",
        "said": 'amendment 7, "Share the pump", was proposed. It seeks seconders now.',
        "link": "/amendments/7",
        "followed": "clause 3(1), clause 3 and the Fen branch",
    },
    Kind.STAGE_DATES: STAGE
    | {
        "edge": "closes",
        "moment": "on 12 July 2026 at 12:00 (Europe/London)",
        "before": "on 28 June 2026 at 12:00 (Europe/London)",
        "reason": quoted("The post was late."),
    },
    Kind.STAGE_OPENING: STAGE
    | {"opens": "on 1 June 2026 at 09:00 (Europe/London)", "closes": "on 28 June 2026 at 12:00 (Europe/London)"},
    Kind.STAGE_CLOSING_SOON: STAGE | {"closes": "on 28 June 2026 at 12:00 (Europe/London)"},
    Kind.EDITION_ADOPTED: {
        "number": 2, "draft": 3, "title": "Water and meetings", "amendments": LIST.replace("carried", "in force").replace("lost", "in force"),
        "link": "/editions/2",
    },
    Kind.CONSENT_ASKED: {
        "number": 4, "title": "Water", "amendments": LIST.replace(": carried", "").replace(": lost", ""), "link": "/composites/4/consent",
        "what": "Your consent is asked", "asked": f"Answer until {UNTIL}. {SILENCE}",
    },
    Kind.FATE_REPORT: {"number": 3, "title": "Water and meetings", "amendments": FATES, "link": "/drafts/3"},
    Kind.VOTE: {"subject": "A vote is open: Ratification", "said": f"It closes {UNTIL}.", "link": "/ballots/1"},
}  # fmt: skip


def notice(kind="fate-report", **change):
    kept = {"address": "meera@example.org", "subject": "Subject", "body": "Body", "name": "Meera Nair", "member": 3}
    return Notice(
        **{"id": 1, "message_id": f"{kind}.0123", "kind": kind, "at": NOON, "tries": 1, "error": ""} | kept | change
    )


def sent(made, head=HEAD):
    """A letter as it is on the wire, read by somebody else's programme."""
    return email.message_from_bytes(letter(made, head, NOON).as_bytes(), policy=email.policy.default)


def said(kind):
    """The subject and the body of a message; of a digest, with two messages in it."""
    if kind != DIGEST:
        return notifying.written(kind, NOON, FACTS[kind])
    gathered = []
    for one in (Kind.AMENDMENT_STATE, Kind.STAGE_OPENING):
        subject, body = notifying.written(one, NOON, FACTS[one])
        gathered.append(notice(str(one), subject=subject, body=body))
    one = Gathered(Addressee(3, "meera", "meera@example.org"), tuple(gathered))
    made = notifying._digest(one, notifying._opening(2, NOON, NOON), NOON.date(), NOON)
    return made.subject, made.body


def words(found):
    return found.get_content().replace("\r\n", "\n")


@pytest.mark.parametrize("kind", [*Kind, DIGEST])
def test_each_kind_of_message_reads_as_agreed(database, kind):
    enrolling.set_up(HEAD.organisation, RULEBOOK, NOON)
    subject, body = said(kind)
    found = sent(notice(str(kind), subject=subject, body=body))
    printed = "\n".join(f"{name}: {value}" for name, value in found.items()) + f"\n\n{words(found)}"
    golden = GOLDEN / f"{kind}.txt"
    if os.environ.get("REDRAFT_WRITE_GOLDEN"):  # after a change that is meant; read what it wrote
        golden.write_text(printed, encoding="utf-8")
    assert printed == golden.read_text(encoding="utf-8")


def test_there_is_a_golden_message_for_every_template_and_no_other():
    assert {one.name for one in GOLDEN.iterdir()} == {one.name for one in notifying.TEMPLATES.glob("*.txt")}


@pytest.mark.parametrize("kind", [*Kind, DIGEST])
def test_no_line_is_too_long_to_read_unless_it_is_a_link(database, kind):
    _, body = said(kind)
    lines = words(sent(notice(str(kind), body=body))).splitlines()
    assert [line for line in lines if len(line) > 76 and not line.startswith("https://")] == []


def test_the_same_message_has_the_same_id_however_often_it_is_made():
    assert letter(notice(), HEAD, NOON)["Message-ID"] == letter(notice(), HEAD, datetime.now(UTC))["Message-ID"]
    assert sent(notice())["Message-ID"] == "<fate-report.0123@rules.example.org>"


@pytest.mark.parametrize("field", ["subject", "name"])
def test_a_line_break_in_what_somebody_typed_begins_no_header(field):
    found = sent(notice(**{field: "One\r\nBcc: everybody@example.org"}))
    assert found["Bcc"] is None
    assert [str(one.addr_spec) for one in found["To"].addresses] == ["meera@example.org"]


def test_a_line_break_in_the_organisations_name_begins_no_header():
    found = sent(notice(), Letterhead("We\nBcc: x@example.org", HEAD.sender, HEAD.site, HEAD.secret))
    assert (found["Bcc"], found["From"].addresses[0].display_name) == (None, "We Bcc: x@example.org")


@pytest.mark.parametrize(
    "address",
    ["", "meera", "a@example.org\r\nBcc: b@example.org", "a@example.org, b@example.org", "a@b@example.org", "<a@example.org>",
     "a@example.org\n", "a b@example.org", "a@example.org;b@example.org"],
)  # fmt: skip
def test_an_address_that_is_none_or_more_than_one_is_refused(address):
    with pytest.raises(UnusableAddress):
        letter(notice(address=address), HEAD, NOON)


@given(name=st.text(), subject=st.text(), address=st.text() | st.emails())
def test_nothing_that_anybody_can_type_adds_a_header_or_a_recipient(name, subject, address):
    try:
        made = letter(notice(name=name, subject=subject, address=address), HEAD, NOON)
    except UnusableAddress:
        return
    raw = made.as_bytes().partition(b"\r\n\r\n")[0]
    found = email.message_from_bytes(raw, policy=email.policy.default)
    assert sorted(found.keys()) == sorted(letter(notice(), HEAD, NOON).keys())
    assert len(made["To"].addresses) == 1


@pytest.mark.parametrize("kind", [Kind.SIGN_IN_LINK, Kind.PASSKEY_ADDED, Kind.STAGE_DATES])
def test_what_cannot_be_turned_off_offers_no_way_to(kind):
    found = sent(notice(str(kind)))
    assert found["List-Unsubscribe"] is None
    assert "It cannot be turned off." in " ".join(words(found).split())
    assert "/unsubscribe/" not in words(found)


def test_who_is_no_member_has_nothing_to_turn_off():
    assert sent(notice(member=None, name=""))["List-Unsubscribe"] is None


def test_words_that_look_like_a_page_of_ours_are_no_link_when_somebody_else_wrote_them():
    found = words(sent(notice(body=f"Why:\n\n{quoted('/sign-out')}\n\n/amendments/7\n")))
    assert "  > /sign-out\n" in found
    assert "\nhttps://rules.example.org/amendments/7\n" in found


def test_a_token_opens_only_what_it_was_made_for():
    made = token(3, "fate-report", HEAD.secret)
    assert read_token(made, HEAD.secret) == (3, "fate-report")
    forged = [
        made[:-1], made + "x", token(3, "fate-report", "another" * 8), token(3, "stage-dates", HEAD.secret), "nothing", "",
    ]  # fmt: skip
    for one in forged:
        with pytest.raises(BadToken):
            read_token(one, HEAD.secret)


def test_a_quotation_is_set_apart_line_by_line():
    assert quoted(" a\r\n\nb ") == "  > a\n  >\n  > b"
