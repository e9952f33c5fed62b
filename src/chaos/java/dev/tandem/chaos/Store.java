package dev.tandem.chaos;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ledger's database: a file, or a PostgreSQL of its own that can be restarted. */
final class Store implements AutoCloseable {
    final StoreKind kind;
    final Path directory;
    private final int port;
    private final Disk disk;
    private EmbeddedPostgres server;

    /** Where the plan has full disks and this machine allows it, a file is on a small disk of its own. */
    Store(Plan plan, Path directory) {
        this.kind = plan.database();
        boolean small = kind == StoreKind.H2 && plan.kinds().contains(FaultKind.DISK_FULL) && Machine.canMount();
        this.disk = small ? new Disk(directory.resolve("disk"), plan.diskMegabytes()) : null;
        this.directory = disk == null ? directory.toAbsolutePath() : disk.directory();
        if (kind == StoreKind.POSTGRESQL) {
            try (ServerSocket socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            up();
        } else {
            port = 0;
        }
    }

    int port() {
        return port;
    }

    String url() {
        return url(port);
    }

    /** The same database by another way. */
    String url(int byPort) {
        return kind == StoreKind.H2
                ? "jdbc:h2:file:" + directory.resolve("ledger")
                : "jdbc:postgresql://localhost:" + byPort + "/postgres";
    }

    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("tandem.db.url", url());
        if (kind == StoreKind.POSTGRESQL) {
            settings.put("tandem.db.user", "postgres");
            settings.put("tandem.payload.key", Base64.getEncoder().encodeToString(new byte[32]));
        }
        return settings;
    }

    /** H2 lets one process in at a time: only while no Tandem runs. */
    Connection open() throws SQLException {
        return kind == StoreKind.H2
                ? DriverManager.getConnection(url() + ";IFEXISTS=TRUE")
                : DriverManager.getConnection(url(), "postgres", "");
    }

    private void up() {
        try {
            server = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(directory.resolve("postgresql"))
                    .setCleanDataDirectory(false)
                    .setServerConfig("max_connections", "200")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void restart() {
        down();
        up();
    }

    Disk disk() {
        return disk;
    }

    @Override
    public void close() {
        down();
        if (disk != null) {
            disk.close();
        }
    }

    private void down() {
        if (server != null) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
