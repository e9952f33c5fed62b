package dev.tandem.settings;

import java.util.Optional;
import java.util.Set;

/**
 * Who may use console and admin API; without user and password: whoever is on this machine.
 *
 * @param hosts the names, with or without a port, by which they are called besides those of loopback; empty: any
 */
public record AdminSettings(Optional<String> user, Optional<Secret> password, Set<String> hosts) {}
