#!/bin/bash
# A filter of OpenSMTPD (smtpd-filters(7)) that refuses each recipient once for now: grey-filter.sh FOLDER
folder=$1
while IFS='|' read -r kind _ _ _ _ session token address; do
  case $kind in
    config) [ -n "${registered:-}" ] || printf 'register|filter|smtp-in|rcpt-to\nregister|ready\n' && registered=yes ;;
    filter)
      if mkdir "$folder/$address" 2>/dev/null; then
        echo "filter-result|$session|$token|reject|450 4.7.1 Greylisted, come back later"
      else
        echo "filter-result|$session|$token|proceed"
      fi
      ;;
  esac
done
