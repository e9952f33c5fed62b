package dev.tandem.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.tandem.settings.Settings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;

/** This machine, as far as Tandem depends on it. */
final class MachineChecks {
    private static final long MEGABYTE = 1024L * 1024;
    private static final long LEAST_HEAP = 200;
    private static final long LEAST_FILES = 1024;

    private final Settings settings;
    private final Set<Integer> own;

    /** @param own the ports that this very process has open */
    MachineChecks(Settings settings, Set<Integer> own) {
        this.settings = settings;
        this.own = own;
    }

    List<Check> all() {
        return List.of(
                Check.of("heap", "", this::heap),
                Check.of("files", "", this::files),
                Check.of("ports", "", this::ports));
    }

    private void heap(Findings found) {
        long heap = Runtime.getRuntime().maxMemory() / MEGABYTE;
        if (heap < LEAST_HEAP) {
            found.warn(
                    "",
                    "The heap is at most " + heap + " MB; Tandem is tested from 256 MB on.",
                    "Start it with -Xmx256m or more, or give the container more memory.");
        } else {
            found.ok("The heap is at most " + heap + " MB.");
        }
    }

    private void files(Findings found) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            long most = unix.getMaxFileDescriptorCount();
            if (most < LEAST_FILES) {
                found.warn(
                        "",
                        "This process may open " + most + " files and connections.",
                        "Raise it to " + LEAST_FILES + " or more (ulimit -n, LimitNOFILE).");
            } else {
                found.ok("This process may open " + most + " files and connections, and has "
                        + unix.getOpenFileDescriptorCount() + " open.");
            }
        } else {
            found.ok("This system does not say how many files a process may open.");
        }
    }

    private void ports(Findings found) {
        Settings.Http http = settings.http();
        port(http.port(), http.bind(), "tandem.http.port", found);
        port(http.managementPort(), http.managementBind(), "tandem.management.port", found);
        if (http.managementBind() == Settings.Bind.ALL
                && settings.admin().password().isEmpty()) {
            found.warn(
                    "tandem.management.bind",
                    "{} is all, without tandem.admin.password: who reaches port " + http.managementPort()
                            + " sees health and metrics; console and admin API answer only on this machine.",
                    "Set a password, or let only probes and monitoring reach the port.");
        }
        if (http.bind() == Settings.Bind.ALL
                && http.tls().isEmpty()
                && !settings.webhooks().isEmpty()) {
            found.warn(
                    "tandem.http.bind",
                    "Events come to port " + http.port() + " without TLS, from wherever the machine can be reached.",
                    "Put a proxy with TLS before it, or set tandem.http.tls.certificate and .key.");
        }
        if (found.all().isEmpty()) {
            found.ok("Port " + http.port() + " (webhooks) is for " + reach(http.bind()) + ", port "
                    + http.managementPort() + " (management) for " + reach(http.managementBind()) + ".");
        }
    }

    private static String reach(Settings.Bind bind) {
        return bind == Settings.Bind.ALL ? "all who reach this machine" : "programs on this machine";
    }

    private void port(int port, Settings.Bind bind, String setting, Findings found) {
        if (own.contains(port)) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(bind.address(), port));
        } catch (BindException e) {
            found.warn(
                    setting,
                    "Port " + port + " ({}) is in use" + (port < 1024 ? ", or needs more rights." : "."),
                    "If a Tandem runs here, all is well; else free the port or choose another one.");
        } catch (IOException e) {
            found.warn(
                    setting,
                    "Port " + port + " ({}) cannot be tried (" + e.getClass().getSimpleName() + ").",
                    "");
        }
    }
}
