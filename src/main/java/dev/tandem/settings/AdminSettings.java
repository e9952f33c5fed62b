package dev.tandem.settings;

import static dev.tandem.settings.Rows.Exposure.PRIVATE;
import static dev.tandem.settings.Rows.Exposure.SECRET;

import java.util.Optional;
import java.util.Set;

/**
 * Who may use console and admin API; without user and password: whoever is on this machine.
 *
 * @param viewerUser who may look and not act
 * @param hosts the names, with or without a port, by which they are called besides those of loopback; empty: any
 */
public record AdminSettings(
        Optional<String> user,
        Optional<Secret> password,
        Optional<String> viewerUser,
        Optional<Secret> viewerPassword,
        Set<String> hosts) {
    /** Without an account that may only look. */
    public AdminSettings(Optional<String> user, Optional<Secret> password, Set<String> hosts) {
        this(user, password, Optional.empty(), Optional.empty(), hosts);
    }

    static AdminSettings read(Rows rows) {
        return new AdminSettings(
                rows.optional("tandem.admin.user", Type.TEXT, PRIVATE, "The user of console and admin API."),
                rows.optional(
                        "tandem.admin.password",
                        Type.PASSWORD,
                        SECRET,
                        "The password of this user. Without it, console and admin API answer only on loopback."),
                rows.optional(
                        "tandem.viewer.user",
                        Type.TEXT,
                        PRIVATE,
                        "The user who may look at console and admin API, and change nothing. Unset: nobody."),
                rows.optional("tandem.viewer.password", Type.PASSWORD, SECRET, "The password of this user."),
                rows.optional(
                                "tandem.admin.hosts",
                                Type.HOSTS,
                                PRIVATE,
                                "With `tandem.admin.password`: the host names by which console and admin API may be"
                                        + " called, besides those of loopback. Unset: any.")
                        .orElse(Set.of()));
    }
}
