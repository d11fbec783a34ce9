/* Shifts the wall clock of a process by as many seconds as the first eight bytes of the file say that WALL_CLOCK_SHIFT
 * names, while it runs. The monotonic clocks are left alone. Built and preloaded by WallClock.
 *
 * It calls the kernel itself and takes no memory, so that it may be asked the time before the allocator of the process
 * is ready. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile const int64_t *shift;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("WALL_CLOCK_SHIFT");
    int file = path ? open(path, O_RDONLY) : -1;
    if (file >= 0) {
        void *mapped = mmap(0, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
        if (mapped != MAP_FAILED) {
            shift = mapped;
        }
        close(file);
    }
}

static int64_t seconds(void) {
    return shift ? *shift : 0;
}

int clock_gettime(clockid_t clock, struct timespec *to) {
    int outcome = syscall(SYS_clock_gettime, clock, to);
    if (outcome == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        to->tv_sec += seconds();
    }
    return outcome;
}

int gettimeofday(struct timeval *restrict to, void *restrict zone) {
    (void) zone;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    to->tv_sec = now.tv_sec;
    to->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *to) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (to) {
        *to = now.tv_sec;
    }
    return now.tv_sec;
}
