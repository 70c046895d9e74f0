import Glibc

/// What the file system says of a file, following no symbolic link; nil when there is none.
private func status(_ path: String) -> stat? {
    var status = stat()
    return lstat(path, &status) == 0 ? status : nil
}

/// The number by which its file system knows a file: hard links to one file share it.
func inode(_ path: String) -> UInt64? {
    status(path).map { UInt64($0.st_ino) }
}

/// The number of the file system that holds a file.
func device(_ path: String) -> UInt64? {
    status(path).map { UInt64($0.st_dev) }
}

func exists(_ path: String) -> Bool {
    status(path) != nil
}
