package dev.tandem.operation.request;

/** @param id any that either system has for it, such as a case's id, {@code cif/exam-101}, or a referral's id */
public record RecordQuery(String id) {
    private static final int LONGEST = 500;

    public RecordQuery {
        // As a system has it, whatever characters it holds: it is looked up and nothing else.
        if (id == null || id.isBlank() || id.length() > LONGEST) {
            throw RequestRefused.field("id", "the id of a record, at most " + LONGEST + " characters");
        }
        id = id.strip();
    }
}
