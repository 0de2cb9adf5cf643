"""Passwords, checked so that readers do not wait for it."""

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth.hashers import PBKDF2PasswordHasher

NICE = 10  # a tenth of a reader's share of a processor while readers want it, all of it otherwise


def give_way():
    """Lower this thread's priority, which on Linux is each thread's own and cannot be raised again."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


_behind_readers = ThreadPoolExecutor(1, "passwords", initializer=give_way)


class PatientHasher(PBKDF2PasswordHasher):
    """Django's own, in one thread that gives way to readers; what is stored is the same."""

    def encode(self, password, salt, iterations=None):
        return _behind_readers.submit(super().encode, password, salt, iterations).result()
