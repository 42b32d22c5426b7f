#!/bin/bash
# Runs a script of this folder in a view of its own of the file system and of the processes, with an unpacked package
# laid over them: view.sh NAME UNPACKED WORK. Whatever it starts ends with it. Needs root.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ "${INSIDE:-}" != yes ]; then
  INSIDE=yes exec unshare --mount --pid --fork --kill-child --mount-proc --propagation private "$0" "$@"
fi
name=$1 unpacked=$2
export WORK=$3
layers=$WORK/layers
mkdir -p "$layers"
mount -t tmpfs layers "$layers"
for part in usr etc var; do
  mkdir -p "$unpacked/$part" "$layers/$part/upper" "$layers/$part/work"
  mount -t overlay "$name-$part" \
    -o "lowerdir=$unpacked/$part:/$part,upperdir=$layers/$part/upper,workdir=$layers/$part/work" "/$part"
done
mount -t tmpfs run /run
chmod 755 "$WORK"
# Nobody is asked for names.
echo 'nameserver 127.0.0.1' >"$layers/resolv"
printf '127.0.0.1 localhost relay.example.test\n' >"$layers/hosts"
mount --bind "$layers/resolv" /etc/resolv.conf 2>/dev/null || cp "$layers/resolv" /etc/resolv.conf
mount --bind "$layers/hosts" /etc/hosts 2>/dev/null || cp "$layers/hosts" /etc/hosts
id=4200
user() { # NAME [GROUP]
  id=$((id + 1))
  grep -q "^$1:" /etc/group || echo "$1:x:$id:" >>/etc/group
  grep -q "^$1:" /etc/passwd ||
    echo "$1:x:$id:$(grep "^$1:" /etc/group | cut -d: -f3):$1:/nonexistent:/usr/sbin/nologin" >>/etc/passwd
}
user catch
mkdir -p "$WORK/mail" "$WORK/grey"
chmod 777 "$WORK/grey"
chown catch "$WORK/mail"
# The end of this shell, the first process of its view, ends all others: no server takes its place.
# shellcheck source=/dev/null
. "$here/$name.sh"
