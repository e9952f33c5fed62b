package dev.tandem.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer: status, headers, body. The body is written once, either from memory or as it is made. */
public record Reply(int status, Map<String, String> headers, Body body) {
    /** Writes itself; {@code length} is negative where it is not known beforehand (sent in chunks). */
    public interface Body {
        long length();

        void writeTo(OutputStream out) throws IOException;
    }

    private static final class Bytes implements Body {
        private final byte[] content;

        Bytes(byte[] content) {
            this.content = content;
        }

        @Override
        public long length() {
            return content.length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(content);
        }
    }

    /** What a streaming body is made of. */
    @FunctionalInterface
    public interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private record Streamed(Writing writing) implements Body {
        @Override
        public long length() {
            return -1;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            writing.to(out);
        }
    }

    public static Reply json(int status, JsonNode node) {
        return of(status, "application/json; charset=utf-8", Json.bytes(node));
    }

    public static Reply text(int status, String contentType, String text) {
        return of(status, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Reply html(int status, String html) {
        return text(status, "text/html; charset=utf-8", html);
    }

    public static Reply empty(int status) {
        return new Reply(status, Map.of(), new Bytes(new byte[0]));
    }

    /** A body too large to hold in memory. */
    public static Reply streaming(int status, String contentType, Writing writing) {
        return new Reply(status, Map.of("Content-Type", contentType), new Streamed(writing));
    }

    private static Reply of(int status, String contentType, byte[] content) {
        return new Reply(status, Map.of("Content-Type", contentType), new Bytes(content));
    }

    public Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }

    Reply withContent(byte[] content) {
        return new Reply(status, headers, new Bytes(content));
    }

    byte[] content() {
        if (body instanceof Bytes bytes) {
            return bytes.content;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            body.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
