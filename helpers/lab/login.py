"""The login page, which slows down those who guess at the password."""

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.login import LoginFormHandler

from .patience import Patience


class SlowedLogin(LoginFormHandler):
    """The login page, which answers at once but looks at no password of somebody who has to wait."""

    patience = Patience()

    @allow_unauthenticated
    def post(self) -> None:
        address = self.request.remote_ip
        if wait := self.patience.wait(address):
            self.set_status(429)
            self.set_header("Retry-After", wait)
            self._render(message={"error": f"Too many wrong passwords: wait {wait} seconds, then try again."})
            return
        super().post()
        if self.get_status() == 401:
            self.patience.failed(address)
