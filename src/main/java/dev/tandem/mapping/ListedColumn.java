package dev.tandem.mapping;

import java.util.List;
import java.util.stream.Stream;

/**
 * The values of one column of a code list, and where they exist outside of Tandem.
 *
 * @param place as {@code lists.csv} says in {@code found_in}, such as {@code primero agencies}
 */
public record ListedColumn(String list, String column, String place, List<Value> values) {
    /** @param needed whether a mapping may use it: its direction is not {@code none} */
    public record Value(String text, boolean needed) {}

    static Stream<ListedColumn> of(ListDeclaration declared, CodeList list) {
        return declared.places().entrySet().stream()
                .map(place -> new ListedColumn(
                        declared.list(),
                        place.getKey(),
                        place.getValue(),
                        list.rows().stream()
                                .map(row -> new Value(
                                        row.path(place.getKey()).asText(),
                                        !row.path(CodeList.DIRECTION).asText().equals(CodeList.NONE)))
                                .filter(value -> !value.text().isBlank())
                                .distinct()
                                .toList()));
    }
}
