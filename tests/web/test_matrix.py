"""Every route for every role, on what is one's own and on what is another's. Who may is written here, by hand.

A route that is not in the table fails: whoever adds one says here who may use it. What is refused, and whatever is
only read, must leave the database as it was.
"""

import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from itertools import product

import pages
import pytest

from app import create_app
from config import Environment, Settings
from members.permissions import Role
from store.database import db

WHO = "meera-nair"  # one of the people offered; here she holds each role in turn
OWN, OTHERS = 49, 47

EVERYBODY = frozenset({None, *Role})
SIGNED_IN = frozenset(Role)
MEMBERS = frozenset({Role.MEMBER, Role.OFFICER, Role.DELEGATE, Role.COMMITTEE})
COMMITTEE = frozenset({Role.COMMITTEE})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
OFFICERS = frozenset({Role.RETURNING_OFFICER})

MAY = {
    "accounts.account": SIGNED_IN,
    "accounts.again": EVERYBODY,
    "accounts.asked": EVERYBODY,
    "accounts.choose_visibility": SIGNED_IN,
    "accounts.end_session": SIGNED_IN,
    "accounts.enter": EVERYBODY,
    "accounts.link": EVERYBODY,
    "accounts.sign_in": EVERYBODY,
    "accounts.sign_out": EVERYBODY,
    "accounts.sign_out_everywhere": SIGNED_IN,
    "accounts.use_link": EVERYBODY,
    "admitting.advise": EVERYBODY,  # who may not is told, as of any other address, that there is nothing
    "admitting.appeal": MEMBERS,
    "admitting.decide": ADMINISTRATORS,
    "admitting.page": EVERYBODY,
    "admitting.recommend": COMMITTEE,
    "admitting.rule": frozenset(),  # whom the rulebook names: their body says so, not their role
    "adopting.add_proviso": COMMITTEE,
    "adopting.certified": EVERYBODY,
    "adopting.choose_day": EVERYBODY,
    "adopting.correct": frozenset(),  # whom the rulebook names: their body says so, not their role
    "adopting.corrections": EVERYBODY,
    "adopting.enter_word": ADMINISTRATORS,
    "adopting.object_to": MEMBERS,
    "adopting.on": EVERYBODY,
    "adopting.propose": frozenset(),  # as adopting.correct
    "adopting.votes": EVERYBODY,
    "assets.font": EVERYBODY,
    "balloting.audit": EVERYBODY,
    "balloting.ballot": EVERYBODY,
    "balloting.ballots": EVERYBODY,
    "balloting.close": OFFICERS,
    "balloting.declare": OFFICERS,
    "balloting.definition": EVERYBODY,
    "balloting.enter_batch": OFFICERS,
    "balloting.envelopes": EVERYBODY,
    "balloting.hand_paper": OFFICERS,
    "balloting.hold": OFFICERS,
    "balloting.key": OFFICERS,
    "balloting.open_vote": OFFICERS,
    "balloting.papers": EVERYBODY,
    "balloting.prepare": OFFICERS,
    "balloting.preparing": OFFICERS,
    "balloting.rehearsal": OFFICERS,
    "balloting.rehearse": OFFICERS,
    "balloting.rehearsed": OFFICERS,
    "balloting.urn": OFFICERS,
    "balloting.vote": MEMBERS,
    "balloting.withdraw": OFFICERS,
    "bringing_back.bring": MEMBERS,
    "bringing_back.show": MEMBERS,
    "changing_address.ask": SIGNED_IN,
    "changing_address.confirm": SIGNED_IN,
    "changing_address.look": SIGNED_IN,
    "changing_address.look_at_objection": EVERYBODY,
    "changing_address.object_to": EVERYBODY,
    "committee.abandon": COMMITTEE,
    "committee.adopt": COMMITTEE,
    "committee.begin": COMMITTEE,
    "committee.choose": COMMITTEE,
    "committee.composite": EVERYBODY,
    "committee.confirm": COMMITTEE,
    "committee.desk": EVERYBODY,
    "committee.freeze": COMMITTEE,
    "committee.preview": COMMITTEE,
    "consenting.answer": MEMBERS,
    "consenting.ask": COMMITTEE,
    "consenting.desk": EVERYBODY,
    "consenting.leave": COMMITTEE,
    "consenting.show": EVERYBODY,
    "drafts.choices": EVERYBODY,
    "drafts.coverage": EVERYBODY,
    "drafts.object_to": MEMBERS,
    "drafts.table": EVERYBODY,
    "drafts.take_back": MEMBERS,
    "drafting.amendment": EVERYBODY,
    "drafting.amendments": EVERYBODY,
    "drafting.version": EVERYBODY,
    "drafting.withdraw": MEMBERS,
    "exporting.amendment": EVERYBODY,
    "exporting.amendment_in_signs": EVERYBODY,
    "exporting.comparison": EVERYBODY,
    "exporting.comparison_in_signs": EVERYBODY,
    "exporting.data": EVERYBODY,
    "exporting.draft": EVERYBODY,
    "exporting.draft_in_signs": EVERYBODY,
    "exporting.edition": EVERYBODY,
    "exporting.ballot_in_signs": EVERYBODY,
    "exporting.composite_in_signs": EVERYBODY,
    "exporting.version_in_signs": EVERYBODY,
    "exporting.what_if_in_signs": EVERYBODY,
    "exporting.table": EVERYBODY,
    "feeds.amendment": EVERYBODY,
    "feeds.amendments": EVERYBODY,
    "feeds.branch": EVERYBODY,
    "feeds.clause": EVERYBODY,
    "finding.search": EVERYBODY,
    "following.follow": SIGNED_IN,
    "following.unfollow": SIGNED_IN,
    "importing.correct": ADMINISTRATORS,
    "importing.look": ADMINISTRATORS,
    "importing.show": ADMINISTRATORS,
    "mine.page": SIGNED_IN,
    "notices.choices": SIGNED_IN,
    "notices.choose": SIGNED_IN,
    "notices.messages": SIGNED_IN,
    "notices.unsubscribe": EVERYBODY,
    "notices.unsubscribing": EVERYBODY,
    "openid.come_back": EVERYBODY,
    "openid.enter": EVERYBODY,
    "openid.leave": EVERYBODY,
    "passkeys.add": SIGNED_IN,
    "passkeys.needed": SIGNED_IN,
    "passkeys.new_options": SIGNED_IN,
    "passkeys.options": EVERYBODY,
    "passkeys.remove": SIGNED_IN,
    "passkeys.show": EVERYBODY,
    "points.hide": ADMINISTRATORS,
    "points.say": MEMBERS,
    "points.show": EVERYBODY,
    "points.show_again": ADMINISTRATORS,
    "proposing.amend": MEMBERS,
    "proposing.discard": MEMBERS,
    "proposing.mine": MEMBERS,
    "proposing.press": MEMBERS,
    "proposing.propose": MEMBERS,
    "proposing.revise": MEMBERS,
    "printing.make": EVERYBODY,
    "printing.page": EVERYBODY,
    "printing.take": EVERYBODY,
    "publishing.publication": EVERYBODY,
    "publishing.publications": EVERYBODY,
    "publishing.publish": COMMITTEE,
    "reading.about": EVERYBODY,
    "reading.check_log": EVERYBODY,
    "reading.choose_comparison": EVERYBODY,
    "reading.clause": EVERYBODY,
    "reading.compare": EVERYBODY,
    "reading.constitution": EVERYBODY,
    "reading.draft": EVERYBODY,
    "reading.drafts": EVERYBODY,
    "reading.edition": EVERYBODY,
    "reading.edition_clause": EVERYBODY,
    "reading.editions": EVERYBODY,
    "reading.log": EVERYBODY,
    "reading.show_patterns": EVERYBODY,
    "reading.start": EVERYBODY,
    "reading.text": EVERYBODY,
    "relating.challenge": MEMBERS,
    "relating.decide": COMMITTEE,
    "relating.relation": EVERYBODY,
    "relating.relations": EVERYBODY,
    "relating.rule": COMMITTEE,
    "roll.apply": ADMINISTRATORS,
    "roll.check": ADMINISTRATORS,
    "roll.show": ADMINISTRATORS,
    "rules.change_date": ADMINISTRATORS,
    "rules.show": EVERYBODY,
    "seconding.accept": MEMBERS,
    "seconding.leave": MEMBERS,
    "seconding.object_to": MEMBERS,
    "seconding.second": MEMBERS,
    "seconding.second_for_body": MEMBERS,
    "seconding.take_back": MEMBERS,
    "static": EVERYBODY,
    "what_if.page": EVERYBODY,
}
ONLY_ONES_OWN = {"admitting.appeal", "drafting.withdraw"}
FILLED = {
    "accounts.enter": {"handle": WHO},
    "proposing.press": {"do": "submit"},
    "following.follow": {"kind": "amendment", "subject": str(OTHERS)},
    "following.unfollow": {"kind": "amendment", "subject": str(OTHERS)},
    "points.say": {"point-side": "for", "point-text": "Because it is fair."},
}


@dataclass(frozen=True)
class Cell:
    """One request: a route, who makes it, and whose thing it is about."""

    endpoint: str
    method: str
    address: str
    role: Role | None
    own: bool

    @property
    def allowed(self):
        return self.role in MAY[self.endpoint] and (self.own or self.endpoint not in ONLY_ONES_OWN)


class Desk:
    """The demonstration, put back after each change; Meera holds one role at a time."""

    def __init__(self, demonstration, folder):
        self.loaded, self.file = demonstration, folder / "redraft.sqlite3"
        shutil.copy(demonstration, self.file)
        url = f"sqlite:///{self.file}"
        self.app = create_app(Settings(Environment.DEMONSTRATION, url, "w" * 40, demonstration_sign_in=True))
        self.app.test_client_class = pages.Client
        self.app.config["WTF_CSRF_ENABLED"] = False
        self.watch = None

    def as_role(self, role):
        """A client for somebody with this role alone; with None, for somebody not signed in."""
        self.put_back(role)
        client = self.app.test_client()
        if role is not None:
            client.sign_in(WHO)
        return client

    def put_back(self, role):
        self.close()
        shutil.copy(self.loaded, self.file)
        with closing(sqlite3.connect(self.file)) as connection, connection:
            [[member]] = connection.execute("SELECT id FROM member WHERE handle = ?", [WHO])
            connection.execute("DELETE FROM member_role WHERE member = ?", [member])
            if role is not None:
                connection.execute("INSERT INTO member_role VALUES (?, ?)", [member, role.value])
        self.watch = sqlite3.connect(self.file)

    def close(self):
        if self.watch:
            self.watch.close()
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    def changes(self):
        """A number that is another one after anybody has changed the database."""
        return self.watch.execute("PRAGMA data_version").fetchone()[0]

    def rules(self):
        return sorted(self.app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule))

    def clause(self):
        with closing(sqlite3.connect(self.file)) as connection:
            return connection.execute("SELECT clause FROM edition_clause WHERE edition = 3").fetchone()[0]


@pytest.fixture(scope="module")
def desk(demonstration, tmp_path_factory):
    desk = Desk(demonstration, tmp_path_factory.mktemp("matrix"))
    yield desk
    desk.close()


def address(desk, rule, *, own):
    """An address of the rule: of an amendment of one's own or another's, or of the one thing of its kind."""
    number = (OWN if own else OTHERS) if rule.rule.startswith("/amendments/") else 3
    number = 4 if "/composites/" in rule.rule else 1 if rule.rule.startswith("/ballots/") else number
    values = {"number": number, "old": 1, "new": 2, "clause_id": desk.clause(), "name": "serif"}
    values |= {
        "filename": "redraft.css",
        "form": "text" if rule.endpoint == "printing.take" else "docx",
        "what": "draft",
        "token": "nothing",
        "session": "nothing",
        "passkey": 1,
        "point": 1,
        "n": 2,
        "day": "2026-11-01",
    }
    with desk.app.test_request_context():
        return desk.app.url_map.bind("localhost").build(rule.endpoint, {name: values[name] for name in rule.arguments})


def test_every_route_is_in_the_table(desk):
    assert sorted({rule.endpoint for rule in desk.rules()}) == sorted(MAY)


def test_what_the_table_takes_for_ones_own_is(desk):
    with closing(sqlite3.connect(desk.loaded)) as connection:
        query = (
            "SELECT handle FROM amendment JOIN member ON id = mover WHERE number = ? AND state = 'seeking-seconders'"
        )
        assert connection.execute(query, [OWN]).fetchall() == [(WHO,)]
        assert connection.execute(query, [OTHERS]).fetchall() not in ([], [(WHO,)])


VISITORS = [None, *(pytest.param(role, marks=pytest.mark.thorough) for role in Role)]


@pytest.mark.parametrize("role", VISITORS, ids=lambda role: role.value if role else "nobody")
def test_each_may_what_the_table_says_and_nothing_else(desk, role):
    client = desk.as_role(role)
    before, wrong, cells = desk.changes(), [], 0
    for rule, own in product(desk.rules(), (True, False)):
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            cell = Cell(rule.endpoint, method, address(desk, rule, own=own), role, own)
            cells += 1
            answer = client.open(cell.address, method=method, data=FILLED.get(cell.endpoint, {}))
            if answer.status_code >= 500 or refused(answer) == cell.allowed:
                wrong.append((cell, answer.status_code))
            now = desk.changes() if method == "GET" or not cell.allowed else None
            if now is not None and now != before:
                wrong.append((cell, "changed something"))
            if method == "POST" and cell.allowed:
                client = desk.as_role(role)
                before = desk.changes()
    assert wrong == []
    assert cells == 2 * sum(len(rule.methods - {"HEAD", "OPTIONS"}) for rule in desk.rules())


def refused(answer):
    """Whether it was refused for who asked: they are sent to sign in, or told that it is not open to them."""
    to_sign_in = answer.status_code == 303 and answer.location.startswith("/sign-in?")
    return to_sign_in or answer.status_code == 403


def test_without_a_token_of_ones_own_nothing_is_changed(desk):
    """Nobody's page can make somebody's browser act: no token, and the token of another session."""
    desk.app.config["WTF_CSRF_ENABLED"] = False
    client, stranger = desk.as_role(Role.COMMITTEE), desk.app.test_client()
    try:
        desk.app.config["WTF_CSRF_ENABLED"] = True
        foreign = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', stranger.get("/sign-in").text)[1]
        before, wrong = desk.changes(), []
        for rule, data in product(desk.rules(), ({}, {"csrf_token": foreign})):
            if "POST" in rule.methods and rule.endpoint not in WITHOUT_A_TOKEN:
                answer = client.post(address(desk, rule, own=True), data={**FILLED.get(rule.endpoint, {}), **data})
                if answer.status_code != 400 or desk.changes() != before:
                    wrong.append((rule.endpoint, answer.status_code))
        assert wrong == []
    finally:
        desk.app.config["WTF_CSRF_ENABLED"] = False


# A mail programme has no page of ours to take a token from (RFC 8058); the address holds a signed one of its own.
WITHOUT_A_TOKEN: frozenset[str] = frozenset({"notices.unsubscribe"})
