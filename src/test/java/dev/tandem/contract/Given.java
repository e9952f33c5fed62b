package dev.tandem.contract;

import dev.tandem.contract.oscar.OscarServer;
import dev.tandem.contract.primero.Primero;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the run was given: accounts at test servers, each of which was confirmed to be one. Its text form holds no password.
 *
 * @param primero empty if Primero is not asked
 * @param oscar empty if OSCaR is not asked
 * @param pause before each call, so that a server that others use is not kept busy
 */
record Given(Optional<Primero.Account> primero, Optional<OscarServer.Account> oscar, Duration pause) {
    static final String CONFIRMED = "contract.this-is-a-test-server";

    /**
     * Reads the options.
     *
     * @param option by name; null for one that was not given
     * @throws Stop if something is missing, or an address is not confirmed as a test server
     */
    static Given read(UnaryOperator<String> option) {
        Optional<String> primero = value(option, "contract.primero.url");
        Optional<String> oscar = value(option, "contract.oscar.url");
        if (primero.isEmpty() && oscar.isEmpty()) {
            throw Stop.refused("give -Dcontract.primero.url or -Dcontract.oscar.url, or both");
        }
        primero.ifPresent(url -> confirm(url, option));
        oscar.ifPresent(url -> confirm(url, option));
        return new Given(
                primero.map(url -> new Primero.Account(
                        trimmed(url),
                        needed(option, "contract.primero.user"),
                        password(option, "contract.primero.password"),
                        value(option, "contract.primero.recipient"),
                        is215(option),
                        yes(option, "contract.primero.wrong-password"))),
                oscar.map(url -> new OscarServer.Account(
                        trimmed(url),
                        needed(option, "contract.oscar.user"),
                        password(option, "contract.oscar.password"),
                        value(option, "contract.oscar.ngo"),
                        yes(option, "contract.oscar.wrong-password"))),
                Duration.ofMillis(Long.parseLong(value(option, "contract.pause")
                        .filter(text -> text.matches("\\d{1,5}"))
                        .orElse("100"))));
    }

    private static void confirm(String url, UnaryOperator<String> option) {
        String host;
        try {
            host = URI.create(url).getHost();
        } catch (IllegalArgumentException e) {
            host = null;
        }
        if (host == null || !url.matches("https?://[^@?#]*")) {
            throw Stop.refused("an address must be http(s)://host, without user, query or fragment");
        }
        List<String> confirmed = value(option, CONFIRMED)
                .map(hosts -> Arrays.asList(hosts.split(",")))
                .orElse(List.of());
        if (!confirmed.contains(host)) {
            throw Stop.refused(
                    host + " is not confirmed as a test server: the suite creates records there. If it is one: -D"
                            + CONFIRMED + "=" + host);
        }
    }

    private static String trimmed(String url) {
        return url.replaceFirst("/+$", "");
    }

    private static boolean is215(UnaryOperator<String> option) {
        String version = value(option, "contract.primero.version").orElse("2.14");
        if (!version.matches("2\\.(1[1-9]|2\\d)(\\..*)?")) {
            throw Stop.refused("contract.primero.version is 2.11 or later");
        }
        return Integer.parseInt(version.split("\\.")[1]) >= 15;
    }

    private static boolean yes(UnaryOperator<String> option, String name) {
        return value(option, name).filter("yes"::equals).isPresent();
    }

    private static String needed(UnaryOperator<String> option, String name) {
        return value(option, name).orElseThrow(() -> Stop.refused("give -D" + name));
    }

    private static String password(UnaryOperator<String> option, String name) {
        Optional<String> file = value(option, name + "-file");
        if (file.isEmpty()) {
            return value(option, name).orElseThrow(() -> Stop.refused("give -D" + name + "-file or -D" + name));
        }
        try {
            return Files.readString(Path.of(file.get())).strip();
        } catch (IOException e) {
            throw Stop.refused(name + "-file cannot be read");
        }
    }

    private static Optional<String> value(UnaryOperator<String> option, String name) {
        return Optional.ofNullable(option.apply(name)).filter(text -> !text.isBlank());
    }

    @Override
    public String toString() {
        return "Given[" + primero + ", " + oscar + "]";
    }
}
