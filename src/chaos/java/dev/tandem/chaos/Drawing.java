package dev.tandem.chaos;

import dev.tandem.chaos.Step.Act;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws what people will do, so that it makes sense in that order: nobody takes up what nobody has referred. */
final class Drawing {
    /** Less than the overlap of two sweeps, so that what is late is not lost by the calendar alone. */
    static final int MOST_SECONDS_BETWEEN_ACTS = 480;

    private static final List<Act> ACTS = List.of(Act.values());

    private final SplittableRandom random;
    private final Plan plan;
    private final int pauseMillis;
    private final List<Integer> referred = new ArrayList<>();
    private final List<Integer> takenUp = new ArrayList<>();
    private final List<Integer> referredToMinistry = new ArrayList<>();

    Drawing(SplittableRandom random, Plan plan, int pauseMillis) {
        this.random = random;
        this.plan = plan;
        this.pauseMillis = pauseMillis;
    }

    void draw(List<Step> steps) {
        for (int number = 0; number < plan.acts(); number++) {
            Act act = act();
            int child = child(act);
            steps.add(new Step(
                    number,
                    act,
                    child,
                    random.nextInt(1000),
                    random.nextInt(1 + 2 * pauseMillis),
                    random.nextInt(MOST_SECONDS_BETWEEN_ACTS)));
        }
    }

    /** The beginning of a referral is as likely as what can come of it. */
    private Act act() {
        boolean ofMinistry = random.nextInt(3) > 0;
        Act begins = ofMinistry ? Act.REFER : Act.REFER_TO_MINISTRY;
        Act act = random.nextInt(3) == 0 ? begins : ACTS.get(random.nextInt(ACTS.size()));
        boolean possible =
                switch (act) {
                    case REFER_AGAIN, TAKE_UP -> !referred.isEmpty();
                    case DECIDE_AT_NGO, EDIT_BOTH_SIDES -> !takenUp.isEmpty();
                    case DECIDE_IN_PRIMERO -> !referredToMinistry.isEmpty();
                    case REFER, REFER_TO_MINISTRY, EDIT_CASE, EDIT_CLIENT -> true;
                };
        return possible ? act : begins;
    }

    private int child(Act act) {
        return switch (act) {
            case REFER -> kept(referred, any(0));
            case REFER_AGAIN -> one(referred);
            case TAKE_UP -> kept(takenUp, one(referred));
            case DECIDE_AT_NGO, EDIT_BOTH_SIDES -> one(takenUp);
            case EDIT_CASE -> any(0);
            case REFER_TO_MINISTRY -> kept(referredToMinistry, any(1));
            case DECIDE_IN_PRIMERO -> one(referredToMinistry);
            case EDIT_CLIENT -> any(1);
        };
    }

    /** Children of even number were known to the ministry first, the others to an NGO. */
    private int any(int odd) {
        return random.nextInt(plan.records() / 2) * 2 + odd;
    }

    private int one(List<Integer> children) {
        return children.get(random.nextInt(children.size()));
    }

    private static int kept(List<Integer> children, int child) {
        children.add(child);
        return child;
    }
}
