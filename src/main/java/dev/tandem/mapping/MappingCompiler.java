package dev.tandem.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.Function;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import java.io.Reader;
import java.io.StringReader;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes expressions of all JSLT files of the directory, and one fault of everything that is wrong with them. */
final class MappingCompiler {
    private static final String ENDING = ".jslt";
    private static final Pattern POSITION = Pattern.compile("at line (\\d+), column (\\d+)");
    private static final Pattern IMPORT = Pattern.compile("^\\s*import\\s+\"([^\"]*)\"", Pattern.MULTILINE);

    /** Strings and comments, so that nothing in them counts, or a function of JSLT's that reads more than its input. */
    private static final Pattern UNREPEATABLE = Pattern.compile(
            "\"(?:[^\"\\\\]|\\\\.)*+\"|//[^\n]*+|(?<![\\w.:$-])(now|random|uuid(?=\\s*\\(\\s*\\)))\\s*\\(");

    private final Map<String, String> files;
    private final Collection<Function> functions;
    private final Set<MappingFault> found = new LinkedHashSet<>();

    MappingCompiler(Map<String, String> files, Collection<Function> functions) {
        this.files = files;
        this.functions = functions;
    }

    /** The mappings by name, that is by path without ending; a file of functions only is none. */
    Map<String, Expression> compile(Consumer<MappingFault> faults) {
        Map<String, Expression> mappings = new TreeMap<>();
        files.forEach((file, text) -> {
            boolean readsItsInput = readsItsInputOnly(file, text);
            if (importsAreInside(file, text) && readsItsInput) {
                compile(file, text)
                        .ifPresent(
                                mapping -> mappings.put(file.substring(0, file.length() - ENDING.length()), mapping));
            }
        });
        // A fault in an imported file comes once more with every file that imports it.
        found.forEach(faults);
        return mappings;
    }

    private Optional<Expression> compile(String file, String text) {
        try {
            return Optional.of(parse(file, text));
        } catch (JsltException e) {
            if (isLibrary(file, text)) {
                return Optional.empty();
            }
            found.add(fault(file, e));
        } catch (StackOverflowError e) {
            found.add(new MappingFault(file, "the mapping is nested too deeply", "divide it into functions"));
        }
        return Optional.empty();
    }

    /** JSLT wants an expression after the functions; a file to be imported has none. */
    private boolean isLibrary(String file, String text) {
        try {
            parse(file, text + "\nnull");
            return true;
        } catch (JsltException | StackOverflowError e) {
            return false;
        }
    }

    private Expression parse(String file, String text) {
        return new Parser(new StringReader(text))
                .withSource(file)
                .withFunctions(functions)
                .withResourceResolver(this::imported)
                .withObjectFilter(MappingCompiler::keeps)
                .compile();
    }

    /** Whether an object keeps this value; asked for each, and so also where a mapping whose time is over ends. */
    static boolean keeps(JsonNode value) {
        TimeLimit.check();
        return !value.isNull();
    }

    private Reader imported(String name) {
        String text = files.get(name);
        if (text == null) {
            throw new JsltException("there is no file " + name + " to import");
        }
        return new StringReader(text);
    }

    private boolean importsAreInside(String file, String text) {
        Matcher imports = IMPORT.matcher(text);
        boolean inside = true;
        while (imports.find()) {
            String name = imports.group(1);
            if (!files.containsKey(name)) {
                found.add(
                        new MappingFault(
                                file,
                                MisspeltNames.line(text, imports.start(1)),
                                0,
                                "cannot import \"" + name + "\"",
                                "name a .jslt file by its path from the directory of mappings; nothing outside can be imported"));
                inside = false;
            }
        }
        return inside;
    }

    private boolean readsItsInputOnly(String file, String text) {
        List<MappingFault> reading = UNREPEATABLE
                .matcher(text)
                .results()
                .filter(call -> call.group(1) != null)
                .map(call -> new MappingFault(
                        file,
                        MisspeltNames.line(text, call.start(1)),
                        0,
                        call.group(1) + "() gives something else each time",
                        "a mapping may read its input only, so that the same record gives the same result"))
                .toList();
        found.addAll(reading);
        return reading.isEmpty();
    }

    private static MappingFault fault(String file, JsltException e) {
        String message = String.valueOf(e.getMessageWithoutLocation());
        // The first line says what is wrong; a list of some twenty tokens follows.
        String first = message.lines().findFirst().orElse("");
        Matcher position = POSITION.matcher(first);
        String source = e.getSource() == null ? file : e.getSource();
        if (position.find()) {
            // More exact than the exception's own location, which is that of the construct around it.
            return new MappingFault(
                    source,
                    Math.max(1, Integer.parseInt(position.group(1))),
                    Integer.parseInt(position.group(2)),
                    first.substring(0, position.start())
                            .replace("Parse error: ", "")
                            .strip(),
                    "look at or just before this place for a bracket, a comma or a quote");
        }
        return new MappingFault(
                source, Math.max(0, e.getLine()), Math.max(0, e.getColumn()), first, "see docs/edit/mappings.md");
    }
}
