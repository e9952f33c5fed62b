package dev.tandem.engine;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.sweeps.Sweeps;
import dev.tandem.live.RoutedFlows;
import dev.tandem.settings.Schedule;
import dev.tandem.settings.Settings;
import dev.tandem.settings.SystemSettings;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.quartz.CronExpression;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which sweeps are due by their schedules, whatever became of their triggers: a firing may be lost while a process stops or a
 * replica takes over (protocol 6).
 */
public final class DueSweeps {
    private static final Logger LOG = LoggerFactory.getLogger(DueSweeps.class);
    /** What is due is fired by its schedule, as a rule. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final Settings settings;
    private final Ledger ledger;

    public DueSweeps(Settings settings, Ledger ledger) {
        this.settings = settings;
        this.ledger = ledger;
    }

    /** Begins those that are due, each on a thread of its own. */
    public void sweep(Engine engine) {
        sweep(engine, Sweeps.Cursor::lastFullBegan, Duration.ZERO);
    }

    /**
     * Begins those that were cut short, and those whose moment has passed without any: a replica that stops may take the
     * firing with it, and none of the others starts then. To be asked again and again.
     */
    public void sweepMissed(Engine engine) {
        sweep(engine, Sweeps.Cursor::lastBegan, GRACE);
    }

    private void sweep(Engine engine, Function<Sweeps.Cursor, Optional<Instant>> lastFull, Duration grace) {
        if (ledger.readOnly()) {
            return;
        }
        try {
            for (RoutedFlows.Source read : engine.flows().sources()) {
                String source = read.name();
                boolean full = isDue(source, fullSchedule(source), lastFull, grace);
                if (isOwed(source)) {
                    begin(engine, read, Map.of("TandemOwed", true));
                } else if (full || isDue(source, schedule(source), Sweeps.Cursor::lastBegan, grace)) {
                    begin(engine, read, Map.of("TandemFull", full));
                }
            }
        } catch (RuntimeException e) {
            // The database is away: asked again soon.
            LOG.debug("whether a sweep is due is not known: {}", e.getClass().getSimpleName());
        }
    }

    /** Whether one was cut short and can be begun again. Behind a closed gate it would only be cut short once more. */
    private boolean isOwed(String source) {
        return cursor(source)
                .filter(cursor -> !cursor.underWay())
                .flatMap(Sweeps.Cursor::owed)
                .filter(owed -> owed.due(ledger.clock().now()) && ledger.gates().open(source))
                .isPresent();
    }

    private Optional<Sweeps.Cursor> cursor(String source) {
        return ledger.sweeps().cursors().stream()
                .filter(cursor -> cursor.source().equals(source))
                .findFirst();
    }

    private static void begin(Engine engine, RoutedFlows.Source source, Map<String, Object> headers) {
        engine.context()
                .getExecutorServiceManager()
                .newThread("due sweep of " + source.name(), () -> engine.ask(source.entry(), headers))
                .start();
    }

    /** Whether everything is to be read: a full sweep that is due runs instead of an incremental one. */
    public boolean fullIsDue(String source) {
        return isDue(source, fullSchedule(source), Sweeps.Cursor::lastFullBegan, Duration.ZERO);
    }

    /** The second of its schedule's moments after that one, and as long as a reading may take. */
    public Optional<Instant> expected(String source, boolean full, Instant last) {
        Schedule schedule = full ? fullSchedule(source) : schedule(source);
        return schedule.cron()
                .flatMap(cron -> next(cron, last).flatMap(due -> next(cron, due)))
                .map(due -> due.plus(settings.oscar().feedTimeout()));
    }

    private boolean isDue(
            String source, Schedule schedule, Function<Sweeps.Cursor, Optional<Instant>> last, Duration grace) {
        if (schedule.isOff()) {
            return false;
        }
        Optional<Instant> before = cursor(source).flatMap(last);
        return before.isEmpty()
                || next(schedule.cron().orElseThrow(), before.get())
                        .filter(due -> !due.plus(grace).isAfter(ledger.clock().now()))
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
        return switch (source) {
            case "primero" -> settings.primero().schedule();
            case "oscar" -> settings.oscar().schedule();
            default -> further(source, SystemSettings::schedule);
        };
    }

    private Schedule fullSchedule(String source) {
        return switch (source) {
            case "primero" -> settings.primero().fullSchedule();
            case "oscar" -> settings.oscar().fullSchedule();
            default -> further(source, SystemSettings::fullSchedule);
        };
    }

    private Schedule further(String source, Function<SystemSettings, Schedule> which) {
        return settings.systems().stream()
                .filter(system -> system.name().equals(source))
                .findFirst()
                .map(which)
                .orElse(Schedule.OFF);
    }
}
