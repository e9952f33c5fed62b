package dev.tandem.engine;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.route.SweepHeaders;
import dev.tandem.ledger.sweeps.OwedSweep;
import dev.tandem.ledger.sweeps.SweepCursor;
import dev.tandem.live.RoutedFlows;
import dev.tandem.settings.Schedule;
import dev.tandem.settings.Settings;
import dev.tandem.settings.SystemSettings;
import dev.tandem.webhook.SweepPace;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.zone.ZoneOffsetTransition;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.function.Function;
import org.quartz.CronExpression;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which sweeps are due by their schedules and the ledger's clock, whatever became of the firings: a process may stop at that
 * moment, or its clock may be wrong (protocol 6). As for a firing, the ledger lets one replica begin each moment's sweep.
 */
public final class DueSweeps {
    private static final Logger LOG = LoggerFactory.getLogger(DueSweeps.class);
    private static final Duration LONGEST_GAP = Duration.ofHours(1);
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
        sweep(engine, source -> due(source, Duration.ZERO, false));
    }

    /** Begins those that were cut short, and those whose moment has passed without any. To be asked again and again. */
    public void sweepMissed(Engine engine) {
        sweep(engine, source -> due(source, GRACE, SweepPace.mayRest(settings, ledger, source)));
    }

    private void sweep(Engine engine, Function<String, Optional<Map<String, Object>>> due) {
        if (ledger.readOnly()) {
            return;
        }
        try {
            for (RoutedFlows.Source source : engine.flows().sources()) {
                due.apply(source.name()).ifPresent(headers -> engine.context()
                        .getExecutorServiceManager()
                        .newThread("due sweep of " + source.name(), () -> engine.ask(source.entry(), headers))
                        .start());
            }
        } catch (RuntimeException e) {
            // The database is away: asked again soon.
            LOG.debug("whether a sweep is due is not known: {}", e.getClass().getSimpleName());
        }
    }

    /**
     * What to ask of the source's route.
     *
     * @param grace how long its own schedule has for a moment
     * @param rest whether events make a sweep of what changed needless
     * @return none if no sweep is due
     */
    Optional<Map<String, Object>> due(String source, Duration grace, boolean rest) {
        Optional<SweepCursor> cursor = cursor(source);
        if (cursor.filter(SweepCursor::underWay).isPresent()) {
            return Optional.empty();
        }
        Optional<OwedSweep> owed = cursor.flatMap(SweepCursor::owed);
        // Behind a closed gate it would only be cut short once more.
        if (owed.filter(sweep -> sweep.due(ledger.clock().now())).isPresent()
                && ledger.gates().open(source)) {
            return Optional.of(Map.of(SweepHeaders.OWED, true));
        }
        Optional<Instant> full =
                owed.filter(OwedSweep::full).isPresent() ? Optional.empty() : due(source, true, cursor, grace);
        Optional<Instant> moment = full.isPresent() || rest ? full : due(source, false, cursor, grace);
        return moment.map(due -> Map.of(SweepHeaders.FULL, full.isPresent(), SweepHeaders.DUE, Date.from(due)));
    }

    /** Whether everything is to be read: a full sweep that is due runs instead of an incremental one. */
    public boolean fullIsDue(String source) {
        return due(source, true, cursor(source), Duration.ZERO).isPresent();
    }

    /** The next moment of its schedule; none without one. */
    public Optional<Instant> next(String source, boolean full) {
        return schedule(source, full)
                .cron()
                .flatMap(cron -> next(cron, ledger.clock().now()));
    }

    /** The second of its schedule's moments after that one, and as long as a reading may take. */
    public Optional<Instant> expected(String source, boolean full, Instant last) {
        return schedule(source, full)
                .cron()
                .flatMap(cron -> next(cron, last).flatMap(due -> next(cron, due)))
                .map(due -> due.plus(settings.oscar().feedTimeout()));
    }

    /** The first of its schedule's moments after that one. */
    public Optional<Instant> next(String source, boolean full, Instant after) {
        return schedule(source, full).cron().flatMap(cron -> next(cron, after));
    }

    /** The moment of its schedule for which none has begun. */
    private Optional<Instant> due(String source, boolean full, Optional<SweepCursor> cursor, Duration grace) {
        Optional<Instant> last = cursor.flatMap(full ? SweepCursor::lastFullBegan : SweepCursor::lastBegan);
        return schedule(source, full)
                .cron()
                .flatMap(cron -> last.isEmpty() ? Optional.of(Instant.EPOCH) : next(cron, last.get()))
                .filter(due -> !due.plus(grace).isAfter(ledger.clock().now()));
    }

    private Optional<SweepCursor> cursor(String source) {
        return ledger.sweeps().cursors().stream()
                .filter(cursor -> cursor.source().equals(source))
                .findFirst();
    }

    /**
     * Quartz leaves out the moments that a change to daylight saving time takes out of the day: they are due when the unchanged
     * clock would show them. Of a time that comes twice it fires the second.
     */
    private static Optional<Instant> next(String cron, Instant after) {
        TimeZone zone = TimeZone.getDefault();
        Optional<Instant> next = next(cron, after, zone);
        ZoneOffsetTransition change = zone.toZoneId().getRules().nextTransition(after.minus(LONGEST_GAP));
        if (change == null || !change.isGap()) {
            return next;
        }
        Instant before = change.getInstant().minusSeconds(1);
        return next(cron, before.isAfter(after) ? before : after, TimeZone.getTimeZone(change.getOffsetBefore()))
                .filter(leftOut -> leftOut.isBefore(change.getInstant().plus(change.getDuration())))
                .filter(leftOut -> next.isEmpty() || leftOut.isBefore(next.get()))
                .or(() -> next);
    }

    private static Optional<Instant> next(String cron, Instant after, TimeZone zone) {
        try {
            CronExpression expression = new CronExpression(cron);
            expression.setTimeZone(zone);
            return Optional.ofNullable(expression.getNextValidTimeAfter(Date.from(after)))
                    .map(Date::toInstant);
        } catch (ParseException e) {
            throw new IllegalStateException("a schedule was not checked", e);
        }
    }

    private Schedule schedule(String source, boolean full) {
        return switch (source) {
            case "primero" ->
                full ? settings.primero().fullSchedule() : settings.primero().schedule();
            case "oscar" ->
                full ? settings.oscar().fullSchedule() : settings.oscar().schedule();
            default ->
                settings.systems().stream()
                        .filter(system -> system.name().equals(source))
                        .findFirst()
                        .map(full ? SystemSettings::fullSchedule : SystemSettings::schedule)
                        .orElse(Schedule.OFF);
        };
    }
}
