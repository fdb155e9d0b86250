#!/usr/bin/env bash
# What lists of tools and a hundred rows cost a conversation, beside peers. Two of them are not in npm: POSTGRES_MCP names
# the program of Postgres MCP Pro (pip install postgres-mcp), PGEDGE_MCP that of pgEdge (go build ./cmd/pgedge-pg-mcp-svr).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
npm ls >/dev/null 2>&1 || npm ci --loglevel=error --no-audit --no-fund >/dev/null
(cd peers && { npm ls >/dev/null 2>&1 || npm ci --loglevel=error --no-audit --no-fund >/dev/null; })
exec node lists.mjs "$@"
