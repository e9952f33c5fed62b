package dev.tandem.live;

/**
 * What is wrong with a route.
 *
 * @param line from 1; 0 if it is the file as a whole
 */
public record RouteFault(String file, int line, String message, String whatToDo) {
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + message + (whatToDo.isEmpty() ? "" : "; " + whatToDo);
    }
}
