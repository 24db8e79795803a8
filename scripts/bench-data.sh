#!/usr/bin/env bash
# Measures what a migration of gray-data costs and loses beside what it takes the place of, over real databases, and writes
# docs/benchmarks-data.md; needs a JDK 17 to 20, Maven, and Debian's postgresql and mariadb-server.
# In full it takes about 25 minutes; with --quick under five, with fewer rows and rough figures.
# --only PART[,PART]: only these parts of the page, for those who work on it.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() {
  echo "bench-data.sh: $1" >&2
  exit 1
}

options=()
page=$root/docs/benchmarks-data.md
while [ $# -gt 0 ]; do
  case "$1" in
    --quick) options+=(--quick) ;;
    --only)
      [ $# -ge 2 ] || fail "--only: expected the names of parts."
      options+=(--only "$2")
      shift
      ;;
    --page)
      [ $# -ge 2 ] || fail "--page: expected a file."
      page=$2
      shift
      ;;
    *) fail "$1 is not known: --quick, --only PARTS, --page FILE or nothing." ;;
  esac
  shift
done

java=java
if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
fi
command -v "$java" >/dev/null 2>&1 ||
  fail "Java is not there ($java): install a JDK 17, or point JAVA_HOME to one."
command -v mvn >/dev/null 2>&1 ||
  fail "Maven is not there: install Maven 3.8 or newer, so that mvn is found on the PATH."
for program in /usr/sbin/mariadbd /usr/lib/postgresql/*/bin/initdb; do
  [ -x "$program" ] || fail "$program is not there: apt-get install postgresql mariadb-server."
done

busy=$(cut -d " " -f 1 /proc/loadavg 2>/dev/null || echo 0)
echo "Building ..."
(cd "$root" && mvn -q -B -ntp -Dstyle.color=never -pl benchmarks -am -Dmaven.test.skip=true -Dspotless.check.skip=true package) ||
  fail "the build failed; what Maven says is above."

folder=$(mktemp -d)
chmod 711 "$folder" # the servers are other users
trap 'rm -rf "$folder"' EXIT
target=$root/benchmarks/target
"$java" -Xms512m -Xmx512m -XX:+UseG1GC -cp "$target/classes:$(cat "$target/bench.classpath")" \
  io.grayrelease.benchmarks.data.DataBench --folder "$folder" --busy "$busy" --page "$page" ${options[@]+"${options[@]}"} ||
  fail "the run failed; why is above."
echo "Written: $page"
