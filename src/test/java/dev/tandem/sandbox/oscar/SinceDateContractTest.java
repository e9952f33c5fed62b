package dev.tandem.sandbox.oscar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contract oscar-interop §2.1, §2.3 and §2.4: what {@code since_date} and {@code end_date} mean. */
class SinceDateContractTest extends OscarTest {
    private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");

    private String at(String updated) {
        String slug = newChild();
        cif.backdate(slug, OLD, Instant.parse(updated));
        return slug;
    }

    private String referredAt(String updated) {
        String slug = newChild();
        cif.referToMinistry(slug, Outward.of("low", "Kinship care"));
        cif.backdate(slug, OLD, Instant.parse(updated));
        return slug;
    }

    private List<String> since(String since) {
        return texts(api.feed(since).data(), "slug");
    }

    @Test
    void block_b_goes_by_the_day() {
        String slug = at("2026-03-01T05:00:00Z");

        assertThat(since("2026-03-01T23:59:59Z")).containsExactly(slug);
        assertThat(since("2026-03-02T00:00:00Z")).isEmpty();
    }

    @Test
    void a_time_later_the_same_day_flips_a_referred_client_into_shape_b() {
        String slug = referredAt("2026-03-01T05:00:00Z");

        assertThat(row(api.feed("2026-03-01T00:00:00Z"), slug).has("level_of_risk"))
                .isTrue();
        var flipped = row(api.feed("2026-03-01T06:00:00Z"), slug);
        assertThat(flipped.has("level_of_risk")).isFalse();
        assertThat(flipped.get("is_referred").asBoolean()).isTrue();
    }

    @Test
    void the_day_of_block_b_is_the_one_written_in_its_own_zone() {
        String slug = at("2026-03-01T20:00:00Z");

        assertThat(since("2026-03-02T00:00:00+07:00")).isEmpty();
        assertThat(since("2026-03-01T23:00:00-07:00")).containsExactly(slug);
    }

    @Test
    void the_instant_of_block_a_is_converted() {
        String slug = referredAt("2026-03-01T20:00:00Z");

        assertThat(row(api.feed("2026-03-02T00:00:00+07:00"), slug).has("level_of_risk"))
                .isTrue();
        assertThat(since("2026-03-02T04:00:00+07:00")).isEmpty();
    }

    @Test
    void without_a_zone_the_servers_own_applies() {
        String slug = referredAt("2026-03-01T20:00:00Z");
        assertThat(since("2026-03-02 00:00:00")).isEmpty();

        oscar.switches().zone(ZoneId.of("Asia/Phnom_Penh"));
        assertThat(since("2026-03-02 00:00:00")).containsExactly(slug);
        assertThat(since("2026-03-02 00:00:00Z")).isEmpty();
    }

    @Test
    void created_or_updated_is_enough() {
        String slug = newChild();
        cif.backdate(slug, Instant.parse("2026-03-05T00:00:00Z"), OLD);

        assertThat(since("2026-03-05")).containsExactly(slug);
    }

    @Test
    void parsing_is_lenient_and_the_unreadable_is_500() {
        String slug = at("2026-03-01T05:00:00Z");
        for (String text : List.of(
                "2026-03-01",
                "\"2026-03-01 00:00:00\"",
                "2026/3/1",
                "20260301",
                "1 March 2026",
                "Mar 1, 2026",
                "2026-03-01T00:00:00.000Z")) {
            assertThat(since(text)).as(text).containsExactly(slug);
        }
        assertThat(since("13:00")).as("time only: today").isEmpty();
        assertThat(api.feed("yesterday").status()).isEqualTo(500);
        assertThat(api.feed("2026-13-01").status()).isEqualTo(500);
    }

    @Test
    void no_since_date_is_everything_of_all_time() {
        String slug = at("2001-01-01T00:00:00Z");

        assertThat(texts(api.feed().data(), "slug")).containsExactly(slug);
        assertThat(since(" ")).containsExactly(slug);
    }

    @Test
    void historical_mode_goes_by_created_at_as_written_in_shape_b_oldest_first() {
        String deleted = newChild();
        cif.backdate(deleted, Instant.parse("2026-02-03T00:00:00Z"), NOON);
        cif.softDelete(deleted);
        String referred = referredAt("2026-03-01T00:00:00Z");
        cif.backdate(referred, Instant.parse("2026-02-02T10:00:00Z"), NOON);
        at("2026-02-02T11:00:00Z");

        Api.Got got = api.feed("2026-02-02T10:00:00+07:00", "2026-02-03");
        assertThat(texts(got.data(), "slug")).containsExactly(referred, deleted);
        assertThat(got.data().get(0).has("level_of_risk")).isFalse();
        assertThat(texts(api.feed("2026-02-02T10:00:01", "2026-02-02").data(), "slug"))
                .isEmpty();
        assertThat(api.send("GET", "/organizations/clients?end_date=2026-02-03", null)
                        .status())
                .isEqualTo(500);
    }
}
