package dev.tandem.oscar.feed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One row of the feed as it is read, in no more room than {@link FeedRows#LARGEST}: where a member's value is larger, or too
 * deep, it is {@code null} here, so that the client's name can still be read.
 */
final class CutRow {
    private static final int DEEPEST = 200;
    private static final byte[] NOTHING = "null".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[1024];
    private int length;
    private int valueBegins = -1;
    private boolean passingOver;
    private boolean lost;
    private boolean cut;

    /** Whether it was too large or too deep, so that not all of it is here. */
    boolean cut() {
        return cut;
    }

    byte[] bytes() {
        return lost ? new byte[0] : Arrays.copyOf(bytes, length);
    }

    /**
     * A character outside of texts.
     *
     * @param depth how many brackets are open around it
     */
    void add(int next, int depth) {
        if (depth == 0 || (depth == 1 && next == ',')) {
            passingOver = false;
            valueBegins = -1;
        }
        if (depth > DEEPEST) {
            takeOut();
        }
        append(next);
        if (depth == 1 && next == ':') {
            valueBegins = length;
        }
    }

    /** A character of a text, with the quote that ends it. */
    void addText(int next) {
        append(next);
    }

    private void append(int next) {
        if (lost || passingOver) {
            return;
        }
        if (length == FeedRows.LARGEST) {
            takeOut();
            return;
        }
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(FeedRows.LARGEST, length * 2));
        }
        bytes[length++] = (byte) next;
    }

    /** The value that is being read becomes null. */
    private void takeOut() {
        if (lost || passingOver) {
            return;
        }
        cut = true;
        if (valueBegins < 0 || valueBegins + NOTHING.length > FeedRows.LARGEST) {
            lost = true;
            bytes = new byte[0];
            return;
        }
        System.arraycopy(NOTHING, 0, bytes, valueBegins, NOTHING.length);
        length = valueBegins + NOTHING.length;
        passingOver = true;
    }
}
