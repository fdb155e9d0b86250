#!/usr/bin/env bash
# What the tests of the authorization function and of the SQL guard's policy would not notice.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
./mvnw -q -Pmutation -pl platform/identity,mcp-gateway -am process-test-classes >&2
exec node bench/mutation.mjs
