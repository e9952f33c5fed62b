package dev.tandem.bench;

import dev.tandem.database.Durability;
import dev.tandem.database.LedgerFiles;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;
import org.h2.store.fs.FilePath;

/** Both databases as they are in production: each commit is on the disk before it returns. */
enum Databases {
    H2("H2", "sa") {
        @Override
        String freshUrl() throws Exception {
            FilePath.register(new LedgerFiles());
            return "jdbc:h2:ledger:"
                    + Files.createTempDirectory("bench-ledger").resolve("ledger")
                    + ";RETENTION_TIME=5000;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;QUERY_CACHE_SIZE=200;TRACE_LEVEL_FILE=0";
        }

        @Override
        String aUuid() {
            return "random_uuid()";
        }

        @Override
        String numbersTo(int most) {
            return "system_range(1, " + most + ")";
        }
    },
    POSTGRESQL("PostgreSQL", "postgres") {
        @Override
        String freshUrl() throws Exception {
            EmbeddedPostgres server = server();
            String name = "b" + UUID.randomUUID().toString().replace("-", "");
            try (var connection = server.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name);
            }
            return server.getJdbcUrl("postgres", name);
        }

        @Override
        String aUuid() {
            return "gen_random_uuid()";
        }

        @Override
        String numbersTo(int most) {
            return "generate_series(1, " + most + ")";
        }
    };

    private static EmbeddedPostgres started;

    private final String label;
    private final String user;

    Databases(String label, String user) {
        this.label = label;
        this.user = user;
    }

    Durability durability() {
        return this == H2 ? LedgerFiles::force : Durability.ITS_OWN;
    }

    /** The JDBC address of an empty database. */
    abstract String freshUrl() throws Exception;

    abstract String aUuid();

    abstract String numbersTo(int most);

    String label() {
        return label;
    }

    String user() {
        return user;
    }

    private static synchronized EmbeddedPostgres server() throws IOException {
        if (started == null) {
            // The embedding library's own defaults are for tests: none of them stays that a crash would tell.
            started = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("shared_buffers", "256MB")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(Databases::stop));
        }
        return started;
    }

    private static void stop() {
        try {
            started.close();
        } catch (IOException e) {
            System.err.println("PostgreSQL did not stop");
        }
    }
}
