#!/bin/bash
# A policy service of Postfix: policy.sh FOLDER LETTERS. Where LETTERS is 0, each recipient is refused once for now; else
# after so many letters the connection is closed with 421.
folder=$1 letters=$2 seen=0 port=
while read -r line; do
  case $line in
    recipient=*) recipient=${line#*=} ;;
    client_port=*)
      [ "${line#*=}" = "$port" ] || seen=0
      port=${line#*=}
      ;;
    '')
      action=DUNNO
      if [ "$letters" -gt 0 ]; then
        seen=$((seen + 1))
        [ "$seen" -gt "$letters" ] && action='421 4.7.0 Enough letters for one connection'
      elif mkdir "$folder/$recipient" 2>/dev/null; then
        action='450 4.7.1 Greylisted, come back later'
      fi
      printf 'action=%s\n\n' "$action"
      ;;
  esac
done
