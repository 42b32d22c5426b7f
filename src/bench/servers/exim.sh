# shellcheck shell=bash
# Exim: letters into maildirs by appendfile.
user Debian-exim
mkdir -p /var/spool/exim4 /var/log/exim4 /etc/exim4
chown -R Debian-exim:Debian-exim /var/spool/exim4 /var/log/exim4
# Its own place: with any other configuration it gives up its rights.
cat >/etc/exim4/exim4.conf <<CF
exim_user = Debian-exim
exim_group = Debian-exim
spool_directory = /var/spool/exim4
log_file_path = $WORK/%slog
primary_hostname = relay.example.test
local_interfaces = 127.0.0.1
daemon_smtp_ports = $PORT
tls_advertise_hosts = ${LOGIN:+*}
${LOGIN:+tls_certificate = $WORK/chain.pem}
${LOGIN:+tls_privatekey = $WORK/key.pem}
auth_advertise_hosts = ${LOGIN:+\${if def:tls_in_cipher{*\}\}}
smtputf8_advertise_hosts = ${UTF8:+*}
message_size_limit = ${SIZE:-50M}
smtp_accept_max = 100
smtp_accept_queue_per_connection = 0
smtp_accept_max_per_host = ${LINES:-100}
smtp_accept_max_per_connection = ${MAILS:-1000}
accept_8bitmime = true
host_lookup =
rfc1413_hosts =
acl_smtp_rcpt = recipient
domainlist ours = ${DOMAIN:-example.org}
begin acl
recipient:
${LOGIN:+  deny message = login first
    !authenticated = *}
  require message = relay not permitted
    domains = +ours
  require verify = recipient
${GREY:+  defer message = Greylisted, come back later
    condition = \${run{/bin/mkdir $WORK/grey/\$local_part\}{yes\}{no\}\}}
  accept
begin routers
known:
  driver = accept
  domains = +ours
  condition = \${lookup{\$local_part@\$domain}lsearch{$WORK/known}{yes}{no}}
  transport = store
begin transports
store:
  driver = appendfile
  user = catch
  maildir_format
  directory = $WORK/mail
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{\$auth2}{letters}}{eq{\$auth3}{${PASSWORD:-}}}}}
  server_set_id = \$auth2
CF
sed 's/$/: yes/' "$WORK/recipients" >"$WORK/known"
chmod 644 /etc/exim4/exim4.conf "$WORK/known"
touch "$WORK/mainlog" "$WORK/rejectlog" "$WORK/paniclog"
chown Debian-exim "$WORK"/*log
[ -f "$WORK/key.pem" ] && chown Debian-exim "$WORK/key.pem"
exim4 -bdf -q1m
