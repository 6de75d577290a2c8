"""Slows down who guesses at a password, not who knows it. Nothing but Python is needed: a class's hub uses it too.

No password is refused unseen for what others at its address did. The answer to a wrong one comes late, once there were
FREE_ATTEMPTS of them: who waits for it tries 9,600 a day. Who does not, or comes on many connections at once, has
LOOKS_PER_SECOND of them looked at, after a first LOOKS_AT_ONCE: at most 345,600 a day. The right one is looked at at
once beside 30 connections that guess; beside more it has its turn before all visitors who have failed more often.
"""

import asyncio
import ipaddress
import math
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import NamedTuple, TypeVar

FREE_ATTEMPTS = 5  # wrong passwords that are answered at once: slips of the fingers
SECONDS_PER_WRONG_PASSWORD = 9  # until a further one is answered; browsers and programs have that much patience
LOOKS_PER_SECOND = 4
LOOKS_AT_ONCE = 24
MOST_WAITING = 200
ADDRESSES_REMEMBERED = 1000
VISITORS_REMEMBERED = 100  # of each address

T = TypeVar("T")


class TooManyAttempts(Exception):
    """The password was not looked at: others wait for the same."""

    def __init__(self, seconds: int):
        super().__init__(f"Too many passwords come from your address: wait {seconds} seconds, then try again.")
        self.seconds = seconds


class LoginThrottle:
    """Lets passwords be looked at, each address for itself, by the clock of the running event loop."""

    def __init__(self) -> None:
        self._accounts: dict[object, _Account] = {}
        self._common_account = _Account()

    async def attempt(self, address: str, visitor: str, check: Callable[[], Awaitable[T | None]]) -> T | None:
        """What `check` returns: None if the password is wrong, and then late if there were many from this address.

        visitor: what tells one browser from another at the address: a cookie, say; not the name that it asks for, as
        others can ask for the same. Raises TooManyAttempts, without a check, if too many wait. Cancel it when the
        visitor has hung up: who still waits then makes nobody else wait.
        """
        account = self._account(address)
        account.attempts += 1
        try:
            await account.turn(visitor)
            result = await check()
            if result is None:
                await asyncio.sleep(account.seconds_for_wrong_password())
            else:
                account.was_right(visitor)
            return result
        finally:
            account.attempts -= 1

    def _account(self, address: str) -> "_Account":
        """Its own; but nobody is forgotten who still owes, so if they are too many, those who come now share one."""
        household = _household(address)
        if household not in self._accounts and len(self._accounts) >= ADDRESSES_REMEMBERED:
            self._accounts = {other: account for other, account in self._accounts.items() if account.is_in_use()}
            if len(self._accounts) >= ADDRESSES_REMEMBERED:
                return self._common_account
        return self._accounts.setdefault(household, _Account())


class _Turn(NamedTuple):
    """A password that waits to be looked at."""

    visitor: int
    has_come: asyncio.Future[None]


class _Account:
    """What an address has used up. Both debts are given as the time when they will be paid."""

    def __init__(self) -> None:
        self.attempts = 0  # in hand at present
        self._wrong_passwords_paid_at = 0.0
        self._looks_paid_at = 0.0
        self._waiting: list[_Turn] = []
        self._timer: asyncio.TimerHandle | None = None
        self._failures: Counter[int] = Counter()

    def is_in_use(self) -> bool:
        return self.attempts > 0 or max(self._wrong_passwords_paid_at, self._looks_paid_at) > _now()

    async def turn(self, visitor: str) -> None:
        """Wait until a password of this visitor's may be looked at. It counts as wrong until it is found right."""
        turn = _Turn(hash(visitor), asyncio.get_running_loop().create_future())
        self._waiting.append(turn)
        self._give_turns()
        if len(self._waiting) > MOST_WAITING:
            last = max(self._waiting, key=self._rank)
            self._waiting.remove(last)
            last.has_come.set_exception(TooManyAttempts(math.ceil(MOST_WAITING / LOOKS_PER_SECOND)))
        try:
            await turn.has_come
        finally:
            if turn in self._waiting:  # nobody waits any longer
                self._waiting.remove(turn)

    def _rank(self, turn: _Turn) -> tuple[int, float]:
        """Who has failed least comes first; among those, it is drawn by lot each time, so that nobody stays behind."""
        return self._failures[turn.visitor], random.random()

    def _give_turns(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._waiting = [turn for turn in self._waiting if not turn.has_come.cancelled()]
        while self._waiting:
            next_look_at = self._looks_paid_at - (LOOKS_AT_ONCE - 1) / LOOKS_PER_SECOND
            if next_look_at > _now():
                self._timer = asyncio.get_running_loop().call_at(next_look_at, self._give_turns)
                break
            first = min(self._waiting, key=self._rank)
            self._waiting.remove(first)
            self._looks_paid_at = max(self._looks_paid_at, _now()) + 1 / LOOKS_PER_SECOND
            self._count_failure(first.visitor)
            first.has_come.set_result(None)

    def _count_failure(self, visitor: int) -> None:
        self._failures[visitor] += 1
        if len(self._failures) > VISITORS_REMEMBERED:
            del self._failures[next(iter(self._failures))]

    def was_right(self, visitor: str) -> None:
        """The password that had its turn costs nothing."""
        self._looks_paid_at -= 1 / LOOKS_PER_SECOND
        self._failures.pop(hash(visitor), None)
        self._give_turns()

    def seconds_for_wrong_password(self) -> float:
        """Count one. Return how late its answer is to come."""
        free = FREE_ATTEMPTS * SECONDS_PER_WRONG_PASSWORD
        debt = max(self._wrong_passwords_paid_at - _now(), 0) + SECONDS_PER_WRONG_PASSWORD
        self._wrong_passwords_paid_at = _now() + min(debt, free + SECONDS_PER_WRONG_PASSWORD)
        if debt <= free:
            return 0
        return SECONDS_PER_WRONG_PASSWORD


def _now() -> float:
    return asyncio.get_running_loop().time()


def _household(address: str) -> object:
    """Those who count as one: all of this machine, another IPv4 address, or the 2**64 of IPv6 that a household has."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return None
    if ip.version == 6:
        ip = ip.ipv4_mapped or ip
    if ip.is_loopback:
        return "this machine"
    if ip.version == 4:
        return ip
    return int(ip) >> 64
