package dev.tandem.ledger.items;

import dev.tandem.ledger.links.Mark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Marks that come one by one, as events bring them. Those that arrive while one commit is under way share the next: each still
 * waits for its own commit, but a crowd does not wait for as many commits as it has heads. Nobody waits for others to come.
 */
public final class EventMarks {
    private static final int MOST_TOGETHER = 500;

    private static final class Waiting {
        private final String flow;
        private final Mark mark;
        private boolean done;
        private RuntimeException failure;

        private Waiting(String flow, Mark mark) {
            this.flow = flow;
            this.mark = mark;
        }
    }

    private final Marks marks;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean committing;

    public EventMarks(Marks marks) {
        this.marks = marks;
    }

    /** Once it returns, the mark is committed; whatever it throws, the mark may be. */
    public void mark(String flow, Mark mark) {
        Waiting own = new Waiting(flow, mark);
        List<Waiting> together = untilDoneOrNext(own);
        if (!together.isEmpty()) {
            commit(together);
        }
        if (own.failure != null) {
            throw own.failure;
        }
    }

    /** Those to be committed by the caller, its own among them; none if another caller has committed it. */
    private synchronized List<Waiting> untilDoneOrNext(Waiting own) {
        waiting.add(own);
        try {
            while (committing && !own.done) {
                wait();
            }
        } catch (InterruptedException e) {
            waiting.remove(own);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while an event waited to be marked");
        }
        if (own.done) {
            return List.of();
        }
        committing = true;
        List<Waiting> together = new ArrayList<>();
        waiting.remove(own);
        together.add(own);
        for (Iterator<Waiting> others = waiting.iterator(); others.hasNext() && together.size() < MOST_TOGETHER; ) {
            Waiting other = others.next();
            if (other.flow.equals(own.flow)) {
                together.add(other);
                others.remove();
            }
        }
        return together;
    }

    private void commit(List<Waiting> together) {
        RuntimeException failure = new IllegalStateException("the commit of an event's mark did not come to its end");
        try {
            marks.mark(
                    together.get(0).flow, together.stream().map(one -> one.mark).toList());
            failure = null;
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            done(together, failure);
        }
    }

    private synchronized void done(List<Waiting> together, RuntimeException failure) {
        together.forEach(one -> {
            one.failure = failure;
            one.done = true;
        });
        committing = false;
        notifyAll();
    }
}
