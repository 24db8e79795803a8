#!/usr/bin/env bash
# Builds the demo of a release that changes data, and starts it; needs a JDK 17 to 20 and Maven, and nothing else. --help says what
# it takes.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() {
  echo "demo-data.sh: $1" >&2
  exit 1
}

java=java
if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
fi
command -v "$java" >/dev/null 2>&1 ||
  fail "Java is not there ($java): install a JDK 17, or point JAVA_HOME to one."
version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1)
major=${version%%[!0-9]*}
if [ "${major:-0}" -lt 17 ] || [ "${major:-0}" -gt 20 ]; then
  fail "a JDK 17 to 20 is needed, and $java is Java ${version:-unknown}: point JAVA_HOME to a JDK 17."
fi
"$java" --list-modules 2>/dev/null | grep '^jdk\.compiler' >/dev/null ||
  fail "$java is a runtime without a compiler: install a JDK 17, or point JAVA_HOME to one."
command -v mvn >/dev/null 2>&1 ||
  fail "Maven is not there: install Maven 3.8 or newer, so that mvn is found on the PATH."

profile=()
for argument in "$@"; do
  if [ "$argument" = --mariadb ]; then
    profile=(-Pmariadb)
  fi
done

echo "Building; the first time this takes a few minutes ..."
(cd "$root" && mvn -q -B -ntp ${profile[@]+"${profile[@]}"} -Dstyle.color=never -pl demo-data -am -Dmaven.test.skip=true -Dspotless.check.skip=true package |
  sed $'s/\033\\[[0-9;]*m//g') || # some Mavens end colours that they were told not to begin
  fail "the build failed; what Maven says is above."

colours=
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
  colours=--colours
fi
exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
  -cp "$root/demo-data/target/classes:$(cat "$root/demo-data/target/demo.classpath")" \
  io.grayrelease.demo.data.DataDemo $colours "$@"
