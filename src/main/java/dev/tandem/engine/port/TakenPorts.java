package dev.tandem.engine.port;

import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ports of the settings that cannot be opened, in words: which, by which setting, and who has it as far as that can be told. */
public final class TakenPorts {
    private static final Path PROCESSES = Path.of("/proc");
    private static final String LISTENING = "0A";

    private TakenPorts() {}

    /**
     * Before anything is started: Camel goes on without a port that it could not open.
     *
     * @param tandem which Tandem has this port, in words, if one answers that it has
     * @throws OperationFailed if one of the two cannot be opened
     */
    public static void check(Settings.Http http, IntFunction<Optional<String>> tandem) {
        List<String> lines = new ArrayList<>();
        why(http.port(), http.bind(), "tandem.http.port", tandem).ifPresent(lines::add);
        why(http.managementPort(), http.managementBind(), "tandem.management.port", tandem)
                .ifPresent(lines::add);
        if (!lines.isEmpty()) {
            throw new OperationFailed(OperationFailed.WRONG, lines);
        }
    }

    private static Optional<String> why(
            int port, Settings.Bind bind, String setting, IntFunction<Optional<String>> tandem) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(bind.address(), port));
            return Optional.empty();
        } catch (IOException refused) {
            String named = "Port " + port + " (" + setting + ") ";
            if (String.valueOf(refused.getMessage()).contains("denied")) {
                return Optional.of(
                        named + "may not be opened by this account: set a port from 1024 on, and let a proxy or"
                                + " the firewall lead the other one here.");
            }
            String holder = tandem.apply(port).or(() -> process(port)).orElse("another process");
            return Optional.of(
                    named + "is taken by " + holder + ": stop that one, or set another port. Nothing was started.");
        }
    }

    /** As the kernel tells it of processes of the same account; only on Linux. */
    private static Optional<String> process(int port) {
        Set<String> sockets = Stream.of("net/tcp", "net/tcp6")
                .flatMap(table -> lines(PROCESSES.resolve(table)))
                .map(line -> line.strip().split("\\s+"))
                .filter(cells -> cells.length > 9
                        && cells[3].equals(LISTENING)
                        && cells[1].endsWith(String.format(":%04X", port)))
                .map(cells -> "socket:[" + cells[9] + "]")
                .collect(Collectors.toSet());
        return sockets.isEmpty()
                ? Optional.empty()
                : ProcessHandle.allProcesses()
                        .filter(process -> holds(process, sockets))
                        .findFirst()
                        .map(process -> lines(PROCESSES.resolve(process.pid() + "/comm"))
                                        .findFirst()
                                        .orElse("a program")
                                + " (process " + process.pid() + ")");
    }

    private static boolean holds(ProcessHandle process, Set<String> sockets) {
        try (Stream<Path> open = Files.list(PROCESSES.resolve(process.pid() + "/fd"))) {
            return open.anyMatch(file -> {
                try {
                    return sockets.contains(Files.readSymbolicLink(file).toString());
                } catch (IOException gone) {
                    return false;
                }
            });
        } catch (IOException ofAnotherAccount) {
            return false;
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException notHere) {
            return Stream.empty();
        }
    }
}
