package dev.tandem.ledger;

import static dev.tandem.ledger.LedgerFixture.TO_OSCAR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.ledger.storage.Seal;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who can write to the database can still not give one record's payload to another. */
class SealedPayloadsTest {
    @ParameterizedTest
    @EnumSource
    void a_payload_is_readable_in_its_own_row_only(TestDatabase kind) throws Exception {
        try (LedgerFixture fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "one");
            assertThat(read(fixture, "case-1")).isEqualTo("one");

            execute(fixture, "update snapshot set record = 'case-3' where record = 'case-1'");
            assertThatThrownBy(() -> read(fixture, "case-3")).hasMessageContaining("belongs to another record");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_an_earlier_release_sealed_is_readable(TestDatabase kind) throws Exception {
        try (LedgerFixture fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "new");
            byte[] earlier = new Seal(new byte[32], Optional.empty())
                    .seal("earlier".getBytes(UTF_8), "")
                    .bytes();
            try (var connection = fixture.database.getConnection();
                    var update = connection.prepareStatement("update snapshot set payload = ?")) {
                update.setBytes(1, earlier);
                update.execute();
            }
            assertThat(read(fixture, "case-1")).isEqualTo("earlier");
        }
    }

    private static String read(LedgerFixture fixture, String record) {
        return new String(
                fixture.ledger
                        .snapshots()
                        .latest(TO_OSCAR, record)
                        .orElseThrow()
                        .payload(),
                UTF_8);
    }

    private static void execute(LedgerFixture fixture, String sql) throws SQLException {
        try (var connection = fixture.database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
