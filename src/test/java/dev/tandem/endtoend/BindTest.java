package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On which interfaces the ports are open: seen by an address of this machine that is not the one of loopback proper. */
class BindTest {
    private static final byte[] ANOTHER = {127, 0, 0, 2};

    @Test
    void webhooks_are_open_to_all_and_management_to_the_machine_itself(@TempDir Path directory) {
        assertOpen(new Bench(directory), true, false);
    }

    @Test
    void a_password_opens_management(@TempDir Path directory) {
        assertOpen(
                new Bench(directory)
                        .with("tandem.admin.user", "synthetic")
                        .with("tandem.admin.password", "synthetic-password"),
                true,
                true);
    }

    @Test
    void the_settings_go_before_both(@TempDir Path directory) {
        assertOpen(
                new Bench(directory).with("tandem.http.bind", "loopback").with("tandem.management.bind", "all"),
                false,
                true);
    }

    private static void assertOpen(Bench bench, boolean webhooks, boolean management) {
        try (Bench running = ListeningService.prepared(bench)) {
            running.adopt();
            try (ListeningService service = ListeningService.of(running)) {
                assertThat(isOpen(service.port())).as("webhooks").isEqualTo(webhooks);
                assertThat(isOpen(Integer.parseInt(running.setting("tandem.management.port"))))
                        .as("management")
                        .isEqualTo(management);
            }
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(ANOTHER), port), 5_000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
