"""The settings: safe where it is serious, easy where it is not."""

import stat

import pytest

from config import Environment, Settings, UnsafeSetting

SECRET = "s" * 32


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
    having = {one: settings(tmp_path, REDRAFT_ENV=one, SECRET_KEY=SECRET).demonstration_sign_in for one in Environment}
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
    assert settings(tmp_path, REDRAFT_ENV="production", SECRET_KEY=SECRET).for_flask()["SESSION_COOKIE_SECURE"]
