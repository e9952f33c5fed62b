package dev.tandem.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** One ledger on a durable database, as full as was asked for. */
final class LedgerUnderTest implements AutoCloseable {
    private static final String FLOW = "primero-to-oscar";
    /** As many records as {@code tandem.workers} has in work by default. */
    static final int WORKERS = 8;

    private static final int PAGE = 1000;

    private final HikariDataSource database;
    private final Ledger ledger;

    private LedgerUnderTest(HikariDataSource database, Databases kind) {
        this.database = database;
        this.ledger = Ledger.open(
                database, LedgerSettings.defaults(), new Seal(new byte[32], Optional.empty()), kind.durability());
        ledger.initialise("adopt", Optional.empty());
    }

    /** Opens it with that many settled items, one in ten of them with an effect that was confirmed. */
    static LedgerUnderTest holding(int items, Databases kind) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(kind.freshUrl());
        config.setUsername(kind.user());
        config.setMaximumPoolSize(20);
        LedgerUnderTest made = new LedgerUnderTest(new HikariDataSource(config), kind);
        made.fill(items, kind);
        return made;
    }

    private void fill(int items, Databases kind) throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            // In the order of the index: a million random places in it would take H2 longer than all that is measured.
            statement.execute("""
                    insert into work_item (flow, record, state, generation, token, fingerprint, failures, settled_at)
                    select '%s', name, 'settled', 1, 1, 'key:synthetic', 0, current_timestamp
                    from (select cast(%s as varchar(36)) as name from %s) as names order by name
                    """.formatted(FLOW, kind.aUuid(), kind.numbersTo(items)));
            statement.execute("""
                    insert into effect (flow, record, effect_key, kind, state, attempt, failures, lost_answers,
                      possible_repeat, repeatable, sweeps_waited, insisted, changed_at)
                    select flow, record, 'referral:row:' || id, 'referral', 'confirmed', 1, 0, 0, false, false, 0, false,
                      current_timestamp from work_item where mod(id, 10) = 0
                    """);
            statement.execute("analyze");
        }
    }

    private static Mark mark(String content, Ledger ledger) {
        return new Mark(
                UUID.randomUUID().toString(),
                Optional.of(content.getBytes(StandardCharsets.UTF_8)),
                Optional.empty(),
                Optional.empty(),
                ledger.clock().now(),
                Optional.empty(),
                Optional.empty());
    }

    /** Marks that many new records, a page at a time, as a sweep does. @return how many a second */
    double mark(int records) {
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            marks.add(mark("synthetic content " + i, ledger));
        }
        long began = System.nanoTime();
        for (int from = 0; from < records; from += PAGE) {
            ledger.marks().mark(FLOW, marks.subList(from, Math.min(records, from + PAGE)));
        }
        return records / seconds(began);
    }

    /** Claims and settles all that is due, by as many workers as there are by default. @return how many a second */
    double settle() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
        try {
            AtomicLong settled = new AtomicLong();
            long began = System.nanoTime();
            List<Callable<Void>> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                workers.add(() -> {
                    work(settled);
                    return null;
                });
            }
            for (Future<Void> worker : threads.invokeAll(workers)) {
                worker.get();
            }
            return settled.get() / seconds(began);
        } finally {
            threads.shutdown();
        }
    }

    private void work(AtomicLong settled) {
        byte[] content = "synthetic content".getBytes(StandardCharsets.UTF_8);
        List<Work> claimed = ledger.claim(FLOW, WORKERS);
        while (!claimed.isEmpty()) {
            for (Work work : claimed) {
                work.result().read(content);
                work.settle();
                settled.incrementAndGet();
            }
            claimed = ledger.claim(FLOW, WORKERS);
        }
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    @Override
    public void close() {
        database.close();
    }
}
