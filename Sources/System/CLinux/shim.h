// Calls of the C library that its headers hide without _GNU_SOURCE or that are variadic.
#pragma once
#include "apart.h"
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

int syncfs(int descriptor);

// The kernel ends this process when its parent dies, so that a killed tool leaves no worker behind.
static inline int slmc_die_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGTERM); }

// The magic number of the file system that holds a path; 0 when it cannot be told.
static inline long slmc_file_system_kind(const char *path) {
  struct statfs status;
  return statfs(path, &status) == 0 ? (long)status.f_type : 0;
}

// Starts a program in a folder, as the leader of a process group, with its errors in a file; the
// kernel kills it when its parent dies. posix_spawn can do all of this but the last. -1: no process.
static inline pid_t slmc_start(
    const char *program, char *const words[], char *const environment[], const char *folder,
    int errors) {
  pid_t parent = getpid();
  pid_t child = fork();
  if (child != 0) return child;
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, 0);
  signal(SIGPIPE, SIG_DFL);
  if (getppid() != parent || dup2(errors, 2) < 0 || chdir(folder)) _exit(126);
  execve(program, words, environment);
  _exit(127);
}

// A descriptor that becomes readable when a child ends; -1 where the kernel has none (before 5.3).
static inline int slmc_open_process(pid_t child) {
#ifdef SYS_pidfd_open
  return (int)syscall(SYS_pidfd_open, child, 0);
#else
  return -1;
#endif
}

// Waits until the child ends, at most so many milliseconds; without a descriptor it only sleeps.
static inline void slmc_wait_for_end(int process, int milliseconds) {
  struct pollfd entry = {.fd = process, .events = POLLIN};
  poll(&entry, 1, milliseconds);
}

// Two ends of a pipe that no other child inherits.
static inline int slmc_pipe(int *ends) { return (int)syscall(SYS_pipe2, ends, slmc_close_on_exec); }

// Whether reading would not wait: there are bytes, or nobody writes any more.
static inline int slmc_is_readable(int descriptor) {
  struct pollfd entry = {.fd = descriptor, .events = POLLIN};
  return poll(&entry, 1, 0) > 0;
}
