#!/usr/bin/env bash
# This build beside another one of Drawbridge, on this machine, in turn: what a change costs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
npm ls >/dev/null 2>&1 || npm ci --loglevel=error --no-audit --no-fund >/dev/null
exec node builds.mjs "$@"
