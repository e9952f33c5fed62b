package dev.tandem.admin;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes guessing slow: after a few wrong logins an address waits, twice as long after each further one. Many wrong ones in all
 * leave each address fewer. No address waits for what only others did, so that nobody can lock an operator out from elsewhere.
 */
final class WrongLogins {
    private static final Logger LOG = LoggerFactory.getLogger(WrongLogins.class);
    private static final int FREE = 5;
    private static final int MANY_IN_ALL = 100;
    private static final long FIRST_WAIT = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_WAIT = Duration.ofMinutes(5).toNanos();
    /** After so long without a wrong one, an address begins anew; so do all together. */
    private static final long FORGOTTEN_AFTER = Duration.ofHours(1).toNanos();

    private static final int MOST_ADDRESSES = 10_000;

    /** @param until no login of the address is looked at before */
    private record Wrong(int times, long last, long until) {}

    private final LongSupplier nanos;
    // The one that was wrong longest ago first.
    private final Map<String, Wrong> addresses = new LinkedHashMap<>();
    private Wrong inAll = new Wrong(0, 0, 0);

    /** @param nanos as {@link System#nanoTime()} */
    WrongLogins(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @return in seconds; 0: none */
    synchronized long wait(String address) {
        Wrong wrong = addresses.get(address);
        long left = wrong == null ? 0 : wrong.until - nanos.getAsLong();
        return left <= 0 ? 0 : Duration.ofNanos(left - 1).toSeconds() + 1;
    }

    synchronized void wrong(String address) {
        inAll = oneMore(inAll, MANY_IN_ALL);
        Wrong before = addresses.remove(address);
        int free = inAll.times > MANY_IN_ALL ? 1 : FREE;
        addresses.put(address, oneMore(before == null ? new Wrong(0, 0, 0) : before, free));
        if (addresses.size() > MOST_ADDRESSES) {
            addresses.remove(addresses.keySet().iterator().next());
        }
        if (inAll.times >= FREE && Integer.bitCount(inAll.times) == 1) {
            LOG.warn("{} wrong logins have reached the management port, the last one from {}", inAll.times, address);
        }
    }

    synchronized void right(String address) {
        addresses.remove(address);
    }

    private Wrong oneMore(Wrong before, int free) {
        long now = nanos.getAsLong();
        int times = before.times == 0 || now - before.last > FORGOTTEN_AFTER ? 1 : before.times + 1;
        long wait = times < free ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT << Math.min(times - free, 20));
        return new Wrong(times, now, now + wait);
    }
}
