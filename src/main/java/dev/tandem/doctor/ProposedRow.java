package dev.tandem.doctor;

import java.util.Map;

/**
 * A row for a value that exists and is in no list; a person says the rest.
 *
 * @param list the code list's name
 * @param cells what is known, by column
 * @param where the value exists, such as {@code primero agencies}
 */
public record ProposedRow(String list, Map<String, String> cells, String where) {}
