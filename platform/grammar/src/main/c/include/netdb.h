/* The size of a field that the parser never sees. */
#define NI_MAXHOST 1025
