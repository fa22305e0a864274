"""`flask worker`: what is due reaches a mail server, and what does not is kept with the reason."""

import asyncio
import email
import email.policy
import signal
import smtplib
import socket
import ssl
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from threading import Barrier, Thread
from urllib.parse import urlsplit

import make
import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

import store
import store.outbox
from members.notices import Kind
from services import notifying, sending
from services.sending import NoServer, NotTaken
from store.database import db
from store.tables import NoticeRow
from web import post, worker

NOON = datetime(2026, 6, 28, 11, tzinfo=UTC)
FACTS = {
    "number": 7,
    "title": "Share the pump",
    "state": "refused",
    "reason": "  > No",
    "link": "/amendments/7",
    "remedy": "None.",
}


@dataclass
class Mailroom:
    """A mail server that keeps what it is given, and answers as it is told to."""

    port: int = 0
    answers: list[str] = field(default_factory=list)
    kept: list[bytes] = field(default_factory=list)
    to: list[str] = field(default_factory=list)

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 (as aiosmtpd calls it)
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.kept.append(envelope.original_content)
        self.to += envelope.rcpt_tos
        return "250 OK"

    @property
    def letters(self):
        return [email.message_from_bytes(one, policy=email.policy.default) for one in self.kept]

    @property
    def mail(self):
        return f"smtp://127.0.0.1:{self.port}"


class Silent(Mailroom):
    """It takes the letter, and hangs up before it says so."""

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        await super().handle_DATA(server, session, envelope)
        server.transport.abort()
        await asyncio.sleep(0)
        return "250 OK"


def free_port(host="127.0.0.1"):
    with socket.socket() as probe:
        probe.bind((host, 0))
        return probe.getsockname()[1]


@pytest.fixture
def served():
    """Serve a mailroom; ``served(Mailroom(), host=..., ...)``."""
    running = []

    def serve(room, host="127.0.0.1", **options):
        room.port = free_port(host)
        controller = Controller(room, hostname=host, port=room.port, **options)
        controller.start()
        running.append(controller)
        return room

    yield serve
    for one in running:
        one.stop()


@pytest.fixture
def room(served):
    return served(Mailroom())


@pytest.fixture
def rosa(database):
    return make.members("rosa")[0]


def tell(*members, about="amendment 7", at=NOON, **facts):
    with store.transaction():
        notifying.tell(Kind.AMENDMENT_STATE, about, members, at, **FACTS | facts)


def settings(app, room, **change):
    return replace(app.config["SETTINGS"], **{"mail": room if isinstance(room, str) else room.mail} | change)


def round_of(app, room, now=NOON, stopped=lambda: False):
    return worker.one_round(settings(app, room), lambda: now, stopped)


def rows():
    db.session.rollback()
    return db.session.scalars(
        sa.select(NoticeRow).order_by(NoticeRow.id).execution_options(populate_existing=True)
    ).all()


def test_a_message_arrives_with_its_headers_and_its_words(database, room, rosa):
    tell(rosa)
    assert round_of(database, room) == sending.Round(sent=1)
    (letter,) = room.letters
    assert room.to == ["rosa@example.org"]
    assert letter["Message-ID"] == f"<{rows()[0].message_id}@127.0.0.1>"
    assert letter["Date"].datetime == NOON
    assert (letter["To"], letter["From"]) == ("Rosa <rosa@example.org>", "Redraft <redraft@127.0.0.1>")
    assert letter["Subject"] == "Amendment 7: refused"
    assert letter["List-Unsubscribe"].startswith("<http://127.0.0.1:5000/unsubscribe/")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "Dear Rosa," in letter.get_content()
    assert "http://127.0.0.1:5000/amendments/7" in letter.get_content()
    assert round_of(database, room) == sending.Round()


def test_letters_beyond_ascii_arrive_as_they_were_written(database, room, rosa):
    tell(rosa, title="Über die Pumpe – für alle", state="“refused”")
    round_of(database, room)
    assert room.letters[0]["Subject"] == "Amendment 7: “refused”"
    assert "Über die Pumpe – für alle" in " ".join(room.letters[0].get_content().split())
    room.kept[0].decode("ascii")


def test_a_refusal_for_now_is_tried_again_and_arrives_under_the_same_id(database, room, rosa):
    room.answers = ["450 come back later"]
    tell(rosa)
    first = round_of(database, room)
    assert (first.sent, first.later, first.given_up) == (0, 1, 0)
    assert "450 come back later" in rows()[0].error
    assert round_of(database, room, NOON + timedelta(seconds=59)) == sending.Round()
    assert round_of(database, room, NOON + timedelta(minutes=1)).sent == 1
    assert [one["Message-ID"] for one in room.letters] == [f"<{rows()[0].message_id}@127.0.0.1>"]
    assert (rows()[0].tries, rows()[0].error) == (2, "")


def test_a_refusal_for_good_is_given_up_and_keeps_nobody_else_waiting(database, room, rosa):
    room.answers = ["550 no such mailbox"]
    tell(rosa, *make.members("omar"))
    made = round_of(database, room)
    assert (made.sent, made.given_up) == (1, 1)
    assert "550 no such mailbox" in rows()[0].error
    assert "rosa" not in " ".join(made.said)


def test_when_nobody_answers_the_rest_is_not_tried(database, rosa):
    tell(rosa, *make.members("omar", "tove"))
    made = round_of(database, f"smtp://127.0.0.1:{free_port()}")
    assert (made.sent, made.later) == (0, 1)
    assert "The mail server cannot be used" in rows()[0].error
    assert [one.tries for one in rows()] == [1, 0, 0]


def test_a_server_that_closes_is_not_asked_for_more_in_this_round(database, room, rosa):
    room.answers = ["421 closing"]
    tell(rosa, *make.members("omar"))
    assert round_of(database, room).later == 1
    assert [one.tries for one in rows()] == [1, 0]
    assert round_of(database, room, NOON + timedelta(minutes=1)).sent == 2


def test_a_server_that_takes_it_and_does_not_say_so_is_asked_once_more_with_the_same_id(database, served, rosa):
    room = served(Silent())
    tell(rosa)
    now = NOON
    for _ in range(4):
        round_of(database, room, now)
        now += timedelta(hours=1)
    assert [one["Message-ID"] for one in room.letters] == [f"<{rows()[0].message_id}@127.0.0.1>"] * 2
    assert rows()[0].error.startswith("Perhaps sent on 2026-06-28T11:00:00+00:00, so it may arrive twice")
    assert store.outbox.waiting() == 0


def test_an_address_that_cannot_be_one_is_given_up_without_asking_the_server(database, room, rosa):
    tell(replace(rosa, email="rosa@example.org\r\nRCPT TO:<everybody@example.org>"), *make.members("omar"))
    made = round_of(database, room)
    assert (made.sent, made.given_up, room.to) == (1, 1, ["omar@example.org"])
    assert rows()[0].error == "The address is none that anything can be sent to."


def test_a_crash_after_the_server_took_it_is_seen(database, room, rosa):
    """The process dies between the server's yes and our note of it: the message is sent again, once, and says so."""
    tell(rosa)

    class PowerCut(BaseException):
        pass

    def cut(message):
        with post.opened(room.mail) as way:
            way(message)
        raise PowerCut

    with pytest.raises(PowerCut):
        sending.send_due(cut, worker.letterhead(settings(database, room)), lambda: NOON)
    assert rows()[0].error.startswith("Being sent since")
    assert round_of(database, room, NOON + timedelta(minutes=9)) == sending.Round()
    assert round_of(database, room, NOON + timedelta(minutes=10)).sent == 1
    first, second = room.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert rows()[0].error.startswith("Sent again on 2026-06-28T11:10:00+00:00 with the same Message-ID")


def test_two_workers_at_once_never_send_one_twice(database, room, rosa):
    for n in range(15):
        tell(rosa, about=f"amendment {n}")
    start, made = Barrier(2), []

    def work():
        with database.app_context():
            start.wait()
            made.append(round_of(database, room).sent)
            db.session.remove()

    threads = [Thread(target=work) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sum(made) == len(room.kept) == len({one["Message-ID"] for one in room.letters}) == 15


def test_the_digest_goes_out_in_its_hour_as_one_message(database, room, rosa):
    notifying.choose(rosa, {Kind.AMENDMENT_STATE: "daily"})
    tell(rosa, about="a")
    tell(rosa, about="b")
    seven = datetime(2026, 6, 29, 7, tzinfo=UTC)
    assert round_of(database, room, seven - timedelta(seconds=1)) == sending.Round()
    assert [round_of(database, room, seven).sent, round_of(database, room, seven).sent] == [1, 0]
    assert room.letters[0]["Subject"] == "2 messages from Redraft, 29 June 2026"


# ------------------------------------------------------------------ ways


def test_a_server_elsewhere_that_offers_no_encryption_gets_nothing(database, served, rosa):
    room = served(Mailroom(), host="127.0.0.2")
    tell(rosa)
    made = round_of(database, f"smtp://127.0.0.2:{room.port}")
    assert (made.later, room.kept) == (1, [])
    assert "STARTTLS" in rows()[0].error


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.2, and what trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.2")])
    begin = datetime.now(UTC) - timedelta(days=1)
    made = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), begin, begin + timedelta(days=9)
    )
    made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.2"))]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    file = tmp_path_factory.mktemp("certificate") / "both.pem"
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *plain)
        + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    ours = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    ours.load_cert_chain(file)
    return ours, ssl.create_default_context(cafile=file)


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_with_encryption_we_say_who_we_are_and_the_letter_goes(served, certificate, scheme):
    ours, trusting = certificate
    told = []

    def known(server, session, envelope, mechanism, who):
        told.append((who.login, who.password))
        return AuthResult(success=True)

    how = {"ssl_context": ours} if scheme == "smtps" else {"tls_context": ours, "require_starttls": True}
    # aiosmtpd takes no notice of a connection that was encrypted from the first word, so it is told not to ask for it.
    room = served(Mailroom(), "127.0.0.2", authenticator=known, auth_require_tls=scheme == "smtp", **how)
    hand_over(message(), f"{scheme}://us%40example.org:p%2Fw@127.0.0.2:{room.port}", trusting)
    assert (told, len(room.kept)) == ([(b"us@example.org", b"p/w")], 1)


def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(served, certificate):
    room = served(Mailroom(), "127.0.0.2", tls_context=certificate[0])
    with pytest.raises(NoServer, match=r"cannot be used: .*certificate"):
        hand_over(message(), f"smtp://us:secret@127.0.0.2:{room.port}")
    assert room.kept == []


def test_a_wrong_password_is_told_without_repeating_it(served, certificate):
    ours, trusting = certificate
    room = served(
        Mailroom(), "127.0.0.2", authenticator=lambda *_: AuthResult(success=False, handled=False), tls_context=ours,
    )  # fmt: skip
    with pytest.raises(NoServer, match=r"refuses our name and password \(535\)") as refusal:
        hand_over(message(), f"smtp://us:secret@127.0.0.2:{room.port}", trusting)
    assert "secret" not in str(refusal.value)


def test_an_address_with_letters_that_the_server_does_not_take_is_given_up(served):
    room = served(Mailroom(), enable_SMTPUTF8=False)
    with pytest.raises(NotTaken) as refusal:
        hand_over(message("jürgen@example.org"), room.mail)
    assert refusal.value.for_good


def test_a_letter_as_a_file_is_the_letter_and_only_its_owner_reads_the_folder(database, rosa, tmp_path):
    tell(rosa)
    folder = tmp_path / "instance" / "a mail"
    assert round_of(database, folder.as_uri()).sent == 1
    (file,) = folder.iterdir()
    assert file.name == f"{rows()[0].message_id}.eml"
    assert email.message_from_bytes(file.read_bytes(), policy=email.policy.default)["To"] == "Rosa <rosa@example.org>"
    assert (folder.stat().st_mode & 0o077, file.stat().st_mode & 0o077) == (0, 0)


def test_a_folder_that_cannot_be_written_to_is_said_and_nothing_is_lost(database, rosa, tmp_path):
    (tmp_path / "taken").write_text("a file")
    tell(rosa)
    assert round_of(database, (tmp_path / "taken").as_uri()).later == 1
    assert "cannot be written to" in rows()[0].error


def hand_over(letter, mail, context=None):
    server = post.Server(urlsplit(mail), context)
    try:
        server(letter)
    finally:
        server.hang_up()


def message(to="rosa@example.org"):
    made = email.message.EmailMessage(email.policy.SMTP)
    made["From"], made["To"], made["Subject"] = "redraft@example.org", to, "Hello"
    made.set_content("Hello")
    return made


# ------------------------------------------------------------------ the command


def run(app, *arguments, **change):
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], **change)
    return app.test_cli_runner().invoke(args=["worker", *arguments])


def test_once_sends_what_is_due_to_the_console_and_ends(database, rosa):
    tell(rosa)
    said = run(database, "--once", mail="console")
    assert said.exit_code == 0
    assert "Subject: Amendment 7: refused\n" in said.output
    assert "\nhttp://127.0.0.1:5000/amendments/7\n" in said.output
    assert said.output.endswith("1 message sent, 0 to be tried again, 0 given up.\n")


def test_what_could_not_be_sent_is_said_without_who_it_was_for(database, room, rosa):
    room.answers = ["550 no"]
    tell(rosa)
    said = run(database, "--once", mail=room.mail).output
    assert "(amendment-state) was given up. The mail server answered 550 no" in said
    assert "rosa" not in said


def test_switched_off_it_says_so_and_touches_nothing(database, rosa):
    tell(rosa)
    said = run(database, "--once", mail="off")
    assert (said.exit_code, store.outbox.waiting()) == (1, 1)
    assert "REDRAFT_MAIL is off" in said.output


def test_it_goes_on_until_it_is_told_to_stop_and_waits_in_between(database, room, rosa):
    waits = []

    def wait(seconds):
        waits.append(seconds)
        tell(rosa, about=f"amendment {len(waits)}")
        return len(waits) == 3

    worker.work(settings(database, room), lambda: NOON, lambda: False, wait)
    assert (len(room.kept), waits) == (2, [worker.PAUSE] * 3)


def test_told_to_stop_it_settles_the_message_in_hand_and_takes_no_other(database, rosa, monkeypatch):
    tell(rosa, *make.members("omar"))
    monkeypatch.setattr(post, "console", lambda _: signal.raise_signal(signal.SIGTERM))
    before = signal.getsignal(signal.SIGTERM)
    said = run(database, mail="console")  # without --once: it is the signal that ends it
    assert said.exit_code == 0
    assert "1 message sent" in said.output
    assert [bool(one.sent) for one in rows()] == [True, False]
    assert signal.getsignal(signal.SIGTERM) is before


def test_asked_to_stop_nobody_waits():
    with worker.stopping() as stop:
        assert not stop.wait(0)
        stop.ask()
        assert stop.wait(1000)


def test_our_connections_are_those_of_the_standard_library():
    assert issubclass(post.Encrypted, smtplib.SMTP_SSL)
