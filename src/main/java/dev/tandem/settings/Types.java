package dev.tandem.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The types that settings have. Those with more to say are in files of their own. */
final class Types {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?");

    static final Type<String> TEXT = new Type<>("text", text -> text);
    static final Type<Secret> SECRET = new Type<>("secret", Secret::new);
    static final Type<Duration> DURATION = new Type<>("duration", Durations::parse);
    static final Type<Boolean> FLAG =
            new Type<>("`true` or `false`", choice(Map.of("true", true, "false", false)::get, "true", "false"));
    static final Type<Integer> PORT = new Type<>("port", Types::port);
    static final Type<PayloadKey> KEY = new Type<>("secret: 32 bytes in base64", Types::key);
    static final Type<Path> DIRECTORY = new Type<>("directory", Types::path);
    static final Type<Set<String>> NAMES = new Type<>("names, separated by commas", Types::names);
    static final Type<Set<String>> HOSTS = new Type<>("hosts, separated by commas", Types::hosts);

    private Types() {}

    static Type<Integer> count(int least, int most) {
        return new Type<>("number from " + least + " to " + most, text -> number(text, least, most));
    }

    /** A number, or {@code off}. */
    static Type<Optional<Integer>> countOrOff(int least, int most) {
        return new Type<>(
                "number from " + least + " to " + most + ", or `off`",
                text -> text.equalsIgnoreCase("off") ? Optional.empty() : Optional.of(number(text, least, most)));
    }

    static <E extends Enum<E>> Type<E> oneOf(Class<E> kind) {
        String[] names = Arrays.stream(kind.getEnumConstants())
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
        Map<String, E> byName = Arrays.stream(kind.getEnumConstants())
                .collect(Collectors.toMap(value -> value.name().toLowerCase(Locale.ROOT), value -> value));
        String words = Arrays.stream(names).map(name -> "`" + name + "`").collect(Collectors.joining(" or "));
        return new Type<>(words, choice(byName::get, names));
    }

    private static <T> Type.Parser<T> choice(Function<String, T> byName, String... names) {
        return text -> {
            T value = byName.apply(text.toLowerCase(Locale.ROOT));
            if (value == null) {
                throw new Mismatch("`" + text + "` is not one of its values", "write " + String.join(" or ", names));
            }
            return value;
        };
    }

    private static int port(String text) throws Mismatch {
        if (text.startsWith("tcp://")) {
            // Service links: a Service called "tandem-http" makes TANDEM_HTTP_PORT=tcp://10.0.0.1:8080 in every pod.
            throw new Mismatch(
                    "it holds an address that Kubernetes made for a Service of that name, not a port",
                    "set enableServiceLinks: false in the pod, or give the Service another name");
        }
        return number(text, 0, 65_535);
    }

    private static int number(String text, int least, int most) throws Mismatch {
        String remedy = "write a number from " + least + " to " + most;
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
            throw new Mismatch("`" + text + "` is out of range", remedy);
        } catch (NumberFormatException notANumber) {
            throw new Mismatch("`" + text + "` is not a number", remedy);
        }
    }

    private static PayloadKey key(String text) throws Mismatch {
        return PayloadKey.ofBase64(text)
                .orElseThrow(() -> new Mismatch(
                        "it is not a key of 32 bytes in base64", "make one with `openssl rand -base64 32`"));
    }

    private static Path path(String text) throws Mismatch {
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw new Mismatch("`" + text + "` is not a path", "write the path of a directory");
        }
    }

    private static Set<String> names(String text) throws Mismatch {
        Set<String> names = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
                names.add(part.strip());
            }
        }
        if (names.isEmpty()) {
            throw new Mismatch("it names nobody", "write a name, or leave the setting out");
        }
        return Set.copyOf(names);
    }

    private static Set<String> hosts(String text) throws Mismatch {
        Set<String> hosts = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            String host = part.strip();
            if (host.isEmpty()) {
                continue;
            }
            if (!HOST.matcher(host).matches()) {
                throw new Mismatch(
                        "one of them is not a host name",
                        "write `host` or `host:port`, separated by commas, without `http://`");
            }
            hosts.add(host.toLowerCase(Locale.ROOT));
        }
        return Set.copyOf(hosts);
    }
}
