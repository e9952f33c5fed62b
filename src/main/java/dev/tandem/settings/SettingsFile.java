package dev.tandem.settings;

import dev.tandem.files.PathFault;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A properties file in UTF-8, read so that each entry knows its line, which {@link Properties} alone does not tell. */
final class SettingsFile {
    /**
     * One entry.
     *
     * @param line where it begins, from 1
     */
    record Entry(String name, String text, Path file, int line) {
        String where() {
            return file + ":" + line;
        }

        /** The file that it names, from where the settings file is. */
        String beside() {
            return file.toAbsolutePath().resolveSibling(text).toString();
        }
    }

    /** A line goes on in the next if it ends in an odd number of backslashes; a comment never does. */
    private static final Pattern GOES_ON = Pattern.compile("(?s)(?!\\s*[#!]).*(?<!\\\\)(?:\\\\\\\\)*\\\\");

    private SettingsFile() {}

    static List<Entry> read(Path file, Consumer<Fault> faults) {
        String content;
        try {
            content = Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException notUtf8) {
            faults.accept(new Fault(file.toString(), "the settings file", "it is not UTF-8", "save it as UTF-8"));
            return List.of();
        } catch (IOException unreadable) {
            faults.accept(new Fault(
                    file.toString(),
                    "the settings file",
                    "it cannot be read",
                    PathFault.ofFile(file).orElse("check the disk")));
            return List.of();
        }
        return entries(file, content.startsWith("\uFEFF") ? content.substring(1) : content, faults);
    }

    private static List<Entry> entries(Path file, String content, Consumer<Fault> faults) {
        List<Entry> entries = new ArrayList<>();
        String[] lines = content.split("\r\n|\r|\n", -1);
        int next = 0;
        while (next < lines.length) {
            int first = next;
            StringBuilder logical = new StringBuilder(lines[next++]);
            while (GOES_ON.matcher(logical).matches() && next < lines.length) {
                logical.append('\n').append(lines[next++]);
            }
            Properties one = new Properties();
            try {
                one.load(new StringReader(logical.toString()));
            } catch (IOException | IllegalArgumentException malformed) {
                faults.accept(new Fault(
                        file + ":" + (first + 1),
                        "the settings file",
                        "a \\u is not followed by four hexadecimal digits",
                        "write the character itself, or double the backslash"));
            }
            one.stringPropertyNames()
                    .forEach(name ->
                            entries.add(new Entry(name, one.getProperty(name).strip(), file, first + 1)));
        }
        return entries;
    }
}
