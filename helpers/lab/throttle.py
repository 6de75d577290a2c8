"""Slows down those who guess at a password. Nothing but Python is needed: a class's hub uses it too."""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable

FREE_ATTEMPTS = 5  # wrong passwords in a row that cost nothing
SECONDS_PER_WRONG_PASSWORD = 10  # for each further one: 10,000 of them are more than a day
ADDRESSES_REMEMBERED = 1000


class LoginThrottle:
    """Counts wrong passwords, each address for itself: who guesses must wait, others need not.

    An address's debt grows by SECONDS_PER_WRONG_PASSWORD with each wrong password and is paid by waiting. As nothing is
    looked at or counted while it waits, nobody waits longer than that after the last wrong one.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._paid_at: OrderedDict[object, float] = OrderedDict()  # the time of the clock when each debt will be paid

    def seconds_to_wait(self, address: str) -> int:
        """Until the address may try again."""
        debt = self._paid_at.get(_household(address), 0) - self._clock()
        return max(0, math.ceil(debt - (FREE_ATTEMPTS - 1) * SECONDS_PER_WRONG_PASSWORD))

    def count_wrong_password(self, address: str) -> None:
        household, now = _household(address), self._clock()
        self._paid_at[household] = max(self._paid_at.get(household, now), now) + SECONDS_PER_WRONG_PASSWORD
        self._paid_at.move_to_end(household)
        if len(self._paid_at) > ADDRESSES_REMEMBERED:
            self._paid_at.popitem(last=False)


def _household(address: str) -> object:
    """Those who count as one: an IPv4 address, or the 2**64 of IPv6 that a single household has."""
    ip = ipaddress.ip_address(address)
    if ip.version == 4:
        return ip
    return ip.ipv4_mapped or int(ip) >> 64
