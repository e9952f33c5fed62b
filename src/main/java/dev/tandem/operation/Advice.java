package dev.tandem.operation;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.tandem.ledger.effects.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What to do about an effect that needs help, by the code of its reason; all these texts are in advice.csv, beside this class. */
public final class Advice {
    /**
     * What a code means.
     *
     * @param symptom what is seen, in a few words
     * @param todo what to do, in a sentence or two
     */
    public record Entry(String symptom, String todo) {}

    /** Any refusal by status that has no line of its own. */
    static final String ANY_STATUS = "http-4xx";

    private static final Map<String, Entry> TABLE = read();

    private Advice() {}

    static Map<String, Entry> table() {
        return TABLE;
    }

    /** The line for this code; none for one that is in no table. */
    public static Optional<Entry> entry(String code) {
        return Optional.ofNullable(TABLE.get(code))
                .or(() -> Optional.ofNullable(code.matches("http-4\\d\\d") ? TABLE.get(ANY_STATUS) : null));
    }

    static String on(Effect effect) {
        return switch (effect.state()) {
            case PARKED ->
                entry(Optional.ofNullable(effect.reasonCode()).orElse(""))
                        .map(Entry::todo)
                        .orElse("Correct what the reason says, then retry; or discard it.");
            case WAITING ->
                entry(Optional.ofNullable(effect.reasonCode()).orElse(""))
                        .map(Entry::todo)
                        .orElse(
                                "consent".equals(effect.waitingFor())
                                        ? "Tandem sends it once both consents are given in Primero, and never without them."
                                        : "Tandem sends it once what it waits for has happened. Retry to send it without waiting.");
            case BASELINE ->
                "It is older than this ledger, and the integration before may have sent it. Retry to send it.";
            case DISCARDED -> "A person discarded it.";
            case CONFIRMED -> "It has arrived.";
            case OWED, INTENDED, UNKNOWN -> "Tandem is working on it.";
        };
    }

    private static Map<String, Entry> read() {
        Map<String, Entry> table = new LinkedHashMap<>();
        try (InputStream csv = Advice.class.getResourceAsStream("advice.csv");
                MappingIterator<Map<String, String>> rows = new CsvMapper()
                        .readerForMapOf(String.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(csv)) {
            rows.forEachRemaining(row -> table.put(row.get("code"), new Entry(row.get("symptom"), row.get("todo"))));
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
