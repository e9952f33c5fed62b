package dev.tandem.operation.report;

/** What stands in one cell of a CSV file for a spreadsheet, which takes none for a formula. */
public final class SpreadsheetCell {
    private SpreadsheetCell() {}

    /** A text that would begin a formula gets an apostrophe before it. */
    public static String text(String text) {
        return text.matches("(?s)[=+@\\t\\r-].*") ? "'" + text : text;
    }

    /** The same as it is written between two commas: quoted where it must be. */
    public static String csv(String text) {
        String safe = text(text);
        return safe.matches("(?s).*[\",\\r\\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
