package dev.tandem.settings;

import java.net.URI;
import java.util.Optional;

/**
 * What is set for a further system, one that only routes and mappings know ({@code tandem.system.<name>.*}).
 *
 * @param name as routes, gates and metrics call it: lower-case letters and digits
 * @param url without a slash at the end
 * @param user for HTTP Basic, with the password
 * @param token a bearer token instead of both
 * @param schedule when what changed in it is read, if it is a source
 */
public record SystemSettings(
        String name,
        URI url,
        Optional<String> user,
        Optional<Secret> password,
        Optional<Secret> token,
        int maxCalls,
        Schedule schedule,
        Schedule fullSchedule) {}
