"""What the environment may say: a home, a key kept once, a database; anything else is refused in words."""

import stat

import pytest

from hled.web.settings import environment


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "new" / "home"
    monkeypatch.setenv("HLED_HOME", str(folder))
    for name in ("HLED_SECRET_KEY", "HLED_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return folder


def test_the_home_is_made(home):
    assert environment.home() == home
    assert home.is_dir()


def test_a_home_that_cannot_be_used_is_refused(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("HLED_HOME", str(blocked / "home"))
    with pytest.raises(environment.EnvironmentVariableError) as caught:
        environment.home()
    for language in ("en", "es"):
        assert str(blocked / "home") in caught.value.text(language)
        assert "HLED_HOME" in caught.value.text(language)
    monkeypatch.setenv("HLED_HOME", str(tmp_path))
    monkeypatch.setattr(environment.os, "access", lambda path, mode: False)
    with pytest.raises(environment.EnvironmentVariableError, match="cannot be the home"):
        environment.home()


def test_a_key_is_made_once_and_only_its_owner_reads_it(home):
    key = environment.secret_key()
    assert len(key) >= 50
    assert environment.secret_key() == key
    assert stat.S_IMODE((home / "secret_key").stat().st_mode) == 0o600


def test_two_homes_have_two_keys(home, tmp_path, monkeypatch):
    first = environment.secret_key()
    monkeypatch.setenv("HLED_HOME", str(tmp_path / "other"))
    assert environment.secret_key() != first


def test_a_given_key_is_used_and_not_kept(home, monkeypatch):
    monkeypatch.setenv("HLED_SECRET_KEY", "given")
    assert environment.secret_key() == "given"
    assert not (home / "secret_key").exists()


def test_without_a_database_sqlite_keeps_what_it_acknowledged(home):
    found = environment.database()
    assert found["NAME"] == home / "hled.sqlite3"
    options = found["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        assert f"PRAGMA {pragma};" in options["init_command"]


def test_a_postgresql_address_is_taken_apart(home, monkeypatch):
    monkeypatch.setenv("HLED_DATABASE_URL", "postgresql://dean%40mx:p%2Fw%3A@db.example:5433/record")
    found = environment.database()
    parts = {name: found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert parts == {
        "NAME": "record",
        "USER": "dean@mx",
        "PASSWORD": "p/w:",
        "HOST": "db.example",
        "PORT": "5433",
    }
    assert found["CONN_HEALTH_CHECKS"] is True


@pytest.mark.parametrize(
    "given", ["mysql://root@db/hled", "sqlite:///hled.db", "hled", "http://db.example/hled"]
)
def test_any_other_database_is_refused_in_both_languages(home, monkeypatch, given):
    monkeypatch.setenv("HLED_DATABASE_URL", given)
    with pytest.raises(environment.EnvironmentVariableError) as caught:
        environment.database()
    assert "debe" in caught.value.text("es")
    assert given not in caught.value.message.en  # it may hold a password


@pytest.mark.parametrize(
    "given",
    ["postgresql://db.example:99999/hled", "postgresql://db.example:port/hled", "postgresql://[::1/hled"],
)
def test_a_malformed_address_is_refused_in_words(home, monkeypatch, given):
    monkeypatch.setenv("HLED_DATABASE_URL", given)
    with pytest.raises(environment.EnvironmentVariableError):
        environment.database()


@pytest.mark.parametrize(("given", "expected"), [("", False), ("1", True)])
def test_a_proxy_is_trusted_only_when_the_operator_says_so(monkeypatch, given, expected):
    monkeypatch.setenv("HLED_PROXY", given)
    assert environment.is_behind_proxy() is expected


@pytest.mark.parametrize("given", ["true", "0", "2", "127.0.0.1", " 1"])
def test_any_other_word_about_a_proxy_is_refused_in_both_languages(monkeypatch, given):
    monkeypatch.setenv("HLED_PROXY", given)
    with pytest.raises(environment.EnvironmentVariableError) as caught:
        environment.is_behind_proxy()
    assert "debe" in caught.value.text("es")
    assert "must" in caught.value.text("en")
