package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import dev.tandem.json.NameBasedId;
import dev.tandem.outcome.AnswerLost;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks for the Primero case of an OSCaR client: by the ledger's link, else {@code case_id} = {@code external_id}, else
 * {@code oscar_number} = {@code global_id} (mapping-facts 3.2). Driven by a loop: {@link #ask}, {@link #answered}, until
 * {@link #result} is there.
 *
 * <p>Primero answers an unknown filter with all cases and a failed search with none (contract primero-v2 §10, traps 1 and 2).
 * So a blank key is never asked for, a case found must have the key, and that there is none is believed only when all keys
 * were empty twice and a control query shows that there are cases at all, or a full sweep that there are none; else {@link
 * AnswerLost} {@code empty-list}.
 */
final class CaseFinder {
    private enum Step {
        LINK,
        CASE_ID,
        OSCAR_NUMBER,
        CASE_ID_AGAIN,
        OSCAR_NUMBER_AGAIN,
        CONTROL,
        DONE
    }

    /**
     * The next call: {@code GET <path>?<query>}, below {@code /api/v2}.
     *
     * @param path {@code /cases} or {@code /cases/<id>}
     * @param query encoded; empty for a case by its id
     */
    record Question(String path, String query) {
        /** The path only: a query may hold a child's number. */
        @Override
        public String toString() {
            return "Question[" + path + "]";
        }
    }

    private final Optional<String> linked;
    private final String externalId;
    private final String globalId;
    private final Set<String> unlinked;
    private final boolean provenEmpty;
    private boolean unlinkedMet;
    private final Map<String, FoundCase.Found> disabled = new LinkedHashMap<>();
    private final Deque<Step> ahead = new ArrayDeque<>(List.of(Step.values()));
    private Step step = Step.DONE;
    private boolean filterIgnored;
    private FoundCase result;

    /**
     * Begins a look-up.
     *
     * @param linked the Primero {@code id} that the ledger links to the client, if any
     * @param externalId the client's {@code external_id}; blank if OSCaR has none
     * @param globalId the client's {@code global_id}
     * @param unlinked the ids of cases that a person knows not to be the client's: they count as not there
     * @param provenEmpty whether a complete full sweep has shown that Primero has no case, and none since has shown one
     */
    CaseFinder(Optional<String> linked, String externalId, String globalId, Set<String> unlinked, boolean provenEmpty) {
        this.unlinked = unlinked;
        this.provenEmpty = provenEmpty;
        this.linked = linked.filter(id -> !Fields.isBlank(id));
        this.externalId = externalId;
        this.globalId = globalId;
        if (this.linked.isEmpty() && Fields.isBlank(externalId) && Fields.isBlank(globalId)) {
            end(new FoundCase.Park("no-key", "the client has neither an external_id nor a global_id"));
        } else {
            advance();
        }
    }

    /** Empty once there is a result. */
    Optional<Question> ask() {
        return switch (step) {
            case LINK -> Optional.of(new Question("/cases/" + Queries.encoded(linked.orElseThrow()), ""));
            case CASE_ID, CASE_ID_AGAIN -> Optional.of(by("case_id", externalId));
            case OSCAR_NUMBER, OSCAR_NUMBER_AGAIN -> Optional.of(by("oscar_number", globalId));
            case CONTROL -> Optional.of(new Question("/cases", CaseAnswer.ANY));
            case DONE -> Optional.empty();
        };
    }

    /** Takes a successful answer: the whole JSON, {@code {"data":...}}. */
    void answered(JsonNode answer) {
        switch (step) {
            case LINK -> linked(answer.path("data"));
            case CASE_ID, CASE_ID_AGAIN -> listed(answer, "case_id", externalId, FoundCase.By.CASE_ID);
            case OSCAR_NUMBER, OSCAR_NUMBER_AGAIN ->
                listed(answer, "oscar_number", globalId, FoundCase.By.OSCAR_NUMBER);
            case CONTROL -> {
                if (CaseAnswer.of(answer).total() == 0 && !provenEmpty) {
                    throw CaseAnswer.emptyList();
                }
                advance();
            }
            case DONE -> throw new IllegalStateException("nothing was asked");
        }
    }

    /** Takes a 404. Only the linked case can be missing so; a list that answers 404 is no answer. */
    void notFound() {
        if (step != Step.LINK) {
            throw new AnswerLost("not-a-list", "Primero's answer is no list of cases with a total");
        }
        advance();
    }

    /** Empty while there is something to ask. */
    Optional<FoundCase> result() {
        return Optional.ofNullable(result);
    }

    private void linked(JsonNode theCase) {
        CaseAnswer.sameCase(theCase, linked.orElseThrow(), "asked for");
        FoundCase.Found found = new FoundCase.Found(theCase, FoundCase.By.LINK);
        if (CaseAnswer.disabled(theCase)) {
            // it may have been replaced by the one that a caseworker kept
            disabled.put(Fields.text(theCase, "id"), found);
            advance();
        } else {
            end(found);
        }
    }

    /** By their ids, so that a person finds them; two of them, however many there are. */
    private static String named(Collection<FoundCase.Found> cases) {
        return cases.stream()
                .map(found -> Fields.text(found.theCase(), "id"))
                .limit(2)
                .collect(Collectors.joining(" and ", ": ", ""));
    }

    private void listed(JsonNode answer, String key, String value, FoundCase.By by) {
        CaseAnswer cases = CaseAnswer.of(answer);
        if (cases.rows().isEmpty() && cases.total() > 0) {
            throw CaseAnswer.emptyList();
        }
        List<JsonNode> matching = cases.rows().stream()
                .filter(row -> value.equals(Fields.text(row, key)))
                .toList();
        List<FoundCase.Found> enabled = new ArrayList<>();
        for (JsonNode row : matching) {
            if (unlinked.contains(Fields.text(row, "id"))) {
                unlinkedMet = true;
                continue;
            }
            FoundCase.Found found = new FoundCase.Found(row, by);
            if (CaseAnswer.disabled(row)) {
                disabled.putIfAbsent(Fields.text(row, "id"), found);
            } else {
                enabled.add(found);
            }
        }
        boolean filtered = matching.size() == cases.rows().size();
        filterIgnored |= !filtered;
        // of a list that was not filtered, the rest may hold a second one; only case_id is unique in Primero (§3.1)
        boolean certain = filtered || by == FoundCase.By.CASE_ID;
        if (enabled.size() > 1 || (filtered && cases.total() > matching.size())) {
            end(new FoundCase.Park("two-cases", "more than one case has this " + key + named(enabled)));
        } else if (enabled.size() == 1 && certain) {
            end(enabled.get(0));
        } else {
            advance();
        }
    }

    private void advance() {
        do {
            step = ahead.remove();
        } while (!canBeAsked());
        if (step == Step.DONE) {
            end(none());
        }
    }

    private boolean canBeAsked() {
        return switch (step) {
            case LINK -> linked.isPresent();
            case CASE_ID -> !Fields.isBlank(externalId);
            case OSCAR_NUMBER -> !Fields.isBlank(globalId);
            case CASE_ID_AGAIN -> disabled.isEmpty() && !Fields.isBlank(externalId);
            case OSCAR_NUMBER_AGAIN -> disabled.isEmpty() && !Fields.isBlank(globalId);
            case CONTROL -> disabled.isEmpty();
            case DONE -> true;
        };
    }

    private FoundCase none() {
        String own = Fields.isBlank(globalId) ? "" : NameBasedId.ofCase(globalId);
        if (disabled.isEmpty() && (unlinkedMet || unlinked.contains(own))) {
            return new FoundCase.Park(
                    "unlinked", "the only case that has the client's keys is one that a person has unlinked from it");
        }
        if (disabled.size() == 1) {
            return disabled.values().iterator().next();
        }
        if (disabled.size() > 1) {
            return new FoundCase.Park(
                    "two-cases",
                    "more than one case has the client's keys, all of them disabled" + named(disabled.values()));
        }
        if (filterIgnored) {
            return new FoundCase.Park(
                    "filter-ignored", "Primero ignores the key that was asked for: see the role's forms");
        }
        if (!Fields.isBlank(externalId) || linked.isPresent()) {
            return new FoundCase.Park("case-not-found", "no case has the client's external_id or global_id");
        }
        return new FoundCase.CreateWith(NameBasedId.ofCase(globalId));
    }

    private void end(FoundCase found) {
        result = found;
        step = Step.DONE;
    }

    private static Question by(String key, String value) {
        return new Question("/cases", Queries.equal(key, value) + "&page=1&per=20");
    }
}
