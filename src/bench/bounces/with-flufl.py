"""Classifies the mails named on standard input with flufl.bounce: a line each, then the rate.

The first argument is the number of rounds; the fastest counts.
"""

import email
import logging
import sys
import time

from flufl.bounce import all_failures

logging.disable(logging.CRITICAL)


def kind(mail):
    try:
        temporary, permanent = all_failures(email.message_from_bytes(mail))
    except Exception:
        return "exception"
    return "hard" if permanent else "soft" if temporary else "none"


names = [line.rstrip("\n") for line in sys.stdin]
mails = [open(name, "rb").read() for name in names]
best = None
for _ in range(int(sys.argv[1])):
    began = time.process_time()
    kinds = [kind(mail) for mail in mails]
    took = time.process_time() - began
    best = took if best is None else min(best, took)
for name, each in zip(names, kinds):
    print(name, each, sep="\t")
print("seconds", best, sep="\t")
