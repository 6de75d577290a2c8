"""Who is logged in, and what the tabs of those are told who no longer are."""

from jupyter_server.auth.identity import PasswordIdentityProvider, User
from jupyter_server.base.handlers import APIHandler, APIVersionHandler, JupyterHandler
from tornado.web import HTTPError


class GuidingIdentityProvider(PasswordIdentityProvider):
    """Jupyter's own, which would answer "Forbidden": JupyterLab shows this where it could not save."""

    async def get_user(self, handler: JupyterHandler) -> User | None:
        user = await super().get_user(handler)
        if user is None and isinstance(handler, APIHandler) and not isinstance(handler, APIVersionHandler):
            address = f"{handler.request.protocol}://{handler.request.host}"
            raise HTTPError(
                403,
                f"You are no longer logged in: open {address} in another tab, give the lab's password there, "
                "then try again here; nothing in this tab is lost.",
            )
        return user
