#!/usr/bin/env bash
# ./drawbridge bench: query_database against MCP Toolbox and pgbench, on this machine, in one go.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
Usage: ./drawbridge bench [options]

  --seconds <n>      length of a cell (default 15)
  --warmup <n>       load on each statement of each server before the first cell, at least: it goes
                     on while CPU a request still falls (default 12)
  --rounds <n>       how often all cells are measured (default 3)
  --quick            2 seconds, 1 round: does it still run? The result goes to target/
  --port-offset <n>  added to every port (default 10000)
TEXT
}

missing=()
for program in wrk psql pgbench node npm git; do
  command -v "$program" >/dev/null || missing+=("$program")
done
if ((${#missing[@]} > 0)); then
  echo "bench: not found on PATH: ${missing[*]} (Debian: apt-get install wrk postgresql" \
    "nodejs npm git)." >&2
  exit 1
fi
if [[ ! -r /proc/self/smaps_rollup ]]; then
  echo "bench: CPU and memory are read from /proc, which only Linux has." >&2
  exit 1
fi
if [[ " $* " == *" --help "* ]]; then
  usage
  exit
fi
npm ls >/dev/null 2>&1 || npm ci --loglevel=error --no-audit --no-fund >/dev/null
exec node query-database.mjs "$@"
