package dev.tandem.mapping;

import java.util.regex.Pattern;

/**
 * Whether a value may be named in a reason. Reasons reach logs and people, so that only what looks like a code is shown:
 * it begins with a small letter and has no blank, or is a number of at most four digits. A name, a phrase, a birth date,
 * a telephone number and an address are none.
 */
final class CodeLike {
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_.\\-/]{0,59}|[0-9]{1,4}");

    private CodeLike() {}

    static String shown(String value) {
        if (value.isEmpty()) {
            return "an empty value";
        }
        return CODE.matcher(value).matches()
                ? "\"" + value + "\""
                : "a value (not shown: it does not look like a code)";
    }
}
