"""From which address somebody visits the hub, as far as that can be known."""

from jupyterhub.handlers import BaseHandler
from jupyterhub.orm import Server


def address_of_visitor(handler: BaseHandler, trusted: list[str]) -> str:
    """What the class's proxy saw, or the first of the trusted ones before it.

    What visitors say of themselves proves nothing: in X-Real-IP, or in X-Forwarded-For past the proxy.
    """
    ip, port = handler.request.connection.context.address[:2]
    if not _is_proxy(handler, ip, port):
        return ip
    forwarded = ",".join(handler.request.headers.get_list("X-Forwarded-For")).split(",")
    addresses = [address.strip() for address in forwarded if address.strip()]
    return next((address for address in reversed(addresses) if address not in trusted), ip)


def _is_proxy(handler: BaseHandler, ip: str, port: int) -> bool:
    if handler.proxy.should_start:  # as a process of the hub's, on the same machine
        return _is_connected(handler.proxy.proxy_process.pid, ip, port)
    return handler.db.query(Server).filter_by(ip=ip).first() is None  # on Kubernetes, who is not a learner's server


def _is_connected(process: int, ip: str, port: int) -> bool:
    """Whether it is this process's end of the connection."""
    import psutil  # the chart's hub, which starts no proxy, need not have it

    try:
        return (ip, port) in [connection.laddr for connection in psutil.Process(process).net_connections("tcp")]
    except psutil.Error:  # it has just ended
        return False
