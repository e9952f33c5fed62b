package dev.tandem.console.visit;

import dev.tandem.admin.AdminGuard.Person;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Who is signed in, in this process only: a restart signs everybody out. */
public final class Sessions {
    static final Duration IDLE = Duration.ofMinutes(30);
    static final Duration LONGEST = Duration.ofHours(12);
    /** Of them the one that was idle longest goes first. */
    private static final int MOST = 1000;

    private static final int RANDOM_BYTES = 32;

    /** One browser. */
    public static final class Session {
        private final String id;
        private final Person person;
        private final String token;
        private final long begun;
        private volatile long used;
        private Optional<String> notice = Optional.empty();

        private Session(String id, Person person, String token, long now) {
            this.id = id;
            this.person = person;
            this.token = token;
            begun = now;
            used = now;
        }

        public String id() {
            return id;
        }

        public Person person() {
            return person;
        }

        /** What each form of this browser carries, and no other page knows. */
        public String token() {
            return token;
        }

        public synchronized void notice(String text) {
            notice = Optional.of(text);
        }

        /** What the next page has to say, once. */
        public synchronized Optional<String> takeNotice() {
            Optional<String> taken = notice;
            notice = Optional.empty();
            return taken;
        }

        private boolean over(long now) {
            return now - used > IDLE.toNanos() || now - begun > LONGEST.toNanos();
        }
    }

    private final SecureRandom random = new SecureRandom();
    private final LongSupplier nanos;
    // The one that was idle longest first.
    private final Map<String, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

    /** @param nanos as {@link System#nanoTime()} */
    public Sessions(LongSupplier nanos) {
        this.nanos = nanos;
    }

    public synchronized Session begin(Person person) {
        long now = nanos.getAsLong();
        sessions.values().removeIf(session -> session.over(now));
        if (sessions.size() >= MOST) {
            sessions.remove(sessions.keySet().iterator().next());
        }
        Session session = new Session(secret(), person, secret(), now);
        sessions.put(session.id, session);
        return session;
    }

    /** @param byPerson whether a person asked, and not a page that keeps itself fresh: that does not keep anybody signed in */
    public synchronized Optional<Session> find(String id, boolean byPerson) {
        Session session = sessions.get(id);
        long now = nanos.getAsLong();
        if (session == null || session.over(now)) {
            sessions.remove(id);
            return Optional.empty();
        }
        if (byPerson) {
            session.used = now;
        }
        return Optional.of(session);
    }

    public synchronized void end(Session session) {
        sessions.remove(session.id);
    }

    private String secret() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
