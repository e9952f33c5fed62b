package dev.tandem.settings;

import java.util.Locale;
import java.util.Optional;

/**
 * One row of the catalogue.
 *
 * @param name as in the file, such as {@code tandem.primero.url}
 * @param fallback the default, written as in the file; empty if there is none
 * @param required whether it must be set (it then has no default)
 * @param words what it is for, one or two sentences in Markdown
 */
record Setting<T>(
        String name, Type<T> type, Optional<String> fallback, boolean required, Exposure exposure, String words) {

    /** Who may see a value. */
    enum Exposure {
        /** Routes, as a placeholder of the same name. */
        PLACEHOLDER,
        /** Java only: where credentials go is not the routes' to decide. */
        PRIVATE,
        /** Java only, never printed, and may be given as a file. */
        SECRET
    }

    boolean secret() {
        return exposure == Exposure.SECRET;
    }

    /** The environment variable that overrides the file. */
    String variable() {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The environment variable that names a file with the value; secrets only. */
    String fileVariable() {
        return variable() + "_FILE";
    }
}
