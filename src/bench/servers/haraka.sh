#!/bin/bash
# Haraka, with a plugin that keeps what it takes in files: haraka.sh COMMAND
set -eu
site=$WORK/site
mkdir -p "$site/config" "$site/plugins" "$WORK/mail"
cat >"$site/config/smtp.ini" <<INI
listen=127.0.0.1:$PORT
nodes=0
INI
echo relay.example.test >"$site/config/me"
echo '127.0.0.1' >"$site/config/host_list"
# The defaults, which this version of it does not know by itself.
defaults=$(dirname "$(readlink -f "$1")")/../config/connection.ini
sed -e "s/^; smtputf8=.*/smtputf8=$([ "${UTF8:-}" = yes ] && echo true || echo false)/" \
  -e "s/^bytes=.*/bytes=${SIZE:-26214400}/" "$defaults" >"$site/config/connection.ini"
printf 'level=warn\n' >"$site/config/log.ini"
{
  if [ -n "${LOGIN:-}" ]; then
    printf 'tls\nauth/flat_file\n'
    printf '[core]\nmethods=PLAIN,LOGIN\n[users]\nletters=%s\n' "$PASSWORD" >"$site/config/auth_flat_file.ini"
    cp "$WORK/chain.pem" "$site/config/tls_cert.pem"
    cp "$WORK/key.pem" "$site/config/tls_key.pem"
    # RFC 7919; else Haraka makes some of its own, which takes a minute.
    openssl genpkey -genparam -algorithm DH -pkeyopt group:ffdhe2048 -out "$site/config/dhparams.pem" 2>/dev/null
  fi
  echo keep
} >"$site/config/plugins"
cat >"$site/plugins/keep.js" <<'JS'
const fs = require('fs');
const known = new Set(fs.readFileSync(`${process.env.WORK}/recipients`, 'utf8').split('\n'));
const asked = new Set();
let taken = 0;
exports.register = function () {
  this.register_hook('rcpt', 'rcpt');
  this.register_hook('queue', 'keep');
  this.register_hook('queue_outbound', 'keep');
};
exports.rcpt = function (next, connection, [address]) {
  const recipient = `${address.user}@${address.original_host}`;
  if (address.host !== (process.env.DOMAIN || 'example.org')) return next();
  if (!known.has(recipient)) return next(DENY, 'no such mailbox');
  if (process.env.GREY && !asked.has(recipient)) {
    asked.add(recipient);
    return next(DENYSOFT, 'Greylisted, come back later');
  }
  next(OK);
};
exports.keep = function (next, connection) {
  const file = fs.createWriteStream(`${process.env.WORK}/mail/${++taken}`);
  file.on('finish', () => next(OK));
  connection.transaction.message_stream.pipe(file);
};
JS
exec "$1" -c "$site" >"$WORK/log" 2>&1
