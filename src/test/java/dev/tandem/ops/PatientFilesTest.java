package dev.tandem.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database whose disk is full in the middle of a write: the commit waits, and is there when it comes back. */
class PatientFilesTest {
    private static volatile boolean full;

    @TempDir
    Path directory;

    @BeforeEach
    void onDiskThatCanBeFull() {
        FilePath.register(new SmallDisk());
    }

    @AfterEach
    void thereIsRoom() {
        full = false;
    }

    @Test
    void a_commit_waits_for_room_and_nothing_is_lost() throws Exception {
        String url =
                PatientFiles.url("jdbc:h2:small:" + directory.resolve("ledger").toAbsolutePath()) + ";WRITE_DELAY=0";
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.createStatement().execute("create table word (text varchar(2000))");
            full = true;

            CompletableFuture<Void> commit = CompletableFuture.runAsync(() -> insert(connection));
            await().until(() -> PatientFiles.fullSince().isPresent());
            assertThat(commit).isNotDone();
            full = false;

            commit.get(30, TimeUnit.SECONDS);
            assertThat(PatientFiles.fullSince()).isEmpty();
        }
        try (Connection connection = DriverManager.getConnection(url);
                ResultSet words = connection.createStatement().executeQuery("select count(*) from word")) {
            assertThat(words.next()).isTrue();
            assertThat(words.getInt(1)).isEqualTo(1);
        }
    }

    private static void insert(Connection connection) {
        try (var statement = connection.createStatement()) {
            statement.execute("insert into word values (repeat('x', 2000))");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes the first half of what it is given, and then has no room. */
    public static final class SmallDisk extends FilePathWrapper {
        @Override
        public String getScheme() {
            return "small";
        }

        @Override
        public FileChannel open(String mode) throws IOException {
            FileChannel file = getBase().open(mode);
            return new FileBase() {
                @Override
                public int write(ByteBuffer from, long position) throws IOException {
                    if (!full) {
                        return file.write(from, position);
                    }
                    if (from.remaining() == 1) {
                        throw new IOException("No space left on device");
                    }
                    ByteBuffer half = from.slice().limit(from.remaining() / 2);
                    int written = file.write(half, position);
                    from.position(from.position() + written);
                    return written;
                }

                @Override
                public int write(ByteBuffer from) throws IOException {
                    return file.write(from);
                }

                @Override
                public int read(ByteBuffer to) throws IOException {
                    return file.read(to);
                }

                @Override
                public int read(ByteBuffer to, long position) throws IOException {
                    return file.read(to, position);
                }

                @Override
                public long position() throws IOException {
                    return file.position();
                }

                @Override
                public FileChannel position(long position) throws IOException {
                    file.position(position);
                    return this;
                }

                @Override
                public long size() throws IOException {
                    return file.size();
                }

                @Override
                public FileChannel truncate(long size) throws IOException {
                    file.truncate(size);
                    return this;
                }

                @Override
                public FileLock tryLock(long position, long size, boolean shared) throws IOException {
                    return file.tryLock(position, size, shared);
                }

                @Override
                protected void implCloseChannel() throws IOException {
                    file.close();
                }
            };
        }
    }
}
