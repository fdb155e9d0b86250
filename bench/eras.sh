#!/usr/bin/env bash
# Both eras of MCP at one gateway, side by side: calls, and what a list costs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
npm ls >/dev/null 2>&1 || npm ci --loglevel=error --no-audit --no-fund >/dev/null
exec node eras.mjs "$@"
