"""How far learners are kept apart on one machine, and what is said where they are not."""

from argparse import Namespace

from helpers.lab import access
from helpers.lab.access import Refused

from . import unix_users

TRUSTING = (
    "all learners' code runs as your own Unix user: each of them can read, change and delete the others' work, the "
    "class's own files and every file of yours"
)


def check(options: Namespace) -> None:
    """Raises Refused if learners would not be kept apart and the teacher has not said that this is well."""
    if unix_users.are_possible():
        unix_users.check_possible()
        if options.trust_learners:
            raise Refused(
                "--trust-learners makes all learners the user who starts the class, and no learner may be root: leave "
                "it out, and each gets a Unix user of their own, or start the class without root's rights"
            )
    elif not options.trust_learners:
        raise Refused(
            f"without root's rights {TRUSTING}. Start it with sudo, and each gets a Unix user of their own; or, if you "
            "trust them with all that, add --trust-learners"
        )


def url(options: Namespace) -> str:
    """The address of the class, for browsers."""
    if options.domain:
        return access.origin(options.domain, options.port, bool(options.certfile))
    return access.origin_for_browsers(options.ip, options.port, bool(options.certfile))


def warnings(options: Namespace) -> list[str]:
    """What learners could do to each other and to the teacher, in sentences."""
    sentences = []
    if options.trust_learners:
        sentences.append(f"Beware: {TRUSTING}.")
    elif home := unix_users.open_home():
        sentences.append(
            f"Beware: learners can look into {home}, as every user of this machine can: chmod go-rwx {home} ends that."
        )
    if not options.domain:
        sentences.append(
            "Beware: all learners share one web address, so a page that one of them makes can act for another who "
            "opens it; --domain gives each an address of their own."
        )
    return sentences
