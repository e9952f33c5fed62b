package dev.tandem.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a setting's text must look like.
 *
 * @param words the type's name in the documentation
 * @param parser from the text, which is not empty and has no space around it, to the value; throws {@link Mismatch}
 */
record Type<T>(String words, Function<String, T> parser) {
    /** A text that is not of the type its setting wants. */
    static final class Mismatch extends RuntimeException {
        private final String remedy;

        /**
         * @param problem what is wrong; quotes the text only where it can hold no secret
         * @param remedy what to write instead
         */
        Mismatch(String problem, String remedy) {
            super(problem, null, false, false);
            this.remedy = remedy;
        }

        String remedy() {
            return remedy;
        }
    }

    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9.-]{0,99}");
    private static final int LEAST_SECRET = 16;
    private static final String SIGNING_PREFIX = "whsec_";

    static final Type<String> TEXT = new Type<>("text", text -> text);
    static final Type<Secret> PASSWORD = new Type<>("secret", Secret::new);
    static final Type<Duration> DURATION = new Type<>("duration", text -> Durations.of(text)
            .orElseThrow(() -> new Mismatch(
                    "`" + text + "` is not a duration above zero",
                    "write a number with its unit, as 10s, 15m, 1h or 400d")));
    static final Type<String> SCHEMA = new Type<>("name of a schema", text -> {
        if (!text.matches("[a-z_][a-z0-9_]{0,62}")) {
            throw new Mismatch(
                    "it is no name of a schema", "use small letters, digits and _, beginning with a letter: `tandem`");
        }
        return text;
    });
    static final Type<Boolean> FLAG = oneOf(List.of("true", "false"), Boolean::valueOf);
    static final Type<Integer> PORT = new Type<>("port", Type::port);
    static final Type<PayloadKey> KEY = new Type<>("secret: 32 bytes in base64", text -> PayloadKey.ofBase64(text)
            .orElseThrow(() ->
                    new Mismatch("it is not a key of 32 bytes in base64", "make one with `openssl rand -base64 32`")));
    static final Type<Optional<PayloadKey>> PREVIOUS_KEY = new Type<>(
            KEY.words() + ", or `lost`",
            text -> text.equals("lost")
                    ? Optional.empty()
                    : Optional.of(KEY.parser().apply(text)));
    static final Type<Path> DIRECTORY = new Type<>("directory", Type::path);
    static final Type<Path> FILE = new Type<>("file", Type::file);
    static final Type<Set<String>> NAMES = new Type<>("names, separated by commas", Type::names);
    static final Type<Set<String>> NO_PROXY = new Type<>("hosts, separated by commas", Type::noProxy);
    static final Type<Set<String>> HOSTS = new Type<>("hosts, separated by commas", Type::hosts);

    static final Type<Set<String>> WORDS = new Type<>("names, separated by commas", text -> {
        if (!parts(text).allMatch(NAME.asMatchPredicate())) {
            throw new Mismatch("one of them is not a name", "write letters, digits, `-` and `.`, separated by commas");
        }
        return parts(text).collect(Collectors.toUnmodifiableSet());
    });

    /** What a sender shows with each event. */
    static final Type<Secret> SHARED = new Type<>("secret of " + LEAST_SECRET + " characters or more", text -> {
        if (text.length() < LEAST_SECRET) {
            throw new Mismatch("it is short enough to be guessed", "make one with `openssl rand -hex 32`");
        }
        return new Secret(text);
    });

    /** What a sender signs each event with. */
    static final Type<Secret> SIGNING = new Type<>("secret: `whsec_` and 24 to 64 bytes in base64", text -> {
        if (!text.startsWith(SIGNING_PREFIX) || !isKey(text.substring(SIGNING_PREFIX.length()))) {
            throw new Mismatch(
                    "it is not `whsec_` followed by 24 to 64 bytes in base64",
                    "make one with `echo whsec_$(openssl rand -base64 32)`");
        }
        return new Secret(text);
    });

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
        return oneOf(
                Arrays.stream(kind.getEnumConstants())
                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                        .toList(),
                name -> Enum.valueOf(kind, name.toUpperCase(Locale.ROOT)));
    }

    private static <T> Type<T> oneOf(List<String> names, Function<String, T> byName) {
        return new Type<>("`" + String.join("` or `", names) + "`", text -> {
            if (!names.contains(text.toLowerCase(Locale.ROOT))) {
                throw new Mismatch("`" + text + "` is not one of its values", "write " + String.join(" or ", names));
            }
            return byName.apply(text);
        });
    }

    private static int port(String text) {
        if (text.startsWith("tcp://")) {
            // Service links: a Service called "tandem-http" makes TANDEM_HTTP_PORT=tcp://10.0.0.1:8080 in every pod.
            throw new Mismatch(
                    "it holds an address that Kubernetes made for a Service of that name, not a port",
                    "set enableServiceLinks: false in the pod, or give the Service another name");
        }
        return number(text, 0, 65_535);
    }

    private static int number(String text, int least, int most) {
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

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw new Mismatch("`" + text + "` is not a path", "write the path of a directory");
        }
    }

    private static Path file(String text) {
        try {
            Path file = Path.of(text);
            if (Files.isReadable(file) && !Files.isDirectory(file)) {
                return file;
            }
        } catch (InvalidPathException invalid) {
            // Nor can that be read.
        }
        throw new Mismatch("the file it names cannot be read", "name a file that Tandem's account can read");
    }

    private static Set<String> names(String text) {
        Set<String> names = parts(text).collect(Collectors.toUnmodifiableSet());
        if (names.isEmpty()) {
            throw new Mismatch("it names nobody", "write a name, or leave the setting out");
        }
        return names;
    }

    private static Set<String> hosts(String text) {
        if (!parts(text).allMatch(HOST.asMatchPredicate())) {
            throw new Mismatch(
                    "one of them is not a host name",
                    "write `host` or `host:port`, separated by commas, without `http://`");
        }
        return parts(text).map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> noProxy(String text) {
        Set<String> names = parts(text)
                .map(name -> name.toLowerCase(Locale.ROOT)
                        .replaceFirst("^\\*?\\.", "")
                        .replaceFirst("^\\[(.*)]$", "$1"))
                .collect(Collectors.toUnmodifiableSet());
        if (!names.stream().allMatch(name -> name.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?|[0-9a-f:.]*:[0-9a-f:.]*"))) {
            throw new Mismatch(
                    "one of them is not a host name",
                    "write `host`, `example.org` for all below it, or an address, separated by commas, without port");
        }
        return names;
    }

    private static Stream<String> parts(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).filter(part -> !part.isEmpty());
    }

    private static boolean isKey(String base64) {
        try {
            int bytes = Base64.getDecoder().decode(base64).length;
            return bytes >= 24 && bytes <= 64;
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }
}
