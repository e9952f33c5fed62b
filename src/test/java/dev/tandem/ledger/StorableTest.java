package dev.tandem.ledger;

import static dev.tandem.ledger.LedgerFixture.TO_OSCAR;
import static dev.tandem.ledger.LedgerFixture.TO_PRIMERO;
import static dev.tandem.ledger.LedgerFixture.repeatable;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.effects.Proposal;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.links.EntryMatch;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.sweeps.Sweep;
import dev.tandem.ledger.sweeps.Sweeps;
import dev.tandem.outcome.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No value can make the ledger fail, in whichever field it comes; what cannot be kept parks before anything is intended. */
class StorableTest {
    private static final List<String> ABSURD = List.of(
            "x".repeat(5_000),
            "\u1781".repeat(401),
            "\uD83D\uDE00".repeat(2_000),
            "a\u0000b",
            "a\uD83Db",
            "\uDE00",
            "'; drop table effect; --",
            "%_\\",
            "\uD83D".repeat(900));

    static Stream<Arguments> values() {
        return Stream.of(TestDatabase.values())
                .flatMap(kind -> ABSURD.stream().map(value -> Arguments.of(kind, value)));
    }

    private static JsonNode candidate(String key, String kind, String value) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        return node.put("key", key).put("kind", kind).put("confirmedValue", value);
    }

    @ParameterizedTest
    @MethodSource("values")
    void a_candidate_and_what_is_proposed_of_it(TestDatabase kind, String value) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.claimOne(TO_OSCAR);
            List<JsonNode> owed = work.decide(
                    List.of(
                            candidate("referral:" + value, "referral", "ok"),
                            candidate("decision:a:1", "decision", value),
                            candidate("link:a:1", value, "ok"),
                            candidate("referral:good", "referral", "ok")),
                    Set.of("referral"));
            assertThat(owed)
                    .as("the good one goes on")
                    .extracting(node -> node.path("key").asText())
                    .contains("referral:good");

            List<Proposal> proposals = new ArrayList<>();
            owed.forEach(node -> proposals.add(new Proposal(
                    node.path("key").asText(),
                    node.path("kind").asText(),
                    value.getBytes(UTF_8),
                    Optional.of(node.path("confirmedValue").asText()),
                    Optional.empty())));
            proposals.add(new Proposal(
                    "decision:a:2",
                    "decision",
                    new byte[0],
                    Optional.of(value),
                    Optional.of("{\"x\":\"" + value + "\"}")));
            List<Proposal> granted = work.intend(proposals, repeatable());
            work.confirm();
            fixture.settle(work, value);

            assertThat(granted).extracting(Proposal::key).contains("referral:good");
            assertThat(fixture.state("referral:good")).isEqualTo(EffectState.CONFIRMED);
            assertThat(fixture.ledger.effects().of(TO_OSCAR, "case-1")).allSatisfy(effect -> {
                assertThat(effect.state()).isIn(EffectState.CONFIRMED, EffectState.PARKED);
                if (effect.state() == EffectState.PARKED) {
                    assertThat(effect.reasonCode()).isEqualTo("cannot-be-kept");
                    assertThat(effect.reason()).doesNotContain(value);
                }
            });
            assertThat(fixture.claimMaybe(TO_OSCAR))
                    .as("none comes back again and again")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void what_is_found_out_about_a_record(TestDatabase kind, String value) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.ledger
                    .marks()
                    .mark(
                            TO_PRIMERO,
                            List.of(new Mark(
                                    "cif/" + value,
                                    Optional.of(value.getBytes(UTF_8)),
                                    Optional.of(value),
                                    Optional.of(value.getBytes(UTF_8)),
                                    fixture.clock.now(),
                                    Optional.of(value),
                                    Optional.of(value),
                                    Set.of(value),
                                    Map.of(value, "x"),
                                    Optional.empty())));
            Work work = fixture.claimOne(TO_PRIMERO);
            assertThat(work.lock(value)).isTrue();
            work.result().linked(Optional.of(value), Optional.of(value.getBytes(UTF_8)), value);
            work.result()
                    .matches(new EntryMatch(
                            work.record(),
                            "cif:" + value,
                            Optional.of(value),
                            Optional.of("row"),
                            Optional.of(value),
                            Optional.of(value),
                            Optional.of(value),
                            List.of(),
                            fixture.clock.now()));
            work.result().makesTrue("feed:" + value);
            work.decide(List.of(candidate("case", "case", "")), Set.of());
            work.failed(
                    new Refused(value, value, 422, List.of(value)),
                    Optional.of("case:" + value),
                    Optional.of("case" + value));
            fixture.settle(work, value);
            assertThat(fixture.claimMaybe(TO_PRIMERO)).isEmpty();
            assertThat(fixture.ledger.effects().of(TO_PRIMERO, work.record())).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void what_waits_what_events_name_and_what_sweeps_say(TestDatabase kind, String value) {
        try (var fixture = new LedgerFixture(kind)) {
            assertThat(fixture.ledger.sweepRequests().request("oscar", value, List.of(value, "well")))
                    .isTrue();
            assertThat(fixture.ledger.sweepRequests().request("oscar", value, List.of("other")))
                    .as("seen")
                    .isFalse();
            Sweeps sweeps = fixture.ledger.sweeps();
            Sweep sweep = sweeps.begin("oscar", Duration.ofMinutes(15), true, Optional.empty())
                    .orElseThrow();
            sweeps.abandon(sweep, value, value);
            sweep = sweeps.begin("oscar", Duration.ofMinutes(15), true, Optional.empty())
                    .orElseThrow();
            sweeps.complete(sweep, Optional.of(value), Set.of(value, "cif"), false);
            fixture.ledger.pauses().pause(TO_OSCAR, value);
            fixture.ledger.pauses().resume(TO_OSCAR);

            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.claimOne(TO_OSCAR);
            ObjectNode waits = (ObjectNode) candidate("referral:1", "referral", "");
            waits.putObject("waits").put("for", "feed:" + value).put("words", value);
            ObjectNode parks = (ObjectNode) candidate("referral:2", "referral", "");
            parks.putObject("parks").put("code", value).put("words", value);
            work.decide(List.of(waits, parks), Set.of("referral"));
            fixture.settle(work, "a");
            assertThat(fixture.state("referral:1")).isEqualTo(EffectState.WAITING);
            assertThat(fixture.state("referral:2")).isEqualTo(EffectState.PARKED);
        }
    }
}
