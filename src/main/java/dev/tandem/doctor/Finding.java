package dev.tandem.doctor;

/**
 * One thing that a check found.
 *
 * @param check its name, such as {@code primero.fields}
 * @param subject what it is about: a field, a value, an NGO; blank if there is but one. With the rest it is what tells two
 *     findings of one check from each other
 * @param sentence in words, with {@code {}} where the subject belongs
 * @param remedy what to do; blank if there is nothing to do
 */
public record Finding(String check, Level level, String subject, String sentence, String remedy) {
    static final String SUBJECT = "{}";

    public String words() {
        return sentence.replace(SUBJECT, subject);
    }

    /** The system that it is about, or {@code tandem}. */
    public String about() {
        int dot = check.indexOf('.');
        return dot < 0 ? "tandem" : check.substring(0, dot);
    }
}
