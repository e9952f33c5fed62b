package dev.tandem.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The variables that override the file. One without a value counts as not there. */
final class Environment {
    static final String SETTINGS_FILE = "TANDEM_SETTINGS";

    /** What Kubernetes sets in every pod for a Service whose name begins with "tandem". */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("TANDEM_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT|PORT_[0-9]+_(TCP|UDP|SCTP)(_.*)?)");

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    Optional<String> get(String variable) {
        return Optional.ofNullable(variables.get(variable)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** Those of which the file or a variable says anything. */
    List<SystemRows> furtherSystems(List<String> namesInFile) {
        return SystemRows.named(namesInFile, variables);
    }

    void override(List<Setting<?>> all, Values values, Consumer<Fault> faults) {
        for (Setting<?> setting : all) {
            Optional<String> value = get(setting.variable());
            Optional<String> file = setting.secret() ? get(setting.fileVariable()) : Optional.empty();
            if (value.isPresent() && file.isPresent()) {
                faults.accept(new Fault(
                        setting.variable() + " and " + setting.fileVariable(),
                        setting.name(),
                        "both are set",
                        "unset one of them"));
            }
            value.ifPresent(text -> values.set(setting, text, setting.variable()));
            file.flatMap(path -> secret(path, setting, faults))
                    .ifPresent(text -> values.set(setting, text, setting.fileVariable()));
        }
    }

    private static Optional<String> secret(String path, Setting<?> setting, Consumer<Fault> faults) {
        try {
            String text =
                    Files.readString(Path.of(path), StandardCharsets.UTF_8).strip();
            if (!text.isEmpty()) {
                return Optional.of(text);
            }
            faults.accept(new Fault(setting.fileVariable(), setting.name(), "the file it names is empty", "fill it"));
        } catch (IOException | InvalidPathException unreadable) {
            faults.accept(new Fault(
                    setting.fileVariable(),
                    setting.name(),
                    "the file it names cannot be read",
                    "check the path and the rights of the file"));
        }
        return Optional.empty();
    }

    void warnOfUnknown(List<Setting<?>> all, Consumer<String> warnings) {
        Set<String> known = new TreeSet<>(Set.of(SETTINGS_FILE));
        for (Setting<?> setting : all) {
            known.add(setting.variable());
            if (setting.secret()) {
                known.add(setting.fileVariable());
            }
        }
        List<String> ofKubernetes = new ArrayList<>();
        for (String variable : new TreeSet<>(variables.keySet())) {
            if (!variable.startsWith("TANDEM_") || known.contains(variable)) {
                continue;
            }
            if (SERVICE_LINK.matcher(variable).matches()) {
                ofKubernetes.add(variable);
            } else {
                warnings.accept("The variable " + variable + " is no setting and is ignored." + hint(variable, known));
            }
        }
        if (!ofKubernetes.isEmpty()) {
            warnings.accept(
                    "Ignored, probably set by Kubernetes for a Service: " + String.join(", ", ofKubernetes) + ".");
        }
    }

    private static String hint(String variable, Set<String> known) {
        if (variable.endsWith("_FILE") && known.contains(variable.substring(0, variable.length() - "_FILE".length()))) {
            return " Only secrets can be given as a file.";
        }
        return Nearest.to(variable, known)
                .map(name -> " Did you mean " + name + "?")
                .orElse("");
    }
}
