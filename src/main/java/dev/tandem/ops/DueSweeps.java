package dev.tandem.ops;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.Sweeps;
import dev.tandem.settings.Schedule;
import dev.tandem.settings.Settings;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.quartz.CronExpression;

/**
 * Which sweeps are due by their schedules, whatever became of their triggers: a firing may be lost while a process stops or a
 * replica takes over (protocol 6).
 */
final class DueSweeps {
    private final Settings settings;
    private final Ledger ledger;

    DueSweeps(Settings settings, Ledger ledger) {
        this.settings = settings;
        this.ledger = ledger;
    }

    /** Begins those that are due, each on a thread of its own. */
    void sweep(Engine engine) {
        for (String source : LocalOperations.sources()) {
            boolean full = fullIsDue(source);
            if (full || isDue(source, schedule(source), Sweeps.Cursor::lastBegan)) {
                engine.context()
                        .getExecutorServiceManager()
                        .newSingleThreadExecutor(this, "due sweep of " + source)
                        .execute(() -> engine.ask("sweep-" + source, Map.of("TandemFull", full)));
            }
        }
    }

    /** Whether everything is to be read: a full sweep that is due runs instead of an incremental one. */
    boolean fullIsDue(String source) {
        return isDue(source, fullSchedule(source), Sweeps.Cursor::lastFullBegan);
    }

    /** The second of its schedule's moments after that one, and as long as a reading may take. */
    Optional<Instant> expected(String source, boolean full, Instant last) {
        Schedule schedule = full ? fullSchedule(source) : schedule(source);
        return schedule.cron()
                .flatMap(cron -> next(cron, last).flatMap(due -> next(cron, due)))
                .map(due -> due.plus(settings.oscar().feedTimeout()));
    }

    private boolean isDue(String source, Schedule schedule, Function<Sweeps.Cursor, Optional<Instant>> last) {
        if (schedule.isOff()) {
            return false;
        }
        Optional<Instant> before = ledger.sweeps().cursors().stream()
                .filter(cursor -> cursor.source().equals(source))
                .findFirst()
                .flatMap(last);
        return before.isEmpty()
                || next(schedule.cron().orElseThrow(), before.get())
                        .filter(due -> !due.isAfter(ledger.clock().now()))
                        .isPresent();
    }

    private static Optional<Instant> next(String cron, Instant after) {
        try {
            return Optional.ofNullable(new CronExpression(cron).getNextValidTimeAfter(Date.from(after)))
                    .map(Date::toInstant);
        } catch (ParseException e) {
            throw new IllegalStateException("a schedule was not checked", e);
        }
    }

    private Schedule schedule(String source) {
        return source.equals("oscar")
                ? settings.oscar().schedule()
                : settings.primero().schedule();
    }

    private Schedule fullSchedule(String source) {
        return source.equals("oscar")
                ? settings.oscar().fullSchedule()
                : settings.primero().fullSchedule();
    }
}
