package dev.tandem.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.ledger.storage.Storable;
import dev.tandem.ledger.storage.Store;
import dev.tandem.ledger.storage.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * What a person is told of by mail or webhook, so that of several replicas, and across restarts, each thing is told once. One that
 * dies while it sends has it sent again.
 */
public final class NoticeBook {
    private static final Duration SENDING = Duration.ofMinutes(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration EVENTS_KEPT = Duration.ofDays(7);
    /** By how much a parked effect may be seen later than it says that it was parked. */
    private static final Duration COMMITTED_WITHIN = Duration.ofSeconds(10);

    private static final String PARKED_SEEN = "parked-seen";
    private static final int LONGEST_FACTS = 4000;

    /**
     * One thing to be told of.
     *
     * @param name tells it from others; of a state that begins again the same
     * @param kind such as {@code gate-closed}; names its text
     * @param subject the system, flow or other thing that it is about
     * @param facts for the text: ids, codes, counts and times
     */
    public record Notice(String name, String kind, String subject, String facts, Instant beganAt) {}

    /**
     * What could not be sent by a way, and is tried again.
     *
     * @param since when the oldest of them began
     */
    public record Undelivered(String channel, long notices, Instant since) {}

    private final Store store;

    NoticeBook(Store store) {
        this.store = store;
    }

    /** Something lasts, and is told once until {@link #ends}. */
    public void begins(Notice state) {
        store.run(handle -> enter(handle, state, false));
    }

    /** It is over; one that was not sent by now never is. */
    public void ends(String name) {
        store.run(handle -> remove(handle, List.of(name)));
    }

    /** Something has happened, and is told once. */
    public void happened(Notice event) {
        store.run(handle -> {
            List<String> old = handle.createQuery("select name from notice where is_event and began_at < :before")
                    .bind("before", store.now().minus(EVENTS_KEPT))
                    .mapTo(String.class)
                    .list();
            remove(handle, old);
            enter(handle, event, true);
        });
    }

    /** What lasts of these kinds is just this. */
    public void last(Set<String> kinds, Collection<Notice> states) {
        Set<String> names = states.stream().map(Notice::name).collect(Collectors.toSet());
        store.run(handle -> {
            List<String> over = handle
                    .createQuery("select name from notice where kind in (<kinds>) and not is_event")
                    .bindList("kinds", kinds)
                    .mapTo(String.class)
                    .stream()
                    .filter(name -> !names.contains(name))
                    .toList();
            remove(handle, over);
            states.forEach(state -> enter(handle, state, false));
        });
    }

    /** Tells of the effects that were parked since this was last asked, by any replica: how many for each reason. */
    public void newlyParked() {
        Instant until = store.now().minus(COMMITTED_WITHIN);
        store.run(handle -> {
            Instant from = handle.createQuery("select began_at from notice where name = :name for update")
                    .bind("name", PARKED_SEEN)
                    .mapTo(Instant.class)
                    .findOne()
                    .orElse(Instant.EPOCH);
            ObjectNode found = JsonNodeFactory.instance.objectNode();
            handle.createQuery("""
                            select coalesce(reason_code, kind) as code, count(*) as effects from effect
                             where state = 'parked' and changed_at > :from and changed_at <= :until
                             group by coalesce(reason_code, kind)
                            """)
                    .bind("from", from)
                    .bind("until", until)
                    .map((row, context) -> Map.entry(row.getString("code"), row.getLong("effects")))
                    .forEach(count -> found.put(count.getKey(), count.getValue()));
            if (!found.isEmpty()) {
                enter(handle, new Notice("parked:" + until, "parked", "", found.toString(), until), true);
            }
            if (from.equals(Instant.EPOCH)) {
                enter(handle, new Notice(PARKED_SEEN, PARKED_SEEN, "", "", until), false);
            } else if (!found.isEmpty()) {
                handle.createUpdate("update notice set began_at = :until where name = :name")
                        .bind("until", until)
                        .bind("name", PARKED_SEEN)
                        .execute();
            }
        });
    }

    /** How many effects of each flow and kind have been sent since then. */
    public Map<String, Long> sentSince(Instant since) {
        return store.read(handle -> {
            Map<String, Long> found = new TreeMap<>();
            handle.createQuery("select flow, kind, count(*) as effects from effect where sent_at >= :since"
                            + " and state = 'confirmed' group by flow, kind")
                    .bind("since", since)
                    .map((row, context) ->
                            Map.entry(row.getString("flow") + " " + row.getString("kind"), row.getLong("effects")))
                    .forEach(count -> found.put(count.getKey(), count.getValue()));
            return found;
        });
    }

    /** Takes what is to be sent by this way now; {@link #sent} or {@link #failed} follows. */
    public List<Notice> take(String channel) {
        Instant now = store.now();
        return store.in(handle -> {
            List<Notice> all = handle.createQuery("""
                            select n.name, n.kind, n.subject, n.facts, n.began_at from notice n
                             where n.kind <> :mark and not exists (
                               select 1 from notice_delivery d where d.name = n.name and d.channel = :channel
                                  and (d.sent_at is not null or d.taken_until > :now))
                             order by n.began_at, n.name
                            """)
                    .bind("mark", PARKED_SEEN)
                    .bind("channel", channel)
                    .bind("now", now)
                    .map(ConstructorMapper.of(Notice.class))
                    .list();
            return all.stream()
                    .filter(notice -> take(handle, notice.name(), channel, now))
                    .toList();
        });
    }

    /** Only one replica gets it: the second update finds that it is taken, and the second insert that it is there. */
    private static boolean take(Handle handle, String name, String channel, Instant now) {
        int again = handle.createUpdate("""
                        update notice_delivery set taken_until = :until, tries = tries + 1
                         where name = :name and channel = :channel and sent_at is null and taken_until <= :now
                        """)
                .bind("until", now.plus(SENDING))
                .bind("name", name)
                .bind("channel", channel)
                .bind("now", now)
                .execute();
        return again > 0
                || Transactions.insertedOrThere(handle, () -> handle.createUpdate(
                                "insert into notice_delivery (name, channel, taken_until, tries)"
                                        + " values (:name, :channel, :until, 1)")
                        .bind("until", now.plus(SENDING))
                        .bind("name", name)
                        .bind("channel", channel)
                        .execute());
    }

    public void sent(String channel, List<Notice> notices) {
        store.run(handle -> notices.forEach(notice -> handle.createUpdate(
                        "update notice_delivery set sent_at = :now where name = :name and channel = :channel")
                .bind("now", store.now())
                .bind("name", notice.name())
                .bind("channel", channel)
                .execute()));
    }

    /** They are tried again, later and later. */
    public void failed(String channel, List<Notice> notices) {
        store.run(handle -> notices.forEach(notice -> {
            int tries = handle.createQuery(
                            "select tries from notice_delivery where name = :name and channel = :channel")
                    .bind("name", notice.name())
                    .bind("channel", channel)
                    .mapTo(Integer.class)
                    .findOne()
                    .orElse(1);
            handle.createUpdate(
                            "update notice_delivery set taken_until = :until where name = :name and channel = :channel")
                    .bind("until", store.now().plus(store.settings().backoff(tries, LONGEST_PAUSE)))
                    .bind("name", notice.name())
                    .bind("channel", channel)
                    .execute();
        }));
    }

    /** By these ways; none of a way by which all is sent. One that is being sent for the first time is not counted. */
    public List<Undelivered> undelivered(Collection<String> channels) {
        return channels.isEmpty()
                ? List.of()
                : store.read(handle -> handle.createQuery("""
                                select d.channel, count(*) as notices, min(n.began_at) as since
                                  from notice_delivery d join notice n on n.name = d.name
                                 where d.sent_at is null and d.tries > 1 and d.channel in (<channels>)
                                 group by d.channel order by d.channel
                                """)
                        .bindList("channels", channels)
                        .map(ConstructorMapper.of(Undelivered.class))
                        .list());
    }

    private void enter(Handle handle, Notice notice, boolean event) {
        Transactions.insertedOrThere(
                handle, () -> handle.createUpdate("insert into notice (name, kind, subject, facts, is_event, began_at)"
                                + " values (:name, :kind, :subject, :facts, :event, :beganAt)")
                        .bind("name", Storable.identity(notice.name(), Storable.NAME))
                        .bind("kind", notice.kind())
                        .bind("subject", notice.subject())
                        .bind("facts", Storable.words(notice.facts(), LONGEST_FACTS))
                        .bind("event", event)
                        .bind("beganAt", notice.beganAt())
                        .execute());
    }

    private static void remove(Handle handle, List<String> names) {
        for (String name : names) {
            handle.createUpdate("delete from notice_delivery where name = :name")
                    .bind("name", name)
                    .execute();
            handle.createUpdate("delete from notice where name = :name")
                    .bind("name", name)
                    .execute();
        }
    }
}
