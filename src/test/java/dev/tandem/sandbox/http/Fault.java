package dev.tandem.sandbox.http;

import java.time.Duration;
import java.util.Optional;

/**
 * One way to misbehave.
 *
 * @param name what the counters and the call log call it
 * @param effect whether the change takes effect (the handler runs) before the fault shows
 * @param shape what the caller sees
 * @param answer the answer sent instead of the right one, if any
 * @param delay how long the answer takes more
 * @param hold where the call stands until the test lets it go
 */
public record Fault(
        String name, boolean effect, Shape shape, Optional<Reply> answer, Duration delay, Optional<Hold> hold) {

    /** What the caller sees of the call. */
    public enum Shape {
        /** The right answer, only late. */
        RIGHT,
        /** Another answer in its place. */
        REPLACED,
        /** The right status with a body that is cut: complete HTTP, broken JSON. */
        MALFORMED,
        /** The connection ends in the middle of the body. */
        TRUNCATED,
        /** The right status without a body. */
        EMPTIED,
        /** The connection is closed without an answer. */
        DROPPED,
        /** The connection is closed before the body of the request has been read. */
        UNREAD
    }

    private static final String PAGE =
            "<html><head><title>%d</title></head><body><h1>%d</h1><hr><center>nginx</center></body></html>";

    public static Fault latency(Duration delay) {
        return new Fault("latency", true, Shape.RIGHT, Optional.empty(), delay, Optional.empty());
    }

    /** Any status with a small JSON body; the change does not take effect, see {@link #afterEffect}. */
    public static Fault status(int status) {
        return answer("status-" + status, Reply.text(status, "application/json", "{\"error\":\"fault on demand\"}"));
    }

    /** A refusal in the envelope of either system: 422 at OSCaR, any 4xx at Primero. */
    public static Fault refusal(int status) {
        return answer(
                "refusal-" + status,
                Reply.text(
                        status,
                        "application/json",
                        "{\"errors\":[{\"status\":" + status + ",\"resource\":\"/\",\"message\":\"on demand\"}],"
                                + "\"message\":\"on demand\"}"));
    }

    /** 429, 503 and the like, naming the seconds to wait. */
    public static Fault retryAfter(int status, long seconds) {
        return answer(
                "status-" + status,
                Reply.text(status, "text/plain", "Retry later\n").with("Retry-After", Long.toString(seconds)));
    }

    /** A page instead of JSON: status 200 as a captive portal gives, or 502 as a proxy does. */
    public static Fault html(int status) {
        return answer("html-" + status, Reply.html(status, PAGE.formatted(status, status)));
    }

    /** The session or token is over: 401 in the way of Devise. */
    public static Fault unauthorized() {
        return answer(
                "status-401", Reply.text(401, "application/json", "{\"error\":\"Invalid user name or password.\"}"));
    }

    public static Fault answer(String name, Reply reply) {
        return new Fault(name, false, Shape.REPLACED, Optional.of(reply), Duration.ZERO, Optional.empty());
    }

    public static Fault malformedJson() {
        return shaped("malformed", true, Shape.MALFORMED);
    }

    public static Fault truncated() {
        return shaped("truncated", true, Shape.TRUNCATED);
    }

    public static Fault emptyBody() {
        return shaped("empty", true, Shape.EMPTIED);
    }

    /** Closed before the body was read: the caller may still be writing. */
    public static Fault dropUnread() {
        return shaped("drop-unread", false, Shape.UNREAD);
    }

    /** Closed before the change took effect. */
    public static Fault dropBefore() {
        return shaped("drop-before", false, Shape.DROPPED);
    }

    /** Closed after the change took effect: the lost answer. */
    public static Fault dropAfter() {
        return shaped("drop-after", true, Shape.DROPPED);
    }

    /** The change takes effect, then the answer waits until the hold is released. */
    public static Fault holdAnswer(Hold hold) {
        return new Fault("hold-answer", true, Shape.RIGHT, Optional.empty(), Duration.ZERO, Optional.of(hold));
    }

    /** The call waits before it takes effect; released, it goes through as if nothing had been. */
    public static Fault holdCall(Hold hold) {
        return new Fault("hold-call", false, Shape.RIGHT, Optional.empty(), Duration.ZERO, Optional.of(hold));
    }

    /** The call waits, and is gone with its connection when it is released: it never takes effect. */
    public static Fault holdAndDrop(Hold hold) {
        return new Fault("hold-and-drop", false, Shape.DROPPED, Optional.empty(), Duration.ZERO, Optional.of(hold));
    }

    private static Fault shaped(String name, boolean effect, Shape shape) {
        return new Fault(name, effect, shape, Optional.empty(), Duration.ZERO, Optional.empty());
    }

    /** The same fault, but the change has taken effect when it shows. */
    public Fault afterEffect() {
        return new Fault(name + "-after", true, shape, answer, delay, hold);
    }

    /** The same fault, late. */
    public Fault late(Duration by) {
        return new Fault(name, effect, shape, answer, by, hold);
    }

    boolean runsHandler() {
        return effect || shape == Shape.RIGHT;
    }

    /** Whether a caller whose call took effect is left without the answer. */
    boolean losesAnswer() {
        return effect && shape != Shape.RIGHT;
    }

    /** By its name, as the control API takes it: {@code drop-after}, {@code status-503}, {@code html-200}, ... */
    static Fault named(String name, Optional<Long> seconds) {
        if (name.endsWith("-after") && !name.equals("drop-after")) {
            return named(name.substring(0, name.length() - "-after".length()), seconds)
                    .afterEffect();
        }
        if (name.startsWith("status-")) {
            int status = Integer.parseInt(name.substring("status-".length()));
            return seconds.map(s -> retryAfter(status, s)).orElseGet(() -> status(status));
        }
        if (name.startsWith("html-")) {
            return html(Integer.parseInt(name.substring("html-".length())));
        }
        return switch (name) {
            case "latency" -> latency(Duration.ofSeconds(seconds.orElse(1L)));
            case "unauthorized" -> unauthorized();
            case "malformed" -> malformedJson();
            case "truncated" -> truncated();
            case "empty" -> emptyBody();
            case "drop-unread" -> dropUnread();
            case "drop-before" -> dropBefore();
            case "drop-after" -> dropAfter();
            default -> throw new IllegalArgumentException("no such fault: " + name);
        };
    }
}
