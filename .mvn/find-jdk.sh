# shellcheck shell=bash
# Sets JAVA_HOME to a JDK of 21 or newer: JAVA_HOME, then the PATH, then the usual folders. Sourced by run, test and bench.
if [ -z "${HOME:-}" ]; then
  # Some ways to start a service set none; then a tilde is what the list of users says.
  unset HOME
  HOME=~
  export HOME
fi

release_of() {
  [ -x "$1/bin/javac" ] || { [ "${JRE_IS_ENOUGH:-}" = yes ] && [ -x "$1/bin/java" ]; } || return 1
  "$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1
}

good_jdk() {
  local release
  release=$(release_of "$1") && [ -n "$release" ] && [ "$release" -ge 21 ]
}

find_jdk() {
  local on_path candidate
  on_path=$(command -v javac || command -v java || true)
  [ -n "$on_path" ] && on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for candidate in "${JAVA_HOME:-}" "$on_path" \
    /usr/lib/jvm/*21* /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/java/* /opt/jdk* \
    "$HOME"/.sdkman/candidates/java/current "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$candidate" ] && [ -d "$candidate" ] && good_jdk "$candidate"; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  echo "No JDK of 21 or newer was found; install one (for example Eclipse Temurin 21) or set JAVA_HOME to it." >&2
  exit 1
}
