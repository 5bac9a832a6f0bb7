/*
 * Preloaded into a command (LD_PRELOAD), it writes down every call that changes a file under one folder, and lets one
 * of them go wrong. Calls are named by what they do to which file and the how-manieth of these it is, so that the name
 * is the same in every run, whatever thread makes the call: "fsync state/runs/RUN/run.json.# 1".
 *
 *   FAULTS_ROOT  the folder        FAULTS_LOG  where the calls are written, a line each; a star marks the one that went wrong
 *   FAULTS_AT    the call's name   FAULTS_AS   ENOSPC and EIO: it fails, once. KILL: the process dies at it, a write half
 *                                              done. FULL: it writes half, and no byte can be written any more
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { MOST_NAMES = 4096, RUN_ID = 23 };
typedef enum { GO_ON, FAIL, HALF, DIE } Turn;

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static char *known[MOST_NAMES];
static int times[MOST_NAMES];
static int record = -1;
static int is_full = 0;

static const char *setting(const char *name) {
  const char *value = getenv(name);
  return value ? value : "";
}

static int is_run_id(const char *text) {
  for (int i = 0; i < RUN_ID; i++) {
    const char c = text[i];
    if (i == 8 ? c != 'T' : i == 15 ? c != 'Z' : i == 16 ? c != '-' : !isxdigit((unsigned char)c)) return 0;
  }
  return 1;
}

/* A path under the folder without what differs from run to run; 0 where it lies elsewhere. */
static int name_path(const char *path, char *out) {
  const char *root = setting("FAULTS_ROOT");
  const size_t length = strlen(root);
  if (length == 0 || strncmp(path, root, length) != 0 || (path[length] != '/' && path[length] != '\0')) return 0;
  const char *from = path + length + (path[length] == '/');
  if (*from == '\0') *out++ = '.';
  while (*from) {
    if (is_run_id(from)) {
      out = stpcpy(out, "RUN");
      from += RUN_ID;
    } else if (*from == '.' && isdigit((unsigned char)from[1])) {
      /* A number, or what a rotated log is named by: time, process, count. */
      out = stpcpy(out, ".#");
      for (from++; *from && (isdigit((unsigned char)*from) || strchr("TZ-", *from));) from++;
    } else {
      *out++ = *from++;
    }
  }
  *out = '\0';
  return 1;
}

static int count(const char *name) {
  for (int i = 0; i < MOST_NAMES; i++) {
    if (!known[i]) known[i] = strdup(name);
    if (strcmp(known[i], name) == 0) return ++times[i];
  }
  return 0;
}

/* A process may do one run after another: each has a record of its own, and a count and a disk of its own too. */
static void begin_when_new(void) {
  static char current[PATH_MAX];
  if (strcmp(current, setting("FAULTS_LOG")) == 0) return;
  snprintf(current, sizeof current, "%s", setting("FAULTS_LOG"));
  memset(times, 0, sizeof times);
  is_full = 0;
  if (record >= 0) syscall(SYS_close, record);
  record = -1;
}

static void write_down(const char *line) {
  if (record < 0) record = (int)syscall(SYS_openat, AT_FDCWD, setting("FAULTS_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (record >= 0) syscall(SYS_write, record, line, strlen(line));
}

/* What becomes of a call. With FAIL errno is set. */
static Turn turn_of(const char *call, const char *path, int writes) {
  char place[PATH_MAX * 2], name[PATH_MAX * 2 + 64], line[PATH_MAX * 2 + 80];
  if (!name_path(path, place)) return GO_ON;
  pthread_mutex_lock(&one_at_a_time);
  begin_when_new();
  snprintf(name, sizeof name, "%s %s", call, place);
  const int nth = count(name);
  snprintf(name, sizeof name, "%s %s %d", call, place, nth);
  const int is_it = strcmp(name, setting("FAULTS_AT")) == 0;
  snprintf(line, sizeof line, "%s%s\n", name, is_it ? " *" : "");
  write_down(line);
  const char *as = setting("FAULTS_AS");
  Turn turn = is_it ? FAIL : GO_ON;
  int fault = strcmp(as, "EIO") == 0 ? EIO : ENOSPC;
  if (is_full && writes) turn = FAIL;
  if (is_it && strcmp(as, "KILL") == 0) turn = DIE;
  if (is_it && strcmp(as, "FULL") == 0) {
    is_full = 1;
    turn = HALF;
  }
  pthread_mutex_unlock(&one_at_a_time);
  if (turn == DIE && !writes) kill(getpid(), SIGKILL);
  if (turn == FAIL) errno = fault;
  return turn;
}

/* The path of what is open; 0 where it has none. */
static int path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length <= 0 || path[0] != '/') return 0;
  path[length] = '\0';
  return 1;
}

static Turn turn_of_file(const char *call, int fd, int writes) {
  char path[PATH_MAX];
  return path_of(fd, path) ? turn_of(call, path, writes) : GO_ON;
}

/* A name in an open folder. */
static Turn turn_of_entry(const char *call, int folder, const char *name) {
  char path[PATH_MAX], whole[PATH_MAX * 2];
  if (name[0] == '/' || !path_of(folder, path)) return turn_of(call, name, 0);
  snprintf(whole, sizeof whole, "%s/%s", path, name);
  return turn_of(call, whole, 0);
}

static int opened(int folder, const char *path, int flags, mode_t mode) {
  if ((flags & O_CREAT) && turn_of("create", path, 0) == FAIL) return -1;
  return (int)syscall(SYS_openat, folder, path, flags, mode);
}

/* open or openat, whose folder stands before the path. */
#define OPEN(NAME, FOLDER, ...) \
  int NAME(__VA_ARGS__ const char *path, int flags, ...) { \
    va_list rest; \
    va_start(rest, flags); \
    const mode_t mode = va_arg(rest, mode_t); \
    va_end(rest); \
    return opened(FOLDER, path, flags, mode); \
  }
OPEN(open, AT_FDCWD)
OPEN(open64, AT_FDCWD)
OPEN(openat, folder, int folder,)
OPEN(openat64, folder, int folder,)

/* A write of SIZE bytes: whole, half and the process dead, half and the disk full, or failed. */
#define WRITE(WHOLE, PART, SIZE) \
  switch (turn_of_file("write", fd, 1)) { \
    case FAIL: return -1; \
    case HALF: return PART; \
    case DIE: if ((SIZE) > 1) (void)!(PART); kill(getpid(), SIGKILL); return -1; \
    default: return WHOLE; \
  }

ssize_t write(int fd, const void *from, size_t size) {
  WRITE(syscall(SYS_write, fd, from, size), syscall(SYS_write, fd, from, size / 2), size)
}
ssize_t pwrite(int fd, const void *from, size_t size, off_t at) {
  WRITE(syscall(SYS_pwrite64, fd, from, size, at), syscall(SYS_pwrite64, fd, from, size / 2, at), size)
}
ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at) { return pwrite(fd, from, size, at); }
ssize_t writev(int fd, const struct iovec *parts, int n) {
  WRITE(syscall(SYS_writev, fd, parts, n), syscall(SYS_write, fd, parts[0].iov_base, parts[0].iov_len / 2), n)
}
ssize_t pwritev(int fd, const struct iovec *parts, int n, off_t at) {
  WRITE(syscall(SYS_pwritev, fd, parts, n, at, 0), syscall(SYS_pwrite64, fd, parts[0].iov_base, parts[0].iov_len / 2, at), n)
}
ssize_t pwritev64(int fd, const struct iovec *parts, int n, off64_t at) { return pwritev(fd, parts, n, at); }

int fsync(int fd) { return turn_of_file("fsync", fd, 0) == FAIL ? -1 : (int)syscall(SYS_fsync, fd); }
int fdatasync(int fd) { return turn_of_file("fsync", fd, 0) == FAIL ? -1 : (int)syscall(SYS_fdatasync, fd); }
int ftruncate(int fd, off_t size) { return turn_of_file("truncate", fd, 0) == FAIL ? -1 : (int)syscall(SYS_ftruncate, fd, size); }
int ftruncate64(int fd, off64_t size) { return ftruncate(fd, size); }
int fallocate(int fd, int mode, off_t from, off_t size) {
  return turn_of_file("allocate", fd, 0) == FAIL ? -1 : (int)syscall(SYS_fallocate, fd, mode, from, size);
}
int fallocate64(int fd, int mode, off64_t from, off64_t size) { return fallocate(fd, mode, from, size); }
int posix_fallocate(int fd, off_t from, off_t size) { return fallocate(fd, 0, from, size) == 0 ? 0 : errno; }
int posix_fallocate64(int fd, off64_t from, off64_t size) { return posix_fallocate(fd, from, size); }

int rename(const char *from, const char *to) {
  return turn_of("rename", to, 0) == FAIL ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}
int link(const char *from, const char *to) {
  return turn_of("link", to, 0) == FAIL ? -1 : (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}
int unlinkat(int folder, const char *path, int flags) {
  return turn_of_entry(flags & AT_REMOVEDIR ? "rmdir" : "unlink", folder, path) == FAIL ? -1 : (int)syscall(SYS_unlinkat, folder, path, flags);
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
// By this, C++ removes files and empty folders, and so does Node from 24 on.
int remove(const char *path) {
  struct stat found;
  return syscall(SYS_newfstatat, AT_FDCWD, path, &found, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(found.st_mode) ? rmdir(path) : unlink(path);
}
int mkdir(const char *path, mode_t mode) { return turn_of("mkdir", path, 0) == FAIL ? -1 : (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode); }
int chmod(const char *path, mode_t mode) { return turn_of("chmod", path, 0) == FAIL ? -1 : (int)syscall(SYS_fchmodat, AT_FDCWD, path, mode); }
