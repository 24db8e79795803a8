#!/usr/bin/env bash
# Measures an Nginx that the agent drives beside a plain one, and writes docs/benchmarks-nginx.md; needs a JDK 17 to 20, Maven, wrk,
# and an nginx with the Lua module. In full it takes 12 minutes; with --quick two, with rough figures.
# --nginx PATH (repeatable): another nginx to measure with the native driver, such as one with keepalive_min_timeout (1.27.4 or later).
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() {
  echo "bench-nginx.sh: $1" >&2
  exit 1
}

options=()
while [ $# -gt 0 ]; do
  case "$1" in
    --quick) options+=(--quick) ;;
    --nginx)
      [ $# -ge 2 ] && [ -x "$2" ] || fail "--nginx: expected the path of a program, found \"${2:-}\"."
      options+=(--nginx "$(realpath "$2")")
      shift
      ;;
    *) fail "$1 is not known: --quick, --nginx PATH or nothing." ;;
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
command -v wrk >/dev/null 2>&1 || fail "wrk is not there: apt-get install wrk."
nginx=$(PATH=$PATH:/usr/sbin:/usr/local/sbin command -v nginx) ||
  fail "nginx is not there: apt-get install nginx-light libnginx-mod-http-lua lua-cjson."
for package in libnginx-mod-http-lua lua-cjson; do
  [ -e "/usr/share/doc/$package" ] || fail "nginx has no Lua: apt-get install libnginx-mod-http-lua lua-cjson."
done

busy=$(cut -d " " -f 1 /proc/loadavg 2>/dev/null || echo 0)
echo "Building ..."
(cd "$root" && mvn -q -B -ntp -Dstyle.color=never -pl benchmarks -am -Dmaven.test.skip=true -Dspotless.check.skip=true package) ||
  fail "the build failed; what Maven says is above."

# Sockets lie there, and their paths must be short.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
target=$root/benchmarks/target
"$java" -Xms256m -Xmx256m -XX:+UseG1GC -cp "$target/classes:$(cat "$target/bench.classpath")" \
  io.grayrelease.benchmarks.nginx.NginxBench --installed "$nginx" --folder "$folder" --busy "$busy" \
  --page "$root/docs/benchmarks-nginx.md" ${options[@]+"${options[@]}"} ||
  fail "the run failed; why is above."
echo "Written: docs/benchmarks-nginx.md"
