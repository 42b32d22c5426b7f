#!/usr/bin/env bash
# Version: OpenDKIM 2.11.0 (Debian 12, 2.11.0~beta2-8+deb12u1), dkimpy 1.1.8 with PyNaCl 1.5.0 as the signer.
#
# Behaviour: a letter that is signed twice, with RSA and with Ed25519 (RFC 8463), as that RFC advises for the time of
# change. OpenDKIM knows both and reports one signature alone: the topmost that holds, whichever it is. Where that is the
# one of Ed25519 it says that the key has no bits, "0-bit key", though the key is good and its point of 256 bits was just
# used. Who watches the lengths of keys in its log finds keys of length nought, and which of two it tells of is decided
# by the order in which the signer wrote them.
#
# Output seen:
#   rsa on top: verification (s=r, d=example.org, 2048-bit key) succeeded
#   ed25519 on top: verification (s=e, d=example.org, 0-bit key) succeeded
#   ed25519 alone: verification (s=e, d=example.org, 0-bit key) succeeded
#
# Date: 2026-11-30. Needs Debian 12's package sources, dpkg, openssl, Python 3 with pip.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get -qq -o APT::Sandbox::User=root download \
  opendkim=2.11.0~beta2-8+deb12u1 libopendkim11=2.11.0~beta2-8+deb12u1 libvbr2=2.11.0~beta2-8+deb12u1 \
  librbl1=2.11.0~beta2-8+deb12u1
# Its other libraries, as Debian 12 has them now.
apt-get -qq -o APT::Sandbox::User=root download \
  libmilter1.0.1 libunbound8 libbsd0 libmd0 liblua5.3-0 libdb5.3 libopendbx1 libldap-2.5-0 libmemcached11 \
  libsasl2-2 libevent-2.1-7 libprotobuf-c1 libhashkit2
for package in *.deb; do dpkg -x "$package" root; done
export LD_LIBRARY_PATH=$work/root/lib/x86_64-linux-gnu:$work/root/usr/lib/x86_64-linux-gnu
python3 -m pip install -q --disable-pip-version-check --root-user-action=ignore --target py \
  dkimpy==1.1.8 pynacl==1.5.0 dnspython==2.7.0

openssl genrsa -out rsa.pem 2048 2>/dev/null
PYTHONPATH=py python3 - <<'PY'
import base64
import subprocess

import dkim
import nacl.signing

letter = (b"From: papers@example.org\r\nTo: reader@example.net\r\nSubject: Two signatures\r\n"
          b"Date: Mon, 30 Nov 2026 06:00:00 +0000\r\nMessage-ID: <1@example.org>\r\n\r\nHello.\r\n")
seed = nacl.signing.SigningKey.generate()
point = base64.b64encode(bytes(seed.verify_key)).decode()
spki = base64.b64encode(subprocess.run(
    ["openssl", "rsa", "-in", "rsa.pem", "-pubout", "-outform", "DER"], capture_output=True, check=True).stdout).decode()
with open("keys", "w") as keys:
    keys.write(f"r._domainkey.example.org v=DKIM1; k=rsa; p={spki}\n")
    keys.write(f"e._domainkey.example.org v=DKIM1; k=ed25519; p={point}\n")
rsa = dkim.sign(letter, b"r", b"example.org", open("rsa.pem", "rb").read(),
                canonicalize=(b"relaxed", b"relaxed"))
ed = dkim.sign(letter, b"e", b"example.org", base64.b64encode(bytes(seed)),
               signature_algorithm=b"ed25519-sha256", canonicalize=(b"relaxed", b"relaxed"))
open("rsa on top.eml", "wb").write(rsa + ed + letter)
open("ed25519 on top.eml", "wb").write(ed + rsa + letter)
open("ed25519 alone.eml", "wb").write(ed + letter)
PY

printf 'Mode v\nTestPublicKeys %s\n' "$work/keys" >conf
for name in "rsa on top" "ed25519 on top" "ed25519 alone"; do
  said=$(root/usr/sbin/opendkim -x conf -t "$name.eml" 2>&1 || true)
  echo "$name: ${said#*eml: }"
done | tee seen

diff seen - <<'SEEN'
rsa on top: verification (s=r, d=example.org, 2048-bit key) succeeded
ed25519 on top: verification (s=e, d=example.org, 0-bit key) succeeded
ed25519 alone: verification (s=e, d=example.org, 0-bit key) succeeded
SEEN
