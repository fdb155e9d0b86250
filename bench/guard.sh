#!/usr/bin/env bash
# What the verdict of the SQL guard costs, and what the parser takes of memory.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
npm ls >/dev/null 2>&1 || npm ci --loglevel=error --no-audit --no-fund >/dev/null
exec node guard.mjs "$@"
