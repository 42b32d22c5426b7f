#!/bin/bash
# Downloads Debian's mail servers, with the libraries that are missing here, and unpacks each into a folder of its own;
# nothing is installed: download.sh FOLDER
set -eu
folder=$1
for server in postfix:postfix exim:exim4-daemon-light opensmtpd:opensmtpd sendmail:sendmail-bin; do
  name=${server%%:*} package=${server#*:}
  [ -d "$folder/$name/usr" ] && continue
  mkdir -p "$folder/$name.packages"
  cd "$folder/$name.packages"
  missing=$(apt-get -qq --print-uris -y --no-install-recommends install "$package" | awk '{print $2}' | sed 's/_.*//')
  # What is there already is not listed, and these belong to the login of Postfix and Sendmail.
  case $name in postfix | sendmail) missing="$missing libsasl2-modules libsasl2-modules-db sasl2-bin" ;; esac
  # shellcheck disable=SC2086  # several names on purpose
  apt-get -qq download $missing "$package" || { echo "Debian's $name could not be downloaded" >&2 && continue; }
  mkdir -p "$folder/$name"
  for each in *.deb; do dpkg -x "$each" "$folder/$name"; done
done
