package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import dev.tandem.outcome.AnswerLost;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One sweep over Primero's cases, driven by a loop: {@link #ask} gives the next query, {@link #read} takes its answer and
 * gives its rows, some of them twice. The sweep is complete when there is nothing more to ask; until then no cursor may move.
 *
 * <p>The order is that of {@code case_id}, whose unique index leaves no two rows equal, and the range by {@code
 * last_updated_at} is open, so that while pages are read rows only enter: one that is not yet read only moves back (contract
 * primero-v2 §10, trap 4). One pass sees all of them. What enters behind it is younger than the sweep, which is why the
 * cursor goes no further than the sweep's beginning by Primero's own clock (protocol 6).
 *
 * <p>A page that cannot be read ({@link #divide}) is asked for again in smaller ones that divide it, down to the one record
 * that is at fault, of which only the id is asked for; the sweep goes on behind it.
 *
 * <p>{@link AnswerLost} ends the sweep: {@code empty-list} (an empty answer that cannot be true), {@code not-a-list}, {@code
 * never-at-rest} (cases left the list during each pass).
 */
final class CasePages {
    private static final Duration OVERLAP = Duration.ofMinutes(10);
    private static final int PASSES = 10;
    private static final int LARGEST_PAGE = 1000;
    /** So many in a row whose id cannot be read either are no fault of the records. */
    private static final int MOST_WITHOUT_ID = 10;

    private static final String ORDER = "&order_by=case_id&order=asc";

    private enum Step {
        PAGE,
        ID_ONLY,
        CONTROL,
        DONE
    }

    private final Optional<Instant> bound;
    private final Instant ledgersTime;

    private Step step = Step.PAGE;
    private Optional<Instant> primerosTime = Optional.empty();
    private Optional<Instant> highest = Optional.empty();
    private List<String> unreadable = List.of();
    private int most = LARGEST_PAGE;
    private int per = LARGEST_PAGE;
    private int withoutId;
    private int passes = 1;
    private long offset;
    private long total;
    private boolean shrunk;

    private CasePages(Optional<Instant> bound, Instant ledgersTime) {
        this.bound = bound;
        this.ledgersTime = ledgersTime;
    }

    /**
     * A sweep of what has changed since the last complete one, with a range that begins ten minutes earlier.
     *
     * @param highestSeen the {@link #highestUpdated} of that one
     * @param began when this sweep begins, by the ledger's time
     */
    static CasePages since(Instant highestSeen, Instant began) {
        // Without fractions, which Primero ignores, and always with seconds, which it insists on (§2.2).
        return new CasePages(Optional.of(highestSeen.minus(OVERLAP).truncatedTo(ChronoUnit.SECONDS)), began);
    }

    /** A sweep of everything. */
    static CasePages full(Instant began) {
        return new CasePages(Optional.empty(), began);
    }

    /** The query of the next call to {@code GET /cases}, ready to be sent; empty once the sweep is complete. */
    Optional<String> ask() {
        return switch (step) {
            case PAGE -> Optional.of(page());
            case ID_ONLY -> Optional.of(page() + "&fields=id");
            case CONTROL -> Optional.of(CaseAnswer.ANY);
            case DONE -> Optional.empty();
        };
    }

    private String page() {
        return "page=" + (offset / per + 1) + "&per=" + per + ORDER
                + bound.map(from -> "&last_updated_at=" + from + "..").orElse("");
    }

    /**
     * Takes the answer to what was asked last.
     *
     * @param answer the whole JSON, {@code {"data":[...],"metadata":{...}}}
     * @param answeredAt when Primero answered, by its own clock, if it said so
     * @return the rows to be marked
     */
    List<JsonNode> read(JsonNode answer, Optional<Instant> answeredAt) {
        CaseAnswer cases = CaseAnswer.of(answer);
        unreadable = new ArrayList<>();
        switch (step) {
            case PAGE, ID_ONLY -> {
                primerosTime = primerosTime.or(() -> answeredAt);
                return readPage(cases);
            }
            case CONTROL -> {
                // That there are cases proves an empty range, but not an empty whole.
                if (cases.total() > 0 && bound.isEmpty()) {
                    throw CaseAnswer.emptyList();
                }
                step = Step.DONE;
                return List.of();
            }
            default -> throw new IllegalStateException("nothing was asked");
        }
    }

    /**
     * The answer to what was asked last is larger than can be read, or holds a value that cannot be.
     *
     * @param tooLarge whether it is the size of the whole: then larger pages are not tried again
     */
    void divide(boolean tooLarge) {
        unreadable = new ArrayList<>();
        if (step == Step.PAGE && per > 1) {
            most = tooLarge && per == LARGEST_PAGE ? smaller(per) : most;
            per = smaller(per);
        } else if (step == Step.PAGE) {
            step = Step.ID_ONLY;
        } else if (step == Step.ID_ONLY && withoutId < MOST_WITHOUT_ID) {
            withoutId++;
            unreadable.add(position(0));
            next();
        } else {
            throw new AnswerLost("not-a-list", "none of Primero's answers to the question for its cases can be read");
        }
    }

    /** Which cases were met last that cannot be read: the id, or where they are in the list if it cannot be read either. */
    List<String> unreadable() {
        return unreadable;
    }

    /**
     * The highest {@code last_updated_at} in any page, but not later than this sweep began: the next sweep's starting point,
     * once this one is complete.
     */
    Optional<Instant> highestUpdated() {
        Instant began = primerosTime.orElse(ledgersTime);
        return highest.map(time -> time.isAfter(began) ? began : time);
    }

    private List<JsonNode> readPage(CaseAnswer cases) {
        keepTo(cases.per());
        shrunk |= cases.total() < total;
        total = cases.total();
        if (cases.rows().isEmpty()) {
            readNothing();
            return List.of();
        }
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode row : cases.rows()) {
            highest = Stream.concat(highest.stream(), CaseAnswer.lastUpdated(row).stream())
                    .max(Comparator.naturalOrder());
            String id = Fields.text(row, "id");
            if (Fields.isBlank(id)) {
                unreadable.add(position(rows.size() + unreadable.size()));
            } else if (step == Step.ID_ONLY) {
                unreadable.add(id);
            } else {
                rows.add(row);
            }
        }
        if (cases.rows().size() > 1 && rows.isEmpty()) {
            throw new AnswerLost("not-a-list", "none of the cases in Primero's answer has an id");
        }
        withoutId = 0;
        next();
        if (offset >= total) {
            endPass();
        }
        return rows;
    }

    private String position(int after) {
        return CaseReading.POSITION + (offset + after + 1);
    }

    private void next() {
        offset += per;
        step = Step.PAGE;
        per = most;
        while (offset % per != 0) {
            per = smaller(per);
        }
    }

    private static int smaller(int size) {
        return size % 10 == 0 ? size / 10 : 1;
    }

    /** A larger size than Primero allows is silently capped to what it echoes (trap 3); then all pages have that size. */
    private void keepTo(long echoed) {
        if (echoed == per) {
            return;
        }
        if (echoed > per || offset > 0) {
            throw new AnswerLost("not-a-list", "Primero's answer is a page of another size than was asked for");
        }
        most = (int) echoed;
        per = most;
    }

    /** Empty is believed, after a control, only of the very beginning; anywhere else only where the list is over. */
    private void readNothing() {
        if (total == 0 && offset == 0) {
            step = Step.CONTROL;
        } else if (total > 0 && offset >= total) {
            endPass();
        } else {
            throw CaseAnswer.emptyList();
        }
    }

    /** What left the list, such as by a change of the account's scope, moved others to a page that was read already. */
    private void endPass() {
        if (!shrunk) {
            step = Step.DONE;
            return;
        }
        if (passes == PASSES) {
            throw new AnswerLost("never-at-rest", "cases left Primero's list during each of " + PASSES + " readings");
        }
        passes++;
        offset = 0;
        per = most;
        total = 0;
        shrunk = false;
    }
}
