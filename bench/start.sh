#!/usr/bin/env bash
# How long ./drawbridge up takes until an agent's first answer: in a fresh clone with an empty Maven
# repository, and warm.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
Usage: bench/start.sh [options]

  --rounds <n>       how many warm starts (default 5)
  --no-cold          only warm starts, of this checkout
  --port-offset <n>  added to every port (default 10000)
TEXT
}

missing=()
for program in node git; do
  command -v "$program" >/dev/null || missing+=("$program")
done
if ((${#missing[@]} > 0)); then
  echo "bench: not found on PATH: ${missing[*]}." >&2
  exit 1
fi
if [[ " $* " == *" --help "* ]]; then
  usage
  exit
fi
exec node start.mjs "$@"
