package dev.tandem.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

/** A fresh database for one test: H2 in memory, or a database of its own on one real PostgreSQL. */
public enum TestDatabase {
    H2 {
        @Override
        public HikariDataSource fresh() {
            return pool("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa");
        }
    },
    POSTGRESQL {
        @Override
        public HikariDataSource fresh() {
            return pool(newUrl(" template " + Postgres.MIGRATED), "postgres");
        }
    };

    /** A fresh pool on a database that may have the ledger's schema already; the caller closes it. */
    public abstract HikariDataSource fresh();

    /** The JDBC address of a fresh, empty database on the one PostgreSQL of this JVM. */
    public static String freshUrl() {
        return newUrl("");
    }

    private static String newUrl(String likeWhich) {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        try (var connection = Postgres.SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name + likeWhich);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        return Postgres.SERVER.getJdbcUrl("postgres", name);
    }

    static HikariDataSource pool(String url, String user) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setMaximumPoolSize(12);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return new HikariDataSource(config);
    }

    private static final class Postgres {
        static final EmbeddedPostgres SERVER = start();
        /** A database with the schema, to be copied: that is many times quicker than to migrate each. */
        static final String MIGRATED = migrated();

        private static String migrated() {
            String url = newUrl("");
            try (HikariDataSource pool = pool(url, "postgres")) {
                Ledger.migrate(pool);
            }
            return url.replaceFirst(".*/([^/?]+).*", "$1");
        }

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("fsync", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .setServerConfig("full_page_writes", "off")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    try {
                        server.close();
                    } catch (IOException e) {
                        System.err.println("PostgreSQL did not stop");
                    }
                }));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
