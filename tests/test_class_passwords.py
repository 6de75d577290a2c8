"""The passwords of a class and of its learners, without a hub."""

import resource
import subprocess
import sys

import pytest

from classroom import password_rules, passwords
from classroom.passwords import Passwords


@pytest.fixture
def kept(tmp_path):
    kept = Passwords(tmp_path / "passwords.sqlite")
    kept.use_for_class("a word for us all")
    return kept


@pytest.mark.parametrize(
    "password",
    ["12345678", "87654321", "19820314", "aaaaaaaa", "abababab", "lovelove", "qwertz123", "asdf1234", "Password1",
     "P@$$w0rd", "passw0rd!", "class2026", "jupyter1", "gradient descent", "ada12345", "AdaAda2026"],
)  # fmt: skip
def test_what_everybody_tries_is_easy_to_guess(password):
    assert password_rules.is_easy_to_guess(password, "ada")


@pytest.mark.parametrize("password", ["a word for us all", "Blaue Katze", "x7Kp!2mQ", "ada likes tea", "wörterbuch"])
def test_what_takes_more_tries_is_not(password):
    assert not password_rules.is_easy_to_guess(password, "ada")


def test_a_password_is_its_learner_s_and_replaced_by_nobody(kept):
    assert not kept.has("ada") and not kept.is_right("ada", "")
    assert kept.add("ada", "fünf Wörter " * 20)
    assert not kept.add("ada", "another one")
    assert kept.has("ada") and kept.is_right("ada", "fu\u0308nf Wo\u0308rter " * 20)
    assert not kept.is_right("ada", "fünf Wörter " * 19) and not kept.is_right("ben", "another one")


def test_a_login_holds_until_the_class_s_password_is_another(kept, tmp_path):
    kept.add("ada", "words of my own")
    assert kept.must_log_in("ada") and kept.must_log_in("nobody")
    kept.has_logged_in("ada")
    again = Passwords(tmp_path / "passwords.sqlite")
    again.use_for_class("a word for us all")
    assert not again.must_log_in("ada")
    again.use_for_class("another word for us")
    assert again.must_log_in("ada") and again.is_right("ada", "words of my own")


def test_a_password_that_was_taken_away_can_be_set_anew(kept):
    kept.add("ada", "words of my own")
    kept.has_logged_in("ada")
    assert kept.remove("ada") and not kept.remove("ada")
    assert kept.must_log_in("ada") and kept.add("ada", "new words of my own")
    assert kept.must_log_in("ada")


def test_on_kubernetes_a_teacher_takes_it_away_with_python_alone(kept, tmp_path):
    kept.add("ada", "words of my own")

    def reset(name: str) -> subprocess.CompletedProcess:
        program = [sys.executable, "-I", "-S", passwords.__file__, str(tmp_path / "passwords.sqlite"), name]
        return subprocess.run(program, capture_output=True, text=True, timeout=60, check=False)

    assert reset("ADA").stdout.startswith("ada has no password any more") and not kept.has("ada")
    assert reset("ada").stderr.startswith("passwords: nobody called 'ada' has a password here")


def test_on_a_full_disk_nobody_gets_half_a_password(kept, tmp_path):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        with pytest.raises(OSError) as fault:
            kept.add("ada", "words of my own")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert fault.value.filename == str(tmp_path / "passwords.sqlite") and fault.value.strerror
    assert not kept.has("ada") and kept.add("ada", "words of my own")


@pytest.mark.parametrize("content", [b"no database at all" * 99, None])
def test_a_file_that_cannot_be_used_is_named(tmp_path, content):
    file = tmp_path / "passwords.sqlite"
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    with pytest.raises(OSError) as fault:
        Passwords(file)
    assert str(fault.value.filename) == str(file) and fault.value.strerror
    assert content is None or file.read_bytes() == content
