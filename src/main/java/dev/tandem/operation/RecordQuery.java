package dev.tandem.operation;

/** @param id any that either system has for it, such as a case's id, {@code cif/exam-101}, or a referral's id */
public record RecordQuery(String id) {
    public RecordQuery {
        id = RequestRefused.oneLine("id", id);
    }
}
