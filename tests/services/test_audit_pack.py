"""The audit file of a vote by itself, and the table of what somebody may try: each is found, at which step, by whom."""

import io
import json
import zipfile

import balloted
import pytest
from allotment import GRACE, LEONARD, MEERA, NOON, ROSA, member
from balloted import AFTER, DURING, OFFICER, PRIVATE, SIGNING, opened, out_of_the_urn, vote
from make import changed_by_hand

import store
import store.ballots
from ballots import sealing
from ballots.definition import fingerprint
from ballots.receipts import acknowledged, is_genuine
from ballots.urn import opened as open_urn
from constitution.digest import text_digest
from services import audit_pack, auditing, ballot_page, balloting
from services.balloting import NotNow
from store import books

pytestmark = pytest.mark.usefixtures("database")
CHAIN, PUT, ROLL, LOGGED, CLOSING, PAPERS, LIST, RESULT = range(8)


@pytest.fixture(autouse=True)
def _society(database):
    balloted.society()


@pytest.fixture
def number():
    """A declared vote of four."""
    made = opened()
    for handle, answer in ((MEERA, "yes"), (ROSA, "yes"), (LEONARD, "yes"), (GRACE, "no")):
        vote(handle, made, {"1": answer})
    balloting.close(member(OFFICER), made, AFTER)
    balloting.declare(member(OFFICER), made, out_of_the_urn(made), AFTER)
    return made


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def failing(content):
    return [n for n, one in enumerate(audit_pack.checked(content)) if one.faults]


def test_an_honest_vote_passes_every_step(number):
    assert failing(audit_pack.made(number)) == []
    assert audit_pack.made(number) == audit_pack.made(number)


def lines(change):
    return lambda name, files: files | {name: b"".join(change(files[name].splitlines(keepends=True)))}


def logged(change):
    """The log with the entry of an act changed, and its own hash made anew as a forger would."""

    def tampered(_, files):
        entries = [json.loads(one) for one in files["log.jsonl"].splitlines()]
        return files | {"log.jsonl": b"".join(json.dumps(one).encode() + b"\n" for one in change(entries))}

    return tampered


def payload_of(act, **change):
    return logged(
        lambda entries: [one | {"payload": one["payload"] | change} if one["act"] == act else one for one in entries]
    )


def definition(**change):
    return lambda name, files: files | {name: json.dumps(json.loads(files[name]) | change).encode()}


def of_the_roll(_, files):
    found = json.loads(files["definition.json"])
    found["colleges"][0]["voters"] += 100
    return files | {"definition.json": sealing.written(found)}


def result(_, files):
    found = json.loads(files["result.json"])
    found["questions"][0]["carried"] = ["draft-1"]
    found["questions"][0]["colleges"][0]["in_favour"] += 1
    return files | {"result.json": json.dumps(found).encode()}


# What is tried on the published file, in which part of it, and the steps at which anybody finds it.
TABLE = [
    ("drop an envelope", "envelopes.txt", lines(lambda ones: ones[1:]), {CLOSING, PAPERS}),
    ("swap an envelope", "envelopes.txt", lines(lambda ones: [b"0" * 64 + b"\n", *ones[1:]]), {LOGGED, CLOSING}),
    ("put one in twice", "envelopes.txt", lines(lambda ones: [*ones, ones[0]]), {LOGGED, CLOSING}),
    ("stuff the urn", "envelopes.txt", lines(lambda ones: [*ones, b"1" * 64 + b"\n"]), {LOGGED, CLOSING}),
    ("drop a paper", "list.jsonl", lines(lambda ones: ones[1:]), {LIST, RESULT}),
    ("turn a paper", "list.jsonl", lines(lambda ones: [one.replace(b'"no"', b'"yes"') for one in ones]), {LIST, RESULT}),
    ("copy a paper", "list.jsonl", lines(lambda ones: [*ones, ones[0]]), {PAPERS, LIST, RESULT}),
    ("add a paper", "list.jsonl", lines(lambda ones: [*ones, ones[0].replace(b"GRACE", b"NOONE")]), {PAPERS, LIST, RESULT}),
    ("put another title over it", "definition.json", definition(title="Something else"), {PUT}),
    ("lengthen the roll", "definition.json", of_the_roll, {PUT, ROLL, RESULT}),
    ("replace the result", "result.json", result, {RESULT}),
    ("drop an entry of the log", "log.jsonl", logged(lambda entries: entries[:5] + entries[6:]), {CHAIN}),
    ("reorder the log", "log.jsonl", logged(lambda entries: [*entries[:3], entries[4], entries[3], *entries[5:]]), {CHAIN}),
    ("log another list", "log.jsonl", payload_of("declare-ballot", list="0" * 64), {CHAIN, LIST}),
    ("log another urn", "log.jsonl", payload_of("close-ballot", digest="0" * 64), {CHAIN, CLOSING}),
    ("log another ballot", "log.jsonl", payload_of("open-ballot", fingerprint="0" * 64), {CHAIN, PUT}),
    ("unsay an envelope", "log.jsonl", payload_of("hand-in", envelopes=[]), {CHAIN, LOGGED}),
]  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize(("name", "tampered", "steps"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_whoever_has_the_file_finds_it(number, name, tampered, steps):
    files = tampered(name, parts(audit_pack.made(number)))
    found = set(failing(packed(files)))
    assert found & steps
    assert found >= steps - {RESULT}


@pytest.mark.parametrize("content", [b"", b"no zip", packed({"definition.json": b"{}"})])
def test_what_is_no_audit_file_is_said_to_be_none(content):
    with pytest.raises(audit_pack.NotAPack):
        audit_pack.checked(content)


def test_nonsense_in_a_part_is_a_fault_and_no_crash(number):
    for name in audit_pack.NAMES:
        if name not in {"recount.py", "log.jsonl"}:
            assert failing(packed(parts(audit_pack.made(number)) | {name: b'{"a": 1}\n'}))


def test_there_is_no_file_before_the_result():
    made = opened()
    with pytest.raises(NotNow):
        audit_pack.made(made)


# What somebody may try who holds the server, and who finds it then.


def test_a_voter_finds_that_the_server_dropped_or_swapped_an_envelope():
    made = opened()
    hashed = vote(MEERA, made, {"1": "no"})
    definition_ = balloting.definition_of(made)
    word = acknowledged(SIGNING, fingerprint(definition_), "members", hashed)
    changed_by_hand("DELETE FROM envelope", "envelope")
    balloting.close(member(OFFICER), made, AFTER)
    assert hashed not in balloting.hashes(made).decode().split()
    assert is_genuine(
        definition_.acknowledgements, word, fingerprint(definition_), "members", hashed
    )  # and can prove it


def test_officers_find_an_envelope_that_was_copied_or_made_for_another_vote():
    made = opened()
    vote(MEERA, made, {"1": "no"})
    balloting.close(member(OFFICER), made, AFTER)
    urn = balloting.urn(made)
    [[college, envelope]] = urn["envelopes"]
    found = open_urn(
        urn | {"envelopes": [[college, envelope], [college, envelope], [college, "AAAA"], ["others", envelope]]},
        PRIVATE,
    )
    assert len(found.lines) == 1
    assert [why.split(",")[0] for _, why in found.refused] == [
        "It has no receipt",
        "It was not sealed to this key for this ballot",
        "It was sealed for another college.",
    ]
    with pytest.raises(sealing.CannotOpen):
        open_urn(urn, b"q" * 32)


def test_the_page_and_the_check_of_the_log_find_a_text_that_was_changed_after_the_opening():
    made = opened()
    changed_by_hand("UPDATE wording SET text = 'Forged.' WHERE text LIKE 'A general meeting needs twenty%'", "wording")
    books.shelf._books.clear()  # as a server that was started again
    with pytest.raises(books.Damaged):
        ballot_page.page(made, None, SIGNING, DURING)
    assert auditing.verify()


def test_the_check_of_the_log_finds_a_roll_that_was_changed_after_the_opening():
    made = opened()
    assert auditing.verify() == ()
    changed_by_hand("UPDATE ballot_voter SET handle = 'somebody-else' WHERE handle = 'meera-nair'", "ballot_voter")
    assert [fault.message for fault in auditing.verify()] == [
        f"The roll of members in vote {made} is not the one of its opening."
    ]


def test_the_check_of_the_log_finds_a_definition_a_result_or_a_list_that_was_replaced(number):
    assert auditing.verify() == ()
    changed_by_hand(
        "UPDATE ballot_definition SET definition = replace(definition, 'yes_no_abstain', 'yes_no')", "ballot_definition"
    )
    changed_by_hand("UPDATE ballot_result SET papers = replace(papers, '\"no\"', '\"yes\"')", "ballot_result")
    found = " ".join(fault.message for fault in auditing.verify())
    assert f"What is put in vote {number}" in found
    assert f"The list of vote {number}" in found


def test_the_check_of_the_log_finds_an_envelope_that_nobody_handed_in(number):
    changed_by_hand(
        f"UPDATE envelope SET content = 'x', hash = '{text_digest('x')}' WHERE member = {member(MEERA).id}", "envelope"
    )
    found = " ".join(fault.message for fault in auditing.verify())
    assert f"in vote {number} was never handed in" in found


def test_time_and_names_of_a_sealed_vote_are_in_no_entry(number):
    for entry in store.log.whole():
        if entry.act == "hand-in":
            assert (entry.actor, entry.at == NOON) == ("", False)
            assert set(entry.payload) == {"envelopes"}
