"""Who gets into the class: whoever has its password, under a name that can be a folder's; who guesses must wait.

It runs in the hub, on one machine and on Kubernetes, and needs of the course only `helpers/lab/patience.py`.
"""

from jupyterhub.authenticators.shared import SharedPasswordAuthenticator
from jupyterhub.handlers import BaseHandler
from tornado.web import HTTPError

from helpers.lab.patience import Patience

NAME = r"[a-z][a-z0-9_-]{0,31}\Z"
NAMES = "1 to 32 of the letters a to z, digits, - and _, beginning with a letter"


class Door(SharedPasswordAuthenticator):
    """JupyterHub's own check of the password; slowed down, and in plain words."""

    patience = Patience()

    async def authenticate(self, handler: BaseHandler, data: dict[str, str]) -> dict | None:
        address = came_from(handler, self.parent.trusted_downstream_ips)
        if wait := self.patience.wait(address):
            refusal = HTTPError(429, reason=f"Too many wrong passwords: wait {wait} seconds, then try again.")
            refusal.headers = {"Retry-After": str(wait)}
            raise refusal
        right = data["password"].isascii()  # JupyterHub cannot compare others; the class's has none of them
        learner = await super().authenticate(handler, data) if right else None
        if learner is None:
            self.patience.failed(address)
        elif not self.validate_username(learner["name"]):
            raise HTTPError(400, reason=f"Another name, please: {NAMES}.")
        return learner


def came_from(handler: BaseHandler, trusted: list[str]) -> str:
    """The address that the first proxy we trust saw. What visitors say of themselves, as in X-Real-IP, proves nothing."""
    seen = ",".join(handler.request.headers.get_list("X-Forwarded-For")).split(",")
    seen = [address.strip() for address in seen if address.strip()]
    return next((address for address in reversed(seen) if address not in trusted), handler.request.remote_ip)
