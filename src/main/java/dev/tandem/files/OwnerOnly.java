package dev.tandem.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and directories that nobody but their owner may read, whatever the umask. */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private OwnerOnly() {}

    /** Leaves alone what is there. */
    public static void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory, rights(directory, "rwx------"));
    }

    /** @throws FileAlreadyExistsException if it is there */
    public static void createFile(Path file) throws IOException {
        Files.createFile(file, rights(file, "rw-------"));
    }

    /** Whether it is there and somebody else may read or write it. */
    public static boolean isOpenToOthers(Path file) throws IOException {
        return Files.exists(file)
                && knowsRights(file)
                && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    }

    private static FileAttribute<?>[] rights(Path of, String rights) {
        return knowsRights(of)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }

    private static boolean knowsRights(Path of) {
        return of.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
