package dev.tandem.primero;

/**
 * One call of a look-up: {@code GET <path>?<query>}, below {@code /api/v2}.
 *
 * @param path {@code /cases} or {@code /cases/<id>}
 * @param query encoded; empty for a case by its id
 */
public record CaseQuestion(String path, String query) {
    /** The path only: a query may hold a child's number. */
    @Override
    public String toString() {
        return "CaseQuestion[" + path + "]";
    }
}
