package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET /api/v2/cases} (contract primero-v2 §2). */
final class Listing {
    private static final int CAP = 1000;
    private static final Pattern NESTED = Pattern.compile("(or|not)\\[([^\\]]+)\\]");

    private final CaseStore store;
    private final CaseView view;
    private final Locations locations;
    private final long seed;
    private volatile ZoneOffset server = ZoneOffset.UTC;
    private final AtomicLong queries = new AtomicLong();

    Listing(CaseStore store, CaseView view, Locations locations, long seed) {
        this.store = store;
        this.view = view;
        this.locations = locations;
        this.seed = seed;
    }

    void server(ZoneOffset zone) {
        server = zone;
    }

    ObjectNode list(Map<String, List<String>> query, Account user) {
        int per = Math.min(CAP, number(query, "per", 20));
        int page = number(query, "page", 1);
        if (page <= 0) {
            throw ApiError.broken("PG::InvalidRowCountInResultOffsetClause");
        }
        List<Candidate> found;
        try {
            found = find(query, user);
        } catch (SqlError logged) {
            found = List.of();
        }
        int from = (int) Math.min(found.size(), (page - 1L) * per);
        int to = Math.min(found.size(), from + Math.max(per, 0));
        shuffleTies(found, order(orderBy(query)), from, to);
        List<Candidate> rows = found.subList(from, to);
        Optional<String> fields = last(query, "id_search")
                .filter("true"::equals)
                .map(yes -> "short")
                .or(() -> last(query, "fields"));
        ObjectNode body = Json.object();
        ArrayNode data = body.putArray("data");
        rows.forEach(row -> data.add(view.full(row.row(), user, fields)));
        body.putObject("metadata").put("total", found.size()).put("per", per).put("page", page);
        return body;
    }

    private List<Candidate> find(Map<String, List<String>> query, Account user) {
        List<Predicate<Candidate>> filters = filters(query, user.role());
        if (!user.role().scope().equals("all")) {
            filters.add(row -> Scope.covers(user, row.data()));
        }
        last(query, "query")
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> filters.add(
                        last(query, "phonetic").filter("true"::equals).isPresent()
                                ? byName(text)
                                : byIdentifier(text)));
        String orderBy = orderBy(query);
        boolean descending = last(query, "order").orElse("desc").equals("desc");
        return ordered(source(query, user.role(), orderBy), filters, orderBy, descending);
    }

    /** The smallest set that has all rows asked for; in the order of the key where an index has it. */
    private List<Stored> source(Map<String, List<String>> query, Role role, String orderBy) {
        Optional<String> caseId = last(query, "case_id").filter(any -> view.isReadable("case_id", role));
        Optional<String> number = last(query, "oscar_number").filter(any -> view.isReadable("oscar_number", role));
        if (caseId.isPresent()) {
            return store.withCaseId(caseId.get());
        }
        if (number.isPresent()) {
            return store.withOscarNumber(number.get());
        }
        return switch (orderBy) {
            case "case_id" -> store.byCaseId();
            case "last_updated_at" -> store.byUpdate();
            default -> store.byCreation();
        };
    }

    private List<Candidate> ordered(
            List<Stored> source, List<Predicate<Candidate>> filters, String orderBy, boolean descending) {
        List<Candidate> found = new ArrayList<>();
        for (Stored row : source) {
            Candidate candidate = new Candidate(row, server);
            if (passes(candidate, filters)) {
                found.add(candidate);
            }
        }
        // What an index gave is in order already; the sort then only looks at each row once.
        found.sort(order(orderBy));
        if (descending) {
            Collections.reverse(found);
        }
        return found;
    }

    private static boolean passes(Candidate candidate, List<Predicate<Candidate>> filters) {
        for (Predicate<Candidate> filter : filters) {
            if (!filter.test(candidate)) {
                return false;
            }
        }
        return true;
    }

    /**
     * There is no tie-breaker: rows with the same key come in another order with each query (§2.5). Only the groups that
     * reach into the page are shuffled, each as a whole.
     */
    private void shuffleTies(List<Candidate> sorted, Comparator<Candidate> order, int from, int to) {
        if (from >= to) {
            return;
        }
        Random random = new Random(seed * 31 + queries.incrementAndGet());
        int start = from;
        while (start > 0 && order.compare(sorted.get(start - 1), sorted.get(start)) == 0) {
            start--;
        }
        while (start < to) {
            int end = start + 1;
            while (end < sorted.size() && order.compare(sorted.get(end - 1), sorted.get(end)) == 0) {
                end++;
            }
            if (end - start > 1) {
                Collections.shuffle(sorted.subList(start, end), random);
            }
            start = end;
        }
    }

    private static String orderBy(Map<String, List<String>> query) {
        return last(query, "order_by").filter(name -> !name.isEmpty()).orElse("created_at");
    }

    private static Comparator<Candidate> order(String orderBy) {
        return switch (orderBy) {
            case "created_at" -> Comparator.comparing(row -> row.row().createdAt());
            case "last_updated_at" -> Comparator.comparing(row -> row.row().lastUpdatedAt());
            // No record has this key among its values: all are equal (§10, trap 4).
            case "id" -> Comparator.comparing(row -> "");
            default -> Comparator.comparing(row -> row.value(orderBy), Listing::compare);
        };
    }

    /** Nulls last on asc, so first on desc. */
    private static int compare(JsonNode a, JsonNode b) {
        boolean noA = a.isMissingNode() || a.isNull();
        boolean noB = b.isMissingNode() || b.isNull();
        if (noA || noB) {
            return Boolean.compare(noA, noB);
        }
        return a.isNumber() && b.isNumber()
                ? a.decimalValue().compareTo(b.decimalValue())
                : a.asText().compareTo(b.asText());
    }

    /** What is not permitted is ignored, never refused: trap 1. */
    private List<Predicate<Candidate>> filters(Map<String, List<String>> query, Role role) {
        List<Predicate<Candidate>> all = new ArrayList<>();
        List<Predicate<Candidate>> any = new ArrayList<>();
        query.forEach((key, values) -> {
            String value = values.get(values.size() - 1);
            Matcher nested = NESTED.matcher(key);
            if (nested.matches()) {
                Optional<Predicate<Candidate>> inner = filter(nested.group(2), value, role);
                if (nested.group(1).equals("or")) {
                    inner.ifPresent(any::add);
                } else {
                    inner.ifPresent(condition -> all.add(condition.negate()));
                }
            } else if (key.matches(".*\\[\\d*\\]")) {
                filter(key.substring(0, key.indexOf('[')), String.join(",", values), role)
                        .ifPresent(all::add);
            } else {
                filter(key, value, role).ifPresent(all::add);
            }
        });
        if (!any.isEmpty()) {
            all.add(row -> any.stream().anyMatch(condition -> condition.test(row)));
        }
        return all;
    }

    private Optional<Predicate<Candidate>> filter(String field, String value, Role role) {
        if (field.startsWith("loc:")) {
            String name = field.substring("loc:".length());
            return view.isReadable(name, role) ? Optional.of(locations.within(name, value)) : Optional.empty();
        }
        return view.isReadable(field, role) ? Filters.build(field, value) : Optional.empty();
    }

    private static Predicate<Candidate> byIdentifier(String text) {
        String part = text.toLowerCase(Locale.ROOT);
        return row -> Filters.IDENTIFIERS.stream()
                .anyMatch(field ->
                        row.value(field).asText("").toLowerCase(Locale.ROOT).contains(part));
    }

    private static Predicate<Candidate> byName(String text) {
        List<String> tokens = List.of(text.toLowerCase(Locale.ROOT).split("\\s+"));
        return row -> List.of(
                        row.value("name").asText("").toLowerCase(Locale.ROOT).split("\\s+"))
                .containsAll(tokens);
    }

    private static int number(Map<String, List<String>> query, String name, int otherwise) {
        Optional<String> text = last(query, name);
        if (text.isEmpty()) {
            return otherwise;
        }
        Matcher digits = Pattern.compile("\\s*(-?\\d{1,9}).*").matcher(text.get());
        return digits.matches() ? Integer.parseInt(digits.group(1)) : 0;
    }

    private static Optional<String> last(Map<String, List<String>> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }
}
