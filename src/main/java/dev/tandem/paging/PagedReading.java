package dev.tandem.paging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.outcome.AnswerLost;
import java.net.URLEncoder;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One sweep over a source that numbers its pages. Pages are no snapshot: what changes between two of them moves others to a
 * page that was read already. So a pass of several pages is followed by another one until one brings nothing new (protocol 6).
 * A pass ends with a page that shows nothing which it has not shown before, which also ends it at a source that takes no
 * notice of the number.
 */
final class PagedReading {
    /** Clocks differ, and what was written in the same moment may be seen later. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private static final int PASSES = 10;

    private final String each;
    private final String changed;
    private final Optional<Instant> since;
    private final Instant began;
    /** The key of each record that was seen, and a hash of how it was seen last. */
    private final Map<String, Integer> seen = new HashMap<>();

    private final Set<String> seenInPass = new HashSet<>();
    private Optional<Instant> highest = Optional.empty();
    private int passes = 1;
    private long page = 1;
    private boolean passBroughtNew;
    private boolean complete;

    /**
     * @param since the highest time of change that the last complete sweep has seen; none: everything is read
     * @param began when this sweep begins, by the ledger's time
     */
    PagedReading(String each, String changed, Optional<Instant> since, Instant began) {
        this.each = each;
        this.changed = changed;
        this.since = since.map(moment -> wholeSecond(moment.minus(OVERLAP)));
        this.began = began;
    }

    String query() {
        String query = each
                + since.map(moment -> changed.replace("{since}", encoded(moment)))
                        .orElse("");
        return query.replace("{page}", String.valueOf(page));
    }

    boolean complete() {
        return complete;
    }

    /** The highest time of change in any page, but not later than this sweep began. */
    Optional<Instant> highest() {
        return highest;
    }

    List<JsonNode> answered(JsonNode answer, JsonPointer record, JsonPointer changedAt) {
        if (!answer.isArray()) {
            throw new AnswerLost("not-a-list", "the answer holds no list of records where it should");
        }
        List<JsonNode> rows = new ArrayList<>();
        boolean newInPass = false;
        for (JsonNode row : answer) {
            String key = row.at(record).asText("");
            if (key.isBlank()) {
                throw new AnswerLost("not-a-list", "a record in the answer has no key at " + record);
            }
            rows.add(row);
            newInPass |= seenInPass.add(key);
            Integer before = seen.put(key, row.hashCode());
            passBroughtNew |= before == null || before != row.hashCode();
            note(row.at(changedAt).asText(""));
        }
        if (newInPass) {
            page++;
        } else {
            endPass();
        }
        return rows;
    }

    private void endPass() {
        // The last one, which was empty, does not count.
        boolean several = page > 2;
        // That there is nothing at all is believed once it was answered twice.
        boolean toBeConfirmed = since.isEmpty() && seen.isEmpty() && passes == 1;
        complete = !toBeConfirmed && (!several || !passBroughtNew);
        if (!complete && passes == PASSES) {
            throw new AnswerLost("never-at-rest", "the records changed faster than they could be read");
        }
        passes++;
        page = 1;
        passBroughtNew = false;
        seenInPass.clear();
    }

    private void note(String time) {
        try {
            Instant changedThen = wholeSecond(OffsetDateTime.parse(time).toInstant());
            Instant bounded = changedThen.isAfter(began) ? wholeSecond(began) : changedThen;
            highest = highest.filter(bounded::isBefore).or(() -> Optional.of(bounded));
        } catch (DateTimeException noTime) {
            // A record without one moves no cursor, and is found by each full sweep.
        }
    }

    private static Instant wholeSecond(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS);
    }

    private static String encoded(Instant moment) {
        return URLEncoder.encode(moment.toString(), UTF_8);
    }
}
