package dev.tandem.settings;

import dev.tandem.settings.Rows.Row;
import dev.tandem.settings.Rows.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    /** Those that have a value. */
    Stream<String> names() {
        return variables.keySet().stream().filter(variable -> get(variable).isPresent());
    }

    /** What overrides the file. */
    Optional<Text> text(Row row, Consumer<Fault> faults) {
        Optional<String> value = get(row.variable());
        Optional<String> file = row.secret() ? get(row.fileVariable()) : Optional.empty();
        if (value.isPresent() && file.isPresent()) {
            faults.accept(new Fault(
                    row.variable() + " and " + row.fileVariable(), row.name(), "both are set", "unset one of them"));
        }
        return file.flatMap(path -> SecretFile.read(path, row.name(), row.fileVariable(), faults))
                .map(text -> new Text(text, row.fileVariable()))
                .or(() -> value.map(text -> new Text(text, row.variable())));
    }

    void warnOfUnknown(List<Row> all, Consumer<String> warnings) {
        Set<String> known = new TreeSet<>(Set.of(SETTINGS_FILE));
        for (Row row : all) {
            known.add(row.variable());
            if (row.secret()) {
                known.add(row.fileVariable());
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
        List<String> nearest = Nearest.all(variable, known);
        return nearest.isEmpty() ? "" : " Did you mean " + String.join(" or ", nearest) + "?";
    }
}
