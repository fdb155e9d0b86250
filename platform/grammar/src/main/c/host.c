/* What the module gives to its host, and what LLVM's lowering of setjmp needs. */
#include <stdlib.h>

#include "pg_query.h"

/* A parse: the tree as JSON or an error. Free both with free_result. */
__attribute__((export_name("parse"))) PgQueryParseResult *parse(const char *sql) {
  PgQueryParseResult *result = malloc(sizeof *result);
  if (result != NULL) *result = pg_query_parse(sql);
  return result;
}

__attribute__((export_name("free_result"))) void free_result(PgQueryParseResult *result) {
  pg_query_free_parse_result(*result);
  free(result);
}

/* Every call to setjmp that a function has made: which buffer, and the place in the function. The
   entry behind the last has the id 0. */
typedef struct {
  unsigned id;
  int label;
} SetjmpEntry;

static unsigned last_id;
static int second_result;
int __THREW__;
int __threwValue;

void setThrew(int threw, int value) {
  if (__THREW__ == 0) {
    __THREW__ = threw;
    __threwValue = value;
  }
}

void setTempRet0(int value) { second_result = value; }
int getTempRet0(void) { return second_result; }

/* Notes a call of setjmp. The table's size is the second result. */
SetjmpEntry *saveSetjmp(unsigned *buffer, int label, SetjmpEntry *table, unsigned size) {
  unsigned used = 0;
  while (used < size && table[used].id != 0) used++;
  if (used == size) {
    size *= 2;
    table = realloc(table, sizeof(SetjmpEntry) * (size + 1));
    if (table == NULL) abort();
  }
  *buffer = ++last_id;
  table[used] = (SetjmpEntry){last_id, label};
  table[used + 1].id = 0;
  setTempRet0((int) size);
  return table;
}

/* The place of the call of setjmp that a jump is to; 0 when another function made it. */
int testSetjmp(unsigned id, SetjmpEntry *table, unsigned size) {
  for (unsigned i = 0; i < size && table[i].id != 0; i++) {
    if (table[i].id == id) return table[i].label;
  }
  return 0;
}

/* Leaves all calls up to the last invoke_… of the host, by an exception of its own. */
extern _Noreturn void unwind(void)
    __attribute__((import_module("host"), import_name("unwind")));

_Noreturn void emscripten_longjmp(unsigned *buffer, int value) {
  setThrew((int) buffer, value);
  unwind();
}
