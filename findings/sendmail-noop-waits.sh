#!/usr/bin/env bash
# Version: Sendmail 8.17.1.9 (Debian 12, 8.17.1.9-2+deb12u2), its default settings.
#
# Behaviour: a client that says NOOP before each letter, to see whether a kept connection is still alive, is slowed down
# by its own politeness. Sendmail answers the twentieth NOOP of a connection a second late and each further one twice as
# late as the one before, always with 250 2.0.0 OK; nothing tells the client why. RFC 5321 §4.1.1.9 gives NOOP no effect
# but its answer, and mail libraries ask with it whether they are connected (Jakarta Mail's isConnected is one).
#
# Output seen:
#   NOOP 1 to 19: at most 0.0 s
#   NOOP 20: 250 2.0.0 OK after 1.0 s
#   NOOP 21: 250 2.0.0 OK after 2.0 s
#   NOOP 22: 250 2.0.0 OK after 4.0 s
#   NOOP 23: 250 2.0.0 OK after 8.0 s
#
# Date: 2026-11-30. Needs Debian 12's package sources, dpkg and Python 3; runs for up to 90 s, for a machine without a
# full host name is waited for at the start.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get -qq -o APT::Sandbox::User=root download \
  sendmail-bin=8.17.1.9-2+deb12u2 sendmail-cf=8.17.1.9-2+deb12u2 libwrap0=7.6.q-32 m4=1.4.19-3
for package in *.deb; do dpkg -x "$package" root; done
# A program with the right of a group takes no libraries from elsewhere.
chmod 755 root/usr/libexec/sendmail/sendmail
export LD_LIBRARY_PATH=$work/root/lib/x86_64-linux-gnu:$work/root/usr/lib/x86_64-linux-gnu

mkdir -m 700 queue
cat >own.mc <<MC
OSTYPE(\`linux')dnl
define(\`QUEUE_DIR', \`$work/queue')dnl
define(\`confPID_FILE', \`$work/pid')dnl
define(\`STATUS_FILE', \`$work/statistics')dnl
define(\`ALIAS_FILE', \`')dnl
define(\`confCW_FILE', \`')dnl
define(\`confDOMAIN_NAME', \`mail.example.test')dnl
define(\`confDONT_PROBE_INTERFACES', \`True')dnl
define(\`confDONT_BLAME_SENDMAIL', \`GroupWritableDirPathSafe')dnl
MAILER(\`local')dnl
MAILER(\`smtp')dnl
MC
cf=$work/root/usr/share/sendmail/cf
root/usr/bin/m4 -D_CF_DIR_="$cf/" "$cf/m4/cf.m4" own.mc >own.cf

# SMTP over standard input and output: no port is opened.
python3 - "$work" <<'PY'
import subprocess
import sys
import time

work = sys.argv[1]
server = subprocess.Popen(
    [work + "/root/usr/libexec/sendmail/sendmail", "-C", work + "/own.cf", "-bs"],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def answer():
    while True:
        line = server.stdout.readline()
        if len(line) < 4 or line[3] == " ":
            return line.strip()


def ask(command):
    server.stdin.write(command + "\r\n")
    server.stdin.flush()
    begin = time.monotonic()
    return answer(), time.monotonic() - begin


assert answer().startswith("220 "), "no greeting"
assert ask("EHLO client.example.test")[0].startswith("250")
waits = []
for number in range(1, 24):
    said, seconds = ask("NOOP")
    assert said == "250 2.0.0 OK", said
    waits.append(seconds)
    if number == 19:
        print(f"NOOP 1 to 19: at most {max(waits):.1f} s")
    elif number > 19:
        print(f"NOOP {number}: {said} after {seconds:.1f} s")
server.stdin.write("QUIT\r\n")
server.stdin.flush()
server.wait(30)
as_seen = max(waits[:19]) < 0.5 and all(
    abs(wait - expected) < 0.5 for wait, expected in zip(waits[19:], (1, 2, 4, 8)))
sys.exit(0 if as_seen else "Sendmail answers otherwise now")
PY
