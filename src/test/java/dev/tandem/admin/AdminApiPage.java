package dev.tandem.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tandem.operation.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code docs/reference/admin-api.md}: its text, and its table from {@link Operation}. */
final class AdminApiPage {
    private AdminApiPage() {}

    static String render() {
        return """
                # The admin API

                <!-- Made from the operations by AdminApiPageTest; edits here are lost. -->

                For people who write scripts or consoles for a running service; Tandem's own commands use it too. The API is on the management port
                (`tandem.management.port`, 9876), under `/api/`. Everything is JSON; moments are ISO 8601 in UTC, durations as in the settings (`60s`, `5m`).

                ## Who may use it

                *Without `tandem.admin.user` and `tandem.admin.password`*, only callers on the machine itself:

                - the connection comes from loopback;
                - the request was not forwarded (`Forwarded`, `X-Forwarded-*`, `X-Real-IP` and `Via` are refused), because behind a proxy on the same machine
                  every caller would look local;
                - the host name of the request is `localhost`, `127.0.0.1` or `[::1]`, so that no page of another site can reach the API by pointing its own name
                  here.

                *With both set*, every caller who knows them (HTTP Basic), from anywhere; let a proxy do TLS, or set
                `tandem.management.tls.certificate` and `.key`. `tandem.admin.hosts` then limits the host names. After five wrong logins an address waits, first one
                second, then twice as long after each further one, up to five minutes; after 100 wrong ones in all, each address has one instead of five. Nobody waits
                for wrong logins that came from other addresses. Behind a proxy all callers have the proxy's address; a command on the machine itself has its own.

                In both cases a POST needs `Content-Type: application/json` and `X-Tandem: 1`, which a page of another site cannot send. A body has at most 64 KB.
                Body and query have only the fields named here: if Tandem ignored a misspelt field, it might do more than you meant.

                ```
                curl -s localhost:9876/api/dead-letters
                curl -s -X POST -H 'Content-Type: application/json' -H 'X-Tandem: 1' \\
                     -d '{"because": "entered by hand"}' localhost:9876/api/dead-letters/17/discard
                ```

                ## Calls

                A GET has its fields in the query, a POST in the body. All are optional unless the table says otherwise. `because` (why) and `by` (who asks) go
                into the journal. Each POST that was let in is a line of the journal too (flow `operator`, the path as record): the user and the address it
                came from, or `loopback` where there is no password.

                | call | fields | what it does and answers | fields of the answer |
                |---|---|---|---|
                %s
                *A sync's state*: `id`; `state` is `queued`, `running`, `done` or `failed`; `step`, `expected` (negative: not known) and `reached` show the progress;
                `report`, once done, is the same as that of `sync --json`; `failure` holds `exitCode` and `lines`. Syncs run one after another. Tandem remembers
                the last few finished ones.

                *Each of `approved`*: `name`, `what`, `records`, `effects`, `heldSince`.

                *A verdict*: `id`; `done`; `words` (why not, or what you should know); `flow`, `record`, `key`.

                [Dead letters](../operate/dead-letters.md) explains retry and discard.

                ## Errors

                The answer is `{"error": CODE, "words": ...}`:

                | status | meaning |
                |---|---|
                | 400 | wrong body or query |
                | 401, 403 | wrong login; caller not allowed |
                | 404, 405 | no such path or id; wrong method |
                | 413, 415 | body too long; wrong content type |
                | 429 | too many syncs are waiting; or too many wrong logins came from this address (`Retry-After` says how long it waits) |
                | 500 | a defect in Tandem; the details are only in the log |
                | 503 | not possible now |
                """.formatted(Operation.all().stream().map(AdminApiPage::row).collect(Collectors.joining()));
    }

    private static String row(Operation<?, ?, ?> operation) {
        List<String> inPath = Operation.FIELD
                .matcher(operation.path())
                .results()
                .map(field -> field.group(1))
                .toList();
        return "| `%s %s` | %s | %s | %s |\n"
                .formatted(
                        operation.method(),
                        operation.path(),
                        fields(operation.request(), inPath),
                        operation.about(),
                        fields(operation.report(), List.of()));
    }

    /** As they are called in JSON. */
    private static String fields(Class<?> type, List<String> but) {
        return Arrays.stream(type.getRecordComponents())
                .map(field -> Optional.ofNullable(field.getAccessor().getAnnotation(JsonProperty.class))
                        .map(JsonProperty::value)
                        .orElse(field.getName()))
                .filter(name -> !but.contains(name))
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(", "));
    }
}
