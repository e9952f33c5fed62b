package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import dev.tandem.sandbox.world.OscarWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty thousand clients behind a gateway that gives up long before one answer could hold them all; takes minutes. */
class BigFeedWindowsIT {
    @TempDir
    Path directory;

    @Test
    void behind_a_gateway_that_gives_up_after_a_minute_windows_bring_whom_one_piece_brings() throws Exception {
        try (PrimeroSimulator primero = PrimeroSimulator.start();
                OscarSimulator oscar = OscarSimulator.start()) {
            primero.worker().newCase(Children.of("Somebody", "Else"));
            PackagedJar inOnePiece = initialised("one-piece", primero, oscar);
            PackagedJar byWindows = initialised("windows", primero, oscar);
            OscarWorld.populate(oscar, BigFeedIT.CLIENTS, 7);
            BigFeedIT.settings(inOnePiece, primero, oscar, "another-password");
            BigFeedIT.settings(byWindows, primero, oscar, "another-password");
            BigFeedIT.sweep(inOnePiece);

            // 20 ms a row, in the simulator's time: 3,000 rows fit into one answer.
            oscar.switches().gateway(Duration.ofMillis(20), Duration.ofSeconds(60));
            // In one answer it fails.
            byWindows.run(Duration.ofMinutes(10), "sync", "--full", "--wait", "1s", "--json");
            BigFeedIT.sweep(byWindows);

            assertThat(known("windows")).isEqualTo(known("one-piece"));
        }
    }

    private PackagedJar initialised(String name, PrimeroSimulator primero, OscarSimulator oscar) throws Exception {
        PackagedJar tandem = new PackagedJar(
                Files.createDirectory(directory.resolve(name)),
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xlog:gc:file=gc.log");
        BigFeedIT.settings(tandem, primero, oscar, "synthetic-password");
        assertThat(tandem.run(Duration.ofMinutes(3), "init", "--adopt").code()).isZero();
        return tandem;
    }

    /** The clients that its ledger knows. */
    private Set<String> known(String name) throws SQLException {
        try (Connection ledger = DriverManager.getConnection(
                        "jdbc:h2:file:" + directory.resolve(name).resolve("data/tandem") + ";IFEXISTS=TRUE", "", "");
                ResultSet rows = ledger.createStatement()
                        .executeQuery("select record from work_item where flow = 'oscar-to-primero'")) {
            Set<String> records = new HashSet<>();
            while (rows.next()) {
                records.add(rows.getString(1));
            }
            return records;
        }
    }
}
