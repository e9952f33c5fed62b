package dev.tandem.oscar.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.json.Fields;
import dev.tandem.outcome.AnswerLost;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * OSCaR's feed of clients, {@code {"data":[...]}}, read one row at a time: the answer has no limit and no paging (contract
 * oscar-interop §2), so it is never held as a whole.
 *
 * <p>It ends only where the answer ends. An answer that is cut off, is no JSON, or has no {@code data} throws
 * {@link AnswerLost}: {@code feed-truncated}, {@code feed-malformed} or {@code feed-without-data}.
 *
 * <p>Duplicates are returned as they come. A client that has no slug until OSCaR's background job gives it one is counted and
 * not returned.
 */
final class Feed implements Iterator<Feed.Row>, AutoCloseable {
    /** A client, or one that cannot be read; the other is null. */
    record Row(JsonNode client, UnreadableRow unreadable) {}

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** For what a row is named that cannot be read: nothing else of it becomes a value. */
    private static final JsonFactory NAMES = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(FeedRows.LARGEST)
                    .maxNameLength(FeedRows.LARGEST)
                    .build())
            .build();

    private static final int LONGEST_NAME = 200;
    private static final Pattern NGO = Pattern.compile("[A-Za-z0-9_.-]{1,63}");

    private final InputStream answer;
    private final FeedRows rows;
    private Row next;
    private long rowsRead;
    private long withoutSlug;
    private long unreadable;

    /** @param answer the body, in UTF-8; closed by {@link #close} */
    Feed(InputStream answer) {
        this.answer = answer;
        this.rows = new FeedRows(answer);
    }

    /** Whether the ledger can keep this as the name of something: it is short, and of characters that every database takes. */
    static boolean canBeNamed(String text) {
        return text.length() <= LONGEST_NAME && text.chars().noneMatch(Character::isISOControl);
    }

    /** The same of a client; what stands for its NGO is logged and shown, so it must be a short name such as OSCaR gives. */
    static boolean canBeNamed(String ngo, String slug) {
        return NGO.matcher(ngo).matches() && canBeNamed(ngo + "/" + slug);
    }

    /** The record key of a client: {@code organization_name/slug}. */
    static String recordKey(JsonNode client) {
        return Fields.text(client, "organization_name") + "/" + Fields.text(client, "slug");
    }

    @Override
    public boolean hasNext() {
        while (next == null && !rows.ended()) {
            try {
                advance();
            } catch (IOException e) {
                throw FeedRows.truncated();
            }
        }
        return next != null;
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Row row = next;
        next = null;
        return row;
    }

    /** Whether the answer was read to its end and was whole. */
    boolean complete() {
        return rows.ended();
    }

    long rows() {
        return rowsRead;
    }

    long withoutSlug() {
        return withoutSlug;
    }

    long unreadable() {
        return unreadable;
    }

    /** Whether there is more in the answer than {@code data}: OSCaR sends nothing else, other systems' lists do. */
    boolean hasFurtherKeys() {
        return rows.haveFurtherKeys();
    }

    @Override
    public void close() throws IOException {
        answer.close();
    }

    private void advance() throws IOException {
        Optional<CutRow> cut = rows.next();
        if (cut.isEmpty()) {
            return;
        }
        rowsRead++;
        byte[] bytes = cut.get().bytes();
        if (cut.get().cut()) {
            unreadable(bytes, UnreadableRow.TOO_LARGE);
            return;
        }
        JsonNode row;
        try {
            row = JSON.readTree(bytes);
        } catch (IOException | ArithmeticException | NumberFormatException e) {
            unreadable(bytes, UnreadableRow.BROKEN);
            return;
        }
        if (!row.isObject()) {
            unreadable(bytes, UnreadableRow.NO_OBJECT);
        } else if (hasNumberBeyondAll(row)) {
            unreadable(bytes, UnreadableRow.NUMBER);
        } else if (!canBeNamed(Fields.text(row, "organization_name"), Fields.text(row, "slug"))) {
            unreadable(bytes, UnreadableRow.NAMELESS);
        } else if (Fields.isBlank(Fields.text(row, "slug"))) {
            withoutSlug++;
        } else {
            next = new Row(row, null);
        }
    }

    private void unreadable(byte[] row, String why) {
        unreadable++;
        next = new Row(null, UnreadableRow.of(rowsRead, text(row, "organization_name"), text(row, "slug"), why));
    }

    private static boolean hasNumberBeyondAll(JsonNode value) {
        if (value.isNumber()) {
            return !Double.isFinite(value.doubleValue());
        }
        for (JsonNode part : value) {
            if (hasNumberBeyondAll(part)) {
                return true;
            }
        }
        return false;
    }

    /** The text of a member, as far as the row can be read at all. */
    private static String text(byte[] row, String member) {
        try (JsonParser parser = new FilteringParserDelegate(
                NAMES.createParser(row), new JsonPointerBasedFilter("/" + member), Inclusion.ONLY_INCLUDE_ALL, false)) {
            return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
        } catch (IOException e) {
            return "";
        }
    }
}
