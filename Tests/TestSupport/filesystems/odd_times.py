#!/usr/bin/python3
"""Shows a folder in another place, through FUSE, with change times that are not this machine's.

    odd_times.py FOLDER PLACE [--ahead SECONDS] [--step SECONDS] [--no-links]

Prints "ready" once it is mounted. Ends on SIGTERM, or when its standard input ends.
"""

import argparse
import errno
import os
import signal
import sys
import threading

try:
    from fuse import FUSE, FuseOSError, Operations
except ImportError:  # Debian's name for it.
    from fusepy import FUSE, FuseOSError, Operations

BILLION = 1_000_000_000
ATTRIBUTES = ("st_mode", "st_nlink", "st_uid", "st_gid", "st_size", "st_blocks", "st_ino", "st_dev")
FIGURES = ("f_bavail", "f_bfree", "f_blocks", "f_bsize", "f_favail", "f_ffree", "f_files", "f_flag", "f_frsize",
           "f_namemax")  # fmt: skip


class OddTimes(Operations):
    use_ns = True

    def __init__(self, options):
        self.folder = options.folder
        self.ahead = round(options.ahead * BILLION)
        self.step = max(1, round(options.step * BILLION))
        self.has_links = not options.no_links

    def __call__(self, operation, path, *arguments):
        try:
            return getattr(self, operation)(self.folder + path, *arguments)
        except OSError as error:
            raise FuseOSError(error.errno) from error

    def init(self, _path):
        print("ready", flush=True)

    def destroy(self, _path):
        pass

    def moment(self, nanoseconds):
        return (nanoseconds + self.ahead) // self.step * self.step

    def getattr(self, path, _handle=None):
        status = os.lstat(path)
        found = {name: getattr(status, name) for name in ATTRIBUTES}
        for name in ("st_atime", "st_mtime", "st_ctime"):
            found[name] = self.moment(getattr(status, name + "_ns"))
        return found

    def statfs(self, path):
        figures = os.statvfs(path)
        return {name: getattr(figures, name) for name in FIGURES}

    def access(self, path, mode):
        if not os.access(path, mode):
            raise OSError(errno.EACCES, path)

    def readdir(self, path, _handle):
        return [".", "..", *os.listdir(path)]

    def link(self, path, existing):
        if not self.has_links:
            raise OSError(errno.EPERM, path)
        os.link(self.folder + existing, path)

    def rename(self, old, new):
        os.rename(old, self.folder + new)

    def symlink(self, path, target):
        os.symlink(target, path)

    def readlink(self, path):
        return os.readlink(path)

    def mkdir(self, path, mode):
        os.mkdir(path, mode)

    def rmdir(self, path):
        os.rmdir(path)

    def unlink(self, path):
        os.unlink(path)

    def chmod(self, path, mode):
        os.chmod(path, mode)

    def chown(self, path, user, group):
        os.lchown(path, user, group)

    def utimens(self, path, times=None):
        os.utime(path, ns=times)

    def open(self, path, flags):
        return os.open(path, flags)

    def create(self, path, mode, _information=None):
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)

    def read(self, _path, size, offset, handle):
        return os.pread(handle, size, offset)

    def write(self, _path, data, offset, handle):
        return os.pwrite(handle, data, offset)

    def truncate(self, path, length, _handle=None):
        os.truncate(path, length)

    def flush(self, _path, _handle):
        pass

    def fsync(self, _path, only_data, handle):
        (os.fdatasync if only_data else os.fsync)(handle)

    def fsyncdir(self, _path, _only_data, _handle):
        pass

    def release(self, _path, handle):
        os.close(handle)


def quit_when_input_ends():
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("place")
    parser.add_argument("--ahead", type=float, default=0, help="seconds by which its clock is ahead")
    parser.add_argument("--step", type=float, default=0, help="seconds from one time to the next it knows")
    parser.add_argument("--no-links", action="store_true", help="knows no hard links")
    options = parser.parse_args()
    threading.Thread(target=quit_when_input_ends, daemon=True).start()
    FUSE(OddTimes(options), options.place, foreground=True, attr_timeout=0, use_ino=True)


if __name__ == "__main__":
    main()
