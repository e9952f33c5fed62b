package dev.tandem.admin;

import dev.tandem.observe.FlowControl;
import dev.tandem.operation.DeadLetterQuery;
import dev.tandem.operation.DiscardRequest;
import dev.tandem.operation.LedgerCommands;
import dev.tandem.operation.RetryRequest;
import dev.tandem.operation.SyncJobs;
import dev.tandem.operation.SyncRequest;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What the admin API answers to: docs/reference/admin-api.md. */
public final class AdminCalls {
    /**
     * One of them.
     *
     * @param path of the whole path; its group is the part that varies
     */
    record Endpoint(String method, Pattern path, Function<AdminRequest, Object> answer) {}

    private static final Set<String> STATES = Set.of("parked", "waiting", "baseline", "discarded");

    private static final String FLOW = "/api/flows/([a-z0-9]{1,40}-to-[a-z0-9]{1,40})/";

    private final LedgerCommands commands;
    private final SyncJobs syncs;
    private final FlowControl flows;

    public AdminCalls(LedgerCommands commands, SyncJobs syncs, FlowControl flows) {
        this.flows = flows;
        this.commands = commands;
        this.syncs = syncs;
    }

    List<Endpoint> endpoints() {
        return List.of(
                endpoint("GET", "/api/status", request -> commands.status()),
                endpoint("POST", "/api/sync", this::sync),
                endpoint("GET", "/api/sync/(\\d{1,18})", this::syncState),
                endpoint(
                        "POST",
                        "/api/reopen/([a-z][a-z0-9]{0,40})",
                        request -> reopen(request.only().part())),
                endpoint("POST", "/api/approve", this::approve),
                endpoint("POST", FLOW + "pause", request -> said(flows.pause(flow(request)))),
                endpoint("POST", FLOW + "resume", request -> said(flows.resume(flow(request)))),
                endpoint("GET", "/api/dead-letters", this::list),
                endpoint("POST", "/api/dead-letters/retry", this::retry),
                endpoint("GET", "/api/dead-letters/(\\d{1,18})", this::show),
                endpoint("POST", "/api/dead-letters/(\\d{1,18})/retry", this::retryOne),
                endpoint("POST", "/api/dead-letters/(\\d{1,18})/discard", this::discard));
    }

    private Object sync(AdminRequest request) {
        request.only("flow", "full", "since", "wait");
        Optional<String> flow = request.text("flow");
        if (flow.filter(name -> !commands.flows().contains(name)).isPresent()) {
            throw wrong("flow", "one of " + commands.flows());
        }
        boolean full = request.flag("full");
        Optional<Instant> since = request.text("since").map(AdminCalls::moment);
        if (full && since.isPresent()) {
            throw wrong("since", "left out where full is true");
        }
        Duration patience = request.text("wait")
                .map(text -> Durations.of(text).orElseThrow(() -> wrong("wait", "a duration such as 60s")))
                .orElse(Duration.ofSeconds(60));
        return syncs.begin(new SyncRequest(flow, full, since, patience))
                .orElseThrow(() -> new AdminRequest.Wrong(429, "too-many", "too many syncs wait already"));
    }

    private Object reopen(String system) {
        try {
            return commands.reopen(system);
        } catch (OperationFailed unknown) {
            throw new AdminRequest.Wrong(404, "no-such-system", unknown.getMessage());
        }
    }

    private String flow(AdminRequest request) {
        String flow = request.only().part();
        if (!commands.flows().contains(flow)) {
            throw new AdminRequest.Wrong(404, "no-such-flow", "the routes deliver " + commands.flows());
        }
        return flow;
    }

    private static Map<String, String> said(String words) {
        return Map.of("words", words);
    }

    private Object syncState(AdminRequest request) {
        return syncs.state(request.id()).orElseThrow(AdminCalls::nothingThere);
    }

    private Object list(AdminRequest request) {
        String state = request.query("state").orElse("parked");
        if (!STATES.contains(state)) {
            throw wrong("state", "one of " + STATES);
        }
        int limit;
        try {
            limit = Integer.parseInt(request.query("limit").orElse("200"));
        } catch (NumberFormatException e) {
            throw wrong("limit", "a number");
        }
        if (limit < 1 || limit > DeadLetterQuery.MOST) {
            throw wrong("limit", "from 1 to " + DeadLetterQuery.MOST);
        }
        return commands.deadLetters(new DeadLetterQuery(state, request.query("reason"), limit));
    }

    private Object show(AdminRequest request) {
        return commands.deadLetter(request.id()).orElseThrow(AdminCalls::nothingThere);
    }

    private Object approve(AdminRequest request) {
        request.only("by");
        return commands.approve(request.by());
    }

    private Object retryOne(AdminRequest request) {
        request.only("because", "by");
        return commands.retry(
                new RetryRequest(List.of(request.id()), Optional.empty(), request.text("because"), request.by()));
    }

    /** Everything only if everything was asked for by name. */
    private Object retry(AdminRequest request) {
        request.only("all", "reason", "ids", "because", "by");
        List<Long> ids = request.numbers("ids");
        Optional<String> reason = request.text("reason");
        if (ids.isEmpty() == !request.flag("all") || (!ids.isEmpty() && reason.isPresent())) {
            throw new AdminRequest.Wrong(
                    400, "wrong-field", "either all is true, with or without a reason, or ids lists which");
        }
        return commands.retry(new RetryRequest(ids, reason, request.text("because"), request.by()));
    }

    private Object discard(AdminRequest request) {
        request.only("because", "by");
        String because = request.text("because").orElseThrow(() -> wrong("because", "needed: why it is given up"));
        return commands.discard(new DiscardRequest(request.id(), because, request.by()));
    }

    private static Instant moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw wrong("since", "a moment with its offset");
        }
    }

    private static AdminRequest.Wrong wrong(String field, String words) {
        return new AdminRequest.Wrong(400, "wrong-field", field + " is " + words);
    }

    private static AdminRequest.Wrong nothingThere() {
        return new AdminRequest.Wrong(404, "no-such-id", "there is nothing with this id, or no longer");
    }

    private static Endpoint endpoint(String method, String path, Function<AdminRequest, Object> answer) {
        return new Endpoint(method, Pattern.compile(path), answer);
    }

    /** What an answer to a failed request holds. */
    static Map<String, Object> failure(String code, String words) {
        return Map.of("error", code, "words", words);
    }
}
