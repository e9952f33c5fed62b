package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.Reply;
import java.util.Collection;

/** A refusal in Primero's envelope (contract primero-v2 §7). */
final class ApiError extends RuntimeException {
    private final int status;
    private final transient JsonNode detail;
    private final transient JsonNode message;

    private ApiError(int status, JsonNode detail, JsonNode message) {
        super("HTTP " + status + (detail == null ? "" : " " + detail));
        this.status = status;
        this.detail = detail;
        this.message = message;
    }

    static ApiError forbidden() {
        return new ApiError(403, null, TextNode.valueOf("Forbidden"));
    }

    static ApiError notFound(String what) {
        return new ApiError(404, TextNode.valueOf("Couldn't find " + what), TextNode.valueOf("Not Found"));
    }

    static ApiError conflict() {
        return new ApiError(409, null, TextNode.valueOf("Conflict: A record with this id already exists"));
    }

    /** The schema's refusal: JSON pointers. */
    static ApiError invalid(Collection<String> pointers) {
        return new ApiError(422, Json.strings(pointers), TextNode.valueOf("Invalid Record JSON"));
    }

    /** The model's refusal: one attribute, its message in an array. */
    static ApiError model(String attribute, String message) {
        ArrayNode messages = Json.array().add(message);
        return new ApiError(422, TextNode.valueOf(attribute), messages);
    }

    static ApiError unprocessable(String message) {
        return new ApiError(422, null, TextNode.valueOf(message));
    }

    static ApiError broken(String exception) {
        return new ApiError(500, null, TextNode.valueOf(exception));
    }

    /** A configuration is being applied. */
    static ApiError locked() {
        return new ApiError(503, TextNode.valueOf("Retry-After: 60"), TextNode.valueOf("Service Unavailable"));
    }

    int status() {
        return status;
    }

    Reply reply(String resource) {
        ObjectNode error = Json.object().put("status", status).put("resource", resource);
        if (detail != null) {
            error.set("detail", detail);
        }
        error.set("message", message);
        ObjectNode body = Json.object();
        body.putArray("errors").add(error);
        Reply reply = Reply.json(status, body);
        return status == 503 ? reply.with("Retry-After", "60") : reply;
    }
}
