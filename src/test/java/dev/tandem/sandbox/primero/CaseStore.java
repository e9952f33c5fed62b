package dev.tandem.sandbox.primero;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The table of cases with its indexes: by id, by {@code case_id} (unique), by OSCaR number, and in three orders. */
final class CaseStore {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<String, Stored> byId = new HashMap<>();
    private final NavigableMap<String, String> idByCaseId = new TreeMap<>();
    private final Map<String, Set<String>> idsByOscarNumber = new HashMap<>();
    private final NavigableSet<Stored> byCreation =
            new TreeSet<>(Comparator.comparing(Stored::createdAt).thenComparing(Stored::id));
    private final NavigableSet<Stored> byUpdate =
            new TreeSet<>(Comparator.comparing(Stored::lastUpdatedAt).thenComparing(Stored::id));

    /** The orders as lists, until the next write: a sweep of many pages copies once. */
    private volatile List<Stored> creationList;

    private volatile List<Stored> updateList;

    private volatile List<Stored> caseIdList;

    Optional<Stored> find(String id) {
        lock.readLock().lock();
        try {
            return Optional.ofNullable(byId.get(id));
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Adds a case.
     *
     * @throws ApiError 409 if its id or its {@code case_id} is taken
     */
    void insert(Stored row) {
        lock.writeLock().lock();
        try {
            if (byId.containsKey(row.id()) || idByCaseId.containsKey(row.caseId())) {
                throw ApiError.conflict();
            }
            index(row);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Puts this state in the place of whatever state the case has now: the last writer wins. */
    void replace(Stored row) {
        lock.writeLock().lock();
        try {
            Stored now = byId.get(row.id());
            if (!now.caseId().equals(row.caseId()) && idByCaseId.containsKey(row.caseId())) {
                throw ApiError.conflict();
            }
            byCreation.remove(now);
            byUpdate.remove(now);
            idByCaseId.remove(now.caseId());
            idsByOscarNumber.computeIfPresent(now.oscarNumber(), (number, ids) -> {
                ids.remove(now.id());
                return ids.isEmpty() ? null : ids;
            });
            index(row);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void index(Stored row) {
        creationList = null;
        updateList = null;
        caseIdList = null;
        byId.put(row.id(), row);
        byCreation.add(row);
        byUpdate.add(row);
        idByCaseId.put(row.caseId(), row.id());
        if (!row.oscarNumber().isEmpty()) {
            idsByOscarNumber
                    .computeIfAbsent(row.oscarNumber(), k -> new TreeSet<>())
                    .add(row.id());
        }
    }

    /** Oldest first. */
    List<Stored> byCreation() {
        List<Stored> list = creationList;
        return list != null ? list : copy(byCreation::stream, copied -> creationList = copied);
    }

    /** Longest unchanged first. */
    List<Stored> byUpdate() {
        List<Stored> list = updateList;
        return list != null ? list : copy(byUpdate::stream, copied -> updateList = copied);
    }

    List<Stored> byCaseId() {
        List<Stored> list = caseIdList;
        return list != null
                ? list
                : copy(() -> idByCaseId.values().stream().map(byId::get), copied -> caseIdList = copied);
    }

    List<Stored> withCaseId(String caseId) {
        lock.readLock().lock();
        try {
            String id = idByCaseId.get(caseId);
            return id == null ? List.of() : List.of(byId.get(id));
        } finally {
            lock.readLock().unlock();
        }
    }

    List<Stored> withOscarNumber(String number) {
        lock.readLock().lock();
        try {
            return idsByOscarNumber.getOrDefault(number, Set.of()).stream()
                    .map(byId::get)
                    .toList();
        } finally {
            lock.readLock().unlock();
        }
    }

    int size() {
        lock.readLock().lock();
        try {
            return byId.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    private List<Stored> copy(Supplier<Stream<Stored>> ordered, Consumer<List<Stored>> keep) {
        lock.readLock().lock();
        try {
            List<Stored> copied = ordered.get().toList();
            keep.accept(copied);
            return copied;
        } finally {
            lock.readLock().unlock();
        }
    }
}
