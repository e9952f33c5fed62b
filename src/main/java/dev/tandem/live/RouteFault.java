package dev.tandem.live;

import org.apache.camel.model.OptionalIdentifiedDefinition;

/**
 * What is wrong with a route.
 *
 * @param line from 1; 0 if it is the file as a whole
 */
public record RouteFault(String file, int line, String message, String whatToDo) {
    /** A fault of this route or step. */
    static RouteFault at(OptionalIdentifiedDefinition<?> where, String message, String whatToDo) {
        return new RouteFault(fileOf(where), Math.max(0, where.getLineNumber()), message, whatToDo);
    }

    static String fileOf(OptionalIdentifiedDefinition<?> where) {
        return where.getLocation() == null ? "?" : RouteTexts.name(where.getLocation());
    }

    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + message + (whatToDo.isEmpty() ? "" : "; " + whatToDo);
    }
}
