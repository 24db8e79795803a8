#!/usr/bin/env bash
# Builds and runs the benchmarks, and writes docs/benchmarks.md and docs/benchmarks.svg; needs a JDK 17 to 20 and Maven.
# In full it takes about an hour; with --quick under five minutes, with fewer and shorter iterations.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() {
  echo "bench.sh: $1" >&2
  exit 1
}

run="full (scripts/bench.sh)"
length=(-f 2 -wi 5 -w 1s -i 5 -r 1s)
effect_length=(-f 2 -wi 15 -w 1s -i 5 -r 1s) # a policy is read rarely, so compiling that takes long
rpc_length=()
case "${1:-}" in
  "") ;;
  --quick)
    run="quick (scripts/bench.sh --quick): one fork, short iterations, so the figures are rough"
    length=(-f 1 -wi 1 -w 500ms -i 5 -r 150ms)
    effect_length=(-f 1 -wi 6 -w 1s -i 5 -r 500ms)
    rpc_length=(--forks 1 --warm-millis 1000 --rounds 5 --round-millis 300 --starts 2)
    ;;
  *) fail "$1 is not known: --quick or nothing." ;;
esac
[ $# -le 1 ] || fail "one argument at most: --quick."

java=java
if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
fi
command -v "$java" >/dev/null 2>&1 ||
  fail "Java is not there ($java): install a JDK 17, or point JAVA_HOME to one."
command -v mvn >/dev/null 2>&1 ||
  fail "Maven is not there: install Maven 3.8 or newer, so that mvn is found on the PATH."

echo "Building ..."
(cd "$root" && mvn -q -B -ntp -Dstyle.color=never -pl benchmarks -am -Dmaven.test.skip=true -Dspotless.check.skip=true package) ||
  fail "the build failed; what Maven says is above."

target=$root/benchmarks/target
class_path="$target/classes:$(cat "$target/bench.classpath")"
results=()
# A heap that still grows is measured as page faults: a clone of 10,000 providers then takes 50 times as long.
heap="-Xms1g -Xmx1g -XX:+AlwaysPreTouch -XX:+UseG1GC"

# bench <name> <what to run and its parameters>: leaves JMH's result in target/<name>.json.
bench() {
  local result=$target/$1.json
  shift
  "$java" -cp "$class_path" org.openjdk.jmh.Main "$@" "${length[@]}" -jvmArgs "$heap" -foe true -prof gc -rf json -rff "$result" ||
    fail "the benchmarks failed; what JMH says is above."
  results+=("$result")
}

bench routing 'RoutingBenchmark' -p routes=10
bench policy-size 'RoutingBenchmark.gray' -p routes=1,1000 -p providers=1000
bench decision 'DecisionBenchmark'
bench carrying 'CarryingBenchmark'
bench entry 'EntryBenchmark'
bench index 'IndexBenchmark'
length=("${effect_length[@]}")
bench effect 'EffectBenchmark'

# ZooKeeper's answer with 1,000 providers on two protocols is 2 MB.
"$java" -Djute.maxbuffer=16777216 -cp "$class_path" io.grayrelease.benchmarks.rpc.RpcDriver \
  --folder "$target/rpc" --result "$target/rpc.json" ${rpc_length[@]+"${rpc_length[@]}"} ||
  fail "the calls between processes failed; why is above, and in the logs in $target/rpc."

"$java" -Djava.awt.headless=true -cp "$class_path" io.grayrelease.benchmarks.Report "$root/docs" "$run" "$heap" "$target/rpc.json" "${results[@]}" ||
  fail "the report could not be written; why is above."
echo "Written: docs/benchmarks.md, docs/benchmarks.svg"
