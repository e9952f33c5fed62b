package dev.tandem.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Which system owns which field: {@code ownership.csv} (mapping facts 8, R23). A field that is not listed is nobody's. */
record Ownership(Map<String, String> owners) {
    static final String FILE = "ownership.csv";
    private static final String FIELD = "field";
    private static final String OWNER = "owner";
    private static final Set<String> KNOWN = Set.of("primero", "oscar", "side that created the row");

    /** @param files all tables; without that one no field has an owner */
    static Ownership read(Map<String, String> files, Consumer<MappingFault> faults) {
        if (!files.containsKey(FILE)) {
            return new Ownership(Map.of());
        }
        CsvTable table = CsvTable.read(FILE, files.get(FILE), faults);
        if (!table.columns().containsAll(List.of(FIELD, OWNER))) {
            faults.accept(new MappingFault(
                    FILE, 1, 1, "it lacks the column field or owner", "put back the header that ships"));
            return new Ownership(Map.of());
        }
        Map<String, String> owners = new HashMap<>();
        for (CsvTable.Row row : table.rows()) {
            if (!KNOWN.contains(row.get(OWNER))) {
                faults.accept(table.fault(
                        row.line(),
                        OWNER,
                        "the owner is neither primero nor oscar",
                        "write primero, oscar or `side that created the row`"));
            } else if (owners.put(row.get(FIELD), row.get(OWNER)) != null) {
                faults.accept(
                        table.fault(row.line(), FIELD, "this field is listed twice", "remove one of the two rows"));
            }
        }
        return new Ownership(Map.copyOf(owners));
    }

    /** Blank for a field that is not listed. */
    String of(String field) {
        return owners.getOrDefault(field, "");
    }
}
