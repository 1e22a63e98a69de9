// A program in namespaces of its own: it sees one folder of its own and read-only folders of the system,
// and whatever it started ends with it.
#pragma once
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// <fcntl.h>, <sys/mount.h> and <sys/stat.h> would make `struct stat` a type of this module and not of the C library's
// own for every Swift file that sees this header; these few calls do without.
#if defined(__aarch64__) || defined(__arm__)
enum { slmc_folder = 040000 };
#else
enum { slmc_folder = 0200000 };
#endif
enum { slmc_here = -100, slmc_write_only = 01, slmc_create = 0100, slmc_close_on_exec = 02000000,
       slmc_path = 010000000 };
enum { slmc_no_setuid = 2, slmc_no_devices = 4, slmc_no_programs = 8, slmc_read_only = 1,
       slmc_bind = 4096, slmc_recursive = 16384, slmc_private = 1 << 18, slmc_detached = 2 };
enum { slmc_new_mounts = 0x00020000, slmc_new_user = 0x10000000, slmc_new_pids = 0x20000000 };

static inline int slmc_open(const char *path, int flags) {
  return (int)syscall(SYS_openat, slmc_here, path, flags | slmc_close_on_exec, 0644);
}

static inline int slmc_make_folder(const char *path) {
  return (int)syscall(SYS_mkdirat, slmc_here, path, 0755);
}

static inline int slmc_mount(
    const char *source, const char *target, const char *type, long flags, const char *options) {
  return (int)syscall(SYS_mount, source, target, type, flags, options);
}

// What the first process of the namespaces tells the one outside.
struct slmc_report {
  // 0: the program ended with `value` as wait has it; otherwise the step that failed with errno `value`.
  int step;
  int value;
};

struct slmc_view {
  // An empty folder on which the view is put together.
  const char *root;
  // The program's own folder, and where the program sees it.
  const char *scratch;
  const char *home;
  // What is shown read-only, ended by a null pointer.
  char *const *shown;
};

enum { slmc_step_user = 1, slmc_step_root, slmc_step_shown, slmc_step_scratch, slmc_step_proc,
       slmc_step_dev, slmc_step_enter, slmc_step_start };

// struct mount_attr of the kernel (5.12), which older C libraries do not declare.
struct slmc_mount_attributes { uint64_t set, clear, propagation, userns; };

static inline int slmc_make_read_only(const char *path, int recursive) {
#ifdef SYS_mount_setattr
  struct slmc_mount_attributes attributes = {.set = 1};
  return (int)syscall(SYS_mount_setattr, -100, path, recursive ? 0x8000 : 0, &attributes,
                      sizeof attributes);
#else
  errno = ENOSYS;
  return -1;
#endif
}

static inline int slmc_make_folders(char *path) {
  for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = 0;
    int failed = slmc_make_folder(path) != 0 && errno != EEXIST;
    *slash = '/';
    if (failed) return -1;
  }
  return slmc_make_folder(path) != 0 && errno != EEXIST ? -1 : 0;
}

static inline int slmc_touch(const char *path) {
  int file = slmc_open(path, slmc_write_only | slmc_create);
  return file < 0 ? -1 : close(file);
}

// Shows a folder, a file or a link at its own place below the new root; what is not there is left out.
static inline int slmc_show(const char *root, const char *path, int read_only) {
  char target[2 * PATH_MAX], link[PATH_MAX];
  ssize_t length = readlink(path, link, sizeof link - 1);
  if (length < 0 && errno != EINVAL) return 0;
  if (snprintf(target, sizeof target, "%s%s", root, path) >= (int)sizeof target) return -1;
  char *slash = strrchr(target, '/');
  *slash = 0;
  int failed = slmc_make_folders(target);
  *slash = '/';
  if (failed) return -1;
  if (length >= 0) {
    link[length] = 0;
    return symlink(link, target) != 0 && errno != EEXIST ? -1 : 0;
  }
  int folder = slmc_open(path, slmc_path | slmc_folder);
  if (folder >= 0) close(folder);
  if (folder >= 0 ? slmc_make_folder(target) != 0 && errno != EEXIST : slmc_touch(target))
    return -1;
  if (slmc_mount(path, target, 0, slmc_bind | slmc_recursive, 0)) return -1;
  return read_only ? slmc_make_read_only(target, 1) : 0;
}

static inline int slmc_make_devices(const char *root) {
  static const char *const devices[] = {"null", "zero", "full", "random", "urandom"};
  static const char *const links[][2] = {
      {"fd", "/proc/self/fd"}, {"stdin", "fd/0"}, {"stdout", "fd/1"}, {"stderr", "fd/2"}};
  char path[PATH_MAX];
  for (int place = 0; place < 5; place++) {
    snprintf(path, sizeof path, "/dev/%s", devices[place]);
    if (slmc_show(root, path, 0)) return -1;
  }
  for (int place = 0; place < 4; place++) {
    snprintf(path, sizeof path, "%s/dev/%s", root, links[place][0]);
    if (symlink(links[place][1], path)) return -1;
  }
  snprintf(path, sizeof path, "%s/dev/shm", root);
  return slmc_make_folder(path) ||
      slmc_mount("tmpfs", path, "tmpfs", slmc_no_setuid | slmc_no_devices, "mode=1777");
}

// Makes the view this process's root; 0, or the step that failed.
static inline int slmc_enter(const struct slmc_view *view) {
  char path[2 * PATH_MAX];
  if (slmc_mount(0, "/", 0, slmc_recursive | slmc_private, 0)
      || slmc_mount("tmpfs", view->root, "tmpfs", slmc_no_setuid, "mode=755,size=1m"))
    return slmc_step_root;
  for (char *const *shown = view->shown; *shown; shown++)
    if (slmc_show(view->root, *shown, 1)) return slmc_step_shown;
  snprintf(path, sizeof path, "%s%s", view->root, view->home);
  if (slmc_make_folders(path) || slmc_mount(view->scratch, path, 0, slmc_bind, 0))
    return slmc_step_scratch;
  snprintf(path, sizeof path, "%s/proc", view->root);
  if (slmc_make_folder(path)
      || slmc_mount(
          "proc", path, "proc",
          slmc_no_setuid | slmc_no_devices | slmc_no_programs | slmc_read_only, 0))
    return slmc_step_proc;
  if (slmc_make_devices(view->root)) return slmc_step_dev;
  // Programs that write in /tmp whatever they are told do so in their own folder.
  snprintf(path, sizeof path, "%s/tmp", view->root);
  (void)!symlink(view->home, path);
  if (slmc_make_read_only(view->root, 0) || chdir(view->root)
      || syscall(SYS_pivot_root, ".", ".") || syscall(SYS_umount2, ".", slmc_detached) || chdir(view->home))
    return slmc_step_enter;
  return 0;
}

// A superuser may read what others own, and nothing more: no mounts, no devices, no other processes.
static inline void slmc_drop_privileges(void) {
  for (int capability = 4; capability < 64; capability++)
    (void)prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static inline int slmc_write_text(const char *path, const char *text) {
  int file = slmc_open(path, slmc_write_only);
  if (file < 0) return -1;
  ssize_t written = write(file, text, strlen(text));
  close(file);
  return written < 0 ? -1 : 0;
}

// In a new user namespace: this user under its own number, and nobody else.
static inline int slmc_keep_user(unsigned user, unsigned group) {
  char text[64];
  snprintf(text, sizeof text, "%u %u 1", user, user);
  if (slmc_write_text("/proc/self/uid_map", text)) return -1;
  (void)slmc_write_text("/proc/self/setgroups", "deny");
  snprintf(text, sizeof text, "%u %u 1", group, group);
  return slmc_write_text("/proc/self/gid_map", text);
}

// A fork without the C library's own preparations, which a process made this way cannot rely on.
static inline pid_t slmc_clone(int flags) {
  return (pid_t)syscall(SYS_clone, flags | SIGCHLD, 0, 0, 0, 0);
}

// The first process of the namespaces: when it ends, everything in them ends.
static inline void slmc_be_first(
    const char *program, char *const words[], char *const environment[],
    const struct slmc_view *view, int errors, int report, int user_namespace, unsigned user,
    unsigned group) {
  struct slmc_report told = {0, 0};
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  struct pollfd reader = {.fd = report};
  // The parent may have ended before that.
  if (poll(&reader, 1, 0) > 0 && reader.revents & POLLERR) _exit(126);
  if (user_namespace && slmc_keep_user(user, group)) told.step = slmc_step_user;
  if (!told.step) told.step = slmc_enter(view);
  pid_t child = 0;
  if (!told.step && (child = slmc_clone(0)) < 0) told.step = slmc_step_start;
  if (told.step) {
    told.value = errno;
    (void)!write(report, &told, sizeof told);
    _exit(125);
  }
  if (child == 0) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, 0);
    for (int number = 1; number < 32; number++) signal(number, SIG_DFL);
    if (dup2(errors, 2) < 0) _exit(126);
    slmc_drop_privileges();
    execve(program, words, environment);
    _exit(127);
  }
  pid_t ended;
  int status = 0;
  do ended = waitpid(-1, &status, 0);
  while (ended != child && !(ended < 0 && errno != EINTR));
  told.value = status;
  (void)!write(report, &told, sizeof told);
  _exit(0);
}

// Starts a program apart from everything but its view, as the leader of a process group. Its report
// arrives at `report`. -1: this system has no such namespaces for this user.
static inline pid_t slmc_start_apart(
    const char *program, char *const words[], char *const environment[],
    const struct slmc_view *view, int errors, int *report) {
  int ends[2];
  if (syscall(SYS_pipe2, ends, slmc_close_on_exec)) return -1;
  unsigned user = geteuid(), group = getegid();
  const int plain = slmc_new_mounts | slmc_new_pids;
  pid_t child = -1;
  int tried = user == 0 ? 0 : 1;
  for (; tried < 2 && child < 0; tried++) {
    child = slmc_clone(plain | (tried ? slmc_new_user : 0));
    if (child == 0) {
      close(ends[0]);
      slmc_be_first(program, words, environment, view, errors, ends[1], tried, user, group);
    }
  }
  close(ends[1]);
  if (child < 0) {
    close(ends[0]);
    return -1;
  }
  *report = ends[0];
  return child;
}

// What the program came to, once its first process has ended; 0 where nothing was told.
static inline int slmc_read_report(int report, struct slmc_report *told) {
  return read(report, told, sizeof *told) == (ssize_t)sizeof *told;
}

// Processes that lost their parent become ours, to be ended by us.
static inline void slmc_adopt_strays(void) { prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

// Ends every child of this process, and theirs as they become ours; only for who adopts strays.
static inline void slmc_end_strays(void) {
  int adopts = 0;
  if (prctl(PR_GET_CHILD_SUBREAPER, &adopts, 0, 0, 0) || !adopts) return;
  for (int round = 0; round < 1000; round++) {
    FILE *list = fopen("/proc/thread-self/children", "re");
    if (!list) return;
    int stray, found = 0;
    while (fscanf(list, "%d", &stray) == 1) {
      kill(stray, SIGKILL);
      found++;
    }
    fclose(list);
    if (!found) return;
    while (waitpid(-1, 0, 0) > 0) {}
  }
}
