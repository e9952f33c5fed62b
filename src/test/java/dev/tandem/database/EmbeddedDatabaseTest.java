package dev.tandem.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.settings.Database;
import dev.tandem.settings.Settings;
import dev.tandem.settings.UnreachableSystems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the embedded database has committed is there afterwards, whatever the disk was like. */
class EmbeddedDatabaseTest {
    private static volatile boolean full;
    private static volatile boolean unforced;
    private static volatile boolean unforceable;

    @TempDir
    Path directory;

    @BeforeEach
    void onDiskThatCanBeFull() {
        FilePath.register(new SmallDisk());
    }

    @AfterEach
    void thereIsRoom() {
        full = false;
        unforceable = false;
    }

    @Test
    void what_a_disk_once_failed_to_take_is_never_said_to_be_on_it() {
        Database settings = settings(true);
        try (HikariDataSource database = LedgerDatabase.open(settings, 8).pool()) {
            Ledger ledger = Ledger.open(
                    database,
                    LedgerSettings.defaults(),
                    new Seal(new byte[32], Optional.empty()),
                    EmbeddedDatabase.durability(settings));
            unforceable = true;
            assertThatThrownBy(() -> ledger.initialise("adopt", Optional.empty()))
                    .isInstanceOf(RuntimeException.class);
            // The system answers the next one with success, and has dropped the data.
            unforceable = false;
            assertThatThrownBy(LedgerFiles::force).isInstanceOf(UncheckedIOException.class);
            assertThat(LedgerFiles.failed()).as("and the service ends by it").isTrue();
        }
        assertThat(LedgerFiles.failed()).as("of no file that is open").isFalse();
    }

    @Test
    void a_commit_waits_for_room_and_nothing_is_lost() throws Exception {
        String url = EmbeddedDatabase.url(settings(true));
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.createStatement().execute("create table word (text varchar(2000))");
            full = true;

            CompletableFuture<Void> commit = CompletableFuture.runAsync(() -> insert(connection));
            await().until(() -> LedgerFiles.fullSince().isPresent());
            assertThat(commit).isNotDone();
            full = false;

            commit.get(60, TimeUnit.SECONDS);
            assertThat(LedgerFiles.fullSince()).isEmpty();
        }
        try (Connection connection = DriverManager.getConnection(url);
                ResultSet words = connection.createStatement().executeQuery("select count(*) from word")) {
            assertThat(words.next()).isTrue();
            assertThat(words.getInt(1)).isEqualTo(1);
        }
    }

    @Test
    void nobody_else_can_open_its_files_whatever_the_umask() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process open = new ProcessBuilder(
                        "sh",
                        "-c",
                        "umask 000; exec \"$0\" \"$@\"",
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Opens.class.getName(),
                        directory.resolve("made").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(open.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(open.waitFor()).as(said).isZero();
        Path made = directory.resolve("made");
        Map<String, String> rights = new TreeMap<>();
        try (Stream<Path> all = Files.walk(made)) {
            for (Path one : all.toList()) {
                rights.put(
                        made.relativize(one).toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(one)));
            }
        }
        assertThat(rights)
                .isEqualTo(Map.of(
                        "", "rwx------",
                        "here", "rwx------",
                        "here/ledger.mv.db", "rw-------",
                        "here/ledger.payload-key", "rw-------",
                        "there", "rwx------",
                        "there/ledger.mv.db", "rw-------"));
    }

    /** Another process, since the umask belongs to one. */
    static final class Opens {
        private Opens() {}

        public static void main(String[] directory) {
            open(Map.of("TANDEM_DB_URL", "jdbc:h2:file:" + directory[0] + "/here/ledger"));
            open(Map.of(
                    "TANDEM_DB_URL",
                    "jdbc:h2:file:" + directory[0] + "/there/ledger",
                    "TANDEM_PAYLOAD_KEY",
                    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));
        }

        private static void open(Map<String, String> database) {
            Settings settings = UnreachableSystems.settings(database, Path.of(""));
            settings.payload().obtain(warning -> {});
            LedgerDatabase.open(settings.db(), 8).pool().close();
        }
    }

    @Test
    void an_orderly_end_gives_back_the_room_that_commits_have_taken() throws Exception {
        Path file = directory.resolve("ledger.mv.db");
        long open;
        try (Connection connection = DriverManager.getConnection(EmbeddedDatabase.url(settings(true)));
                Statement statement = connection.createStatement()) {
            statement.execute("create table word (id int primary key, text varchar(500))");
            statement.execute("insert into word select x, repeat('x', 500) from system_range(1, 10000)");
            for (int i = 0; i < 4_000; i++) {
                statement.execute(
                        "update word set text = repeat('" + i % 10 + "', 500) where id = " + i * 7919 % 10_000);
            }
            open = Files.size(file);
        }
        assertThat(Files.size(file)).isLessThan(open / 3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_the_ledger_commits_is_on_the_disk_unless_that_is_not_wanted(boolean wanted) {
        Database settings = settings(wanted);
        try (HikariDataSource database = LedgerDatabase.open(settings, 8).pool()) {
            Ledger ledger = Ledger.open(
                    database,
                    LedgerSettings.defaults(),
                    new Seal(new byte[32], Optional.empty()),
                    EmbeddedDatabase.durability(settings));
            ledger.initialise("adopt", Optional.empty());
            assertThat(unforced).isEqualTo(!wanted);
        }
    }

    private Database settings(boolean forced) {
        return new Database(
                "jdbc:h2:small:" + directory.resolve("ledger").toAbsolutePath(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                forced);
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
            return new ForwardedFile(getBase().open(mode)) {
                @Override
                @SuppressWarnings("UnsynchronizedOverridesSynchronized")
                public int write(ByteBuffer from, long position) throws IOException {
                    unforced = true;
                    if (!full) {
                        return super.write(from, position);
                    }
                    if (from.remaining() == 1) {
                        throw new IOException("No space left on device");
                    }
                    ByteBuffer half = from.slice().limit(from.remaining() / 2);
                    int written = super.write(half, position);
                    from.position(from.position() + written);
                    return written;
                }

                @Override
                public void force(boolean metaData) throws IOException {
                    if (unforceable) {
                        throw new IOException("Input/output error");
                    }
                    super.force(metaData);
                    unforced = false;
                }
            };
        }
    }
}
