"""How guessing at a password is slowed, in a time that passes only as far as somebody waits for it."""

import asyncio
import random
import selectors
import statistics
from collections.abc import Awaitable, Callable

import pytest

from helpers.lab.throttle import (
    ADDRESSES_REMEMBERED,
    FREE_ATTEMPTS,
    LOOKS_AT_ONCE,
    LOOKS_PER_SECOND,
    MOST_WAITING,
    SECONDS_PER_WRONG_PASSWORD,
    LoginThrottle,
    TooManyAttempts,
)

ADDRESS = "192.0.2.1"


class Sleepless(selectors.DefaultSelector):
    """Instead of waiting, it puts the clock forward."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list:
        if timeout:
            self.now += timeout + 1e-6
        return super().select(0)


def in_no_time(scene: Callable[["Door"], Awaitable]):
    """What the scene comes to, on a loop of its own with a clock of its own."""
    selector = Sleepless()
    loop = asyncio.SelectorEventLoop(selector)
    loop.time = lambda: selector.now
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(scene(Door(loop.time)))


class Door:
    """A throttle, and when it looked at which password."""

    def __init__(self, time: Callable[[], float]):
        self.throttle = LoginThrottle()
        self.time = time
        self.looked_at: list[float] = []

    async def knock(self, password: str, address: str = ADDRESS, visitor: str = "") -> float | None:
        """The seconds until the right password was in; None for another."""
        start = self.time()

        async def check() -> bool | None:
            self.looked_at.append(self.time())
            return password == "right" or None

        if await self.throttle.attempt(address, visitor, check):
            return self.time() - start
        return None

    async def seconds_for_wrong(self, address: str = ADDRESS, visitor: str = "") -> float:
        start = self.time()
        assert await self.knock("wrong", address, visitor) is None
        return round(self.time() - start, 3)

    async def guess(self, seconds: float, visitors: Callable[[], str], patience: float = 3600) -> None:
        """Guess all the time, each next one once the last is answered or patience is at an end."""
        end = self.time() + seconds
        while self.time() < end:
            try:
                async with asyncio.timeout(patience):
                    await self.knock("wrong", visitor=visitors())
            except TimeoutError:
                pass
            except TooManyAttempts as refusal:
                await asyncio.sleep(refusal.seconds)


def fresh_visitors() -> Callable[[], str]:
    numbers = iter(range(10**9))
    return lambda: str(next(numbers))


def test_a_few_slips_cost_nothing_and_then_each_wrong_one_is_answered_late():
    async def scene(door: Door) -> list[float]:
        return [await door.seconds_for_wrong() for _ in range(FREE_ATTEMPTS + 3)]

    assert in_no_time(scene) == [0] * FREE_ATTEMPTS + [SECONDS_PER_WRONG_PASSWORD] * 3


def test_slips_are_forgotten():
    async def scene(door: Door) -> list[float]:
        seconds = []
        for _ in range(3 * FREE_ATTEMPTS):
            seconds.append(await door.seconds_for_wrong())
            await asyncio.sleep(SECONDS_PER_WRONG_PASSWORD)
        return seconds

    assert not any(in_no_time(scene))


@pytest.mark.parametrize("guessers", [1, 20])
def test_beside_those_who_wait_for_answers_the_right_one_gets_in_at_once(guessers):
    async def scene(door: Door) -> list[float | None]:
        visitors = fresh_visitors()
        guessing = [asyncio.create_task(door.guess(150, visitors)) for _ in range(guessers)]
        waits = []
        for _ in range(30):
            await asyncio.sleep(4.3)
            waits.append(await door.knock("right", visitor=visitors()))
        await asyncio.gather(*guessing)
        return waits

    assert max(in_no_time(scene)) <= 1


@pytest.mark.parametrize("patience", [3600, 1, 0.1])
def test_there_is_a_limit_for_those_who_come_on_many_connections_and_hang_up(patience):
    async def scene(door: Door) -> int:
        visitors = fresh_visitors()
        await asyncio.gather(*(door.guess(60, visitors, patience) for _ in range(40)))
        return len(door.looked_at)

    assert in_no_time(scene) <= LOOKS_AT_ONCE + LOOKS_PER_SECOND * 60 + MOST_WAITING


def test_who_has_not_failed_comes_first():
    async def scene(door: Door) -> float | None:
        guessing = [asyncio.create_task(door.guess(150, lambda: "guesser")) for _ in range(200)]
        await asyncio.sleep(60)
        wait = await door.knock("right", visitor="rightful")
        await asyncio.gather(*guessing)
        return wait

    assert in_no_time(scene) <= 1


def test_who_hangs_up_and_comes_again_as_somebody_else_makes_others_wait_but_not_for_long():
    async def scene(door: Door) -> list[float | None]:
        visitors = fresh_visitors()
        guessing = [asyncio.create_task(door.guess(300, visitors, patience=0.3)) for _ in range(10)]
        await asyncio.sleep(30)
        waits = [await door.knock("right", visitor=visitors()) for _ in range(20)]
        await asyncio.gather(*guessing)
        return waits

    random.seed(1)
    assert statistics.mean(in_no_time(scene)) < 6


def test_where_too_many_wait_one_is_told_so():
    async def scene(door: Door) -> list:
        knocks = (door.knock("wrong", visitor=str(n)) for n in range(LOOKS_AT_ONCE + MOST_WAITING + 1))
        return [answer for answer in await asyncio.gather(*knocks, return_exceptions=True) if answer]

    (refusal,) = in_no_time(scene)
    assert isinstance(refusal, TooManyAttempts) and f"wait {refusal.seconds} seconds" in str(refusal)


def test_a_whole_class_gets_in_at_once():
    async def scene(door: Door) -> list[float | None]:
        return await asyncio.gather(*(door.knock("right", visitor=str(n)) for n in range(100)))

    assert max(in_no_time(scene)) == 0


def test_who_hangs_up_just_when_their_turn_comes_is_passed_over():
    async def scene(door: Door) -> list:
        found_right = asyncio.Event()

        async def check() -> bool:
            return await found_right.wait()

        at_work = [asyncio.create_task(door.throttle.attempt(ADDRESS, "", check)) for _ in range(LOOKS_AT_ONCE)]
        waiting = asyncio.create_task(door.knock("wrong"))
        await asyncio.sleep(0)
        found_right.set()
        waiting.cancel()
        return await asyncio.gather(*at_work, waiting, return_exceptions=True)

    *found, given_up = in_no_time(scene)
    assert found == [True] * LOOKS_AT_ONCE
    assert isinstance(given_up, asyncio.CancelledError)


def test_what_a_check_raises_reaches_who_asked():
    async def scene(door: Door) -> None:
        async def check() -> None:
            raise LookupError

        await door.throttle.attempt(ADDRESS, "", check)

    with pytest.raises(LookupError):
        in_no_time(scene)


def test_no_number_of_other_addresses_makes_it_forget_one():
    async def scene(door: Door) -> list[float]:
        for _ in range(FREE_ATTEMPTS):
            await door.seconds_for_wrong()
        others = (f"10.0.{n // 256}.{n % 256}" for n in range(ADDRESSES_REMEMBERED - 1 + FREE_ATTEMPTS))
        await asyncio.gather(*(door.seconds_for_wrong(address, address) for address in others))
        return await asyncio.gather(door.seconds_for_wrong(), door.seconds_for_wrong("198.51.100.1"))

    assert in_no_time(scene) == [SECONDS_PER_WRONG_PASSWORD] * 2


def test_but_nothing_is_remembered_for_ever():
    async def scene(door: Door) -> float:
        for n in range(3 * ADDRESSES_REMEMBERED):
            await door.seconds_for_wrong(f"10.0.{n // 256}.{n % 256}")
            await asyncio.sleep(0.1)
        return await door.seconds_for_wrong("198.51.100.1")

    assert in_no_time(scene) == 0


@pytest.mark.parametrize(
    ("guesser", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("127.0.0.1", "127.255.3.4", True),
        ("127.0.0.1", "::1", True),
        ("127.0.0.1", "::ffff:127.0.0.2", True),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("no address", "another", True),
        ("no address", "192.0.2.1", False),
    ],
)
def test_who_counts_as_one(guesser, other, same):
    async def scene(door: Door) -> float:
        for _ in range(FREE_ATTEMPTS):
            await door.seconds_for_wrong(guesser)
        return await door.seconds_for_wrong(other)

    assert (in_no_time(scene) > 0) == same
