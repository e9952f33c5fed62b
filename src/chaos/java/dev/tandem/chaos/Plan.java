package dev.tandem.chaos;

import java.util.List;

/**
 * What is to be run. The same plan gives the same people, acts and faults, in the same order.
 *
 * @param records children, half of them known to the ministry first, half to an NGO
 * @param acts what people do after that; a prefix of it when a failure is made smaller
 * @param kinds of faults that may strike; those that cannot on this machine or database are left out
 */
record Plan(
        long seed,
        int records,
        int acts,
        int faults,
        StoreKind database,
        int replicas,
        Protocol protocol,
        List<FaultKind> kinds) {
    /** How Tandem hears of changes. */
    enum Protocol {
        SCHEDULE,
        WEBHOOK,
        BOTH,
        /** Not for the command line: events, and no sweep that would make up for a forgotten one. */
        EVENTS_ALONE;

        boolean events() {
            return this != SCHEDULE;
        }

        boolean sweeps() {
            return this == SCHEDULE || this == BOTH;
        }
    }

    static final int ACTS_A_RECORD = 3;

    static Plan of(long seed, int records, int faults, StoreKind database, int replicas, Protocol protocol) {
        return new Plan(
                seed,
                records,
                records * ACTS_A_RECORD,
                faults,
                database,
                replicas,
                protocol,
                List.of(FaultKind.values()));
    }

    Plan withActs(int fewer) {
        return new Plan(seed, records, fewer, faults, database, replicas, protocol, kinds);
    }

    Plan only(FaultKind... these) {
        return new Plan(seed, records, acts, faults, database, replicas, protocol, List.of(these));
    }

    /** After that it does not rest at all: a breaker alone may leave a system alone for half a minute at a time. */
    int restSeconds() {
        return 60 + records / 20;
    }

    /** OSCaR's feed shows all that changed today, which is everybody: the more there are, the rarer it is read. */
    int feedSeconds() {
        return 2 + records / 1000;
    }

    /** Far more than the ledger needs: its disk must be full only when it is to be. H2's file grows with each commit. */
    int diskMegabytes() {
        return Math.max(512, records * 3 / 4);
    }

    /** Faults strike evenly over the whole history, so that a prefix of it meets the first of them at the same acts. */
    int faultsBefore(int act) {
        int whole = Math.max(1, records * ACTS_A_RECORD);
        return (int) ((long) act * faults / whole);
    }

    String name() {
        return "%s-%d-%s-seed-%d"
                .formatted(
                        database.word(),
                        replicas,
                        protocol.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                        seed);
    }
}
