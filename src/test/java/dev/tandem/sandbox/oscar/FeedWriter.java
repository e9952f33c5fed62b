package dev.tandem.sandbox.oscar;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.tandem.sandbox.http.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes {@code {"data":[...]}} in pieces. OSCaR's monitor is held for the making of a piece, not for its sending; a row
 * that changes meanwhile may be seen in either state, as in OSCaR.
 */
final class FeedWriter {
    private static final int PIECE = 200;

    private final Oscar oscar;
    private final FeedShapes shapes;

    FeedWriter(Oscar oscar, String externalSystem) {
        this.oscar = oscar;
        this.shapes = new FeedShapes(externalSystem);
    }

    void write(List<FeedRow> rows, OutputStream out) throws IOException {
        ByteArrayOutputStream piece = new ByteArrayOutputStream(1 << 17);
        out.write("{\"data\":[".getBytes(StandardCharsets.US_ASCII));
        for (int from = 0; from < rows.size(); from += PIECE) {
            piece.reset();
            if (from > 0) {
                piece.write(',');
            }
            synchronized (oscar) {
                make(rows.subList(from, Math.min(rows.size(), from + PIECE)), piece);
            }
            piece.writeTo(out);
        }
        out.write("]}".getBytes(StandardCharsets.US_ASCII));
    }

    private void make(List<FeedRow> rows, OutputStream piece) throws IOException {
        try (JsonGenerator json = Json.MAPPER.getFactory().createGenerator(piece)) {
            json.setRootValueSeparator(new SerializedString(","));
            for (FeedRow row : rows) {
                if (row.referred()) {
                    shapes.referred(json, row.tenant(), row.client());
                } else {
                    shapes.other(json, row.tenant(), row.client());
                }
            }
        }
    }
}
