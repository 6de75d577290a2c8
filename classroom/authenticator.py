"""Who gets into the class: a newcomer by the class's password, under a name and with a password of their own; whoever
has been there by that name and that password.

It runs in the hub, on one machine and on Kubernetes. Of the authenticators there are, jupyterhub-firstuseauthenticator
comes closest; but it asks newcomers for nothing, its login page fails with a refusal in words, and it keeps passwords
in whatever dbm Python was built with, which a crash can damage.
"""

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyterhub.app import JupyterHub
from jupyterhub.auth import Authenticator
from jupyterhub.handlers import BaseHandler
from jupyterhub.user import User
from tornado.httputil import HTTPServerRequest
from tornado.web import HTTPError
from traitlets import TraitError, Unicode, default, validate

from classroom.addresses import address_of_visitor
from classroom.logins import AnyLetterLogin, EndingLogout, end_logins
from classroom.password_rules import FEWEST_CHARACTERS, is_easy_to_guess
from classroom.passwords import Passwords
from helpers.lab.before_login import BodyLimit
from helpers.lab.throttle import LoginThrottle, TooManyAttempts

TEMPLATES = Path(__file__).with_name("templates")  # pages that stand in for JupyterHub's own
USERNAME_PATTERN = r"[a-z][a-z0-9_-]{0,31}\Z"
USERNAME_RULE = "1 to 32 of the letters a to z, digits, - and _, beginning with a letter"
MOST_CHARACTERS = 200  # of a password
SECONDS_UNTIL_NOTICED = 5  # that a login has ended


class ClassAuthenticator(Authenticator):
    """Each learner has a password of their own, which the teacher can take away."""

    class_password = Unicode(config=True, help="The password that lets newcomers in.")
    passwords_file = Unicode("passwords.sqlite", config=True, help="Where the learners' own passwords are kept.")

    throttle = LoginThrottle()

    def __init__(self, **options: Any):
        super().__init__(**options)
        self.passwords = Passwords(Path(self.passwords_file))
        self.passwords.use_for_class(self.class_password)

    @validate("class_password")
    def _refuse_weak_password(self, proposal: dict[str, str]) -> str:
        password = proposal["value"]
        if len(password) < FEWEST_CHARACTERS or is_easy_to_guess(password):
            raise TraitError(
                f"The class's password is easy to guess: it needs at least {FEWEST_CHARACTERS} characters, and more "
                "than a word that everybody tries or keys in a row."
            )
        return password

    @default("auth_refresh_age")
    def _seconds_until_noticed(self) -> int:
        return SECONDS_UNTIL_NOTICED

    @default("auth_refresh_strict")  # before JupyterHub 6.1 it is always so
    def _end_what_has_ended(self) -> bool:
        return True

    def get_handlers(self, app: JupyterHub) -> list[tuple[str, type[BaseHandler]]]:
        """The pages by which a login begins and ends. JupyterHub asks for them just before it makes its application."""
        asyncio.get_running_loop().call_soon(_limit_bodies, app)
        return [("/login", AnyLetterLogin), ("/logout", EndingLogout)]

    async def authenticate(self, handler: BaseHandler, data: dict[str, str]) -> str:
        """The learner's name; whatever is wrong is raised as an HTTPError, whose sentence the form shows."""
        name = self.normalize_username(data.get("username", ""))
        password = data.get("password", "")
        if not self.validate_username(name):
            raise _refusal(400, f"Another name, please: {USERNAME_RULE}.")
        if not password:
            raise _refusal(400, "Give your own password too.")
        if len(password) > MOST_CHARACTERS:
            raise _refusal(400, f"A password has {MOST_CHARACTERS} characters at most: yours is longer.")
        with _sentence_for_faults():
            if self.passwords.has(name):
                await self._recognize(handler, name, password)
            else:
                await self._welcome(handler, name, password, data.get("class_password", ""))
            if self.passwords.must_log_in(name):
                user = handler.find_user(name)
                if user:
                    end_logins(user)
                self.passwords.has_logged_in(name)
        return name

    async def refresh_user(self, user: User, handler: BaseHandler | None = None) -> bool:
        """Whether a login still holds. It does not after a new class password, or if the learner's was taken away."""
        with _sentence_for_faults():
            if not self.passwords.must_log_in(user.name):
                return True
        end_logins(user)
        return False

    async def _recognize(self, handler: BaseHandler, name: str, password: str) -> None:
        async def is_right() -> bool | None:
            return await asyncio.to_thread(self.passwords.is_right, name, password) or None

        if not await self._attempt(handler, is_right):
            raise _refusal(403, f"This is not the password of {name}. If you are new here, choose another name.")

    async def _welcome(self, handler: BaseHandler, name: str, password: str, class_password: str) -> None:
        async def is_right() -> bool | None:
            return hmac.compare_digest(class_password.encode(), self.class_password.encode()) or None

        if not class_password:
            raise _refusal(
                403,
                f"Nobody is called {name} yet. If you are new here, give the class's password too; if not, look at how "
                "your name is written.",
            )
        if len(password) < FEWEST_CHARACTERS:
            raise _refusal(400, f"Your own password needs at least {FEWEST_CHARACTERS} characters.")
        if password == class_password:
            raise _refusal(400, "Your own password must be another than the class's, which all know.")
        if is_easy_to_guess(password, name):
            raise _refusal(400, "Your own password is easy to guess: take several words, or letters that make none.")
        if not await self._attempt(handler, is_right):
            raise _refusal(403, "This is not the class's password: ask your teacher for it.")
        if not await asyncio.to_thread(self.passwords.add, name, password):
            raise _refusal(409, f"Somebody else has just become {name}: choose another name.")

    async def _attempt(self, handler: BaseHandler, is_right: Callable[[], Awaitable[bool | None]]) -> bool | None:
        address = address_of_visitor(handler, self.parent.trusted_downstream_ips)
        try:
            return await self.throttle.attempt(address, handler.get_cookie("_xsrf", ""), is_right)
        except TooManyAttempts as reason:
            refusal = _refusal(429, str(reason))
            refusal.headers = {"Retry-After": str(reason.seconds)}  # type: ignore[attr-defined]  # JupyterHub sends them
            raise refusal from None


def _limit_bodies(app: JupyterHub) -> None:
    """The hub needs no large ones, from nobody."""

    async def may_send_large_ones(_: HTTPServerRequest) -> bool:
        return False

    app.tornado_application = BodyLimit(app.tornado_application, may_send_large_ones)


@contextmanager
def _sentence_for_faults() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise _refusal(
            503, f"The class cannot use its file of passwords ({fault.strerror}): tell your teacher."
        ) from fault


def _refusal(status: int, sentence: str) -> HTTPError:
    """The page shows the sentence; the hub's log, in the teacher's terminal, only that there was a refusal."""
    return HTTPError(status, reason=sentence)
