#!/usr/bin/env bash
# Runs the official MCP conformance suite against the gateway and prints the suite's own summary.
#   conformance.sh [2026-07-28|2025-11-25]    both, if none is named
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

revisions=("${1:-2025-11-25}" "${1:-2026-07-28}")
case ${1:-} in
  "") tests=ConformanceTest ;;
  2026-07-28 | 2025-11-25) tests="ConformanceTest#*${1//-/_}" revisions=("$1") ;;
  *)
    echo "conformance: there are the revisions 2026-07-28 and 2025-11-25, not $1" >&2
    exit 2
    ;;
esac

log=mcp-gateway/target/conformance.log
mkdir -p mcp-gateway/target
rm -f mcp-gateway/target/conformance-*.txt
status=0
./mvnw -pl mcp-gateway -am test -Dtest="$tests" -Dsurefire.failIfNoSpecifiedTests=false \
  >"$log" 2>&1 || status=$?
for revision in "${revisions[@]}"; do
  summary=mcp-gateway/target/conformance-$revision.txt
  if [[ -r $summary ]]; then
    cat "$summary"
  else
    tail -n 30 "$log" >&2
    status=1
  fi
done
exit "$status"
