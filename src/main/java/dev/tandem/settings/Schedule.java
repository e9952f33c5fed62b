package dev.tandem.settings;

import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.quartz.CronExpression;

/** When sweeps begin: a Quartz cron expression, in the time zone of the machine; empty for {@code off}. */
public record Schedule(Optional<String> cron) {
    /** Checked by the very class that will run it. */
    static final Type<Schedule> TYPE = new Type<>("Quartz cron, or `off`", Schedule::parse);

    /**
     * What a route's trigger gets when the schedule is off. Quartz takes no "never": even a route that is not started must
     * carry a valid expression.
     */
    private static final String DUMMY = "0 0 0 1 1 ? 2099";

    private static final int UNIX_FIELDS = 5;

    public static final Schedule OFF = new Schedule(Optional.empty());

    public boolean isOff() {
        return cron.isEmpty();
    }

    String cronOrDummy() {
        return cron.orElse(DUMMY);
    }

    /** Its first moment after that one; none if it is off. */
    public Optional<Instant> next(Instant after) {
        try {
            return isOff()
                    ? Optional.empty()
                    : Optional.ofNullable(new CronExpression(cron.get()).getNextValidTimeAfter(Date.from(after)))
                            .map(Date::toInstant);
        } catch (ParseException e) {
            throw new IllegalStateException("a schedule was not checked", e);
        }
    }

    private static Schedule parse(String text) {
        if (text.equalsIgnoreCase("off")) {
            return OFF;
        }
        CronExpression expression;
        try {
            expression = new CronExpression(text);
        } catch (ParseException | RuntimeException invalid) {
            // Quartz throws more than it declares, such as StringIndexOutOfBounds on a half-written range.
            throw new Type.Mismatch("`" + text + "` is not a Quartz cron expression", remedy(text));
        }
        if (expression.getNextValidTimeAfter(Date.from(Instant.now())) == null) {
            throw new Type.Mismatch("`" + text + "` never comes round again", "write `off` if no sweep is wanted");
        }
        return new Schedule(Optional.of(text));
    }

    private static String remedy(String text) {
        String form = "six fields, seconds first, with `?` for one of the two day fields, as `0 0 * * * ?`; or `off`";
        return text.split("\\s+", -1).length == UNIX_FIELDS
                ? "this looks like a Unix cron of five fields; Quartz wants " + form
                : "write " + form;
    }
}
