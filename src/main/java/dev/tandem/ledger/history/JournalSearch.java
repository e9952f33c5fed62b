package dev.tandem.ledger.history;

import dev.tandem.ledger.storage.Store;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ColumnName;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;

/** The journal over all records, searched. */
public record JournalSearch(Store store) {
    /** What is looked for: all that is given must hold. */
    public record Filter(
            Optional<String> record,
            Optional<String> flow,
            Optional<String> event,
            Optional<String> code,
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<Long> before) {}

    /** One line, with the record it is about. */
    public record Line(
            long id,
            Instant at,
            String flow,
            String record,
            @ColumnName("effect_key") Optional<String> key,
            String event,
            Optional<Integer> attempt,
            Optional<String> code,
            Optional<String> words,
            Optional<String> version) {}

    /** The newest so many, newest first. */
    public List<Line> find(Filter filter, int most) {
        return store.read(handle -> {
            if (filter.record().isEmpty() || filter.flow().isPresent()) {
                return find(handle, filter, filter.flow(), most);
            }
            return KnownFlows.in(handle, "journal").stream()
                    .flatMap(flow -> find(handle, filter, Optional.of(flow), most).stream())
                    .sorted(Comparator.comparingLong(Line::id).reversed())
                    .limit(most)
                    .toList();
        });
    }

    private static List<Line> find(Handle handle, Filter filter, Optional<String> flow, int most) {
        Query query = handle.createQuery("select * from journal where 1 = 1"
                + filter.record().map(is -> " and record = :record").orElse("")
                + flow.map(is -> " and flow = :flow").orElse("")
                + filter.event().map(is -> " and event = :event").orElse("")
                + filter.code().map(is -> " and code = :code").orElse("")
                + filter.from().map(is -> " and at >= :from").orElse("")
                + filter.to().map(is -> " and at < :to").orElse("")
                + filter.before().map(is -> " and id < :before").orElse("")
                + " order by id desc limit :most");
        filter.record().ifPresent(is -> query.bind("record", is));
        flow.ifPresent(is -> query.bind("flow", is));
        filter.event().ifPresent(is -> query.bind("event", is));
        filter.code().ifPresent(is -> query.bind("code", is));
        filter.from().ifPresent(is -> query.bind("from", is));
        filter.to().ifPresent(is -> query.bind("to", is));
        filter.before().ifPresent(is -> query.bind("before", is));
        return query.bind("most", most).map(ConstructorMapper.of(Line.class)).list();
    }
}
