#!/usr/bin/env bash
# Runs the official MCP conformance suite against the gateway and prints the suite's own summary.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

summary=mcp-gateway/target/conformance.txt
log=mcp-gateway/target/conformance.log
mkdir -p mcp-gateway/target
rm -f "$summary"
status=0
./mvnw -pl mcp-gateway -am test -Dtest=ConformanceTest -Dsurefire.failIfNoSpecifiedTests=false \
  >"$log" 2>&1 || status=$?
if [[ -r $summary ]]; then
  cat "$summary"
else
  tail -n 30 "$log" >&2
fi
exit "$status"
