"""The commands in a terminal that has few letters, such as those of Windows."""

import os
import subprocess
import sys

import pytest

from tests.support.lab import COURSE


@pytest.mark.parametrize("command", ["classroom.command", "helpers.lab.command"])
def test_what_the_terminal_cannot_show_does_not_end_the_command(command):
    code = f"import {command} as command\ntry:\n    command.main()\nexcept SystemExit:\n    print('Kurs 名')"
    run = subprocess.run(
        [sys.executable, "-c", code, "--port", "none"],
        cwd=COURSE,
        env=os.environ | {"PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        encoding="cp1252",
        timeout=60,
        check=False,
    )
    assert run.stdout == "Kurs \\u540d\n", run.stderr
