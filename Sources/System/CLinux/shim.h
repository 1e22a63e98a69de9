// Calls of the C library that its headers hide without _GNU_SOURCE or that are variadic.
#pragma once
#include <sys/prctl.h>
#include <signal.h>
#include <sys/vfs.h>

int syncfs(int descriptor);

// The kernel ends this process when its parent dies, so that a killed tool leaves no worker behind.
static inline int slmc_die_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGTERM); }

// The magic number of the file system that holds a path; 0 when it cannot be told.
static inline long slmc_file_system_kind(const char *path) {
  struct statfs status;
  return statfs(path, &status) == 0 ? (long)status.f_type : 0;
}
