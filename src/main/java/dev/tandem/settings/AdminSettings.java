package dev.tandem.settings;

import static dev.tandem.settings.Rows.Exposure.PRIVATE;
import static dev.tandem.settings.Rows.Exposure.SECRET;

import java.util.Optional;
import java.util.Set;

/**
 * Who may use console and admin API; without user and password: whoever is on this machine.
 *
 * @param hosts the names, with or without a port, by which they are called besides those of loopback; empty: any
 */
public record AdminSettings(Optional<String> user, Optional<Secret> password, Set<String> hosts) {
    static AdminSettings read(Rows rows) {
        return new AdminSettings(
                rows.optional("tandem.admin.user", Type.TEXT, PRIVATE, "The user of console and admin API."),
                rows.optional(
                        "tandem.admin.password",
                        Type.PASSWORD,
                        SECRET,
                        "The password of this user. Without it, console and admin API answer only on loopback."),
                rows.optional(
                                "tandem.admin.hosts",
                                Type.HOSTS,
                                PRIVATE,
                                "With `tandem.admin.password`: the host names by which console and admin API may be"
                                        + " called, besides those of loopback. Unset: any.")
                        .orElse(Set.of()));
    }
}
