"""What login cookies are signed with: the same at every start, as long as the password is the same."""

import hmac
import secrets
from contextlib import suppress
from pathlib import Path

from . import files

SECRET_BYTES = 32


def signing_key(secret_file: Path, password: str) -> bytes:
    """The key for this password and the secret in the file, which is made if it is missing or damaged.

    With another password, or another secret, whoever had logged in before has to do so again.
    """
    return hmac.digest(_secret(secret_file), password.encode(), "sha256")


def _secret(file: Path) -> bytes:
    with suppress(FileNotFoundError):
        secret = file.read_bytes()
        if len(secret) == SECRET_BYTES:
            return secret
    secret = secrets.token_bytes(SECRET_BYTES)
    files.write(file, secret)
    file.chmod(0o600)
    return secret
