package dev.tandem.settings;

import dev.tandem.settings.Rows.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A settings file with every setting and what it is for, made from the table of settings. */
public final class SettingsTemplate {
    private static final int WIDTH = 110;
    private static final String HEAD = """
            # Settings of Tandem. Those without # are required; remove the # of another to change it.
            # An environment variable takes precedence: tandem.primero.url is TANDEM_PRIMERO_URL.
            # More on each: docs/reference/settings.md. Check this file: tandem validate. It counts from the next start on.
            """;

    private SettingsTemplate() {}

    /**
     * Renders the file.
     *
     * @param values what is set, by name; a secret by the name of its file setting
     */
    public static String render(Map<String, String> values) {
        Map<String, String> left = new LinkedHashMap<>(values);
        StringBuilder file = new StringBuilder(HEAD);
        for (Row row : rows()) {
            file.append('\n');
            for (String line : wrapped(plain(row.words()))) {
                file.append("# ").append(line).append('\n');
            }
            String name = row.secret() ? row.fileSetting() : row.name();
            String value = left.remove(name);
            if (value != null) {
                file.append(name).append(" = ").append(escaped(value)).append('\n');
                continue;
            }
            if (row.secret()) {
                file.append("# Name a file that only Tandem's user can read, and that holds nothing else:\n");
            }
            file.append(row.required() ? "" : "#")
                    .append(name)
                    .append(" =")
                    .append(row.fallback().map(text -> " " + text).orElse(""))
                    .append('\n');
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("there are no such settings: " + left.keySet());
        }
        return file.toString();
    }

    /** Whether there is this setting, and it is a secret or not. */
    public static boolean has(String setting, boolean secret) {
        return rows().stream().anyMatch(row -> row.name().equals(setting) && row.secret() == secret);
    }

    private static List<Row> rows() {
        Rows rows = new Rows(List.of(), new Environment(Map.of()), "nowhere", fault -> {});
        Settings.read(rows, List.of());
        return rows.all();
    }

    /** As a properties file is read back: the file is UTF-8, so that only a backslash needs care. */
    private static String escaped(String value) {
        return value.replace("\\", "\\\\");
    }

    private static String plain(String markdown) {
        return markdown.replace("`", "").replace("*", "");
    }

    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + word.length() + 1 > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
