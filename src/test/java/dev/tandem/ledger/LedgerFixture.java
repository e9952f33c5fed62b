package dev.tandem.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.effects.Proposal;
import dev.tandem.ledger.effects.Terms;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.ledger.sweeps.Sweep;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One ledger on one fresh database, with a clock that the test moves. */
final class LedgerFixture implements AutoCloseable {
    static final String TO_OSCAR = "primero-to-oscar";
    static final String TO_PRIMERO = "oscar-to-primero";
    private static final String REFERRAL = "referral:row1:ref1";
    private static final ObjectMapper JSON = new ObjectMapper();

    final SettableClock clock = new SettableClock();
    final HikariDataSource database;
    final Ledger ledger;

    LedgerFixture(TestDatabase kind) {
        this(kind, LedgerSettings.defaults());
    }

    LedgerFixture(TestDatabase kind, LedgerSettings settings) {
        database = kind.fresh();
        ledger = Ledger.open(database, settings, new Seal(new byte[32], Optional.empty()), clock);
        ledger.initialise("adopt", Optional.empty());
    }

    void mark(String flow, String record, String content) {
        ledger.marks().mark(flow, List.of(aMark(record, content)));
    }

    Mark aMark(String record, String content) {
        return new Mark(
                record,
                Optional.of(content.getBytes(UTF_8)),
                Optional.of(content),
                Optional.of(content.getBytes(UTF_8)),
                clock.now(),
                Optional.empty(),
                Optional.empty());
    }

    Work claimOne(String flow) {
        return claimMaybe(flow).orElseThrow(() -> new AssertionError("nothing is due in " + flow));
    }

    Optional<Work> claimMaybe(String flow) {
        return ledger.claim(flow, 1).stream().findFirst();
    }

    /** Claims the one item that is due and intends its referral: the call is under way. */
    Work sendReferral() {
        Work work = claimOne(TO_OSCAR);
        assertThat(work.decide(candidates("{'kind':'referral','key':'" + REFERRAL + "'}"), Set.of("referral")))
                .hasSize(1);
        assertThat(work.intend(List.of(proposal(REFERRAL, "body")), once())).hasSize(1);
        return work;
    }

    /** The referral of {@code case-1}. */
    Effect referral() {
        return effect(REFERRAL);
    }

    EffectState state(String key) {
        return effect(key).state();
    }

    private Effect effect(String key) {
        return ledger.effects().of(TO_OSCAR, "case-1").stream()
                .filter(effect -> effect.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    void settle(Work work, String content) {
        work.result().read(content.getBytes(UTF_8));
        work.wakes(work.flow().equals(TO_OSCAR) ? TO_PRIMERO : TO_OSCAR);
        work.settle();
    }

    static List<JsonNode> candidates(String... json) {
        return Arrays.stream(json).map(LedgerFixture::json).toList();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Proposal proposal(String key, String input) {
        return new Proposal(key, key.split(":", 2)[0], input.getBytes(UTF_8), Optional.empty(), Optional.empty());
    }

    static Terms once() {
        return new Terms(Duration.ofMinutes(2), false, Optional.empty());
    }

    static Terms repeatable() {
        return new Terms(Duration.ofMinutes(2), true, Optional.empty());
    }

    void sweepInFull(String source) {
        Sweep sweep = ledger.sweeps()
                .begin(source, Duration.ofMinutes(15), true, Optional.empty())
                .orElseThrow();
        ledger.sweeps().complete(sweep, Optional.empty(), Set.of(), false);
    }

    @Override
    public void close() {
        database.close();
    }
}
