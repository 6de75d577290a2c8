"""What slows down those who guess at a password. Nothing but Python is needed: a class's hub uses it too."""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable

AT_ONCE = 5  # wrong passwords in a row that cost nothing
EVERY = 10  # seconds that each further one costs: 10,000 of them are more than a day
KEPT = 1000  # addresses remembered


class Patience:
    """Counts wrong passwords, each address for itself: who guesses must wait, others need not.

    An address's debt grows by EVERY seconds with each wrong password and is paid by waiting. As nothing is looked at
    or counted while it waits, nobody waits longer than EVERY seconds after the last wrong one.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._paid: OrderedDict[object, float] = OrderedDict()  # when each debt will be paid

    def wait(self, address: str) -> int:
        """Seconds until the address may try again."""
        debt = self._paid.get(_neighbours(address), 0) - self._clock()
        return max(0, math.ceil(debt - (AT_ONCE - 1) * EVERY))

    def failed(self, address: str) -> None:
        who, now = _neighbours(address), self._clock()
        self._paid[who] = max(self._paid.get(who, now), now) + EVERY
        self._paid.move_to_end(who)
        if len(self._paid) > KEPT:
            self._paid.popitem(last=False)


def _neighbours(address: str) -> object:
    """Those who count as one: an IPv4 address, or the 2**64 of IPv6 that a single household has."""
    ip = ipaddress.ip_address(address)
    if ip.version == 4:
        return ip
    return ip.ipv4_mapped or int(ip) >> 64
