package dev.tandem.settings;

import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.quartz.CronExpression;

/** Schedules, checked by the very class that will run them. */
final class Crons {
    static final Type<Schedule> SCHEDULE = new Type<>("Quartz cron, or `off`", Crons::parse);

    private static final int UNIX_FIELDS = 5;

    private Crons() {}

    private static Schedule parse(String text) throws Mismatch {
        if (text.equalsIgnoreCase("off")) {
            return Schedule.OFF;
        }
        CronExpression expression;
        try {
            expression = new CronExpression(text);
        } catch (ParseException | RuntimeException invalid) {
            // Quartz throws more than it declares, such as StringIndexOutOfBounds on a half-written range.
            throw new Mismatch("`" + text + "` is not a Quartz cron expression", remedy(text));
        }
        if (expression.getNextValidTimeAfter(Date.from(Instant.now())) == null) {
            throw new Mismatch("`" + text + "` never comes round again", "write `off` if no sweep is wanted");
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
