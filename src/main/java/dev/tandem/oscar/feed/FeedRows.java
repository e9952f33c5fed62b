package dev.tandem.oscar.feed;

import dev.tandem.outcome.AnswerLost;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Optional;

/**
 * Cuts {@code {"data":[...]}} into the rows of its list by their brackets alone, so that what is wrong within a row costs no
 * other (protocol 6). Of a row that is too large or too deep, the values that make it so are taken out.
 *
 * <p>Throws {@link AnswerLost} if the answer ends early or is no such list.
 */
final class FeedRows {
    /** OSCaR's are of some thousand bytes. */
    static final int LARGEST = 4 * 1024 * 1024;

    private final InputStream answer;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int filled;
    private boolean begun;
    private boolean ended;
    private boolean furtherKeys;

    FeedRows(InputStream answer) {
        this.answer = answer;
    }

    /** Whether there is more in the answer than {@code data}: OSCaR sends nothing else, other systems' lists do. */
    boolean haveFurtherKeys() {
        return furtherKeys;
    }

    /** Whether the answer was read to its end. */
    boolean ended() {
        return ended;
    }

    /** The next row, or nothing at the end. */
    Optional<CutRow> next() throws IOException {
        if (ended) {
            return Optional.empty();
        }
        int first = begun ? afterRow() : beforeFirst();
        begun = true;
        if (first == ']') {
            end();
            ended = true;
            return Optional.empty();
        }
        return Optional.of(value(first));
    }

    private int beforeFirst() throws IOException {
        int first = visible();
        if (first == 0xEF && need() == 0xBB && need() == 0xBF) {
            first = visible();
        }
        if (first < 0) {
            throw truncated();
        }
        if (first != '{') {
            throw malformed();
        }
        if (!passMembers(visible())) {
            throw new AnswerLost("feed-without-data", "the feed's answer has no list `data`");
        }
        return visible();
    }

    /** To the beginning of {@code data}, or to the end of the object. */
    private boolean passMembers(int first) throws IOException {
        for (int next = first; next != '}'; next = member()) {
            String name = name(next);
            int value = visible();
            if (!begun && name.equals("data") && value == '[') {
                return true;
            }
            furtherKeys = true;
            value(value);
        }
        return false;
    }

    /** What follows on a member: the quote of the next one's name, or the end of the object. */
    private int member() throws IOException {
        int next = visible();
        if (next == ',') {
            next = visible();
            return next == '"' ? next : fail(next);
        }
        return next == '}' ? next : fail(next);
    }

    private int afterRow() throws IOException {
        int next = visible();
        if (next == ',') {
            next = visible();
            return next == ']' ? fail(next) : next;
        }
        return next == ']' ? next : fail(next);
    }

    private void end() throws IOException {
        passMembers(member());
        if (visible() >= 0) {
            throw malformed();
        }
    }

    private String name(int first) throws IOException {
        if (first != '"') {
            fail(first);
        }
        CutRow name = value(first);
        int colon = visible();
        if (colon != ':') {
            fail(colon);
        }
        String text = new String(name.bytes(), StandardCharsets.UTF_8);
        return text.substring(1, Math.max(1, text.length() - 1));
    }

    /** One value, whatever it is made of. */
    private CutRow value(int first) throws IOException {
        CutRow row = new CutRow();
        row.add(first, 0);
        if (first == '"') {
            string(row);
        } else if (first == '{' || first == '[') {
            nested(first, row);
        } else if (isOfScalar(first)) {
            for (int next = peek(); isOfScalar(next); next = peek()) {
                row.add(need(), 0);
            }
        } else {
            fail(first);
        }
        return row;
    }

    private void nested(int first, CutRow row) throws IOException {
        BitSet objects = new BitSet();
        objects.set(0, first == '{');
        int depth = 1;
        while (depth > 0) {
            int next = need();
            if (next == '}' || next == ']') {
                depth--;
                if (objects.get(depth) != (next == '}')) {
                    throw malformed();
                }
            }
            row.add(next, depth);
            if (next == '"') {
                string(row);
            } else if (next == '{' || next == '[') {
                objects.set(depth, next == '{');
                depth++;
            }
        }
    }

    private void string(CutRow row) throws IOException {
        int next = 0;
        while (next != '"') {
            next = need();
            row.addText(next);
            if (next == '\\') {
                row.addText(need());
            }
        }
    }

    private static boolean isOfScalar(int next) {
        return (next >= '0' && next <= '9')
                || (next >= 'a' && next <= 'z')
                || (next >= 'A' && next <= 'Z')
                || next == '-'
                || next == '+'
                || next == '.';
    }

    /** The next that is no white space, or -1 at the end of the answer. */
    private int visible() throws IOException {
        int next = read();
        while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
            next = read();
        }
        return next;
    }

    private int need() throws IOException {
        int next = read();
        if (next < 0) {
            throw truncated();
        }
        return next;
    }

    private int peek() throws IOException {
        int next = read();
        if (next >= 0) {
            at--;
        }
        return next;
    }

    private int read() throws IOException {
        if (at == filled) {
            at = 0;
            filled = Math.max(0, answer.read(buffer, 0, buffer.length));
            if (filled == 0) {
                return -1;
            }
        }
        return buffer[at++] & 0xFF;
    }

    private static int fail(int found) {
        throw found < 0 ? truncated() : malformed();
    }

    static AnswerLost truncated() {
        return new AnswerLost("feed-truncated", "the feed's answer ends before its end");
    }

    private static AnswerLost malformed() {
        return new AnswerLost("feed-malformed", "the feed's answer is not the JSON that OSCaR sends");
    }
}
