#!/usr/bin/env bash
# Version: flufl.bounce 4.0 (PyPI), which Mailman 3 reads bounces with.
#
# Behaviour: a report of delivery in its internationalised form, which RFC 6533 prescribes where an address is not ASCII
# (message/global-delivery-status, addresses of the type utf-8), is taken for no bounce at all: neither a permanent nor a
# temporary failure is found, and nothing is raised. The same report as message/delivery-status (RFC 3464) is read. A list
# that relies on it never learns that such a mailbox is gone, though the rest of the report differs in nothing else.
#
# Output seen:
#   message/delivery-status: temporary [], permanent ['ada@example.org']
#   message/global-delivery-status, ASCII: temporary [], permanent []
#   message/global-delivery-status, not ASCII: temporary [], permanent []
#
# Date: 2026-11-30. Needs Python 3 and PyPI.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip -q --disable-pip-version-check install flufl.bounce==4.0

cat >look.py <<'PY'
import email
from flufl.bounce import all_failures


def report(status, kind, address):
    letter = "message/global" if "global" in status else "message/rfc822"
    return f"""From: MAILER-DAEMON@mx.example.net
To: list-bounces@example.org
Subject: Undelivered
Message-ID: <1@mx.example.net>
Date: Mon, 02 Mar 2026 10:00:00 +0000
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type={status.split('/')[1]}; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

What became of your letter stands below.

--b
Content-Type: {status}

Reporting-MTA: dns; mx.example.net

Final-Recipient: {kind}; {address}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: {letter}

From: papers@example.org
Subject: Papers

Some words.
--b--
"""


cases = [
    ("message/delivery-status", "rfc822", "ada@example.org", ""),
    ("message/global-delivery-status", "utf-8", "ada@example.org", ", ASCII"),
    ("message/global-delivery-status", "utf-8", "jörg@example.org", ", not ASCII"),
]
found = []
for status, kind, address, note in cases:
    mail = email.message_from_bytes(report(status, kind, address).encode())
    temporary, permanent = all_failures(mail)
    found.append(sorted(a.decode() for a in permanent))
    print(f"{status}{note}: temporary {sorted(temporary)}, permanent {found[-1]}")
raise SystemExit(0 if found == [["ada@example.org"], [], []] else "flufl.bounce reads such reports otherwise now")
PY
venv/bin/python look.py
