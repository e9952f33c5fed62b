package dev.tandem.chaos;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Looks for the shortest beginning of a history that still fails, by halves. What fails by chance may not fail again: each
 * length is tried twice before it counts as sound.
 */
final class Shrinking {
    private static final int TRIES = 2;

    private Shrinking() {}

    /** @param broken classes of a product that is broken on purpose, which go before its own */
    static void of(Plan plan, Path directory, int pace, Optional<Path> broken) {
        int sound = 0;
        int fails = plan.acts();
        while (fails - sound > Math.max(1, plan.acts() / 50)) {
            int half = (sound + fails) / 2;
            if (fails(plan.withActs(half), directory, pace, broken)) {
                fails = half;
            } else {
                sound = half;
            }
            System.out.println("  " + half + " acts: " + (fails == half ? "fails" : "sound"));
        }
        System.out.println("smallest that failed: seed " + plan.seed() + ", the first " + fails + " acts");
    }

    private static boolean fails(Plan plan, Path directory, int pace, Optional<Path> broken) {
        for (int i = 0; i < TRIES; i++) {
            if (!Run.of(plan, directory, pace, broken).findings().sound()) {
                return true;
            }
        }
        return false;
    }
}
