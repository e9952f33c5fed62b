package dev.tandem.ledger;

import dev.tandem.ledger.storage.Batches;
import dev.tandem.ledger.storage.Storable;
import dev.tandem.ledger.storage.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What comparisons of both systems have found: the counts of all of them, the differences of the last. */
public record CompareBook(Store store) {
    /** So long a history is drawn over time. */
    private static final Duration KEPT = Duration.ofDays(400);

    private static final int LONGEST_IDS = 2000;
    private static final int LONGEST_FIELDS = 4000;

    /**
     * One comparison.
     *
     * @param since only what changed from then on was read; null: everything
     * @param ngo only this one was looked at; null: all
     * @param records how many were compared
     * @param inStep how many have no difference
     * @param pending how many have only differences that are on their way
     */
    public record Run(
            long id,
            Instant beganAt,
            Instant endedAt,
            Instant since,
            String ngo,
            long records,
            long inStep,
            long pending) {
        /** Whether it says something of all that both systems hold. */
        public boolean whole() {
            return since == null && ngo == null;
        }
    }

    /**
     * How many of a kind at an NGO.
     *
     * @param seen whether it is a difference; else it is something that cannot be seen
     */
    public record Count(String kind, String ngo, boolean seen, long counted, long pending, long repairable) {}

    /** One difference; several ids have blanks between, fields have commas. */
    public record Difference(
            String kind,
            String ngo,
            String caseId,
            String client,
            String effectKey,
            String fields,
            String code,
            String words,
            String state,
            boolean repairable) {}

    /** Keeps one, in place of the differences of the one before. Returns its id. */
    public long keep(Run run, List<Count> counts, List<Difference> differences) {
        return store.in(handle -> {
            handle.execute("delete from comparison_difference");
            handle.createUpdate("delete from comparison_count where comparison in"
                            + " (select id from comparison where began_at < :old)")
                    .bind("old", store.now().minus(KEPT))
                    .execute();
            handle.createUpdate("delete from comparison where began_at < :old")
                    .bind("old", store.now().minus(KEPT))
                    .execute();
            long id = handle.createUpdate("""
                            insert into comparison (began_at, ended_at, since, ngo, records, in_step, pending)
                            values (:beganAt, :endedAt, :since, :ngo, :records, :inStep, :pending)
                            """)
                    .bindMethods(run)
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one();
            Batches.run(handle, counts, """
                    insert into comparison_count (comparison, kind, ngo, seen, counted, pending, repairable)
                    values (:id, :kind, :ngo, :seen, :counted, :pending, :repairable)
                    """, (batch, count) -> batch.bindMethods(count)
                    .bind("id", id));
            keep(handle, id, differences);
            return id;
        });
    }

    private static void keep(Handle handle, long id, List<Difference> differences) {
        List<Integer> places = IntStream.range(0, differences.size()).boxed().toList();
        Batches.run(handle, places, """
                insert into comparison_difference
                  (comparison, place, kind, ngo, case_id, client, effect_key, fields, code, words, state, repairable)
                values (:id, :place, :kind, :ngo, :caseId, :client, :effectKey, :fields, :code, :words, :state, :repairable)
                """, (batch, place) -> {
            Difference difference = differences.get(place);
            batch.bindMethods(difference)
                    .bind("id", id)
                    .bind("place", place)
                    .bind("caseId", Storable.words(difference.caseId(), LONGEST_IDS))
                    .bind("client", Storable.words(difference.client(), LONGEST_IDS))
                    .bind("fields", Storable.words(difference.fields(), LONGEST_FIELDS));
        });
    }

    /** The newest, newest first. */
    public List<Run> newest(int most) {
        return store.read(handle -> handle.createQuery("select * from comparison order by id desc limit :most")
                .bind("most", most)
                .map(ConstructorMapper.of(Run.class))
                .list());
    }

    /** The newest of everything; what was narrowed says nothing of the whole. */
    public Optional<Run> lastWhole() {
        return store.read(handle -> handle.createQuery(
                        "select * from comparison where since is null and ngo is null order by id desc limit 1")
                .map(ConstructorMapper.of(Run.class))
                .findOne());
    }

    public List<Count> counts(long id) {
        return store.read(handle -> handle.createQuery(
                        "select kind, ngo, seen, counted, pending, repairable from comparison_count"
                                + " where comparison = :id order by kind, ngo")
                .bind("id", id)
                .map(ConstructorMapper.of(Count.class))
                .list());
    }

    /** Those of the newest comparison, in their order; none of an older one. */
    public List<Difference> differences(long id) {
        return store.read(handle -> handle.createQuery(
                        "select * from comparison_difference where comparison = :id order by place")
                .bind("id", id)
                .map(ConstructorMapper.of(Difference.class))
                .list());
    }
}
