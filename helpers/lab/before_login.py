"""Keeps what is sent without a login from filling the memory."""

import inspect
from collections.abc import Awaitable, Callable
from typing import cast

from tornado.httputil import (
    HTTPConnection,
    HTTPHeaders,
    HTTPMessageDelegate,
    HTTPServerConnectionDelegate,
    HTTPServerRequest,
    RequestStartLine,
    ResponseStartLine,
)

MOST_BYTES = 2**16

IsLoggedIn = Callable[[HTTPServerRequest], Awaitable[bool]]


class BodyLimit(HTTPServerConnectionDelegate):
    """Stands before an application, which gets no more than MOST_BYTES of what somebody sends who is not logged in.

    It answers them as ever once they have sent all, and keeps none of the rest.
    """

    def __init__(self, application: HTTPServerConnectionDelegate, is_logged_in: IsLoggedIn):
        self._application = application
        self._is_logged_in = is_logged_in

    def start_request(self, server_conn: object, request_conn: HTTPConnection) -> HTTPMessageDelegate:
        return _Request(self._application.start_request(server_conn, request_conn), request_conn, self._is_logged_in)


class _Request(HTTPMessageDelegate):
    def __init__(self, inner: HTTPMessageDelegate, connection: HTTPConnection, is_logged_in: IsLoggedIn):
        self._inner = inner
        self._connection = connection
        self._is_logged_in = is_logged_in
        self._bytes_left = float("inf")

    async def headers_received(self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders) -> None:
        if _may_be_large(headers):
            request = HTTPServerRequest(
                connection=self._connection, start_line=cast(RequestStartLine, start_line), headers=headers
            )
            if not await self._is_logged_in(request):
                self._bytes_left = MOST_BYTES
        received = self._inner.headers_received(start_line, headers)
        if inspect.isawaitable(received):
            await received

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        self._bytes_left -= len(chunk)
        if self._bytes_left < 0:
            return None
        return self._inner.data_received(chunk)

    def finish(self) -> None:
        self._inner.finish()

    def on_connection_close(self) -> None:
        self._inner.on_connection_close()


def _may_be_large(headers: HTTPHeaders) -> bool:
    length = headers.get("Content-Length", "0")
    is_small = length.isdecimal() and len(length) <= len(str(MOST_BYTES)) and int(length) <= MOST_BYTES
    return "Transfer-Encoding" in headers or not is_small
