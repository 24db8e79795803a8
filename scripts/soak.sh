#!/usr/bin/env bash
# Calls a chain of three services while everything around them changes; --help says what it takes. Needs a JDK 17 to 20 and Maven.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
java=java
if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
fi

echo "Building ..."
(cd "$root" && mvn -q -B -ntp -Dstyle.color=never -pl matrix/driver -am -Dmaven.test.skip=true -Dspotless.check.skip=true package)

exec "$java" -XX:+UseSerialGC -Dmatrix.home="$root/matrix" \
  -cp "$root/matrix/driver/target/classes:$(cat "$root/matrix/driver/target/soak.classpath")" \
  io.grayrelease.matrix.driver.Soak --folder "$root/matrix/driver/target/soak" "$@"
