package dev.tandem.settings;

/**
 * One thing wrong in the settings.
 *
 * @param where {@code file:line}, the name of a variable, or the file that lacks it
 * @param setting the setting, as in the file
 * @param problem what was found and what was expected; holds no secret
 * @param remedy what to do
 */
public record Fault(String where, String setting, String problem, String remedy) {
    /** Three lines for people. */
    public String text() {
        return where + ": " + setting + "\n    " + problem + "\n    -> " + remedy;
    }
}
