package dev.tandem.mapping;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds a misspelt list, direction or column in the calls of a mapping. JSLT would find it when the first record comes,
 * and park every record for it.
 */
final class CodeListUses {
    private static final Pattern CALL =
            Pattern.compile("\\b(code|code-or-null|in-list)\\(\\s*\"([^\"]*)\"\\s*,\\s*\"([^\"]*)\"");

    private CodeListUses() {}

    static void check(Map<String, String> mappings, CodeLists lists, Consumer<MappingFault> faults) {
        mappings.forEach((file, text) -> {
            String[] lines = text.split("\n", -1);
            for (int i = 0; i < lines.length; i++) {
                Matcher call = CALL.matcher(lines[i].strip().startsWith("//") ? "" : lines[i]);
                while (call.find()) {
                    check(call, lists, file, i + 1, faults);
                }
            }
        });
    }

    private static void check(Matcher call, CodeLists lists, String file, int line, Consumer<MappingFault> faults) {
        String list = call.group(2);
        String second = call.group(3);
        Optional<CodeList> found = lists.find(list);
        if (found.isEmpty()) {
            faults.accept(new MappingFault(
                    file, line, call.start() + 1, "there is no sound code list " + list, "see code-lists/lists.csv"));
            return;
        }
        boolean column = call.group(1).equals("in-list");
        Set<String> known = column ? found.get().columns() : found.get().directions();
        if (!known.contains(second)) {
            faults.accept(new MappingFault(
                    file,
                    line,
                    call.start() + 1,
                    list + ".csv has no " + (column ? "column " : "key for the direction ") + second,
                    "one of " + String.join(", ", known)));
        }
    }
}
