package dev.tandem.observe;

import dev.tandem.reader.Elapsed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line when something begins to be wrong, and one when that is over; of what does not tell of itself in time. */
final class TroubleLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.tandem.state");

    private record Key(Trouble trouble, String subject) {}

    private final Map<Key, Instant> told = new HashMap<>();

    /** @param now what is wrong at that moment */
    void look(List<Verdict> now, Instant at) {
        Set<Key> wrong = now.stream()
                .filter(verdict -> verdict.trouble().isLogged())
                .map(TroubleLog::key)
                .collect(Collectors.toSet());
        for (Verdict verdict : now) {
            if (wrong.contains(key(verdict))
                    && told.putIfAbsent(key(verdict), verdict.since().orElse(at)) == null) {
                LOG.warn("{} {}", verdict.details(), verdict.remedy());
            }
        }
        told.entrySet().removeIf(entry -> {
            boolean over = !wrong.contains(entry.getKey());
            if (over) {
                LOG.info(
                        "{}, after {}",
                        entry.getKey()
                                .trouble()
                                .over(SystemName.forPeople(entry.getKey().subject())),
                        Elapsed.words(Duration.between(entry.getValue(), at)));
            }
            return over;
        });
    }

    private static Key key(Verdict verdict) {
        return new Key(verdict.trouble(), verdict.subject());
    }
}
