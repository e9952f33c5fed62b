package dev.tandem.ledger;

import static dev.tandem.ledger.LedgerFixture.TO_OSCAR;
import static dev.tandem.ledger.LedgerFixture.TO_PRIMERO;
import static dev.tandem.ledger.LedgerFixture.candidates;
import static dev.tandem.ledger.LedgerFixture.once;
import static dev.tandem.ledger.LedgerFixture.proposal;
import static dev.tandem.ledger.LedgerFixture.repeatable;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.ledger.deadletters.DeadLetters;
import dev.tandem.ledger.deadletters.DeadLetters.Asked;
import dev.tandem.ledger.deadletters.DeadLetters.Outcome;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.effects.Journal;
import dev.tandem.ledger.effects.ParkedFor;
import dev.tandem.ledger.effects.Proposal;
import dev.tandem.ledger.effects.Terms;
import dev.tandem.ledger.items.Order;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.links.EntryMatch;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Refused;
import dev.tandem.outcome.Unmappable;
import dev.tandem.outcome.Waits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person may do about an effect, and what follows (protocol 4), on both databases. */
class DeadLettersTest {
    private static final String KEY = "referral:row1:ref1";
    private static final String REFERRAL = "{'kind':'referral','key':'" + KEY + "'}";
    private static final String WITHOUT_CONSENT =
            "{'kind':'referral','key':'" + KEY + "','waits':{'for':'consent','words':'waits for consent'}}";
    private static final String UNMAPPED = "{'kind':'referral','key':'" + KEY
            + "','parks':{'code':'unmapped-code','words':'no row','offendingValue':'agency'}}";
    private static final String SERVICE = "{'kind':'service','key':'service:cif:1:u'}";
    private static final Set<String> ONCE = Set.of("referral");
    private static final Asked ASKED = new Asked("a test", Optional.of("asked by the NGO"));

    @ParameterizedTest
    @EnumSource
    void a_retry_sends_what_was_refused_with_the_same_input(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            refused(fixture);

            assertThat(fixture.ledger
                            .deadLetters()
                            .retry(only(fixture).id(), ASKED)
                            .outcome())
                    .isEqualTo(Outcome.DONE);

            Work work = fixture.claimOne(TO_OSCAR);
            assertThat(work.decide(candidates(REFERRAL), ONCE)).hasSize(1);
            assertThat(work.intend(List.of(proposal(KEY, "body")), once())).hasSize(1);
            work.confirm();
            fixture.settle(work, "a");
            assertThat(only(fixture).state()).isEqualTo(EffectState.CONFIRMED);
            assertThat(only(fixture).possibleRepeat())
                    .as("a refused one never arrived")
                    .isFalse();
            assertThat(fixture.ledger.deadLetters().journal(TO_OSCAR, "case-1", 100))
                    .extracting(Journal.Entry::event)
                    .containsExactly("intended", "parked", "retried", "intended", "confirmed");
            assertThat(fixture.ledger
                            .deadLetters()
                            .journal(TO_OSCAR, "case-1", 100)
                            .get(2))
                    .satisfies(line -> {
                        assertThat(line.words()).contains("a test: asked by the NGO");
                        assertThat(line.code()).contains("http-422");
                    });
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_retry_of_a_lost_answer_is_named_as_a_possible_repeat_also_if_it_has_to_wait_first(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind, parkingLostAnswers())) {
            lost(fixture);
            assertThat(only(fixture).parkedFor()).isEqualTo(ParkedFor.PERSON);

            fixture.ledger.deadLetters().retry(only(fixture).id(), ASKED);
            Work waiting = fixture.claimOne(TO_OSCAR);
            assertThat(waiting.decide(candidates(WITHOUT_CONSENT), ONCE)).isEmpty();
            fixture.settle(waiting, "a");
            assertThat(only(fixture).state()).isEqualTo(EffectState.WAITING);

            fixture.mark(TO_OSCAR, "case-1", "b");
            Work work = fixture.claimOne(TO_OSCAR);
            assertThat(work.decide(candidates(REFERRAL), ONCE)).hasSize(1);
            work.intend(List.of(proposal(KEY, "body")), once());
            work.confirm();
            fixture.settle(work, "b");
            assertThat(only(fixture).possibleRepeat()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_may_have_arrived_goes_with_all_only_where_its_reason_is_named(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind, parkingLostAnswers())) {
            lost(fixture);

            assertThat(fixture.ledger.deadLetters().retryAll(Optional.empty(), ASKED))
                    .isEmpty();
            assertThat(only(fixture).state()).isEqualTo(EffectState.PARKED);
            assertThat(fixture.ledger.deadLetters().retryAll(Optional.of("http-422"), ASKED))
                    .isEmpty();

            assertThat(fixture.ledger.deadLetters().retryAll(Optional.of("lost-answer"), ASKED))
                    .hasSize(1);
            assertThat(only(fixture).state()).isEqualTo(EffectState.UNKNOWN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_may_have_arrived_and_is_refused_when_sent_again_still_waits_for_a_person(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind, parkingLostAnswers())) {
            lost(fixture);
            fixture.ledger.deadLetters().retry(only(fixture).id(), ASKED);
            Work work = fixture.claimOne(TO_OSCAR);
            work.decide(candidates(REFERRAL), ONCE);
            work.intend(List.of(proposal(KEY, "body")), once());
            work.failed(
                    new Refused("http-422", "refused", 422, List.of("services")), Optional.empty(), Optional.empty());
            fixture.settle(work, "a");

            fixture.mark(TO_OSCAR, "case-1", "b");
            assertThat(fixture.claimOne(TO_OSCAR).decide(candidates(REFERRAL), ONCE))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_may_have_arrived_and_can_no_longer_be_mapped_is_not_sent_once_it_can(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            lost(fixture);
            assertThat(only(fixture).state()).isEqualTo(EffectState.UNKNOWN);
            fixture.mark(TO_OSCAR, "case-1", "b");
            Work unmapped = fixture.claimOne(TO_OSCAR);
            assertThat(unmapped.decide(candidates(UNMAPPED), ONCE)).isEmpty();
            fixture.settle(unmapped, "b");
            assertThat(only(fixture).mayHaveArrived()).isTrue();

            fixture.mark(TO_OSCAR, "case-1", "c");
            assertThat(fixture.claimOne(TO_OSCAR).decide(candidates(REFERRAL), ONCE))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_retry_goes_without_its_condition(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Terms after = new Terms(Duration.ofMinutes(2), false, Optional.of(TO_PRIMERO));
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.claimOne(TO_OSCAR);
            work.decide(candidates(REFERRAL), ONCE);
            assertThat(work.intend(List.of(proposal(KEY, "body")), after)).isEmpty();
            fixture.settle(work, "a");
            assertThat(only(fixture).waitingFor()).isEqualTo(Order.FIRST_READ);

            fixture.ledger.deadLetters().retry(only(fixture).id(), ASKED);

            Work forced = fixture.claimOne(TO_OSCAR);
            List<JsonNode> owed = forced.decide(
                    candidates("{'kind':'referral','key':'" + KEY + "','waits':{'for':'feed:cif:1','words':'w'}}"),
                    ONCE);
            assertThat(owed).hasSize(1);
            assertThat(forced.intend(List.of(proposal(KEY, "body")), after)).hasSize(1);
            forced.failed(NotSent.unreachable("refused", "refused"), Optional.empty(), Optional.empty());
            fixture.settle(forced, "a");

            fixture.clock.advance(Duration.ofHours(1));
            Work again = fixture.claimOne(TO_OSCAR);
            again.decide(candidates(REFERRAL), ONCE);
            assertThat(again.intend(List.of(proposal(KEY, "body")), after))
                    .as("the request outlives a call that was not made")
                    .hasSize(1);
            again.failed(new Waits("feed:cif:ext", "taken up"), Optional.empty(), Optional.empty());
            assertThat(only(fixture).forcedByOperator())
                    .as("the target refused: it waits again")
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void consent_is_never_skipped(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.claimOne(TO_OSCAR);
            work.decide(candidates(WITHOUT_CONSENT), ONCE);
            fixture.settle(work, "a");

            assertThat(fixture.ledger
                            .deadLetters()
                            .retry(only(fixture).id(), ASKED)
                            .outcome())
                    .isEqualTo(Outcome.NEEDS_CONSENT);
            assertThat(fixture.claimMaybe(TO_OSCAR)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_retry_of_what_was_parked_waits_for_consent_if_that_is_missing_now(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            refused(fixture);
            fixture.ledger.deadLetters().retry(only(fixture).id(), ASKED);
            Work work = fixture.claimOne(TO_OSCAR);
            assertThat(work.decide(candidates(WITHOUT_CONSENT), ONCE)).isEmpty();
            assertThat(only(fixture).state()).isEqualTo(EffectState.WAITING);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_baseline_referral_goes_once_a_person_wants_it(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            String older = "{'kind':'referral','key':'" + KEY + "','baseline':true}";
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.claimOne(TO_OSCAR);
            assertThat(work.decide(candidates(older), ONCE)).isEmpty();
            fixture.settle(work, "a");
            assertThat(only(fixture).state()).isEqualTo(EffectState.BASELINE);

            fixture.ledger.deadLetters().retry(only(fixture).id(), ASKED);
            assertThat(fixture.claimOne(TO_OSCAR).decide(candidates(older), ONCE))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_retry_that_meets_the_same_fault_is_parked_anew_and_the_journal_says_so(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.claimOne(TO_OSCAR);
            work.decide(candidates(UNMAPPED), ONCE);
            fixture.settle(work, "a");
            fixture.ledger.deadLetters().retry(only(fixture).id(), ASKED);

            Work again = fixture.claimOne(TO_OSCAR);
            assertThat(again.decide(candidates(UNMAPPED), ONCE)).isEmpty();
            fixture.settle(again, "a");
            assertThat(fixture.claimMaybe(TO_OSCAR)).isEmpty();
            assertThat(fixture.ledger.deadLetters().journal(TO_OSCAR, "case-1", 100))
                    .extracting(Journal.Entry::event)
                    .containsExactly("parked", "retried", "parked");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_record_whose_row_is_not_kept_waits_for_it_and_then_goes_as_asked(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_PRIMERO, "cif/s-1", "row");
            Work work = fixture.claimOne(TO_PRIMERO);
            work.decide(candidates("{'kind':'service','key':'service:cif:1:u','baseline':true}"), Set.of());
            fixture.settle(work, "row");
            assertThat(fixture.ledger.snapshots().latest(TO_PRIMERO, "cif/s-1")).isEmpty();
            fixture.ledger.deadLetters().retry(effect(fixture, TO_PRIMERO).id(), ASKED);

            Work blind = fixture.claimOne(TO_PRIMERO);
            blind.withoutSource();
            blind.settle();
            assertThat(fixture.claimMaybe(TO_PRIMERO)).as("it does not spin").isEmpty();
            assertThat(effect(fixture, TO_PRIMERO).state()).isEqualTo(EffectState.WAITING);

            fixture.clock.advance(Duration.ofMinutes(1));
            fixture.mark(TO_PRIMERO, "cif/s-1", "row");
            Work seeing = fixture.claimOne(TO_PRIMERO);
            assertThat(seeing.decide(
                            candidates("{'kind':'service','key':'service:cif:1:u','baseline':true}"), Set.of()))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_row_that_two_full_reads_do_not_show_is_parked(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_PRIMERO, "cif/s-1", "row");
            Work work = fixture.claimOne(TO_PRIMERO);
            work.decide(candidates("{'kind':'service','key':'service:cif:1:u','baseline':true}"), Set.of());
            fixture.settle(work, "row");
            fixture.ledger.deadLetters().retry(effect(fixture, TO_PRIMERO).id(), ASKED);
            Work blind = fixture.claimOne(TO_PRIMERO);
            blind.withoutSource();
            blind.settle();

            for (int sweep = 1; sweep <= 2; sweep++) {
                fixture.clock.advance(Duration.ofDays(1));
                fixture.sweepInFull("primero");
                assertThat(effect(fixture, TO_PRIMERO).state()).isEqualTo(EffectState.WAITING);
                fixture.sweepInFull("oscar");
            }
            assertThat(effect(fixture, TO_PRIMERO).reasonCode()).isEqualTo("not-in-feed");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_discarded_referral_stays_so_whatever_becomes_of_it(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            refused(fixture);
            fixture.ledger.deadLetters().discard(only(fixture).id(), ASKED);
            Work work = fixture.claimOne(TO_OSCAR);
            assertThat(work.decide(candidates(REFERRAL), ONCE)).isEmpty();
            fixture.settle(work, "a");

            fixture.mark(TO_OSCAR, "case-1", "b");
            Work unmapped = fixture.claimOne(TO_OSCAR);
            assertThat(unmapped.decide(candidates(UNMAPPED), ONCE)).isEmpty();
            fixture.settle(unmapped, "b");
            assertThat(only(fixture).state()).isEqualTo(EffectState.DISCARDED);
            assertThat(fixture.ledger
                            .deadLetters()
                            .retry(only(fixture).id(), ASKED)
                            .outcome())
                    .isEqualTo(Outcome.NOT_LISTED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_discarded_service_stays_so_until_its_input_is_another_one(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_PRIMERO, "cif/s-1", "a");
            Work work = fixture.claimOne(TO_PRIMERO);
            work.decide(candidates(SERVICE), Set.of());
            work.failed(new Waits("feed:x", "waits"), Optional.of("service:cif:1:u"), Optional.of("service"));
            fixture.settle(work, "a");
            fixture.ledger.deadLetters().discard(effect(fixture, TO_PRIMERO).id(), ASKED);

            Work learns = fixture.claimOne(TO_PRIMERO);
            learns.decide(candidates(SERVICE), Set.of());
            assertThat(learns.intend(List.of(proposal("service:cif:1:u", "one")), repeatable()))
                    .as("with what it was discarded")
                    .isEmpty();
            fixture.settle(learns, "a");
            assertThat(fixture.ledger.snapshots().latest(TO_PRIMERO, "cif/s-1"))
                    .as("nothing needs it any more")
                    .isEmpty();

            fixture.mark(TO_PRIMERO, "cif/s-1", "b");
            Work same = fixture.claimOne(TO_PRIMERO);
            same.decide(candidates(SERVICE), Set.of());
            same.failed(
                    NotSent.unreachable("refused", "refused"), Optional.of("service:cif:1:u"), Optional.of("service"));
            assertThat(same.intend(List.of(proposal("service:cif:1:u", "one")), repeatable()))
                    .isEmpty();
            assertThat(same.intend(List.of(proposal("service:cif:1:u", "two")), repeatable()))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_record_that_cannot_be_read_is_no_longer_listed_once_it_is_discarded(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Unmappable unreadable = new Unmappable("two-cases", "id", "two cases", "x");
            fixture.mark(TO_PRIMERO, "cif/s-1", "a");
            Work work = fixture.claimOne(TO_PRIMERO);
            work.failed(unreadable, Optional.empty(), Optional.empty());
            fixture.settle(work, "a");
            fixture.ledger.deadLetters().discard(effect(fixture, TO_PRIMERO).id(), ASKED);

            Work again = fixture.claimOne(TO_PRIMERO);
            again.failed(unreadable, Optional.empty(), Optional.empty());
            fixture.settle(again, "a");
            assertThat(effect(fixture, TO_PRIMERO).state()).isEqualTo(EffectState.DISCARDED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_under_way_or_was_never_there_is_left_alone(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.claimOne(TO_OSCAR);
            work.decide(candidates(REFERRAL), ONCE);
            work.intend(List.of(proposal(KEY, "body")), once());

            DeadLetters letters = fixture.ledger.deadLetters();
            assertThat(letters.retry(only(fixture).id(), ASKED).outcome()).isEqualTo(Outcome.NOT_LISTED);
            assertThat(letters.discard(only(fixture).id(), ASKED).outcome()).isEqualTo(Outcome.NOT_LISTED);
            assertThat(letters.retry(4711, ASKED).outcome()).isEqualTo(Outcome.NO_SUCH_ID);
            assertThat(only(fixture).state()).isEqualTo(EffectState.INTENDED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_list_is_of_one_state_and_reason_newest_first_and_says_how_many_there_are(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            for (int i = 1; i <= 3; i++) {
                fixture.clock.advance(Duration.ofMinutes(1));
                fixture.mark(TO_PRIMERO, "cif/s-" + i, "a");
                Work work = fixture.claimOne(TO_PRIMERO);
                work.failed(
                        new Unmappable(i == 2 ? "blank" : "unmapped-code", "f", "words", "x"),
                        Optional.empty(),
                        Optional.empty());
                fixture.settle(work, "a");
            }
            DeadLetters.Page page =
                    fixture.ledger.deadLetters().list(List.of(EffectState.PARKED), Optional.of("unmapped-code"), 1);
            assertThat(page.total()).isEqualTo(2);
            assertThat(page.letters())
                    .extracting(letter -> letter.effect().record())
                    .containsExactly("cif/s-3");
            assertThat(fixture.ledger
                            .deadLetters()
                            .list(List.of(EffectState.WAITING), Optional.empty(), 10)
                            .total())
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_sent_for_a_case_whose_own_effect_may_not_go(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_PRIMERO, "cif/s-1", "a");
            Work work = fixture.claimOne(TO_PRIMERO);
            work.intend(List.of(proposal("case", "c")), repeatable());
            work.failed(new Refused("http-422", "refused", 422, List.of()), Optional.empty(), Optional.empty());
            Proposal service = proposal("service:cif:1:u", "s");
            Proposal ofTheCase = new Proposal(
                    service.key(),
                    service.kind(),
                    service.input(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("case"));
            assertThat(work.intend(List.of(ofTheCase, proposal("case", "c")), repeatable()))
                    .isEmpty();
            assertThat(work.intend(List.of(service, proposal("case", "c")), repeatable()))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_referral_without_a_decision_is_unanswered_once_its_time_is_over(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.claimOne(TO_OSCAR);
            work.decide(candidates(REFERRAL), ONCE);
            work.intend(List.of(proposal(KEY, "body")), once());
            work.confirm();
            fixture.settle(work, "a");
            var now = fixture.clock.now();
            assertThat(fixture.ledger.status().unansweredReferrals(now)).isZero();
            assertThat(fixture.ledger.status().unansweredReferrals(now.plusSeconds(1)))
                    .isEqualTo(1);

            fixture.mark(TO_PRIMERO, "cif/s-1", "a");
            Work answer = fixture.claimOne(TO_PRIMERO);
            answer.result()
                    .matches(new EntryMatch(
                            "cif/s-1",
                            "cif:12:u",
                            Optional.of("case-1"),
                            Optional.of("ANSWER"),
                            Optional.of("row1"),
                            Optional.of("ref1"),
                            Optional.of("Referred"),
                            List.of(),
                            now));
            answer.decide(List.of(), Set.of());
            assertThat(fixture.ledger.status().unansweredReferrals(now.plusSeconds(1)))
                    .as("taken up, not decided")
                    .isEqualTo(1);
            answer.decide(candidates("{'kind':'decision','key':'decision:cif:12'}"), Set.of());
            answer.intend(List.of(proposal("decision:cif:12", "accepted")), repeatable());
            assertThat(fixture.ledger.status().unansweredReferrals(now.plusSeconds(1)))
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_referral_that_was_found_to_be_there_is_unanswered_as_well(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.claimOne(TO_OSCAR);
            work.decide(candidates("{'kind':'referral','key':'" + KEY + "','confirmed':true}"), ONCE);
            fixture.settle(work, "a");
            var now = fixture.clock.now();
            assertThat(fixture.ledger.status().unansweredReferrals(now)).isZero();
            assertThat(fixture.ledger.status().unansweredReferrals(now.plusSeconds(1), 3))
                    .containsExactly("case-1");
        }
    }

    private static LedgerSettings parkingLostAnswers() {
        LedgerSettings usual = LedgerSettings.defaults();
        return new LedgerSettings(
                usual.lease(),
                usual.attempts(),
                usual.retryMin(),
                usual.retryMax(),
                false,
                usual.lostAnswerWait(),
                Optional.empty());
    }

    private static void refused(LedgerFixture fixture) {
        Work work = sent(fixture);
        work.failed(
                new Refused("http-422", "refused", 422, List.of("level_of_risk")), Optional.empty(), Optional.empty());
        fixture.settle(work, "a");
    }

    private static void lost(LedgerFixture fixture) {
        Work work = sent(fixture);
        work.failed(new AnswerLost("timeout", "no answer in time"), Optional.empty(), Optional.empty());
        fixture.settle(work, "a");
    }

    private static Work sent(LedgerFixture fixture) {
        fixture.mark(TO_OSCAR, "case-1", "a");
        return fixture.sendReferral();
    }

    private static Effect only(LedgerFixture fixture) {
        return effect(fixture, TO_OSCAR);
    }

    private static Effect effect(LedgerFixture fixture, String flow) {
        String record = flow.equals(TO_OSCAR) ? "case-1" : "cif/s-1";
        List<Effect> effects = fixture.ledger.effects().of(flow, record);
        assertThat(effects).hasSize(1);
        return effects.get(0);
    }
}
