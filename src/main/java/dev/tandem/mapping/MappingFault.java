package dev.tandem.mapping;

/**
 * One thing wrong in the directory of mappings.
 *
 * @param file path inside the directory, with {@code /}
 * @param line from 1; 0 if the fault is that of the file as a whole
 * @param column from 1, counted in characters in a mapping and in cells in a code list; 0 if unknown
 * @param message what is wrong
 * @param whatToDo what an editor of the file can do about it; may be empty
 */
public record MappingFault(String file, int line, int column, String message, String whatToDo) {
    /** Of the file as a whole. */
    MappingFault(String file, String message, String whatToDo) {
        this(file, 0, 0, message, whatToDo);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line);
        }
        if (column > 0) {
            text.append(':').append(column);
        }
        text.append(": ").append(message);
        return whatToDo.isEmpty()
                ? text.toString()
                : text.append(" (").append(whatToDo).append(')').toString();
    }
}
