#!/usr/bin/env bash
# Packs a bundle for clients that install such (MCPB): the bridge from stdio to the endpoint, asked
# for by a form. Its first argument is the file to write.
set -euo pipefail

out=${1:-drawbridge.mcpb}
out=$(cd "$(dirname "$out")" && pwd -P)/$(basename "$out")
cd "$(dirname "${BASH_SOURCE[0]}")"
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
cp manifest.json package.json package-lock.json "$staging"
npm ci --omit=dev --ignore-scripts --no-audit --no-fund --silent --prefix "$staging"
${MCPB:-npx -y @anthropic-ai/mcpb@2.1.2} pack "$staging" "$out" >/dev/null
echo "$out"
