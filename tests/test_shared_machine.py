"""The lab's password on a machine where other people have accounts, and on one of one's own."""

import os
import pwd
import re
import stat
import sys
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace

import pytest

from helpers.lab import access, accounts, daily_password
from tests.support.lab import RunningLab, listed, log_in

OWN = os.getuid()
ROOT = ("root", 0, "/bin/bash")
SERVICES = [("www-data", 33, "/usr/sbin/nologin"), ("postgres", 101, "/bin/bash"), ("nobody", 65534, "/bin/sh")]
ADA = ("ada", 4711, "/bin/bash")


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """What makes a machine's accounts, and the numbers of those who are logged in, of what it is given."""

    def make(*listed: tuple[str, int, str], logged_in: tuple[int, ...] = (), settings: str = "") -> None:
        entries = [pwd.struct_passwd((name, "x", uid, uid, "", "/", shell)) for name, uid, shell in listed]
        monkeypatch.setattr(pwd, "getpwall", lambda: entries)
        for uid in logged_in:
            (tmp_path / str(uid)).touch()
        monkeypatch.setattr(accounts, "LOGGED_IN", tmp_path)
        monkeypatch.setattr(accounts, "PASSWORDS", tmp_path / "shadow")
        monkeypatch.setattr(accounts, "LOGIN_SETTINGS", tmp_path / "login.defs")
        (tmp_path / "login.defs").write_text(settings)

    return make


def test_services_and_one_s_own_account_are_nobody_else(machine):
    machine(ROOT, *SERVICES, ("me", OWN, "/bin/bash"), ("locked", 4712, "/bin/false"), logged_in=(OWN, 0))
    assert not accounts.others()


def test_somebody_else_s_account_is(machine):
    machine(ROOT, *SERVICES, ADA)
    assert accounts.others()


def test_somebody_whom_only_a_directory_knows_is_seen_once_they_are_logged_in(machine):
    machine(ROOT, logged_in=(4711,))
    assert accounts.others()


@pytest.mark.parametrize(("password", "others"), [("$y$j9T$", True), ("!", False), ("!$y$", False), ("*", False)])
def test_an_account_that_nobody_can_log_in_to_is_nobody_s(machine, tmp_path, password, others):
    machine(ROOT, ADA)
    (tmp_path / "shadow").write_text(f"root:*:1::::::\nada:{password}:1:0:99999:7:::\n")
    assert accounts.others() == others


def test_a_key_lets_somebody_in_without_a_password(machine, tmp_path, monkeypatch):
    machine(ROOT, ADA)
    (tmp_path / "shadow").write_text("ada:!:1::::::\n")
    monkeypatch.setattr(accounts, "_has_key", lambda home: True)
    assert accounts.others()


@pytest.mark.parametrize(("settings", "others"), [("# UID_MIN 500\n", False), ("UID_MIN\t\t  500\n", True)])
def test_the_machine_says_from_which_number_on_they_are_people(machine, settings, others):
    machine(ROOT, ("ben", 501, "/bin/zsh"), settings=settings)
    assert accounts.others() == others


@pytest.mark.parametrize(("names", "others"), [(["me", "Public", "Default"], False), (["me", "ada"], True)])
def test_on_windows_it_is_whoever_has_a_profile(monkeypatch, tmp_path, names, others):
    for name in names:
        (tmp_path / name).mkdir()
    monkeypatch.setattr(accounts, "pwd", None)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "me")
    assert accounts.others() == others


def test_on_a_machine_of_one_s_own_it_is_the_usual_one(machine, tmp_path):
    machine(ROOT, *SERVICES)
    assert access.own_password(tmp_path / "password") == "1234"
    assert not (tmp_path / "password").exists()


def test_it_stays_for_a_day(tmp_path, monkeypatch):
    file = tmp_path / "password"
    today = daily_password.of_today(file)
    assert re.fullmatch(r"([a-z]{4}-){3}[a-z]{4}", today)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert daily_password.of_today(file) == today

    monkeypatch.setattr(daily_password, "date", type("Tomorrow", (), {"today": lambda: date(2100, 1, 1)}))
    tomorrow = daily_password.of_today(file)
    assert tomorrow != today
    assert daily_password.of_today(file) == tomorrow


@pytest.mark.parametrize("left", ["", "{}", "[]", "[" * 900, '{"day": "%s"}', '{"day": "%s", "password": ""}'])
def test_a_damaged_one_is_made_anew(tmp_path, left):
    file = tmp_path / "password"
    file.write_text(left.replace("%s", date.today().isoformat()))
    assert daily_password.of_today(file) == daily_password.of_today(file) != ""


def answer_to(address: str, password: str) -> tuple[int, str]:
    answer = log_in(SimpleNamespace(address=address), password)[1]
    return answer.status_code, answer.text


BESIDE_ADA = """
import os, pwd
everybody = [*pwd.getpwall(), pwd.struct_passwd(("ada", "x", 4711, 4711, "", "/", "/bin/bash"))]
pwd.getpwall = lambda: everybody
del os.environ["LAB_PASSWORD"]
from helpers.lab import main
main()
"""


class LabBesideAda(RunningLab):
    """Started without a password on a machine on which Ada has an account too."""

    command = (sys.executable, "-c", BESIDE_ADA)


def test_the_lab_makes_one_prints_it_and_keeps_it_over_a_restart(tmp_path):
    with LabBesideAda(tmp_path) as lab:
        printed = lab.output()
        password = re.search(r"Password: +(\S+) \(for today, as other people have accounts on this machine\)", printed)[
            1
        ]
        assert "/login" in log_in(lab, "1234")[1].url
        visitor, answer = log_in(lab, password)
        assert answer.url == lab.url
        if OWN == 0:
            with get_context("fork").Pool(1, os.setuid, (ADA[1],)) as ada:
                status, text = ada.apply(answer_to, (lab.address, password))
            assert status == 403 and "is for the account that started it" in text
    with LabBesideAda(tmp_path, port=lab.port) as lab:
        assert password in lab.output()
        assert listed(lab, visitor, "") == {"work"}


def test_one_that_is_set_on_purpose_is_on_purpose(lab):
    """The lab of most tests is one."""
    assert log_in(lab, "1234")[1].url == lab.url
    assert "Password:   1234\n" in lab.output()
