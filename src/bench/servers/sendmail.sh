# shellcheck shell=bash
# Sendmail as Debian sets it up, but for its port: letters into maildirs by a program.
user smmta
user smmsp
mkdir -p /etc/mail/m4 /var/spool/mqueue /var/lib/sendmail/host_status /run/sendmail/mta
chmod 700 /var/spool/mqueue
cat >/usr/libexec/store <<STORE
#!/bin/sh
exec cat >"$WORK/mail/\$\$"
STORE
chmod 755 /usr/libexec/store
cat >/usr/libexec/grey <<GREY
#!/bin/sh
mkdir "$WORK/grey/\$1" 2>/dev/null && echo later
GREY
chmod 755 /usr/libexec/grey
cd /usr/share/sendmail/cf/debian || exit
touch /etc/mail/m4/dialup.m4 /etc/mail/m4/provider.m4 /etc/mail/relay-domains /etc/mail/trusted-users
echo "${DOMAIN:-example.org}" >/etc/mail/local-host-names
{
  sed -e '/DAEMON_OPTIONS/d' -e '/MAILER_DEFINITIONS/,$d' sendmail.mc
  echo "DAEMON_OPTIONS(\`Family=inet, Name=MTA, Port=$PORT, Addr=127.0.0.1')dnl"
  echo "define(\`confDOMAIN_NAME', \`relay.example.test')dnl"
  echo "define(\`confDONT_PROBE_INTERFACES', \`True')dnl"
  echo "define(\`LOCAL_MAILER_PATH', \`/usr/libexec/store')dnl"
  echo "define(\`LOCAL_MAILER_ARGS', \`store \$u')dnl"
  echo "define(\`confSERVICE_SWITCH_FILE', \`/etc/mail/service.switch-nodns')dnl"
  # Nobody is asked for the sender's domain, and this host is no friend where it is to relay for nobody.
  echo "FEATURE(\`accept_unresolvable_domains')dnl"
  [ -n "${SIZE:-}" ] && echo "define(\`confMAX_MESSAGE_SIZE', \`$SIZE')dnl"
  if [ -n "${LOGIN:-}" ]; then
    echo "define(\`confAUTH_MECHANISMS', \`PLAIN LOGIN')dnl"
    echo "define(\`confSERVER_CERT', \`$WORK/chain.pem')dnl"
    echo "define(\`confSERVER_KEY', \`$WORK/key.pem')dnl"
    echo "define(\`confCACERT', \`$WORK/chain.pem')dnl"
    echo "define(\`confCACERT_PATH', \`$WORK')dnl"
    echo "define(\`confAUTH_OPTIONS', \`p')dnl"
  fi
  # shellcheck disable=SC2016  # the signs are of Sendmail's own language
  if [ -n "${GREY:-}" ]; then
    printf 'LOCAL_CONFIG\nKgrey program /usr/libexec/grey\n'
    printf 'LOCAL_RULESETS\nSLocal_check_rcpt\nR$*\t$: $(grey $1 $)\n'
    printf 'Rlater\t$#error $@ 4.7.1 $: "450 Greylisted, come back later"\n'
  fi
  echo 'MAILER_DEFINITIONS'
  echo "MAILER(\`local')dnl"
  echo "MAILER(\`smtp')dnl"
} >"$WORK/sendmail.mc"
m4 "$WORK/sendmail.mc" >/etc/mail/sendmail.cf
sed -e "s/^ClientConn:127.*/ClientConn:127 ${LINES:-0}/" -e "${DOMAIN:+/^Connect:127/d}" \
  /usr/share/sendmail/examples/db/access >/etc/mail/access
# shellcheck disable=SC2094  # it writes access.db
/usr/libexec/sendmail/makemap hash /etc/mail/access </etc/mail/access
{
  echo 'postmaster: root'
  sed 's/@.*/: catch/' "$WORK/recipients"
} >/etc/mail/aliases
touch /etc/mail/aliases.db
if [ -n "${LOGIN:-}" ]; then
  mkdir -p /usr/lib/sasl2
  printf 'pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\n' >/usr/lib/sasl2/Sendmail.conf
  mkdir -p /etc/mail/sasl && cp /usr/lib/sasl2/Sendmail.conf /etc/mail/sasl/Sendmail.conf.2
  echo "$PASSWORD" | saslpasswd2 -p -c -u relay.example.test letters
fi
/usr/libexec/sendmail/sendmail -C /etc/mail/sendmail.cf -bi >/dev/null
/usr/libexec/sendmail/sendmail -C /etc/mail/sendmail.cf -bD >>"$WORK/log" 2>&1
