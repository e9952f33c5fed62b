package dev.tandem.chaos;

import java.nio.file.Path;
import java.util.List;

/**
 * A rule of the product that is broken on purpose, as a replacement in one of its sources: what the fault run must find.
 *
 * @param rule what is broken, by the protocol's words
 * @param source below src/main/java/dev/tandem, without .java
 */
record Mutation(String name, String rule, String source, String old, String by, Plan plan) {
    private static final long SEED = 11;

    Path file() {
        return Path.of("src/main/java/dev/tandem", source + ".java");
    }

    private static Plan calls(Plan.Protocol protocol, int faults, FaultKind... kinds) {
        return Plan.of(SEED, 40, faults, StoreKind.H2, 1, protocol).only(kinds);
    }

    static List<Mutation> all() {
        return List.of(
                new Mutation(
                        "settle-without-generation",
                        "settling needs the claimed generation to be current (2)",
                        "ledger/items/Settlement",
                        "and generation = :generation",
                        "and generation >= :generation",
                        new Plan(
                                SEED,
                                160,
                                200,
                                60,
                                StoreKind.H2,
                                1,
                                Plan.Protocol.EVENTS_ALONE,
                                List.of(FaultKind.OLD_NEWS))),
                new Mutation(
                        "cursor-before-marks",
                        "a cursor rises only after every record is marked (6)",
                        "primero/CaseSweep",
                        "        List<Mark> marks = new ArrayList<>();\n        Map<String, JsonNode> rows",
                        """
                                ledger.sweeps().complete(exchange.getProperty(Carried.SWEEP, Sweep.class),
                                        pages(exchange).highestUpdated().map(Object::toString));
                                List<Mark> marks = new ArrayList<>();
                                Map<String, JsonNode> rows""",
                        new Plan(
                                SEED,
                                240,
                                120,
                                72,
                                StoreKind.POSTGRESQL,
                                2,
                                Plan.Protocol.SCHEDULE,
                                List.of(FaultKind.KILL_UNMARKED))),
                new Mutation(
                        "send-before-intended",
                        "intended is committed before the call (2)",
                        "ledger/items/Intention",
                        """
                        return repeat
                                        ? effects.save(handle, intended.possibleRepeat(true), "intended as a repeat")
                                        : effects.save(handle, intended, "intended");""",
                        """
                        return intended.withId(effects.save(handle, effect.owed(effect.failures(), null, null, null), "owed")
                                .id());""",
                        calls(Plan.Protocol.SCHEDULE, 4, FaultKind.KILL_AFTER_EFFECT)),
                new Mutation(
                        "timeout-is-a-refusal",
                        "a timeout after sending means unknown (3)",
                        "call/Answers",
                        "call.unanswered(setback == null ? brokeOff(call) : setback);",
                        """
                        call.unanswered(setback instanceof AnswerLost
                                        ? new dev.tandem.outcome.Refused("timeout", "no answer", 408, java.util.List.of())
                                        : setback == null ? brokeOff(call) : setback);""",
                        calls(Plan.Protocol.SCHEDULE, 10, FaultKind.TIMEOUT_AFTER_EFFECT, FaultKind.ANSWER_LOST)),
                new Mutation(
                        "no-verification",
                        "200 with an empty body means unknown (3)",
                        "call/AnswerVerdict",
                        "if (answer.empty()) {",
                        "if (answer.empty() && answer.status() < 300) {\n            return Optional.of(com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode());\n        }\n        if (answer.empty()) {",
                        calls(Plan.Protocol.SCHEDULE, 10, FaultKind.SWALLOWED_200)),
                new Mutation(
                        "lease-not-renewed",
                        "workers renew their lease (2)",
                        "ledger/items/Claims",
                        "if (row.leasedUntil() == null || row.leasedUntil().isBefore(now.plus(leaseNeeded))) {",
                        "if (false) {",
                        new Plan(
                                SEED,
                                160,
                                60,
                                48,
                                StoreKind.H2,
                                1,
                                Plan.Protocol.SCHEDULE,
                                List.of(FaultKind.SLOW_SAVE))),
                new Mutation(
                        "no-overlap",
                        "a sweep begins ten minutes before the highest change seen (6)",
                        "primero/CasePages",
                        "OVERLAP = Duration.ofMinutes(10)",
                        "OVERLAP = Duration.ZERO",
                        new Plan(
                                SEED,
                                240,
                                120,
                                36,
                                StoreKind.H2,
                                1,
                                Plan.Protocol.SCHEDULE,
                                List.of(FaultKind.LATE_COMMIT))),
                new Mutation(
                        "confirm-what-was-intended",
                        "an item taken over is worked once more in full, whatever its fingerprint (2)",
                        "ledger/items/Decision",
                        """
                        LostAnswers.after(effect, store.settings(), now, "worker-lost", "the worker died during the call"),""",
                        "effect.confirmed(value(candidate)),",
                        calls(Plan.Protocol.SCHEDULE, 4, FaultKind.KILL_BEFORE_EFFECT)),
                new Mutation(
                        "repeat-without-a-word",
                        "a possible repeat is named (3)",
                        "ledger/items/Intention",
                        "boolean repeat = effect.mayHaveArrived() && !terms.repeatable();",
                        "boolean repeat = false;",
                        calls(Plan.Protocol.SCHEDULE, 10, FaultKind.ANSWER_LOST, FaultKind.ERROR_502_AFTER_EFFECT)),
                new Mutation(
                        "repeat-without-end",
                        "an upsert whose answer is lost is sent again once, never twice (3)",
                        "ledger/effects/LostAnswers",
                        "lost.lostAnswers() == 1",
                        "lost.lostAnswers() >= 1",
                        calls(Plan.Protocol.SCHEDULE, 6, FaultKind.KILL_AFTER_EFFECT, FaultKind.LOST_AGAIN)),
                new Mutation(
                        "wait-is-a-refusal",
                        "429 means not sent: retry (3)",
                        "call/AnswerVerdict",
                        "if (wait.isPresent()) {",
                        "if (status == 429) {\n            throw refused(answer, system, shape);\n        }\n        if (wait.isPresent()) {",
                        calls(Plan.Protocol.SCHEDULE, 10, FaultKind.RETRY_AFTER_429)),
                new Mutation(
                        "order-forgotten",
                        "a referral waits while an item of a linked client is open (6)",
                        "ledger/items/Order",
                        "static Optional<String> whatComesFirst(Handle handle, String flow, Collection<String> names) {",
                        "static Optional<String> whatComesFirst(Handle handle, String flow, Collection<String> names) {\n        if (!names.isEmpty()) {\n            return Optional.empty();\n        }",
                        new Plan(
                                SEED,
                                160,
                                60,
                                144,
                                StoreKind.H2,
                                1,
                                Plan.Protocol.SCHEDULE,
                                List.of(FaultKind.OVERTAKING))));
    }
}
