#!/usr/bin/env bash
# Whether connections hold under load: scenarios with databases that are meant to suffer. See bench/README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
Usage: bench/hold.sh <scenario> [--quick] [--port-offset <n>]

  crowd         10,000 agents, 500 of them at once, on a budget of 40 sessions
  priority      a database that serverless agents saturate: sleeping, then on its CPU
  outages       database killed, pooler restarted, network cut, a replica that lags; all under load
  transactions  100,000 calls of 50 agents through a transaction pooler
  replicas      two gateways share budget and limits; one is killed
  limit         what algorithms make of how many statements a database should run at once

  --quick            a fifth or less: does it still run? The result goes to target/
  --port-offset <n>  added to every port (default 10000)
TEXT
}

scenario=${1:-}
if [[ ! -f hold/$scenario.mjs ]]; then
  usage >&2
  exit 2
fi
shift
npm ls >/dev/null 2>&1 || npm ci --loglevel=error --no-audit --no-fund >/dev/null
exec node "hold/$scenario.mjs" "$@"
