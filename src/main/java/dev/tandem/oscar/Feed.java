package dev.tandem.oscar;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.identity.Fields;
import dev.tandem.outcome.AnswerLost;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * OSCaR's feed of clients, {@code {"data":[...]}}, read one client at a time: the answer has no limit and no paging
 * (contract oscar-interop §2), so it is never held as a whole.
 *
 * <p>It ends only where the answer ends. An answer that is cut off, is no JSON, or has no {@code data} throws
 * {@link AnswerLost}: {@code feed-truncated}, {@code feed-malformed} or {@code feed-without-data}.
 *
 * <p>Duplicates are returned as they come. Rows that cannot be named (a client has no slug until OSCaR's background job
 * gives one) are counted and not returned.
 */
public final class Feed implements Iterator<JsonNode>, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final int LONGEST_NAME = 200;

    private final JsonParser parser;
    private boolean begun;
    private boolean ended;
    private JsonNode next;
    private long returned;
    private long withoutSlug;
    private long unreadable;
    private boolean furtherKeys;

    private Feed(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads nothing yet.
     *
     * @param answer the body, in UTF-8; closed by {@link #close}
     */
    public static Feed of(InputStream answer) {
        try {
            return new Feed(JSON.getFactory().createParser(answer));
        } catch (IOException e) {
            throw truncated();
        }
    }

    /** Whether the ledger can keep this as the name of something: it is short, and of characters that every database takes. */
    static boolean canBeNamed(String text) {
        return text.length() <= LONGEST_NAME && text.chars().noneMatch(Character::isISOControl);
    }

    /** The record key of a client: {@code organization_name/slug}. */
    public static String recordKey(JsonNode client) {
        return Fields.text(client, "organization_name") + "/" + Fields.text(client, "slug");
    }

    @Override
    public boolean hasNext() {
        while (next == null && !ended) {
            try {
                advance();
            } catch (JsonEOFException e) {
                throw truncated();
            } catch (JsonProcessingException e) {
                throw malformed();
            } catch (IOException e) {
                throw truncated();
            }
        }
        return next != null;
    }

    @Override
    public JsonNode next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        JsonNode client = next;
        next = null;
        returned++;
        return client;
    }

    /** Whether the answer was read to its end and was whole. */
    public boolean complete() {
        return ended;
    }

    /** How many clients {@link #next} has returned. */
    public long returned() {
        return returned;
    }

    /** How many rows had no slug yet. */
    public long withoutSlug() {
        return withoutSlug;
    }

    /** How many rows were no object, or are named so that nothing could be. */
    public long unreadable() {
        return unreadable;
    }

    /** Whether there is more in the answer than {@code data}: OSCaR sends nothing else, other systems' lists do. */
    boolean hasFurtherKeys() {
        return furtherKeys;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    private void advance() throws IOException {
        if (!begun) {
            begin();
            begun = true;
        }
        if (parser.nextToken() == JsonToken.END_ARRAY) {
            end();
            return;
        }
        JsonNode row = JSON.readTree(parser);
        if (!row.isObject() || Fields.isBlank(Fields.text(row, "organization_name")) || !canBeNamed(recordKey(row))) {
            unreadable++;
        } else if (Fields.isBlank(Fields.text(row, "slug"))) {
            withoutSlug++;
        } else {
            next = row;
        }
    }

    private void begin() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw truncated();
        }
        if (first != JsonToken.START_OBJECT) {
            throw malformed();
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if ("data".equals(name) && value == JsonToken.START_ARRAY) {
                return;
            }
            furtherKeys = true;
            parser.skipChildren();
        }
        throw new AnswerLost("feed-without-data", "the feed's answer has no list `data`");
    }

    private void end() throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            furtherKeys = true;
            parser.nextToken();
            parser.skipChildren();
        }
        if (parser.nextToken() != null) {
            throw malformed();
        }
        ended = true;
    }

    private static AnswerLost truncated() {
        return new AnswerLost("feed-truncated", "the feed's answer ends before its end");
    }

    private static AnswerLost malformed() {
        return new AnswerLost("feed-malformed", "the feed's answer is not the JSON that OSCaR sends");
    }
}
