package dev.tandem.database;

import dev.tandem.outcome.OperationFailed;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Why a database cannot be opened, and what to do. */
final class Unreachable {
    private static final String TLS = "sslmode=verify-full&sslrootcert=/path/to/ca.pem";

    private Unreachable() {}

    static OperationFailed because(Throwable failure, String url) {
        String address = url.replaceFirst("[?;].*", "");
        // The driver's own texts, and those of a pooler, are English; the server's are told by their state.
        String words = all(failure)
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .reduce("", (one, other) -> one + "\n" + other);
        Optional<String> state = SqlState.of(failure);
        if (words.contains("statement pooling mode")) {
            return wrong(
                    "The pooler at " + address + " is in statement mode, which takes no transactions: set its pool_mode"
                            + " to session or transaction.");
        }
        if (words.contains("unsupported startup parameter")) {
            return wrong("The pooler at " + address + " takes an option of tandem.db.url for none of its own ("
                    + words.replaceAll("(?s).*unsupported startup parameter(?: in options)?: (\\w+).*", "$1")
                    + "): leave it out there. A schema is set by tandem.db.schema.");
        }
        if (words.contains("SSL root certificate file")) {
            return wrong("The file of sslrootcert in tandem.db.url cannot be read: " + address + ".");
        }
        if (words.contains("server does not support SSL")) {
            return wrong("tandem.db.url asks for TLS (sslmode), but the server at " + address + " offers none.");
        }
        if (words.contains("could not be verified by hostnameverifier") || words.contains("No subject alternative")) {
            return unreachable("The certificate of the database at " + address
                    + " is for another name: write the host in tandem.db.url as the certificate has it.");
        }
        if (all(failure)
                .anyMatch(
                        cause -> cause instanceof CertPathBuilderException || cause instanceof CertificateException)) {
            return unreachable("The certificate of the database at " + address
                    + " is from no authority that is trusted: name the file of its CA in tandem.db.url (" + TLS + ").");
        }
        if (all(failure).anyMatch(SSLException.class::isInstance)) {
            return unreachable("No TLS connection to the database at " + address
                    + " comes about: check sslmode in tandem.db.url.");
        }
        if (all(failure).anyMatch(UnknownHostException.class::isInstance)) {
            return unreachable("The host of the database at " + address + " is not known: check tandem.db.url.");
        }
        if (state.filter(code -> code.startsWith("28")).isPresent()
                || words.contains("authentication failed")
                || words.contains("no such user")) {
            return unreachable("The database refused the login: check tandem.db.user and tandem.db.password.");
        }
        if (state.filter("3D000"::equals).isPresent()
                || words.matches("(?s).*(database \"[^\"]*\" does not exist|no such database).*")) {
            return unreachable("The server has no database of this name: " + address + " (tandem.db.url).");
        }
        if (state.filter("53300"::equals).isPresent() || words.contains("no more connections allowed")) {
            return unreachable(
                    "The server at " + address + " has no connection left: raise its limit, or see who holds them.");
        }
        if (all(failure).anyMatch(ConnectException.class::isInstance)) {
            return unreachable("Nothing answers at " + address + ": check tandem.db.url, and that the database runs.");
        }
        if (all(failure).anyMatch(SocketTimeoutException.class::isInstance)) {
            return unreachable(
                    "The database at " + address + " did not answer in time: check tandem.db.url, and the network.");
        }
        return unreachable("The database cannot be opened ("
                + state.map(code -> "SQL state " + code).orElse("no answer")
                + "): check tandem.db.url and that it is running.");
    }

    private static Stream<Throwable> all(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    private static OperationFailed unreachable(String line) {
        return new OperationFailed(OperationFailed.UNREACHABLE, List.of(line));
    }

    private static OperationFailed wrong(String line) {
        return new OperationFailed(OperationFailed.WRONG, List.of(line));
    }
}
