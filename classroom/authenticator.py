"""Who gets into the class: whoever has its password, under a name that can be a folder's; who guesses must wait.

It runs in the hub, on one machine and on Kubernetes, and needs of the course only `helpers/lab/throttle.py`.
"""

from jupyterhub.authenticators.shared import SharedPasswordAuthenticator
from jupyterhub.handlers import BaseHandler
from tornado.web import HTTPError

from helpers.lab.throttle import LoginThrottle

USERNAME_PATTERN = r"[a-z][a-z0-9_-]{0,31}\Z"
USERNAME_RULE = "1 to 32 of the letters a to z, digits, - and _, beginning with a letter"


class ClassAuthenticator(SharedPasswordAuthenticator):
    """JupyterHub's own check of the password; slowed down, and in plain words."""

    throttle = LoginThrottle()

    async def authenticate(self, handler: BaseHandler, data: dict[str, str]) -> dict | None:
        address = client_address(handler, self.parent.trusted_downstream_ips)
        if seconds := self.throttle.seconds_to_wait(address):
            refusal = HTTPError(429, reason=f"Too many wrong passwords: wait {seconds} seconds, then try again.")
            refusal.headers = {"Retry-After": str(seconds)}  # type: ignore[attr-defined]  # JupyterHub sends them
            raise refusal
        learner = None
        if data["password"].isascii():  # JupyterHub cannot compare others; the class's has none of them
            learner = await super().authenticate(handler, data)
        if learner is None:
            self.throttle.count_wrong_password(address)
        elif not self.validate_username(learner["name"]):
            raise HTTPError(400, reason=f"Another name, please: {USERNAME_RULE}.")
        return learner


def client_address(handler: BaseHandler, trusted: list[str]) -> str:
    """The address that the first trusted proxy saw. What visitors say themselves, as in X-Real-IP, proves nothing."""
    forwarded = ",".join(handler.request.headers.get_list("X-Forwarded-For")).split(",")
    addresses = [address.strip() for address in forwarded if address.strip()]
    return next((address for address in reversed(addresses) if address not in trusted), handler.request.remote_ip)
