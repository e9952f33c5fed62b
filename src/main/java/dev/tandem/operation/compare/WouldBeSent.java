package dev.tandem.operation.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tandem.json.CanonicalJson;
import dev.tandem.json.Fields;
import dev.tandem.ledger.effects.Proposal;
import dev.tandem.ledger.items.Work;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What the routes would send, effect by effect: names of fields, never their values. */
final class WouldBeSent {
    private static final String ROWS = "services_section";

    /**
     * One effect.
     *
     * @param creates whether it makes its record, rather than changing one
     * @param fields the names of what it would change, with commas between
     */
    record Sent(String flow, String record, String effectKey, String kind, boolean creates, String fields) {}

    private final Jdbi database;

    WouldBeSent(Jdbi database) {
        this.database = database;
        database.useHandle(handle -> handle.execute("""
                create table would_be_sent (flow varchar(40) not null, record varchar(200) not null,
                  effect_key varchar(400) not null, kind varchar(20) not null, creates boolean not null,
                  fields varchar(4000) not null, primary key (flow, record, effect_key))
                """));
    }

    /**
     * Notes them.
     *
     * @param toPrimero whether they change a case
     * @param makesCase whether the case itself would be made
     * @param theCase as Primero has it; null if there is none, or this is nothing to it
     */
    void add(Work work, List<Proposal> effects, boolean toPrimero, boolean makesCase, JsonNode theCase) {
        database.useHandle(handle -> effects.forEach(effect -> {
            JsonNode input = toPrimero ? CanonicalJson.read(effect.input()) : MissingNode.getInstance();
            handle.createUpdate("merge into would_be_sent key (flow, record, effect_key) values"
                            + " (:flow, :record, :key, :kind, :creates, :fields)")
                    .bind("flow", work.flow())
                    .bind("record", work.record())
                    .bind("key", effect.key())
                    .bind("kind", effect.kind())
                    .bind("creates", makesCase || makesRow(input, theCase))
                    .bind("fields", String.join(",", fields(input)))
                    .execute();
        }));
    }

    void each(Consumer<Sent> consumer) {
        database.useHandle(
                handle -> handle.createQuery("select flow, record, effect_key, kind, creates, fields from would_be_sent"
                                + " order by flow, record, effect_key")
                        .map(ConstructorMapper.of(Sent.class))
                        .forEach(consumer));
    }

    private static boolean makesRow(JsonNode input, JsonNode theCase) {
        Set<String> there = new LinkedHashSet<>();
        if (theCase != null) {
            theCase.path(ROWS).forEach(row -> there.add(id(row)));
        }
        return theCase != null && input.path(ROWS).valueStream().anyMatch(row -> !there.contains(id(row)));
    }

    private static String id(JsonNode row) {
        return Fields.text(row, "unique_id").toLowerCase(Locale.ROOT);
    }

    private static Set<String> fields(JsonNode input) {
        Set<String> fields = new LinkedHashSet<>();
        input.fieldNames().forEachRemaining(field -> {
            if (field.equals(ROWS)) {
                input.path(ROWS).forEach(row -> row.fieldNames().forEachRemaining(name -> {
                    if (!name.equals("unique_id")) {
                        fields.add(ROWS + "." + name);
                    }
                }));
            } else {
                fields.add(field);
            }
        });
        return fields;
    }
}
