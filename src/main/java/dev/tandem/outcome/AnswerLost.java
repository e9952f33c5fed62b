package dev.tandem.outcome;

/** The call may have taken effect: its answer is missing, cut off, or not what the system answers (protocol 3). */
public final class AnswerLost extends Setback {
    public AnswerLost(String code, String words) {
        super(code, words);
    }
}
