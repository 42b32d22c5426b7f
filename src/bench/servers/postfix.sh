# shellcheck shell=bash
# Postfix: letters into maildirs by its virtual delivery agent.
user postfix
grep -q '^postdrop:' /etc/group || echo 'postdrop:x:4300:' >>/etc/group
cp /usr/share/postfix/main.cf.dist /etc/postfix/main.cf.proto 2>/dev/null || true
cat >/etc/postfix/main.cf <<CF
compatibility_level = 3.6
maillog_file = $WORK/log
maillog_file_prefixes = $WORK
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = relay.example.test
mydestination =
mynetworks =
smtpd_peername_lookup = no
smtpd_client_event_limit_exceptions =
virtual_mailbox_domains = ${DOMAIN:-example.org}
virtual_mailbox_base = $WORK/mail
virtual_mailbox_maps = texthash:$WORK/known
virtual_uid_maps = static:$(id -u catch)
virtual_gid_maps = static:$(id -g catch)
smtputf8_enable = ${UTF8:-no}
message_size_limit = ${SIZE:-10240000}
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = reject_unauth_destination${GREY:+, check_policy_service unix:private/policy}
smtpd_sender_restrictions = ${MAILS:+check_policy_service unix:private/policy}
smtpd_client_connection_count_limit = ${LINES:-50}
CF
if [ -n "${LOGIN:-}" ]; then
  cat >>/etc/postfix/main.cf <<CF
smtpd_tls_security_level = may
smtpd_tls_cert_file = $WORK/chain.pem
smtpd_tls_key_file = $WORK/key.pem
smtpd_sasl_auth_enable = yes
smtpd_tls_auth_only = yes
smtpd_relay_restrictions = permit_sasl_authenticated, reject
CF
  mkdir -p /etc/postfix/sasl
  printf 'pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\n' >/etc/postfix/sasl/smtpd.conf
  echo "$PASSWORD" | saslpasswd2 -p -c -u relay.example.test letters
  chown postfix /etc/sasldb2
fi
awk '{print $1, $1 "/"}' "$WORK/recipients" >"$WORK/known"
# shellcheck disable=SC2154  # view.sh sets here
cat >/etc/postfix/master.cf <<CF
127.0.0.1:$PORT inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
policy unix - n n - 0 spawn user=catch argv=/bin/bash $here/policy.sh $WORK/grey ${MAILS:-0}
CF
mkdir -p /var/spool/postfix /var/lib/postfix
chown postfix /var/lib/postfix
postfix start-fg
