package dev.tandem.settings;

import java.util.Optional;

/** Who may use console and admin API; both empty: whoever is on this machine. */
public record AdminSettings(Optional<String> user, Optional<Secret> password) {}
