# shellcheck shell=bash
# OpenSMTPD: letters into maildirs.
user opensmtpd
user opensmtpq
mkdir -p /var/lib/opensmtpd/empty /var/spool/smtpd
chmod 711 /var/spool/smtpd
chgrp opensmtpq /usr/sbin/smtpctl && chmod 2555 /usr/sbin/smtpctl
awk '{print $1, "catch"}' "$WORK/recipients" >"$WORK/known"
{
  if [ -n "${LOGIN:-}" ]; then
    chmod 600 "$WORK/key.pem"
    echo "pki relay.example.test cert \"$WORK/chain.pem\""
    echo "pki relay.example.test key \"$WORK/key.pem\""
    echo "letters $(smtpctl encrypt "$PASSWORD")" >"$WORK/logins"
    echo "table logins file:$WORK/logins"
  fi
  [ -n "${SIZE:-}" ] && echo "smtp max-message-size \"$SIZE\""
  [ -n "${MAILS:-}" ] && echo "smtp limit max-mails $MAILS"
  echo "table known file:$WORK/known"
  # shellcheck disable=SC2154  # view.sh sets here
  [ -n "${GREY:-}" ] && echo "filter grey proc-exec \"/bin/bash $here/grey-filter.sh $WORK/grey\""
  echo "listen on 127.0.0.1 port $PORT hostname relay.example.test ${GREY:+filter grey}" \
    ${LOGIN:+tls-require pki relay.example.test auth '<logins>'}
  echo "action store maildir \"$WORK/mail/%{rcpt.user}\" virtual <known>"
  echo "match from any for domain \"${DOMAIN:-example.org}\" action store"
} >"$WORK/smtpd.conf"
smtpd -d -f "$WORK/smtpd.conf" >>"$WORK/log" 2>&1
