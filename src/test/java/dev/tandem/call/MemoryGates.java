package dev.tandem.call;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

final class MemoryGates implements Gates {
    private final Map<String, String> closed = new ConcurrentHashMap<>();
    private final AtomicBoolean signingIn = new AtomicBoolean();
    private final List<String> succeeded = new CopyOnWriteArrayList<>();

    @Override
    public boolean open(String system) {
        return !closed.containsKey(system);
    }

    @Override
    public void close(String system, String code) {
        closed.put(system, code);
    }

    @Override
    public boolean beginSignIn(String system, Duration longest) {
        return signingIn.compareAndSet(false, true);
    }

    @Override
    public void endSignIn(String system) {
        signingIn.set(false);
    }

    @Override
    public void succeeded(String system) {
        succeeded.add(system);
    }

    void reopen(String system) {
        closed.remove(system);
    }

    Map<String, String> closed() {
        return closed;
    }

    List<String> succeeded() {
        return succeeded;
    }
}
