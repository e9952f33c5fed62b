package dev.tandem.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Runs small fault runs on a product one of whose rules is broken: a proof that finds none of them proves nothing. */
final class Mutations {
    private Mutations() {}

    /** @return whether every one was found */
    static boolean run(List<String> only, int pace, boolean shrink) {
        boolean all = true;
        for (Mutation mutation : Mutation.all()) {
            if (!only.isEmpty() && !only.contains(mutation.name())) {
                continue;
            }
            Path classes = compiled(mutation);
            Path directory = Path.of("target", "chaos", "mutation-" + mutation.name());
            Run.Outcome outcome = Run.of(mutation.plan(), directory, pace, Optional.of(classes));
            boolean caught = !outcome.findings().sound();
            all &= caught;
            String by = outcome.findings().faults().stream()
                    .map(sort -> outcome.findings().of(sort).size() + " " + sort.words)
                    .collect(Collectors.joining("; "));
            System.out.printf(
                    Locale.ROOT,
                    "%-26s %-10s %4d s  %s%n",
                    mutation.name(),
                    caught ? "caught" : "NOT CAUGHT",
                    outcome.millis() / 1000,
                    caught ? by : mutation.rule());
            if (!caught) {
                System.out.println(Report.of(outcome));
            } else if (shrink) {
                Shrinking.of(mutation.plan(), directory, pace, Optional.of(classes));
            }
        }
        return all;
    }

    /** The one class and those within it, to go before the jar on the class path. */
    static Path compiled(Mutation mutation) {
        // What an earlier version of the mutation has left there would go before the jar as well.
        Path to = Stage.empty(Path.of("target", "chaos", "mutations", mutation.name()));
        Path source = to.resolve(mutation.file().getFileName());
        try (Stream<Path> libraries = Files.list(Path.of("target", "lib"))) {
            Files.writeString(source, broken(mutation));
            String path = Stream.concat(Stream.of(Path.of("target", "classes")), libraries)
                    .map(Path::toString)
                    .collect(Collectors.joining(java.io.File.pathSeparator));
            int code = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            null,
                            null,
                            "-nowarn",
                            "-proc:none",
                            "-parameters",
                            "--release",
                            "17",
                            "-cp",
                            path,
                            "-d",
                            to.toString(),
                            source.toString());
            if (code != 0) {
                throw new IllegalStateException("the mutation " + mutation.name() + " does not compile");
            }
            return to.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The source with the rule broken; found however it is laid out in lines. */
    static String broken(Mutation mutation) throws IOException {
        String source = Files.readString(mutation.file());
        String pattern = Arrays.stream(mutation.old().strip().split("\\s+"))
                .map(Pattern::quote)
                .collect(Collectors.joining("\\s+"));
        Matcher matcher = Pattern.compile(pattern).matcher(source);
        if (!matcher.find()) {
            throw new IllegalStateException(mutation.file() + " has changed: there is no \"" + mutation.old()
                    + "\" any more; adapt the mutation " + mutation.name());
        }
        return source.substring(0, matcher.start()) + mutation.by() + source.substring(matcher.end());
    }
}
