package dev.tandem.mapping;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds a misspelt variable. JSLT takes a variable that is declared nowhere for one given from outside, and says so only
 * when a record comes along that way.
 */
final class Variables {
    private static final Pattern TEXT_OR_COMMENT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|//[^\\n]*");
    private static final Pattern LET = Pattern.compile("\\blet\\s+([A-Za-z_][\\w-]*)");
    private static final Pattern DEF = Pattern.compile("\\bdef\\s+[A-Za-z_][\\w-]*\\s*\\(([^)]*)\\)");
    private static final Pattern USE = Pattern.compile("\\$([A-Za-z_][\\w-]*)");

    private Variables() {}

    static void check(Map<String, String> mappings, Consumer<MappingFault> faults) {
        mappings.forEach((file, text) -> {
            // Of the same length, so that positions stay.
            String code = TEXT_OR_COMMENT.matcher(text).replaceAll(found -> " "
                    .repeat(found.group().length()));
            Set<String> declared = declared(code);
            Matcher use = USE.matcher(code);
            while (use.find()) {
                if (!declared.contains(use.group(1))) {
                    String before = code.substring(0, use.start());
                    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
                    int column = use.start() - before.lastIndexOf('\n');
                    faults.accept(new MappingFault(
                            file,
                            line,
                            column,
                            "there is no variable " + use.group(),
                            "declare it with let, or as an argument of the function"));
                }
            }
        });
    }

    private static Set<String> declared(String code) {
        Set<String> names = new HashSet<>();
        LET.matcher(code).results().forEach(let -> names.add(let.group(1)));
        DEF.matcher(code).results().forEach(def -> {
            for (String argument : def.group(1).split(",")) {
                names.add(argument.strip());
            }
        });
        return names;
    }
}
