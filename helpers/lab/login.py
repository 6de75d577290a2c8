"""Logging in: who guesses is slowed down, and who is no longer logged in is told what to do."""

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.identity import PasswordIdentityProvider, User
from jupyter_server.auth.login import LoginFormHandler
from jupyter_server.base.handlers import APIHandler, APIVersionHandler
from tornado.web import HTTPError, RequestHandler

from .throttle import LoginThrottle


class ThrottledLogin(LoginFormHandler):
    """The login page, which answers at once but looks at no password of somebody who has to wait."""

    throttle = LoginThrottle()

    @allow_unauthenticated
    def post(self) -> None:
        address = str(self.request.remote_ip)
        if seconds := self.throttle.seconds_to_wait(address):
            self.set_status(429)
            self.set_header("Retry-After", seconds)
            self._render(message={"error": f"Too many wrong passwords: wait {seconds} seconds, then try again."})
            return
        super().post()
        if self.get_status() == 401:
            self.throttle.count_wrong_password(address)


class GuidingIdentityProvider(PasswordIdentityProvider):
    """Jupyter's own, which would answer "Forbidden": JupyterLab shows this where it could not save."""

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
