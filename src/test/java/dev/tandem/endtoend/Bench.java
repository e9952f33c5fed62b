package dev.tandem.endtoend;

import dev.tandem.console.Console;
import dev.tandem.ledger.TestDatabase;
import dev.tandem.operation.LocalOperations;
import dev.tandem.operation.Operations;
import dev.tandem.operation.report.InitReport;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.request.InitRequest;
import dev.tandem.operation.request.SyncRequest;
import dev.tandem.operation.run.Progress;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import dev.tandem.settings.Loaded;
import dev.tandem.settings.Settings;
import dev.tandem.settings.SettingsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Both simulators and a Tandem between them, in this JVM, with the routes and mappings that ship. */
public final class Bench implements AutoCloseable {
    public final PrimeroSimulator primero;
    public final OscarSimulator oscar;
    private final Path directory;
    private final Map<String, String> settings = new LinkedHashMap<>();

    public Bench(Path directory) {
        this(directory, PrimeroSimulator.start(), OscarSimulator.start());
    }

    public Bench(Path directory, PrimeroSimulator primero, OscarSimulator oscar) {
        this.directory = directory;
        this.primero = primero;
        this.oscar = oscar;
        settings.put("tandem.primero.url", primero.url().toString());
        settings.put("tandem.primero.user", "tandem");
        settings.put("tandem.primero.password", "synthetic-password");
        settings.put("tandem.oscar.url", oscar.url().toString());
        settings.put("tandem.oscar.user", "sync@example.org");
        settings.put("tandem.oscar.password", "secret");
        settings.put(
                "tandem.db.url", "jdbc:h2:file:" + directory.resolve("ledger").toAbsolutePath());
        // No test pulls the plug; thousands of commits would wait for the disk.
        settings.put("tandem.db.fsync", "false");
        // A test of thousands of records is no first sync that a person looks at.
        settings.put("tandem.brake", "off");
        settings.put("tandem.retry.min", "1s");
        settings.put("tandem.retry.max", "2s");
        settings.put("tandem.oscar.lost-answer-wait", "1s");
    }

    public Bench with(String name, String value) {
        settings.put(name, value);
        return this;
    }

    public String setting(String name) {
        return settings.get(name);
    }

    /** With the ledger in a fresh database of a real PostgreSQL. */
    public Bench onPostgresql() {
        return with("tandem.db.url", TestDatabase.freshUrl())
                .with("tandem.db.user", "postgres")
                .with("tandem.db.password", "postgres")
                .with("tandem.payload.key", Base64.getEncoder().encodeToString(new byte[32]));
    }

    /** The ledger's effects, read past Tandem; while none is open, since H2 lets one process in at a time. */
    public LedgerRows ledger() {
        return LedgerRows.read(
                settings.get("tandem.db.url"), settings.get("tandem.db.user"), settings.get("tandem.db.password"));
    }

    /** The ledger beside a Tandem that runs in this process: H2 knows a database by the name it was opened by. */
    public Connection beside() throws SQLException {
        String url = setting("tandem.db.url");
        return DriverManager.getConnection(
                // Of any other name it would make one, in the directory that the tests run in.
                url.startsWith("jdbc:h2:file:") ? url.replace(":file:", ":ledger:") + ";IFEXISTS=TRUE" : url,
                setting("tandem.db.user"),
                setting("tandem.db.password"));
    }

    /** The settings as a file, for a Tandem in a process of its own. */
    public Path settingsFile() {
        StringBuilder text = new StringBuilder();
        settings.forEach(
                (name, value) -> text.append(name).append(" = ").append(value).append('\n'));
        try {
            return Files.writeString(directory.resolve("tandem.properties"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Operations open() {
        return LocalOperations.open(read(), new Console());
    }

    public Settings settings() {
        return read().settings();
    }

    private Loaded read() {
        return SettingsReader.read(
                Optional.of(settingsFile()), Map.of(), Path.of("").toAbsolutePath());
    }

    public Bench adopt() {
        init(new InitRequest.Adopt());
        return this;
    }

    public InitReport init(InitRequest birth) {
        try (Operations operations = open()) {
            return operations.init(birth);
        }
    }

    public SyncReport sync() {
        return sync(false);
    }

    public SyncReport syncInFull() {
        return sync(true);
    }

    private SyncReport sync(boolean full) {
        try (Operations operations = open()) {
            return operations.sync(
                    new SyncRequest(Optional.empty(), full, Optional.empty(), Duration.ofSeconds(5)), Progress.NONE);
        }
    }

    public StatusReport status() {
        try (Operations operations = open()) {
            return operations.status();
        }
    }

    @Override
    public void close() {
        primero.close();
        oscar.close();
    }
}
