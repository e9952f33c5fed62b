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

    static void of(Plan plan, Path directory, int pace) {
        int sound = 0;
        int fails = plan.acts();
        while (fails - sound > Math.max(1, plan.acts() / 50)) {
            int half = (sound + fails) / 2;
            if (fails(plan.withActs(half), directory, pace)) {
                fails = half;
            } else {
                sound = half;
            }
            System.out.println("  " + half + " acts: " + (fails == half ? "fails" : "sound"));
        }
        System.out.println("smallest that failed: seed " + plan.seed() + ", the first " + fails + " acts");
    }

    private static boolean fails(Plan plan, Path directory, int pace) {
        for (int i = 0; i < TRIES; i++) {
            if (!Run.of(plan, directory, pace, Optional.empty()).findings().sound()) {
                return true;
            }
        }
        return false;
    }
}
