#!/usr/bin/env bash
# How large and how fast the answer of each tool is on a database of a thousand tables, with what
# each takes when nothing is chosen.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
result="bench/results/$(date +%F)-wide.md"
calls=20
./mvnw -q -pl system-tests -am test -Dtest='EveryToolTest#a_thousand_tables*' \
  -Dsurefire.failIfNoSpecifiedTests=false -Ddrawbridge.wide.calls="$calls" "$@"
{
  cat <<TEXT
# Answers about a thousand tables

\`bench/wide.sh\`: each tool with its default arguments, asked by a database administrator on a database of a thousand
tables that claims 107 GB in its statistics, on PostgreSQL 15 (oldest) and 18 (newest). Bytes are those of the whole
result: text and structured content. The first call is one that nothing is remembered of; median and worst are of the
$calls after it.

|  | of this run |
| --- | ---: |
| Commit | $(git rev-parse --short=12 HEAD)$(git diff --quiet HEAD || echo ', with changes not committed') |
| CPU | $(nproc) × $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1) |
| Load after (1, 5, 15 min) | $(cut -d' ' -f1-3 /proc/loadavg | tr ' ' ',' | sed 's/,/, /g') |

TEXT
  cat system-tests/target/wide.md
} >"$result"
echo "$result"
