package dev.tandem.operation.setup;

import dev.tandem.files.OwnerOnly;
import dev.tandem.files.PathFault;
import dev.tandem.operation.report.SetupReport;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.SettingsTemplate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The settings file, and beside it a file for each secret.
 *
 * @param settings the settings file
 * @param replace whether what is there is kept under another name, and replaced
 */
public record SetupFiles(Path settings, boolean replace) {
    private static final String SECRETS = "secrets";
    private static final String BEFORE = ".before";
    private static final Pattern SETS = Pattern.compile("(?m)^\\s*[A-Za-z][^=:#]*[=:][ \\t]*\\S");

    /** @throws OperationFailed if the settings file is there, sets something, and is not to be replaced */
    void mustBeFree() {
        OperationFailed.refuse(
                Files.exists(settings)
                        ? PathFault.ofFile(settings)
                        : PathFault.ofDirectoryToFill(settings.toAbsolutePath().getParent()));
        try {
            if (!replace
                    && Files.exists(settings)
                    && SETS.matcher(Files.readString(settings)).find()) {
                throw new OperationFailed(
                        OperationFailed.WRONG,
                        List.of(
                                settings + " is there and sets something; it was left alone.",
                                "Name another file with --settings, or keep it as " + settings.getFileName() + BEFORE
                                        + " with --replace."));
            }
        } catch (IOException e) {
            throw failed(settings, e);
        }
    }

    SetupReport write(Answers answers) {
        Path directory = settings.toAbsolutePath().getParent();
        Map<String, String> values = new LinkedHashMap<>(answers.values());
        List<String> written = new ArrayList<>();
        try {
            for (Map.Entry<String, String> secret : answers.secrets().entrySet()) {
                String name = SECRETS + "/"
                        + secret.getKey().replaceFirst("^tandem\\.", "").replace('.', '-');
                put(directory.resolve(name), secret.getValue() + "\n");
                values.put(secret.getKey() + "-file", name);
                written.add(directory.resolve(name).toString());
            }
            put(settings.toAbsolutePath(), SettingsTemplate.render(values));
            written.add(settings.toAbsolutePath().toString());
        } catch (IOException e) {
            throw failed(settings, e);
        }
        return new SetupReport(written);
    }

    /** Whole or not at all, and nobody else's to read. */
    private static void put(Path file, String content) throws IOException {
        OwnerOnly.createDirectories(file.getParent());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        OwnerOnly.createFile(fresh);
        Files.writeString(fresh, content, StandardCharsets.UTF_8, StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
        if (Files.exists(file)) {
            Files.move(file, file.resolveSibling(file.getFileName() + BEFORE), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static OperationFailed failed(Path file, IOException why) {
        return new OperationFailed(OperationFailed.WRONG, List.of(PathFault.notWritten(file, why)));
    }
}
