package dev.tandem.mapping;

import dev.tandem.settings.EditedDirectory;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The texts of the directory of mappings, by kind. */
record Sources(EditedDirectory directory) {
    private static final String EXAMPLES = "examples/";

    Map<String, String> ending(String suffix) {
        return those(name -> name.endsWith(suffix) && !name.startsWith(EXAMPLES));
    }

    Map<String, String> examples() {
        return those(name -> name.endsWith(".json") && name.startsWith(EXAMPLES));
    }

    private Map<String, String> those(Predicate<String> wanted) {
        Map<String, String> some = new TreeMap<>();
        directory.texts().forEach((name, text) -> {
            if (wanted.test(name)) {
                some.put(name, text);
            }
        });
        return some;
    }
}
