#!/usr/bin/env bash
# What a credential costs, and whether logins hurt others. Options: see credentials.mjs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
npm ls >/dev/null 2>&1 || npm ci --loglevel=error --no-audit --no-fund >/dev/null
exec node credentials.mjs "$@"
