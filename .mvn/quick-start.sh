# shellcheck shell=bash
# What Java is told besides JAVA_OPTS, and its cache of loaded classes, with which it starts in a third of the time
# (JEP 483, JDK 25 and newer). Sourced by run and by the image's build, with JAVA_HOME set, in the project's root.

# The full version of Java and a number for its build, as in 25.0.3+9-LTS-1234567; nothing where it does not say.
java_build() {
  [ -r "$JAVA_HOME/release" ] || return 0
  sed -n "s/^JAVA_RUNTIME_VERSION=\"\([A-Za-z0-9.+_-]*\)\".*/\1-$(cksum <"$JAVA_HOME/release" | cut -d ' ' -f 1)/p" \
    "$JAVA_HOME/release" | head -n 1
}

# Where the cache of an application for this Java is, whether it is there or not; nothing where Java is too old for one.
cache_of() {
  local build
  build=$(java_build)
  case ${build%%[!0-9]*} in
    '' | ? | 1? | 2[0-4]) ;;
    *) printf '%s/aot/%s.aot' "$1" "$build" ;;
  esac
}

# Whether a cache is there and no jar of its application is newer.
fits() {
  [ -s "$2" ] && [ -z "$(find "$1" -name '*.jar' -newer "$2" -print -quit)" ]
}

# Makes the cache of an application: starts it once, alone on loopback, in a folder of its own, without sources or relay.
# A cache is whole or not there. Where it could not be made, that is kept for this build and this Java; where another
# start is making it, this one goes on without.
make_cache() { (
  app=$1 cache=$(cache_of "$1")
  state=$cache.state
  [ -n "$cache" ] && ! fits "$app" "$cache" && mkdir -p "$app/aot" 2>/dev/null || exit 0
  if fits "$app" "$state"; then
    read -r maker <"$state" || true
    # In a container every start has the same number.
    if [ "$maker" = failed ] || { [ "$maker" != "$$" ] && kill -0 "$maker" 2>/dev/null; }; then exit 0; fi
  fi
  { echo "$$" >"$state"; } 2>/dev/null || exit 0
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/daily-papers.XXXXXX") || { rm -f "$state" && exit 0; }
  log=$PWD/$cache.log part=$PWD/$app/aot/$$.part jar=$PWD/$app/quarkus-run.jar
  trap 'rm -rf "$scratch" "$part" "$part.record"' EXIT
  trap 'rm -f "$state"; exit 143' INT TERM HUP
  settings=(DAILY_PAPERS_DATA="$scratch/data" DAILY_PAPERS_SECRET="$(printf '%064d' 0)"
    DAILY_PAPERS_HUGGINGFACE_URL=http://127.0.0.1:9)
  profile=prod
  case $app in
    *-postgresql)
      profile=postgresql
      settings+=(DATABASE_URL=jdbc:postgresql://127.0.0.1:9/none)
      ;;
  esac
  java() {
    # What run tells it too of access: a cache fits only where that is the same.
    (cd "$scratch" && exec env -i PATH="$PATH" HOME="$scratch" LC_ALL=C.UTF-8 "${settings[@]}" "$JAVA_HOME/bin/java" \
      -XX:+UseSerialGC -Xmx512m -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED "$@") </dev/null >>"$log" 2>&1
  }
  : >"$log"
  status=0
  java -XX:AOTMode=record -XX:AOTConfiguration="$part.record" -Dquarkus.profile="$profile" -Ddaily-papers.training=true \
    -Djava.util.logging.manager=org.jboss.logmanager.LogManager -jar "$jar" || status=$?
  # Ended by whoever started it.
  case $status in 130 | 143) rm -f "$state" && exit "$status" ;; esac
  # Java itself says whether the cache is whole.
  if [ "$status" = 0 ] &&
    java -XX:AOTMode=create -XX:AOTConfiguration="$part.record" -XX:AOTCache="$part" -jar "$jar" &&
    java -XX:AOTMode=on -XX:AOTCache="$part" -jar "$jar" --help &&
    mv -f "$part" "$cache"; then
    rm -f "$state" "$log"
  else
    echo failed >"$state"
  fi
); }

# What Java is told for the service, or for the command named, where JAVA_OPTS and Java's own variables say nothing of it.
java_options() {
  local app=$1 said=" $2 ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} " command=${3:-} cache
  said=${said//[$'\t\n\r']/ }
  # One collector that needs no threads, and a heap that begins small.
  case $said in *-XX:+Use*GC*) ;; *) printf '%s ' -XX:+UseSerialGC ;; esac
  case $said in
    *' -Xm'[nsx]* | *' @'* | *HeapSize=* | *NewSize* | *RAM*=*) ;;
    *) printf '%s ' -Xms32m -Xmx512m -XX:NewSize=16m -XX:SurvivorRatio=4 ;;
  esac
  case $command in
    # They may take long, and gain by the compiler that needs a while.
    '' | import | ingest | digest | subscribers) ;;
    *) case $said in *-XX:*Tiered* | *' -Xint '* | *' -Xcomp '*) ;; *) printf '%s ' -XX:TieredStopAtLevel=1 ;; esac ;;
  esac
  cache=$(cache_of "$app")
  [ -n "$cache" ] || return 0
  case $said in *TrimNativeHeapInterval*) ;; *) printf '%s ' -XX:TrimNativeHeapInterval=5000 ;; esac
  case $said in
    *-XX:AOT* | *-Xshare* | *SharedArchiveFile*) ;;
    *)
      # One that does not fit is left out without a word.
      if fits "$app" "$cache"; then
        printf '%s ' -XX:AOTCache="$cache" -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -Xlog:aot*=off -Xlog:cds*=off
      fi
      ;;
  esac
}
