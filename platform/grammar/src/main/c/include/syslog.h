/* Settings name these facilities; nothing is logged. */
#define LOG_LOCAL0 0
#define LOG_LOCAL1 1
#define LOG_LOCAL2 2
#define LOG_LOCAL3 3
#define LOG_LOCAL4 4
#define LOG_LOCAL5 5
#define LOG_LOCAL6 6
#define LOG_LOCAL7 7
