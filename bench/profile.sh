#!/usr/bin/env bash
# Where the gateway's CPU goes under query_database, by a sampling profiler. Options: see profile.mjs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
profiler=tools.profiler:async-profiler:4.2
mkdir -p target/profiler
if [[ ! -e target/profiler/linux-x64/libasyncProfiler.so ]]; then
  ../mvnw -q dependency:copy -Dartifact="$profiler" -DoutputDirectory="$PWD/target/profiler"
  (cd target/profiler && unzip -qo async-profiler-*.jar 'linux-x64/*')
fi
npm ls >/dev/null 2>&1 || npm ci --loglevel=error --no-audit --no-fund >/dev/null
exec node profile.mjs "$@"
