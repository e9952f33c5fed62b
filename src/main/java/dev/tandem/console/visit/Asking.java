package dev.tandem.console.visit;

import dev.tandem.operation.Operation;
import dev.tandem.operation.ServiceCommands;
import dev.tandem.operation.request.RequestRefused;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;

/**
 * One request of a page: who asks, for what; answered by the operations that the admin API serves, and by nothing else.
 *
 * @param fields of the query (GET) or of the form (POST)
 * @param by whom the journal names
 */
public record Asking(ServiceCommands commands, Visit visit, MultiMap fields, String by) {
    public <Q, R> R ask(Operation<? super ServiceCommands, Q, R> operation, Q request) {
        return operation.done().apply(commands, request);
    }

    /**
     * The same of what changes something.
     *
     * @param path of the operation, with its fields
     */
    <Q, R> R change(Operation<? super ServiceCommands, Q, R> operation, String path, Q request) {
        commands.journal(path, by);
        return ask(operation, request);
    }

    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    public String needed(String name) {
        return field(name).orElseThrow(() -> RequestRefused.field(name, "needed"));
    }

    public long neededId(String name) {
        return id(name, needed(name));
    }

    public List<Long> ids(String name) {
        return fields.getAll(name).stream().map(text -> id(name, text)).toList();
    }

    private static long id(String name, String text) {
        if (!text.matches("\\d{1,18}")) {
            throw RequestRefused.field(name, "a number");
        }
        return Long.parseLong(text);
    }
}
