package dev.tandem.ledger.effects;

import dev.tandem.ledger.storage.LedgerSettings;
import java.time.Instant;

/** What follows when a call may have taken effect (protocol 3). */
public final class LostAnswers {
    private LostAnswers() {}

    /**
     * A call that can be repeated, or whose effect can be read, is simply owed again after a while. One that cannot is sent
     * once more after a long wait, or parked at once, as the settings say; lost again, it is parked.
     */
    public static Effect after(Effect effect, LedgerSettings settings, Instant now, String code, String words) {
        if (effect.repeatable()) {
            int failures = effect.failures() + 1;
            if (failures >= settings.attempts()) {
                return effect.parked(
                        ParkedFor.INPUT, effect.inputHash(), "gave-up", "no try succeeded; last: " + words);
            }
            return effect.lost(failures, now.plus(settings.backoff(failures)), code, words);
        }
        Effect lost = effect.lost(effect.failures() + 1, now.plus(settings.lostAnswerWait()), code, words);
        if (settings.resendLostAnswers() && lost.lostAnswers() == 1) {
            return lost;
        }
        return given(lost, "its answer was lost (" + code + "): it may have arrived");
    }

    /** To a person, named as what may stand in the target more often than it should once it is sent again. */
    public static Effect given(Effect lost, String words) {
        return lost.parked(ParkedFor.PERSON, null, "lost-answer", words).possibleRepeat(true);
    }
}
