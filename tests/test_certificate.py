"""With which certificates and keys the lab starts, and what it says about others."""

import os
import re
import subprocess
from pathlib import Path

import pytest
import requests

from helpers.lab import certificate
from helpers.lab.access import Refused
from tests.support.lab import RunningLab, copy_course, run

NEW_KEY = ["openssl", "genpkey", "-algorithm", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-out"]
AUTHORITY = """\
[ca]
default_ca = own
[own]
database = index
unique_subject = no
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
[any]
commonName = supplied
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A folder with certificates and keys, each named after what is the matter with it."""
    folder = tmp_path_factory.mktemp("certificates")
    (folder / "authority.cnf").write_text(AUTHORITY)
    (folder / "index").touch()
    request = ["openssl", "req", "-new", "-key", "key.pem", "-subj", "/CN=lab"]
    sign = ["openssl", "ca", "-config", "authority.cnf", "-selfsign", "-keyfile", "key.pem", "-in", "request.pem"]
    for command in (
        [*NEW_KEY, "key.pem"],
        [*NEW_KEY, "another.pem"],
        ["openssl", "pkey", "-in", "key.pem", "-aes128", "-passout", "pass:mine", "-out", "locked.pem"],
        [*request, "-out", "request.pem"],
        [*request, "-x509", "-days", "1", "-addext", "subjectAltName=IP:127.0.0.1", "-out", "good.pem"],
        [*sign, "-batch", "-notext", "-startdate", "200101000000Z", "-enddate", "200201000000Z", "-out", "expired.pem"],
        [*sign, "-batch", "-notext", "-startdate", "400101000000Z", "-enddate", "410101000000Z", "-out", "early.pem"],
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:1024",
            "-nodes",
            "-subj",
            "/CN=lab",
            "-keyout",
            "short.pem",
            "-out",
            "weak.pem",
        ],
    ):
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=60)
    good, key = (folder / "good.pem").read_text(), (folder / "key.pem").read_text()
    (folder / "both.pem").write_text(good + key)
    (folder / "cut.pem").write_text(good[:300])
    (folder / "empty.pem").touch()
    return folder


@pytest.mark.parametrize(
    ("certfile", "keyfile"), [("good.pem", "key.pem"), ("both.pem", None), ("both.pem", "key.pem")]
)
def test_good_ones_are_accepted(made, certfile, keyfile):
    certificate.check(str(made / certfile), keyfile and str(made / keyfile))


@pytest.mark.parametrize(
    ("certfile", "keyfile", "sentence"),
    [
        ("good.pem", None, "good.pem holds no certificate with its private key"),
        ("good.pem", "good.pem", "good.pem hold no certificate with its private key"),
        ("key.pem", "good.pem", "hold no certificate with its private key"),
        ("cut.pem", "key.pem", "hold no certificate with its private key"),
        ("empty.pem", "key.pem", "hold no certificate with its private key"),
        ("good.pem", "another.pem", "another.pem belongs to another certificate"),
        ("good.pem", "locked.pem", "locked.pem is encrypted: `openssl pkey -in .*locked.pem"),
        ("expired.pem", "key.pem", "expired.pem has expired: get a new one"),
        ("early.pem", "key.pem", "early.pem is not valid yet"),
        ("weak.pem", "short.pem", "short.pem is too short"),
        ("good.pem", "none.pem", r"cannot read .*none.pem \(No such file or directory\)"),
    ],
)
def test_others_are_refused_in_a_sentence(made, certfile, keyfile, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        certificate.check(str(made / certfile), keyfile and str(made / keyfile))
    assert "\n" not in str(refused.value)


@pytest.mark.skipif(os.geteuid() != 0, reason="takes another user's part")
def test_a_key_that_may_not_be_read_is_named(made):
    (made / "key.pem").chmod(0o600)
    made.chmod(0o755)
    os.seteuid(65534)
    try:
        with pytest.raises(Refused, match=r"cannot read .*\(Permission denied\): give yourself the right to read it"):
            certificate.check(str(made / "good.pem"), str(made / "key.pem"))
    finally:
        os.seteuid(0)


def test_with_one_it_is_encrypted(tmp_path, made):
    with RunningLab(tmp_path, "--certfile", str(made / "good.pem"), "--keyfile", str(made / "key.pem")) as lab:
        assert lab.url.startswith("https://")
        answer = requests.get(lab.url, verify=made / "good.pem", timeout=10)
        assert 'name="password"' in answer.text


def test_without_its_key_it_does_not_start(tmp_path, made):
    copy_course(tmp_path)
    failed = run(tmp_path, "--no-browser", "--certfile", str(made / "good.pem"))
    assert failed.returncode == 1
    assert re.fullmatch(r"lab: .*good.pem holds no certificate with its private key.*\n", failed.stderr)
