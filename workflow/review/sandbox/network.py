"""A process without a network: its own network namespace, where the kernel lets it have one."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
ROOT = Path(__file__).resolve().parents[3]
#: What a certificate and a log say of it.
APART = "处理文件的进程没有网络"
SHARED = "系统内核不允许处理文件的进程单独隔离网络，只有内存、时间、文件的限制"


def leave() -> bool:
    """Take this process, and whatever it starts, out of every network for good; tell whether the kernel allows it.

    Only a process of one thread can do so.
    """
    try:
        unshare = ctypes.CDLL(None, use_errno=True).unshare
    except (OSError, AttributeError):  # no Linux
        return False
    user, group = os.getuid(), os.getgid()
    if unshare(_NEW_NETWORK) == 0:  # whoever administers the machine needs no namespace of users
        return True
    if unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return False
    # Who it is stays the same; programs that look themselves up by number are not surprised.
    for name, line in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        try:
            Path("/proc/self", name).write_text(line, encoding="ascii")
        except OSError:
            return True  # without its number, but without a network all the same
    return True


@cache
def available() -> bool:
    """Tell whether the processes of this machine can leave the network, by having one try."""
    line = [sys.executable, "-s", "-c", "from workflow.review.sandbox.network import leave; print(leave())"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)
    return done.stdout.strip() == "True"


def told(apart: bool) -> str:
    """Return in a sentence whether a process had a network."""
    return APART if apart else SHARED
