"""The settings: safe where it is serious, easy where it is not."""

import stat

import pytest

from config import Environment, Settings, UnsafeSetting

SECRET = "s" * 32
REACHED = {"REDRAFT_BASE_URL": "https://rules.example.org", "REDRAFT_MAIL": "smtp://mail.example.org"}


def settings(root, **environ):
    return Settings.from_environment(environ, root)


def test_production_refuses_to_start_without_a_secret(tmp_path):
    with pytest.raises(UnsafeSetting, match="SECRET_KEY is missing"):
        settings(tmp_path, REDRAFT_ENV="production")


def test_production_refuses_a_short_secret(tmp_path):
    with pytest.raises(UnsafeSetting, match="SECRET_KEY is too short"):
        settings(tmp_path, REDRAFT_ENV="production", SECRET_KEY="secret")


def test_production_refuses_the_sign_in_of_the_demonstration(tmp_path):
    with pytest.raises(UnsafeSetting, match="without a password"):
        settings(tmp_path, REDRAFT_ENV="production", SECRET_KEY=SECRET, REDRAFT_DEMONSTRATION_SIGN_IN="yes")


def test_only_the_demonstration_has_its_sign_in_unasked(tmp_path):
    with_file = REACHED | {"REDRAFT_MAIL": "file", "SECRET_KEY": SECRET}
    having = {one: settings(tmp_path, REDRAFT_ENV=one, **with_file).demonstration_sign_in for one in Environment}
    assert having == {
        Environment.DEMONSTRATION: True, Environment.DEVELOPMENT: False, Environment.PRODUCTION: False,
    }  # fmt: skip


def test_an_environment_nobody_knows_is_refused_by_name(tmp_path):
    with pytest.raises(UnsafeSetting, match="prodution"):
        settings(tmp_path, REDRAFT_ENV="prodution")


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_a_port_that_is_none_is_refused(tmp_path, port):
    with pytest.raises(UnsafeSetting, match="PORT"):
        settings(tmp_path, PORT=port)


def test_a_switch_that_is_neither_yes_nor_no_is_refused(tmp_path):
    with pytest.raises(UnsafeSetting, match="must be yes or no"):
        settings(tmp_path, REDRAFT_DEMONSTRATION_SIGN_IN="perhaps")


def test_the_secret_of_a_working_copy_is_made_once_and_kept_from_others(tmp_path):
    first, second = settings(tmp_path), settings(tmp_path)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert stat.S_IMODE((tmp_path / "instance" / "secret-key").stat().st_mode) == 0o600


def test_without_an_address_the_database_is_a_file_beside_the_code(tmp_path):
    assert settings(tmp_path).database_url == f"sqlite:///{tmp_path}/instance/redraft.sqlite3"


def test_cookies_travel_only_encrypted_in_production(tmp_path):
    production = settings(tmp_path, REDRAFT_ENV="production", SECRET_KEY=SECRET, **REACHED)
    assert production.for_flask()["SESSION_COOKIE_SECURE"]


@pytest.mark.parametrize("mail", ["", "off", "console"])
def test_production_refuses_to_start_when_it_could_tell_nobody(tmp_path, mail):
    with pytest.raises(UnsafeSetting, match=f"REDRAFT_MAIL is {mail or 'missing'}"):
        settings(tmp_path, REDRAFT_ENV="production", SECRET_KEY=SECRET, **REACHED | {"REDRAFT_MAIL": mail})


@pytest.mark.parametrize(("address", "said"), [("", "missing"), ("http://rules.example.org", "not https")])
def test_production_must_know_where_members_find_it(tmp_path, address, said):
    with pytest.raises(UnsafeSetting, match=f"REDRAFT_BASE_URL is {said}"):
        settings(tmp_path, REDRAFT_ENV="production", SECRET_KEY=SECRET, **REACHED | {"REDRAFT_BASE_URL": address})


@pytest.mark.parametrize(
    "address", ["rules.example.org", "ftp://rules.example.org", "https://", "https://a.example/?b", "http://["]
)
def test_an_address_that_links_cannot_begin_with_is_refused(tmp_path, address):
    with pytest.raises(UnsafeSetting, match="REDRAFT_BASE_URL"):
        settings(tmp_path, REDRAFT_BASE_URL=address)


def test_a_demonstration_mails_nobody(tmp_path):
    with pytest.raises(UnsafeSetting, match="mails nobody"):
        settings(tmp_path, REDRAFT_ENV="demonstration", REDRAFT_MAIL="smtp://mail.example.org")


@pytest.mark.parametrize("mail", ["post", "smtp://", "sendmail:secret@host", "smtp://a:secret@host:port"])
def test_a_way_of_mailing_that_is_none_is_refused_without_repeating_a_password(tmp_path, mail):
    with pytest.raises(UnsafeSetting) as refusal:
        settings(tmp_path, REDRAFT_MAIL=mail)
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("address", ["Redraft <a@example.org>", "a@example.org\nBcc: b@example.org", "nobody"])
def test_a_sender_that_is_no_plain_address_is_refused(tmp_path, address):
    with pytest.raises(UnsafeSetting, match="REDRAFT_MAIL_FROM"):
        settings(tmp_path, REDRAFT_MAIL_FROM=address)


def test_messages_come_from_the_host_of_the_site_and_link_to_it(tmp_path):
    found = settings(tmp_path, REDRAFT_BASE_URL="https://rules.example.org/")
    assert (found.base_url, found.sender) == ("https://rules.example.org", "redraft@rules.example.org")
    assert settings(tmp_path, PORT="5001").base_url == "http://127.0.0.1:5001"


def test_messages_as_files_go_beside_the_database(tmp_path):
    assert settings(tmp_path, REDRAFT_MAIL="file").mail == f"file://{tmp_path}/instance/mail"
