package dev.tandem.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Planned;
import dev.tandem.outcome.Refused;
import dev.tandem.outcome.Setback;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpConstants;
import org.apache.camel.util.ObjectHelper;

/**
 * The steps of a call route around its HTTP producer. After {@link #outcome} the message's body is the answer's JSON and
 * the property {@value #STATUS} its status, or the exchange's exception is the {@link Setback} itself.
 */
public final class Answers {
    /** Exchange property: the HTTP status of a success, an Integer. */
    public static final String STATUS = "answerStatus";

    /** Exchange property: when the system answered, by its own clock, an Instant; absent if it did not say. */
    public static final String ANSWERED_AT = "answeredAt";

    /** Exchange property, set by a call route: the JSLT that is true of the answer to a call that succeeded. */
    public static final String SUCCESS = "successIs";

    /** Exchange property, set by a call route: the JSLT that is true of a 4xx of the system's own. */
    public static final String REFUSAL = "refusalIs";

    /** Exchange property, set by a caller before one call: the {@link System#nanoTime()} by which it must be over. */
    public static final String NOT_AFTER = "TandemDeadline";

    /** Exchange property, set by a caller before one call: {@code true} if it must not be sent twice. */
    public static final String ONLY_ONCE = "TandemOnlyOnce";

    /** The code of an answer that is longer than is kept in memory. */
    public static final String TOO_LONG = "answer-too-long";

    /** The codes of what is refused by us, although it may be true: it is larger than can be read. */
    public static final Set<String> BEYOND_LIMITS = Set.of(TOO_LONG, AnswerVerdict.BEYOND_LIMITS);

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH");
    private static final String ASKED = "TandemAsked";
    private static final String READS = "dev.tandem.call.reads";
    private static final String CALL = "dev.tandem.call";
    private static final Duration BREAKER_WAIT = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final Optional<PlannedCalls> plan;
    private final Reachability reachability;

    Answers(InstantSource clock, Optional<PlannedCalls> plan, Reachability reachability) {
        this.reachability = reachability;
        this.clock = clock;
        this.plan = plan;
    }

    /** First step, before the breaker: turns the body into what is sent, and starts a record of the call. */
    public void begin(Exchange exchange, String system) {
        Message message = exchange.getMessage();
        exchange.removeProperty(STATUS);
        exchange.removeProperty(ANSWERED_AT);
        requireContent(message);
        Optional<byte[]> known = known(message, system);
        CallContext.set(new CallContext(
                Optional.ofNullable((Long) exchange.removeProperty(NOT_AFTER)),
                Boolean.TRUE.equals(exchange.removeProperty(ONLY_ONCE)),
                known));
        String madeBy = Objects.requireNonNullElse(exchange.getFromRouteId(), "");
        String record = message.getHeader("TandemRecord", madeBy, String.class);
        exchange.setProperty(CALL, new Call(system, record, shape(exchange)));
        exchange.setProperty(READS, reading(message));
        onlyPlan(exchange, system);
        exchange.removeProperty(ASKED);
        if (plan.isPresent() && known.isEmpty()) {
            exchange.setProperty(ASKED, List.of(system, path(message), query(message)));
        }
        if (message.getBody() instanceof JsonNode json) {
            message.setBody(json.toString().getBytes(StandardCharsets.UTF_8));
        } else if (message.getBody() != null) {
            message.setBody(message.getBody(String.class).getBytes(StandardCharsets.UTF_8));
        }
        if (message.getBody() != null && message.getHeader(Exchange.CONTENT_TYPE) == null) {
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        }
    }

    /**
     * No write goes out without content: it changes nothing, and still stamps the record, wakes everyone who listens, and may
     * take back what another caller writes at that moment (contract primero-v2 §3.4, §3.10).
     *
     * @throws Refused if the call would write nothing: no body, or one of empty objects and lists only
     */
    static void requireContent(Message message) {
        String method = message.getHeader(Exchange.HTTP_METHOD, "GET", String.class);
        Object body = message.getBody();
        boolean nothing = body instanceof JsonNode json ? holdsNothing(json) : body == null;
        if (WRITES.contains(method) && nothing) {
            throw new Refused("nothing-to-write", "a " + method + " without content is never sent", 0, List.of());
        }
    }

    /** A null is content: it clears a field. */
    private static boolean holdsNothing(JsonNode node) {
        if (node.isValueNode()) {
            return false;
        }
        for (JsonNode child : node) {
            if (!holdsNothing(child)) {
                return false;
            }
        }
        return true;
    }

    private static AnswerShape shape(Exchange exchange) {
        Message message = exchange.getMessage();
        return new AnswerShape(
                        Optional.ofNullable((String) exchange.removeProperty(SUCCESS)),
                        Optional.ofNullable((String) exchange.removeProperty(REFUSAL)))
                .asked(
                        message.getHeader(Exchange.HTTP_METHOD, "GET", String.class),
                        message.getHeader(Exchange.HTTP_PATH, "", String.class),
                        message.getHeader(Exchange.HTTP_QUERY, String.class),
                        message.getBody() instanceof JsonNode json ? json : NullNode.instance);
    }

    /** In a plan, a call that would change something ends here; {@link Planned} says that it was only planned. */
    private void onlyPlan(Exchange exchange, String system) {
        String method = exchange.getMessage().getHeader(Exchange.HTTP_METHOD, "GET", String.class);
        if (plan.isPresent() && !method.equals("GET")) {
            Object body = exchange.getMessage().getBody();
            plan.get().planned(exchange, system, method, body instanceof JsonNode json ? json : NullNode.instance);
            throw new Planned();
        }
    }

    private static void tell(PlannedCalls reads, Exchange exchange, JsonNode body) {
        List<?> asked = exchange.getProperty(ASKED, List.class);
        if (asked != null) {
            reads.read((String) asked.get(0), (String) asked.get(1), (String) asked.get(2), body);
        }
    }

    private Optional<byte[]> known(Message message, String system) {
        return plan.filter(reads -> reading(message))
                .flatMap(reads -> reads.known(system, path(message), query(message)))
                .map(answer -> answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean reading(Message message) {
        return message.getHeader(Exchange.HTTP_METHOD, "GET", String.class).equals("GET");
    }

    private static String path(Message message) {
        return message.getHeader(Exchange.HTTP_PATH, "", String.class);
    }

    private static String query(Message message) {
        return message.getHeader(Exchange.HTTP_QUERY, "", String.class);
    }

    /** First step inside the breaker: from here on the call may have an effect. */
    public void entered(Exchange exchange) {
        call(exchange).begin();
    }

    /** The HTTP producer threw. */
    public void unanswered(Exchange exchange) {
        Call call = call(exchange);
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Setback setback = ObjectHelper.getException(Setback.class, failure);
        call.unanswered(setback == null ? brokeOff(call) : setback);
    }

    /**
     * Last step inside the breaker.
     *
     * @throws Setback if the system is down, for the breaker to count
     * @throws HeldBack if the breaker is to take no notice
     */
    public void judge(Exchange exchange) {
        Call call = call(exchange);
        if (call.setback().isEmpty()) {
            judgeAnswer(exchange.getMessage(), call);
        }
        if (call.down()) {
            throw call.setback().orElseThrow();
        }
        if (call.heldBack()) {
            throw new HeldBack(call.setback().orElseThrow());
        }
    }

    /** As {@link #judge} where the body is a stream to be read later; there is no breaker around it. */
    public void judgeFeed(Exchange exchange) {
        Call call = call(exchange);
        if (call.setback().isEmpty()) {
            judgeAnswer(exchange.getMessage(), call);
        }
    }

    /**
     * Last step, behind the breaker.
     *
     * @throws Setback if the call did not succeed
     */
    public void outcome(Exchange exchange) {
        Call call = ended(exchange);
        exchange.getMessage().setBody(call.body().orElse(null));
        plan.ifPresent(reads -> call.body().ifPresent(body -> tell(reads, exchange, body)));
    }

    /**
     * As {@link #outcome}, but leaves the feed's stream as the body. It must be read within this exchange, which closes
     * it at its end.
     */
    public void outcomeOfFeed(Exchange exchange) {
        Call call = ended(exchange);
        if (!(exchange.getMessage().getBody() instanceof InputStream)) {
            throw new AnswerLost("empty-answer", call.system() + " answered " + call.status() + " without a feed");
        }
    }

    private Call ended(Exchange exchange) {
        Call call = call(exchange);
        CallContext.clear();
        reachability.ended(call);
        exchange.removeProperty(CALL);
        // The breaker's fallback marks the exchange as handled; a doTry of the caller would then not see our exception.
        exchange.removeProperty(Exchange.EXCEPTION_HANDLED);
        Message message = exchange.getMessage();
        message.removeHeader(Exchange.CONTENT_TYPE);
        message.removeHeader("Retry-After");
        Optional.ofNullable(message.removeHeader("Date"))
                .flatMap(date -> RetryAfter.instant(date.toString()))
                .ifPresent(date -> exchange.setProperty(ANSWERED_AT, date));
        message.removeHeader("Location");
        if (call.setback().isPresent()) {
            throw exchange.getProperty(READS, false, Boolean.class)
                    ? ofTheRecord(call.setback().get())
                    : call.setback().get();
        }
        if (call.status() == 0) {
            throw call.begun() ? brokeOff(call) : NotSent.breakerOpen(call.system(), BREAKER_WAIT);
        }
        exchange.setProperty(STATUS, call.status());
        return call;
    }

    private static AnswerLost brokeOff(Call call) {
        return new AnswerLost("answer-lost", "the call to " + call.system() + " broke off");
    }

    /** What is beyond what can be read comes out the same however often it is read. */
    private static Setback ofTheRecord(Setback setback) {
        return BEYOND_LIMITS.contains(setback.code())
                ? new Refused(setback.code(), setback.getMessage(), 200, List.of())
                : setback;
    }

    private void judgeAnswer(Message message, Call call) {
        int status = status(message);
        try {
            if (message.getBody() instanceof FeedStream) {
                AnswerVerdict.head(answer(message, new byte[0]), call.system(), call.shape(), clock.instant());
                call.answered(status, Optional.empty());
            } else {
                byte[] body = message.getBody() == null ? new byte[0] : message.getBody(byte[].class);
                call.answered(
                        status, AnswerVerdict.of(answer(message, body), call.system(), call.shape(), clock.instant()));
            }
        } catch (Setback setback) {
            boolean lost = setback instanceof AnswerLost && !BEYOND_LIMITS.contains(setback.code());
            boolean foreign = status < 500 && (lost || (setback instanceof NotSent notSent && notSent.usesAttempt()));
            call.judged(
                    setback,
                    foreign ? reachability.foreignAnswer(call.system(), call.record()) : lost && status >= 500);
        }
    }

    private static AnswerVerdict.Answer answer(Message message, byte[] body) {
        return new AnswerVerdict.Answer(
                status(message),
                message.getHeader(Exchange.CONTENT_TYPE, String.class),
                message.getHeader("Retry-After", String.class),
                message.getHeader("Date", String.class),
                body);
    }

    private static int status(Message message) {
        Integer status = message.getHeader(HttpConstants.HTTP_RESPONSE_CODE, Integer.class);
        return status == null ? 0 : status;
    }

    private static Call call(Exchange exchange) {
        return exchange.getProperty(CALL, Call.class);
    }
}
