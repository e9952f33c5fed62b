package dev.tandem.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small disk of its own, in memory, that can be full. */
final class Disk implements AutoCloseable {
    private final Path directory;
    private final Thread atTheVeryEnd = new Thread(this::unmount);

    Disk(Path directory, int megabytes) {
        this.directory = directory.toAbsolutePath();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!Machine.mount(this.directory, megabytes + "m")) {
            throw new IllegalStateException("no disk could be mounted at " + this.directory);
        }
        Runtime.getRuntime().addShutdownHook(atTheVeryEnd);
    }

    Path directory() {
        return directory;
    }

    /** To the last byte. */
    void fill() {
        byte[] some = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(filling())) {
            while (true) {
                out.write(some);
            }
        } catch (IOException full) {
            // As it was to be.
        }
    }

    void clear() {
        try {
            Files.deleteIfExists(filling());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path filling() {
        return directory.resolve("filling");
    }

    private void unmount() {
        boolean unused = Machine.unmount(directory);
    }

    @Override
    public void close() {
        unmount();
        Runtime.getRuntime().removeShutdownHook(atTheVeryEnd);
    }
}
