package dev.tandem.call;

/**
 * Whether the call of this thread must not be sent twice, since neither its repeat nor its effect could be told (protocol 3).
 * A thread is what a Camel route and the HTTP client below it share.
 */
final class OnlyOnce {
    private static final ThreadLocal<Boolean> SET = new ThreadLocal<>();

    private OnlyOnce() {}

    static void set(boolean onlyOnce) {
        SET.set(onlyOnce);
    }

    static void clear() {
        SET.remove();
    }

    static boolean isSet() {
        return Boolean.TRUE.equals(SET.get());
    }
}
