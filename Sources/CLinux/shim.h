// Linux interfaces that `import Glibc` leaves out: epoll(7), eventfd(2), signalfd(2), timerfd(2),
// inotify(7), pidfd_open(2), accept4(2), and one spawn with a parent-death signal.
//
// _GNU_SOURCE stays undefined: with it glibc turns socket addresses into transparent unions, which
// the Swift importer cannot read. What it would declare is declared here by hand.
#ifndef HINDSIGHT_CLINUX_H
#define HINDSIGHT_CLINUX_H

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern int accept4(int fd, struct sockaddr *address, socklen_t *length, int flags);
extern int pthread_setname_np(pthread_t thread, const char *name);
extern int malloc_trim(size_t pad);
extern int sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set);
extern int pipe2(int ends[2], int flags);
extern long syscall(long number, ...);
extern pid_t vfork(void);

/// epoll_ctl(2) with the data union reduced to its 64-bit member.
static inline int clinux_epoll_ctl(int epoll, int operation, int fd, uint32_t events,
                                   uint64_t data) {
    struct epoll_event event;
    event.events = events;
    event.data.u64 = data;
    return epoll_ctl(epoll, operation, fd, &event);
}

static inline uint64_t clinux_epoll_data(const struct epoll_event *event) {
    return event->data.u64;
}

/// pidfd_open(2): a descriptor that becomes readable when the process ends. Linux 5.3.
static inline int clinux_pidfd_open(pid_t pid) {
    return (int)syscall(SYS_pidfd_open, pid, 0);
}

/// sendmsg(2) of two stretches of memory as one.
static inline ssize_t clinux_send_two(int fd, const void *first, size_t first_length,
                                      const void *second, size_t second_length, int flags) {
    struct iovec parts[2] = {{(void *)first, first_length}, {(void *)second, second_length}};
    struct msghdr message = {0};
    message.msg_iov = parts;
    message.msg_iovlen = 2;
    return sendmsg(fd, &message, flags);
}

/// openat2(2), Linux 5.6: opens a path that neither leaves the folder nor passes through a symbolic
/// link. Returns a descriptor or -errno.
static inline int clinux_openat2_beneath(int folder, const char *path, int flags) {
    struct open_how how = {0};
    how.flags = (uint64_t)flags;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    int descriptor = (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
    return descriptor >= 0 ? descriptor : -errno;
}

/// Starts a program that dies with the calling *thread* (PR_SET_PDEATHSIG follows the thread that
/// forked, so call this from one that lives as long as the program).
///
/// The child gets its own process group (a terminal's Ctrl-C reaches only the server), an empty
/// signal mask, default signal actions, descriptors 0, 1 and 2 as given, and no others.
/// `directory` may be NULL. Returns the pid, or -errno; a failed execve is reported too, because
/// after vfork(2) the child still shares this memory.
static inline pid_t clinux_spawn(const char *path, char *const arguments[],
                                 char *const environment[], const char *directory, int input,
                                 int output, int error) {
    sigset_t all, saved;
    volatile int failure = 0;
    pid_t parent = getpid();
    // A signal handler that ran in the child would run on the parent's memory.
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &saved);
    pid_t pid = vfork();
    if (pid == 0) {
        struct sigaction standard = {0};
        sigset_t none;
        standard.sa_handler = SIG_DFL;
        for (int number = 1; number < NSIG; number++) sigaction(number, &standard, 0);
        if (setpgid(0, 0) != 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) goto failed;
        // The parent may have gone before the death signal was asked for.
        if (getppid() != parent) _exit(127);
        if (directory && chdir(directory) != 0) goto failed;
        if (dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(error, 2) < 0) goto failed;
        syscall(SYS_close_range, 3u, ~0u, 0u);
        sigemptyset(&none);
        pthread_sigmask(SIG_SETMASK, &none, 0);
        execve(path, arguments, environment);
    failed:
        failure = errno;
        _exit(127);
    }
    int forked = errno;
    pthread_sigmask(SIG_SETMASK, &saved, 0);
    if (pid < 0) return -forked;
    if (failure != 0) {
        waitpid(pid, 0, 0);
        return -failure;
    }
    return pid;
}

// struct timespec reaches Swift through a module that cannot be imported by name; these don't need it.
static inline int64_t clinux_microseconds(struct timespec time) {
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}
/// The wall clock, in microseconds since 1970.
static inline int64_t clinux_realtime(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return clinux_microseconds(now);
}
/// The time since the system's start, in microseconds; it never steps.
static inline int64_t clinux_monotonic(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return clinux_microseconds(now);
}
/// When a file was last written to (st_mtim).
static inline int64_t clinux_modification_time(const struct stat *status) {
    return clinux_microseconds(status->st_mtim);
}

// <sys/wait.h> macros, which the Swift importer leaves out.
static inline int clinux_wifexited(int status) { return WIFEXITED(status); }
static inline int clinux_wexitstatus(int status) { return WEXITSTATUS(status); }
static inline int clinux_wtermsig(int status) { return WTERMSIG(status); }

#endif
