package dev.tandem.sandbox.http;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call that came in.
 *
 * @param status what the caller was sent; 0 if nothing
 * @param outcome what the simulator itself answered; 0 if the call did not get as far
 * @param fault the fault that struck it
 * @param ids path values and what the handler noted, never personal values
 */
public record Call(
        long number,
        Instant at,
        String method,
        String template,
        Map<String, List<String>> query,
        int status,
        int outcome,
        Optional<String> fault,
        Map<String, String> ids) {}
