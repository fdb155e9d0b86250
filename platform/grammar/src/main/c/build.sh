#!/usr/bin/env bash
# Compiles PostgreSQL's own parser to ../wasm/postgres-parser.wasm. Argument: the archive of the Rust
# crate pg_query 18.1.0, which has libpg_query whole: the parser of PostgreSQL 18, taken out of its
# server. Needs clang 14, lld, wasi-libc and libclang-rt-14-dev-wasm32 (Debian 12), and Node.js. The
# result is checked in: only a new parser needs this. The same input gives the same bytes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
crate=$(realpath "${1:?the archive of the crate}")
sum=457bfe74085c505ecaf5468416450969e2e52a66d26bc1a4b2f6944a2daee73f
echo "$sum  $crate" | sha256sum --check --quiet
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
tar xzf "$crate" --strip-components=1 --wildcards '*/libpg_query'
cd libpg_query

cp -r "$here/include" wasi
mkdir wasi/access objects
sed 's/^#elif defined(O_DSYNC).*/#elif 0/' src/postgres/include/access/xlogdefs.h \
  > wasi/access/xlogdefs.h
sed -i 's/HAVE_PTHREAD/HAVE_NO_PTHREAD/g' src/pg_query.c
node "$here/split.mjs" src/postgres/src_backend_parser_gram.c split.c
mv split.c src/postgres/src_backend_parser_gram.c

# DEBUG: without it every parse redirects standard error through a pipe.
flags=(--target=wasm32-wasi -nostdlibinc -isystem /usr/include/wasm32-wasi -Oz -w
  -Iwasi -I. -Ivendor -Isrc -Isrc/include -Isrc/postgres/include
  -fno-strict-aliasing -fwrapv -ffunction-sections -mllvm -enable-emscripten-sjlj
  -DDEBUG -DEHOSTDOWN=9991 -DNI_MAXHOST=1025 -D_WASI_EMULATED_SIGNAL -D_WASI_EMULATED_GETPID
  -D_WASI_EMULATED_PROCESS_CLOCKS -D_WASI_EMULATED_MMAN)
for source in "$here/host.c" src/pg_query.c src/pg_query_parse.c src/pg_query_outfuncs_json.c \
  src/postgres/*.c; do
  case $source in
    */src_pl_plpgsql*) continue ;;
    # Inlined, its functions would become one too large to be compiled, as above.
    */pg_query_outfuncs_json.c) more=-fno-inline ;;
    *) more= ;;
  esac
  clang "${flags[@]}" $more -c "$source" -o "objects/$(basename "$source" .c).o"
done
clang --target=wasm32-wasi -nostartfiles -L/usr/lib/wasm32-wasi objects/*.o \
  -lwasi-emulated-signal -lwasi-emulated-getpid \
  -Wl,--no-entry,--gc-sections,--strip-debug,--allow-undefined,--export-table,-z,stack-size=1048576 \
  -Wl,--export=malloc,--export=free,--export=setThrew,--export=__stack_pointer \
  -o "$here/../wasm/postgres-parser.wasm"
sha256sum "$here/../wasm/postgres-parser.wasm"
