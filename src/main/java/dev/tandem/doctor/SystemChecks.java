package dev.tandem.doctor;

import dev.tandem.call.Network;
import dev.tandem.outcome.Setback;
import dev.tandem.settings.Outgoing;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Whether a system is there, is who it should be, lets the account in, and tells the right time. */
final class SystemChecks {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final Duration EXPIRES_SOON = Duration.ofDays(21);
    private static final Duration MOST_DIFFERENCE = Duration.ofMinutes(1);

    private final String system;
    private final String name;
    private final URI url;
    private final Outgoing outgoing;
    private final Once<Asking.Answer> signIn;
    private final InstantSource clock;

    SystemChecks(String system, URI url, Outgoing outgoing, Asking asking, InstantSource clock) {
        this.outgoing = outgoing;
        this.system = system;
        this.name = Unread.named(system);
        this.url = url;
        this.signIn = new Once<>(() -> asking.call(system, "check-" + system, Map.of()));
        this.clock = clock;
    }

    List<Check> all() {
        return List.of(
                Check.of(system + ".address", name + " is reached at " + url + ".", this::address),
                Check.of(system + ".sign-in", name + " lets the account in.", this::signIn),
                Check.of(system + ".clock", "", this::clock));
    }

    private void address(Findings found) {
        Optional<URI> proxy = outgoing.proxyFor(url.getHost());
        if (proxy.isPresent()) {
            byProxy(proxy.get(), found);
            return;
        }
        boolean tls = url.getScheme().equals("https");
        int port = url.getPort() > 0 ? url.getPort() : tls ? HTTPS : HTTP;
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(url.getHost(), port), CONNECT_MILLIS);
            plain.setSoTimeout(CONNECT_MILLIS);
            if (tls) {
                tls(plain, port, found);
            } else if (!plain.getInetAddress().isLoopbackAddress()) {
                found.warn(
                        "",
                        name
                                + " is called without TLS: the password and the children's records cross the network in clear.",
                        "Use its https:// address in tandem." + system + ".url.");
            }
        } catch (UnknownHostException | IllegalArgumentException e) {
            unreachable(found, "no server has the name " + url.getHost());
        } catch (ConnectException e) {
            unreachable(found, "nothing listens there");
        } catch (SocketTimeoutException e) {
            unreachable(found, "nothing answered within " + CONNECT_MILLIS / 1000 + " s; a firewall may be in between");
        } catch (SSLException e) {
            unreachable(found, "its certificate is not accepted (" + certificateFault(e) + ")");
        } catch (IOException e) {
            unreachable(found, e.getClass().getSimpleName());
        }
    }

    /** What is behind the proxy is seen by the sign-in, which goes by it. */
    private void byProxy(URI proxy, Findings found) {
        try (Socket plain = new Socket()) {
            plain.connect(
                    new InetSocketAddress(proxy.getHost(), proxy.getPort() > 0 ? proxy.getPort() : HTTP),
                    CONNECT_MILLIS);
            found.ok(name + " is called at " + url + " by the proxy " + proxy + ".");
        } catch (IOException | IllegalArgumentException e) {
            found.add(
                    Level.UNREACHABLE,
                    "",
                    "The proxy " + proxy + ", by which " + name + " is called, is not reached ("
                            + e.getClass().getSimpleName() + ").",
                    "Check tandem.http.proxy, or name the host of " + name + " in tandem.http.no-proxy.");
        }
    }

    private void tls(Socket plain, int port, Findings found) throws IOException {
        SSLSocketFactory sockets = new Network(outgoing).tlsContext().getSocketFactory();
        try (SSLSocket socket = (SSLSocket) sockets.createSocket(plain, url.getHost(), port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            if (socket.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate) {
                Instant end = certificate.getNotAfter().toInstant();
                if (end.isBefore(clock.instant().plus(EXPIRES_SOON))) {
                    found.warn(
                            "",
                            name + "'s certificate ends on " + end + ".",
                            "Have it renewed: from then on no call succeeds.");
                }
            }
        }
    }

    private static String certificateFault(SSLException failure) {
        String words = String.valueOf(failure.getMessage());
        return words.contains("unable to find valid certification path")
                ? "nobody known vouches for it: if the CA is your own, name its file in tandem.http.ca-file"
                : words.contains("subject alternative") || words.contains("No name matching")
                        ? "it is for another name"
                        : "TLS: " + failure.getClass().getSimpleName();
    }

    private void unreachable(Findings found, String why) {
        found.add(
                Level.UNREACHABLE,
                "",
                name + " is not reached at " + url + ": " + why + ".",
                "Check tandem." + system + ".url, that the server runs, and the network in between.");
    }

    private void signIn(Findings found) {
        try {
            signIn.get();
        } catch (Setback setback) {
            boolean closed = Unread.isClosed(setback);
            found.add(
                    Level.UNREACHABLE,
                    "",
                    closed
                            ? name + " refused the login. It was tried once and is not tried again."
                            : name + " did not answer as it should (" + setback.code() + ").",
                    closed
                            ? "Check tandem." + system + ".user and .password and that the account is enabled, then"
                                    + " `tandem reopen " + system + "`."
                            : "Check tandem." + system + ".url: something else may answer there.");
        }
    }

    private void clock(Findings found) {
        Asking.Answer answer;
        try {
            answer = signIn.get();
        } catch (Setback setback) {
            throw Unread.of(system, "the time", setback);
        }
        if (answer.at().isEmpty()) {
            found.warn(
                    "", name + "'s answers do not say when they were given.", "A proxy may take the header Date away.");
            return;
        }
        Duration ahead = Duration.between(clock.instant(), answer.at().get());
        if (ahead.abs().compareTo(MOST_DIFFERENCE) > 0) {
            found.warn(
                    "",
                    name + "'s clock is "
                            + ahead.abs().truncatedTo(ChronoUnit.SECONDS).toSeconds() + " s "
                            + (ahead.isNegative() ? "behind" : "ahead of") + " Tandem's.",
                    "Set both by NTP: sweeps ask for what changed since a time.");
        } else {
            found.ok(name + "'s clock agrees with Tandem's.");
        }
    }
}
