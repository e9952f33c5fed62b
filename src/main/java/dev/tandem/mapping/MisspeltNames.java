package dev.tandem.mapping;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds misspelt variables, code lists, directions and columns in a mapping. JSLT would find them when the first record comes
 * along that way, and park every record for it: it takes a variable that is declared nowhere for one given from outside.
 */
record MisspeltNames(String file, String text, CodeLists lists, Consumer<MappingFault> faults) {
    private static final Pattern TEXT_OR_COMMENT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|//[^\\n]*");
    private static final Pattern LET = Pattern.compile("\\blet\\s+([A-Za-z_][\\w-]*)");
    private static final Pattern DEF = Pattern.compile("\\bdef\\s+[A-Za-z_][\\w-]*\\s*\\(([^)]*)\\)");
    private static final Pattern USE = Pattern.compile("\\$([A-Za-z_][\\w-]*)");
    private static final Pattern CALL =
            Pattern.compile("\\b(code|code-or-null|in-list)\\(\\s*\"([^\"]*)\"\\s*,\\s*\"([^\"]*)\"");

    static void check(Map<String, String> mappings, CodeLists lists, Consumer<MappingFault> faults) {
        mappings.forEach((file, text) -> {
            MisspeltNames names = new MisspeltNames(file, text, lists, faults);
            names.variables();
            names.codeLists();
        });
    }

    private void variables() {
        String code = without(text, "");
        Set<String> declared = new HashSet<>();
        LET.matcher(code).results().forEach(let -> declared.add(let.group(1)));
        DEF.matcher(code).results().forEach(def -> {
            for (String argument : def.group(1).split(",")) {
                declared.add(argument.strip());
            }
        });
        Matcher use = USE.matcher(code);
        while (use.find()) {
            if (!declared.contains(use.group(1))) {
                fault(
                        use.start(),
                        "there is no variable " + use.group(),
                        "declare it with let, or as an argument of the function");
            }
        }
    }

    private void codeLists() {
        Matcher call = CALL.matcher(without(text, "//"));
        while (call.find()) {
            String list = call.group(2);
            String second = call.group(3);
            Optional<CodeList> found = lists.find(list);
            if (found.isEmpty()) {
                fault(call.start(), "there is no sound code list " + list, "see code-lists/lists.csv");
                continue;
            }
            boolean column = call.group(1).equals("in-list");
            Collection<String> known =
                    column ? found.get().columns() : found.get().directions();
            if (!known.contains(second)) {
                fault(
                        call.start(),
                        list + ".csv has no " + (column ? "column " : "key for the direction ") + second,
                        "one of " + String.join(", ", known));
            }
        }
    }

    /** Blanks in the place of texts and comments that begin so: positions stay. */
    private static String without(String text, String beginning) {
        return TEXT_OR_COMMENT
                .matcher(text)
                .replaceAll(found -> found.group().startsWith(beginning)
                        ? " ".repeat(found.group().length())
                        : Matcher.quoteReplacement(found.group()));
    }

    private void fault(int at, String message, String whatToDo) {
        int column = at - text.lastIndexOf('\n', at - 1);
        faults.accept(new MappingFault(file, line(text, at), column, message, whatToDo));
    }

    static int line(String text, int at) {
        return (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
    }
}
