package dev.tandem.call;

import dev.tandem.outcome.AnswerLost;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * OSCaR's feed while it is read. The call ends when this is closed, and so do its deadline and its turn. A feed that
 * breaks off says so by {@link AnswerLost} from {@code read}, never by an end of stream.
 */
final class FeedStream extends FilterInputStream {
    private final String system;
    private final Deadline deadline;
    private final CalledSystem.Turn turn;
    private final ExecChain.Scope scope;
    private boolean ended;
    private boolean closed;

    private FeedStream(
            InputStream body, String system, Deadline deadline, CalledSystem.Turn turn, ExecChain.Scope scope) {
        super(body);
        this.system = system;
        this.deadline = deadline;
        this.turn = turn;
        this.scope = scope;
    }

    static HttpEntity around(
            HttpEntity entity, String system, Deadline deadline, CalledSystem.Turn turn, ExecChain.Scope scope)
            throws IOException {
        FeedStream stream = new FeedStream(entity.getContent(), system, deadline, turn, scope);
        return new HttpEntityWrapper(entity) {
            @Override
            public InputStream getContent() {
                return stream;
            }

            @Override
            public boolean isStreaming() {
                return true;
            }

            @Override
            public void close() throws IOException {
                stream.close();
            }
        };
    }

    @Override
    public int read() {
        try {
            int next = super.read();
            ended |= next < 0;
            return next;
        } catch (IOException failure) {
            throw Failure.lost(failure, system, deadline);
        }
    }

    @Override
    public int read(byte[] into, int from, int length) {
        try {
            int count = super.read(into, from, length);
            ended |= count < 0;
            return count;
        } catch (IOException failure) {
            throw Failure.lost(failure, system, deadline);
        }
    }

    /** Ends the call. What has not been read is dropped with its connection, not fetched. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (ended) {
                super.close();
            } else {
                Exchanged.cancellable(scope).cancel();
            }
        } finally {
            deadline.close();
            turn.close();
        }
    }
}
