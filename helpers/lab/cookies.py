"""What login cookies are signed with: the same at every start, as long as the password is the same."""

import hmac
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from . import files

SECRET_BYTES = 32
LARGEST_FILE = 1000  # bytes


@dataclass(frozen=True)
class Logins:
    """Those by one password and one secret, which is in a file."""

    secret_file: Path
    password: str

    def signing_key(self) -> bytes:
        """The key of their cookies. The secret is made if it is missing or damaged.

        With another password, or another secret, whoever had logged in before has to do so again.
        """
        with suppress(FileNotFoundError):
            secret = files.read(self.secret_file, LARGEST_FILE)
            if len(secret) == SECRET_BYTES:
                return self._key(secret)
        secret = secrets.token_bytes(SECRET_BYTES)
        files.write(self.secret_file, secret)
        self.secret_file.chmod(0o600)
        return self._key(secret)

    def end(self) -> bytes:
        """End all of them, and return the key for later ones."""
        self.secret_file.unlink(missing_ok=True)
        try:
            return self.signing_key()
        except OSError:  # a full disk: the next start will make the secret
            return self._key(secrets.token_bytes(SECRET_BYTES))

    def _key(self, secret: bytes) -> bytes:
        return hmac.digest(secret, self.password.encode(), "sha256")
