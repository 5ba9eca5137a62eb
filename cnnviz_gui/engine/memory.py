"""A limit of the system's on the memory of this process."""

from __future__ import annotations

import sys


def limit_memory(budget: int) -> None:
    """Has the system refuse what would take this process beyond a number of bytes.

    One huge allocation then fails at once, with an exception, instead of taking the machine's memory until somebody
    notices. Only Linux counts all memory that is written to; elsewhere nothing is limited here.

    Args:
        budget: Bytes.
    """
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        limit = budget if most == resource.RLIM_INFINITY else min(budget, most)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))
