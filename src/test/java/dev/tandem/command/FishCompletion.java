package dev.tandem.command;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for the shell fish, which picocli does not write. */
final class FishCompletion {
    private FishCompletion() {}

    static String render(CommandLine tandem) {
        StringBuilder script = new StringBuilder("""
                # Completion of tandem for fish. Made from the commands by CommandsPageTest.
                complete -c tandem -f
                """);
        options(script, tandem.getCommandSpec(), "");
        commands(script, tandem, "__fish_use_subcommand");
        return script.toString();
    }

    private static void commands(StringBuilder script, CommandLine of, String when) {
        of.getSubcommands().forEach((name, command) -> {
            CommandSpec spec = command.getCommandSpec();
            script.append("complete -c tandem -n '%s' -a %s -d '%s'\n".formatted(when, name, first(spec)));
            String within = "__fish_seen_subcommand_from " + name;
            options(script, spec, within);
            if (!command.getSubcommands().isEmpty()) {
                String names = String.join(" ", command.getSubcommands().keySet());
                commands(script, command, within + "; and not __fish_seen_subcommand_from " + names);
            }
            if (spec.positionalParameters().stream().anyMatch(FishCompletion::isFile)) {
                script.append("complete -c tandem -n '%s' -F\n".formatted(within));
            }
        });
    }

    private static void options(StringBuilder script, CommandSpec spec, String when) {
        for (OptionSpec option : spec.options()) {
            boolean standard = option.usageHelp() || option.versionHelp();
            if (option.inherited() || option.hidden() || (standard && !when.isEmpty())) {
                continue;
            }
            script.append("complete -c tandem");
            if (!when.isEmpty()) {
                script.append(" -n '").append(when).append("'");
            }
            for (String name : option.names()) {
                script.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            }
            if (option.arity().max() > 0) {
                script.append(isFile(option) ? " -r -F" : " -x");
            }
            script.append(" -d '").append(words(List.of(option.description()))).append("'\n");
        }
    }

    private static boolean isFile(CommandLine.Model.ArgSpec spec) {
        return spec.type() == Path.class || Arrays.asList(spec.auxiliaryTypes()).contains(Path.class);
    }

    private static String first(CommandSpec spec) {
        return words(List.of(spec.usageMessage().description()));
    }

    private static String words(List<String> description) {
        String all = String.join(" ", description)
                .replace("%n", " ")
                .replace("'", "")
                .replace("%%", "%");
        int end = all.indexOf(". ");
        return end < 0 ? all.replaceAll("\\.$", "") : all.substring(0, end);
    }
}
