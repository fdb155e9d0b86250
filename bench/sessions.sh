#!/usr/bin/env bash
# Whether beginning sessions without end fills a gateway's memory, or the datastore.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
npm ls >/dev/null 2>&1 || npm ci --loglevel=error --no-audit --no-fund >/dev/null
exec node sessions.mjs "$@"
