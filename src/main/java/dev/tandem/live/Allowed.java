package dev.tandem.live;

import dev.tandem.settings.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What routes may be made of: the table {@code allowed.properties}, and what {@code tandem.routes.allow} adds. */
public final class Allowed {
    private static final String TABLE = "allowed.properties";
    private static final int LONGEST_NAME = 60;

    private final Map<String, Set<String>> table = new TreeMap<>();
    private final Set<String> further;

    /** @param further names of the setting */
    public Allowed(Set<String> further) {
        this.further = Set.copyOf(further);
        Properties rows = new Properties();
        try (InputStream text = Allowed.class.getResourceAsStream(TABLE)) {
            rows.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows.stringPropertyNames().forEach(row -> table.put(row, words(rows.getProperty(row))));
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.split("\\s+")).filter(word -> !word.isEmpty()).collect(Collectors.toSet());
    }

    /** The rows as they are, for the page about routes. */
    Map<String, Set<String>> table() {
        return table;
    }

    boolean component(String name) {
        return table.containsKey("component." + name) || further.contains(name);
    }

    /** What only the setting allows, of whatever kind. */
    Set<String> further() {
        return further;
    }

    boolean option(String component, String name) {
        return further.contains(component)
                || further.contains(component + "." + name)
                || row("component." + component).contains(name);
    }

    boolean function(String name) {
        return row("functions").contains(name) || further.contains(name);
    }

    boolean word(String name) {
        return further.contains(name)
                || row("steps").contains(name)
                || row("options").contains(name)
                || row("languages").contains(name);
    }

    boolean bean(String name) {
        return table.containsKey("bean." + name);
    }

    boolean method(String bean, String name) {
        return row("bean." + bean).contains(name) || further.contains(bean + "." + name);
    }

    /** All that is in this row, or begins such a row. */
    Set<String> all(String row) {
        if (table.containsKey(row)) {
            return new TreeSet<>(row(row));
        }
        return table.keySet().stream()
                .filter(name -> name.startsWith(row + "."))
                .map(name -> name.substring(row.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What to do about something that is in none of the rows. */
    String instead(String name, String... rows) {
        Set<String> known =
                Arrays.stream(rows).flatMap(row -> all(row).stream()).collect(Collectors.toSet());
        String near = name.length() > LONGEST_NAME
                ? ""
                : Nearest.to(name.substring(name.indexOf('.') + 1), known)
                        .map(word -> "did you mean " + word + "? ")
                        .orElse("");
        return near + "docs/edit/routes.md lists what is allowed"
                + (name.length() > LONGEST_NAME ? "" : ", and tandem.routes.allow can add " + name);
    }

    private Set<String> row(String name) {
        return table.getOrDefault(name, Set.of());
    }
}
