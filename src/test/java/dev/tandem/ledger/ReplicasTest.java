package dev.tandem.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Replicas that work with different routes, mappings or keys are named, and only the newest version works. */
class ReplicasTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static Ledger another(LedgerFixture fixture, int key) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) key;
        return Ledger.open(
                fixture.database, LedgerSettings.defaults(), new Seal(bytes, Optional.empty()), fixture.clock);
    }

    private static void accepted(LedgerFixture fixture, String version) {
        fixture.ledger.editions().accepted(version, List.of(), new byte[] {1});
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_difference_that_lasts_is_named_and_the_older_version_claims_nothing(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Replicas older = fixture.ledger.replicas();
            Replicas newer = another(fixture, 0).replicas();
            accepted(fixture, "v1");
            accepted(fixture, "v2");
            older.alive("a", "v1", PATIENCE);
            newer.alive("b", "v2", PATIENCE);
            older.alive("a", "v1", PATIENCE);
            assertThat(older.difference()).as("an edit takes that long").isEmpty();
            assertThat(older.outdated()).isFalse();

            minutesPass(fixture, 3, older, newer, "v1");

            assertThat(older.outdated()).isTrue();
            assertThat(newer.outdated()).isFalse();
            assertThat(newer.difference().orElseThrow().words())
                    .contains("a: version v1", "b: version v2", "routes or mappings")
                    .doesNotContain("payload key");

            // A restart of the older one says its version again, and makes it no newer.
            accepted(fixture, "v1");
            minutesPass(fixture, 1, older, newer, "v1");
            assertThat(older.outdated()).isTrue();
            assertThat(newer.outdated()).isFalse();

            minutesPass(fixture, 1, older, newer, "v2");
            assertThat(older.outdated()).isFalse();
            assertThat(older.difference()).isEmpty();
        }
    }

    private static void minutesPass(LedgerFixture fixture, int minutes, Replicas a, Replicas b, String versionOfA) {
        for (int i = 0; i < minutes * 6; i++) {
            fixture.clock.advance(Duration.ofSeconds(10));
            a.alive("a", versionOfA, PATIENCE);
            b.alive("b", "v2", PATIENCE);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void once_the_newest_is_gone_or_stops_the_others_go_on(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Replicas older = fixture.ledger.replicas();
            Replicas newer = another(fixture, 0).replicas();
            accepted(fixture, "v1");
            accepted(fixture, "v2");
            minutesPass(fixture, 3, older, newer, "v1");
            assertThat(older.outdated()).isTrue();
            newer.leaves("b");
            older.alive("a", "v1", PATIENCE);
            assertThat(older.outdated()).isFalse();

            minutesPass(fixture, 3, older, newer, "v1");
            assertThat(older.outdated()).isTrue();
            fixture.clock.advance(Duration.ofSeconds(31));
            older.alive("a", "v1", PATIENCE);
            assertThat(older.outdated()).as("killed").isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void another_payload_key_is_named_and_stops_nobody(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Replicas one = fixture.ledger.replicas();
            Replicas other = another(fixture, 7).replicas();
            accepted(fixture, "v2");
            minutesPass(fixture, 3, one, other, "v2");
            assertThat(one.outdated() || other.outdated()).isFalse();
            assertThat(one.difference().orElseThrow().words()).contains("payload key");
            assertThat(fixture.ledger.replicas().difference(PATIENCE)).isPresent();
        }
    }
}
