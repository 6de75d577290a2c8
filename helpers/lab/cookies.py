"""What login cookies are signed with: the same at every start, as long as the password is the same."""

import hmac
import secrets
from pathlib import Path

from . import files

SECRET_BYTES = 32


def signing_key(file: Path, password: str) -> bytes:
    """The key for this password and the secret in the file, which is made if it is missing or damaged.

    With another password, or another secret, whoever had logged in before has to do so again.
    """
    return hmac.digest(_secret(file), password.encode(), "sha256")


def _secret(file: Path) -> bytes:
    kept = file.read_bytes() if file.exists() else b""
    if len(kept) == SECRET_BYTES:
        return kept
    new = secrets.token_bytes(SECRET_BYTES)
    files.write(file, new)
    file.chmod(0o600)
    return new
