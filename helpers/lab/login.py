"""Logging in and out: who guesses is slowed down, and who is no longer logged in is told what to do."""

import asyncio
from typing import cast

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.identity import PasswordIdentityProvider, User
from jupyter_server.auth.login import LoginFormHandler
from jupyter_server.auth.logout import LogoutHandler
from jupyter_server.base.handlers import APIHandler, APIVersionHandler
from tornado.web import HTTPError, RequestHandler
from traitlets import Bool, Callable

from . import peers
from .throttle import LoginThrottle, TooManyAttempts

ONLY_ITS_OWNER = (
    "This lab is for the account that started it, and you use another one of this machine. To let others in, start the "
    "lab with a password of your own in the variable LAB_PASSWORD."
)


class ThrottledLogin(LoginFormHandler):
    """The login page, which looks at passwords, and answers wrong ones, no faster than the throttle lets it."""

    throttle = LoginThrottle()
    _attempt: asyncio.Task[User | None] | None = None

    @allow_unauthenticated
    async def post(self) -> None:
        provider = cast(GuidingIdentityProvider, self.identity_provider)
        if provider.for_owner_alone and peers.is_other_account(self.request):
            self._refuse(403, ONLY_ITS_OWNER)
            return
        attempt = self.throttle.attempt(str(self.request.remote_ip), self.get_cookie("_xsrf", ""), self._user)
        self._attempt = asyncio.create_task(attempt)
        try:
            user = await self._attempt
        except asyncio.CancelledError:  # nobody is there to be answered
            return
        except TooManyAttempts as reason:
            self.set_header("Retry-After", reason.seconds)
            self._refuse(429, str(reason))
            return
        if user is None:
            self._refuse(401, "This is not the password: the lab's terminal says which it is.")
            return
        self.identity_provider.set_login_cookie(self, user)
        self._redirect_safe(self.get_argument("next", default=self.base_url))

    def on_connection_close(self) -> None:
        super().on_connection_close()
        if self._attempt:
            self._attempt.cancel()

    async def _user(self) -> User | None:
        """Who gave the password; None if it is wrong. On a thread, as it takes a tenth of a second."""
        return await asyncio.to_thread(self.identity_provider.process_login_form, self)

    def _refuse(self, status: int, sentence: str) -> None:
        self.set_status(status)
        self._render(message={"error": sentence})


class EndingLogout(LogoutHandler):
    """Ends the login, not only this browser's memory of it: whoever has copied the cookie is out too."""

    @allow_unauthenticated
    def get(self) -> None:
        if self.current_user:
            provider = cast(GuidingIdentityProvider, self.identity_provider)
            self.settings["cookie_secret"] = provider.new_signing_key()
        super().get()


class GuidingIdentityProvider(PasswordIdentityProvider):
    """Jupyter's own, which would answer "Forbidden": JupyterLab shows this where it could not save."""

    for_owner_alone = Bool(config=True, help="Let no other account of this machine in, with whatever password.")
    new_signing_key = Callable(config=True, help="Makes the key that login cookies are signed with from now on.")

    async def get_user(self, handler: RequestHandler) -> User | None:
        user = await super().get_user(handler)  # type: ignore[misc]
        if user is None and isinstance(handler, APIHandler) and not isinstance(handler, APIVersionHandler):
            address = f"{handler.request.protocol}://{handler.request.host}"
            raise HTTPError(
                403,
                f"You are no longer logged in: open {address} in another tab, give the lab's password there, "
                "then try again here; nothing in this tab is lost.",
            )
        return user
