package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.identity.Fields;
import dev.tandem.outcome.AnswerLost;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One sweep over Primero's cases, driven by a loop: {@link #ask} gives the next query, {@link #heard} takes its answer and
 * gives the rows to mark. The sweep is complete when there is nothing more to ask; until then no cursor may move.
 *
 * <p>Primero's pages are no snapshot: cases change between them, and equal {@code created_at} come in any order (contract
 * primero-v2 §2.5, traps 1 to 5). So after a pass of more than one page another one follows, until what was seen is all
 * there is. The first pass and every later one ask for an open range by {@code created_at}, into which cases only enter. A
 * later pass asks only from shortly before the highest change that was visible during the one before; if then fewer cases
 * are known than there are, the next ones ask from the beginning again.
 *
 * <p>Where cases change faster than they can be read to rest, a sweep of what has changed ends after so many passes all the same,
 * but counts only as far as was proven: what had changed before the pass before the last is in the last. One of everything fails.
 *
 * <p>{@link AnswerLost} ends the sweep: {@code empty-list} (an empty answer that cannot be true), {@code never-at-rest} (too
 * many passes), {@code not-a-list}.
 */
public final class CasePages {
    private static final Duration OVERLAP = Duration.ofMinutes(10);
    private static final int LONG_PASSES = 10;
    private static final int PASSES = 3 * LONG_PASSES;
    private static final String ORDER = "&order_by=created_at&order=asc";

    private enum Step {
        PAGE,
        PROBE,
        CONTROL,
        COUNT,
        DONE
    }

    private final int per;
    private final Optional<Instant> bound;
    private final Instant began;
    private final SeenCases seen = new SeenCases();

    private Step step = Step.PAGE;
    private int passes = 1;
    private int longPasses;
    private int shortfalls;
    private Optional<Instant> passBound;
    private long page = 1;
    private long passTotal;
    private boolean passBroughtNew;
    private boolean passOfSeveralPages;
    private Optional<Instant> highestWhenProbed = Optional.empty();
    private Optional<Instant> highestOfPassBefore = Optional.empty();
    private Optional<Instant> provenUpTo = Optional.empty();
    private boolean filterIgnored;

    private CasePages(Optional<Instant> bound, Instant began, int per) {
        this.bound = bound;
        this.began = began;
        this.passBound = bound;
        this.per = per;
    }

    /**
     * A sweep of what has changed since the last one; its range begins ten minutes earlier.
     *
     * @param highestSeen the {@link #highestUpdated} of the last complete sweep
     * @param began when this sweep begins, by the ledger's time
     */
    public static CasePages since(Instant highestSeen, Instant began) {
        return since(highestSeen, began, 1000);
    }

    /**
     * A sweep of everything.
     *
     * @param began when this sweep begins, by the ledger's time
     */
    public static CasePages full(Instant began) {
        return full(began, 1000);
    }

    static CasePages since(Instant highestSeen, Instant began, int per) {
        return new CasePages(Optional.of(wholeSecond(highestSeen.minus(OVERLAP))), began, per);
    }

    static CasePages full(Instant began, int per) {
        return new CasePages(Optional.empty(), began, per);
    }

    /** The query of the next call to {@code GET /cases}, ready to be sent; empty once the sweep is complete. */
    public Optional<String> ask() {
        return switch (step) {
            case PAGE -> Optional.of("page=" + page + "&per=" + per + ORDER + range(passBound));
            case PROBE -> Optional.of("page=1&per=1&order_by=last_updated_at&order=desc");
            case CONTROL -> Optional.of("page=1&per=1");
            case COUNT -> Optional.of("page=1&per=1" + ORDER + range(bound));
            case DONE -> Optional.empty();
        };
    }

    /**
     * Takes the answer to what was asked last.
     *
     * @param answer the whole JSON, {@code {"data":[...],"metadata":{...}}}
     * @return the rows to be marked: those that this sweep has not returned yet in this state
     */
    public List<JsonNode> heard(JsonNode answer) {
        CaseAnswer cases = CaseAnswer.of(answer);
        switch (step) {
            case PAGE -> {
                return heardPage(cases);
            }
            case PROBE -> {
                highestWhenProbed = cases.rows().stream().findFirst().flatMap(CaseAnswer::lastUpdated);
                step = Step.PAGE;
            }
            case CONTROL -> {
                // That there are cases proves an empty range, but not an empty whole.
                if (cases.total() == 0 || bound.isEmpty()) {
                    throw emptyList();
                }
                step = Step.DONE;
            }
            case COUNT -> heardCount(cases);
            case DONE -> throw new IllegalStateException("nothing was asked");
        }
        return List.of();
    }

    /**
     * The highest {@code last_updated_at} in any page, but not later than this sweep began: the next sweep's starting point,
     * once this one is complete. (One case with a time in the far future must not end all reading.)
     */
    public Optional<Instant> highestUpdated() {
        return seen.highest()
                .map(highest -> provenUpTo.filter(highest::isAfter).orElse(highest))
                .map(this::notInTheFuture);
    }

    public boolean complete() {
        return step == Step.DONE;
    }

    /** How many different cases the pages have shown. */
    public int distinct() {
        return seen.distinct();
    }

    /** Whether rows came that are older than was asked for: Primero has ignored the filter (trap 1), the sweep was a full one. */
    public boolean filterIgnored() {
        return filterIgnored;
    }

    private List<JsonNode> heardPage(CaseAnswer cases) {
        if (cases.rows().isEmpty() && !mayBeEmpty(cases)) {
            throw emptyList();
        }
        List<JsonNode> fresh = new ArrayList<>();
        for (JsonNode row : cases.rows()) {
            if (Fields.isBlank(Fields.text(row, "id"))) {
                throw new AnswerLost("not-a-list", "a case in Primero's answer has no id");
            }
            Optional<Instant> updated = CaseAnswer.lastUpdated(row);
            checkFilter(updated);
            if (seen.add(row, updated)) {
                fresh.add(row);
            }
        }
        passBroughtNew |= !fresh.isEmpty();
        passTotal = cases.total();
        boolean last = page * cases.per() >= cases.total();
        if (!last) {
            if (page == 1) {
                passOfSeveralPages = true;
                longPasses++;
                step = Step.PROBE;
            }
            page++;
        } else {
            endPass(cases);
        }
        return fresh;
    }

    /** Empty is believed, after a control, only of the very first page: every later one has something that was there before. */
    private boolean mayBeEmpty(CaseAnswer cases) {
        return cases.total() == 0 && page == 1 && passes == 1;
    }

    private void checkFilter(Optional<Instant> updated) {
        filterIgnored |=
                passBound.flatMap(bound -> updated.filter(bound::isAfter)).isPresent();
    }

    private void endPass(CaseAnswer cases) {
        if (cases.rows().isEmpty()) {
            step = Step.CONTROL;
        } else if (passOfSeveralPages && passBroughtNew) {
            // narrowed: what changed since the middle of this pass is later than the highest change at that time
            nextPass(narrowed());
        } else if (longPasses > 0) {
            step = Step.COUNT;
        } else if (seen.distinct() < passTotal) {
            nextPass(bound);
        } else {
            step = Step.DONE;
        }
    }

    /**
     * A case that was skipped because equal {@code created_at} changed places shows only here: it makes the known ones too
     * few. Counted anew, since the number of a pass is older than what was found after it.
     */
    private void heardCount(CaseAnswer cases) {
        if (cases.total() == 0) {
            throw emptyList();
        }
        if (seen.distinct() >= cases.total()) {
            step = Step.DONE;
            return;
        }
        // the first time it is likelier that a case has entered meanwhile, which the cheap pass finds
        shortfalls++;
        boolean narrow = shortfalls == 1 && highestWhenProbed.isPresent();
        nextPass(narrow ? narrowed() : bound);
    }

    private void nextPass(Optional<Instant> from) {
        if (longPasses == LONG_PASSES || passes == PASSES) {
            if (bound.isEmpty() || highestOfPassBefore.isEmpty()) {
                throw new AnswerLost("never-at-rest", "Primero's cases changed faster than they could be read");
            }
            provenUpTo = highestOfPassBefore;
            step = Step.DONE;
            return;
        }
        highestOfPassBefore = highestWhenProbed;
        passes++;
        passBound = from.or(() -> bound);
        page = 1;
        passBroughtNew = false;
        passOfSeveralPages = false;
        step = Step.PAGE;
    }

    /** From shortly before the highest change at the last probe, but never from before the sweep's own range. */
    private Optional<Instant> narrowed() {
        return highestWhenProbed
                .map(highest -> wholeSecond(notInTheFuture(highest).minus(OVERLAP)))
                .map(from -> bound.filter(from::isBefore).orElse(from));
    }

    private Instant notInTheFuture(Instant instant) {
        return instant.isAfter(began) ? began : instant;
    }

    private static String range(Optional<Instant> from) {
        return from.map(instant -> "&last_updated_at=" + instant + "..").orElse("");
    }

    /** Without fractions, which Primero ignores, and always with seconds, which it insists on (§2.2). */
    private static Instant wholeSecond(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    private static AnswerLost emptyList() {
        return new AnswerLost("empty-list", "Primero answered an empty list where there must be cases");
    }
}
