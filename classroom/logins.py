"""How a login begins and ends: cookies and tokens that were copied are worth nothing afterwards."""

from jupyterhub.handlers import LoginHandler, LogoutHandler
from jupyterhub.orm import APIToken
from jupyterhub.user import User
from jupyterhub.utils import new_token


class AnyLetterLogin(LoginHandler):
    """JupyterHub's own has no sentence for bytes that are no letters."""

    def decode_argument(self, value: bytes, name: str | None = None) -> str:
        return value.decode(errors="replace")


class EndingLogout(LogoutHandler):
    """JupyterHub's own only clears the cookies of the browser that asks for it."""

    async def default_handle_logout(self) -> None:
        user = self.current_user
        await super().default_handle_logout()
        if user:
            end_logins(user)


def end_logins(user: User) -> None:
    """End all of a user's: cookies, and tokens but those with which the user's running servers speak to the hub."""
    kept = {APIToken.find(user.db, spawner.api_token) for spawner in user.spawners.values() if spawner.api_token}
    for token in set(user.orm_user.api_tokens) - kept:
        user.db.delete(token)
    user.orm_user.cookie_id = new_token()
    user.db.commit()
