/* WASI has no setjmp: LLVM lowers these as for Emscripten, and host.c has what it calls then. */
#ifndef SETJMP_H
#define SETJMP_H
typedef long jmp_buf[6];
typedef jmp_buf sigjmp_buf;
int setjmp(jmp_buf) __attribute__((returns_twice));
_Noreturn void longjmp(jmp_buf, int);
#define sigsetjmp(buffer, mask) setjmp(buffer)
#define siglongjmp(buffer, value) longjmp(buffer, value)
#endif
