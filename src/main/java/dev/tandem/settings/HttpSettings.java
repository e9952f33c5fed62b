package dev.tandem.settings;

import java.util.Set;

/** The two ports, and the hosts that routes may call besides the two systems: {@code host} or {@code host:port}. */
public record HttpSettings(int port, Bind bind, int managementPort, Bind managementBind, Set<String> allowedHosts) {}
