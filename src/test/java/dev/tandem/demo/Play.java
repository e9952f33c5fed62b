package dev.tandem.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The people: who does what next, and the mishaps between. */
final class Play {
    private static final List<String> NGOS = List.of("cif", "holt", "mtp", "isf");
    private static final int AT_ONCE = 5;
    private static final int ON_THE_BOARD = 8;
    private static final int ACTS_BETWEEN_MISHAPS = 12;
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final Sides sides;
    private final Packaged tandem;
    private final Narrator narrator;
    private final Watch watch;
    private final Duration pace;
    private final BooleanSupplier stopped;
    /** Those with acts left; who acted longest ago is first. */
    private final Deque<Story> active = new ArrayDeque<>();

    private final List<Story> all = new ArrayList<>();
    private int acts;

    Play(Sides sides, Packaged tandem, Narrator narrator, Duration pace, BooleanSupplier stopped) {
        this.sides = sides;
        this.tandem = tandem;
        this.narrator = narrator;
        this.watch = new Watch(narrator);
        this.pace = pace;
        this.stopped = stopped;
        NGOS.forEach(ngo -> sides.oscar.admin(ngo).addProgram(Sides.PROGRAM, "Life skills"));
    }

    /** Some acts, then the table. */
    void round(int count) {
        for (int i = 0; i < count && !stopped.getAsBoolean(); i++) {
            act();
            watchFor(pace, () -> false);
        }
        board();
    }

    /** Nobody does anything more; what is under way arrives. */
    void end() {
        if (!watch.awaitsNothing()) {
            watchFor(GRACE, watch::awaitsNothing);
            board();
        }
    }

    private void board() {
        narrator.plain(Board.lines(all.stream()
                .skip(Math.max(0, all.size() - ON_THE_BOARD))
                .map(Story::progress)
                .toList()));
    }

    int acts() {
        return acts;
    }

    Watch watch() {
        return watch;
    }

    List<String> doubled() {
        return all.stream().flatMap(story -> story.doubled().stream()).toList();
    }

    private void act() {
        acts++;
        if (acts % ACTS_BETWEEN_MISHAPS == 6) {
            outage();
        } else if (acts % ACTS_BETWEEN_MISHAPS == 0) {
            crash();
        } else {
            perform(nextStory());
        }
    }

    private void outage() {
        sides.oscar.server().down();
        narrator.event("OSCaR's server is down");
        perform(begin(new MinistryRefers(sides, Invented.child(all.size()), ngo(), true)));
        watchFor(pace.multipliedBy(2), () -> false);
        sides.oscar.server().up();
        narrator.event("OSCaR's server is up again");
    }

    private void crash() {
        perform(nextStory());
        tandem.kill();
        narrator.event("Tandem is killed (kill -9)");
        tandem.start(stopped);
        narrator.event("Tandem is started again");
    }

    private void perform(Story story) {
        Act act = story.next();
        narrator.act(act);
        watch.expect(act, story);
        if (!story.isOver()) {
            active.addLast(story);
        }
    }

    /** A new child as long as few are under way, else whose turn it is; it may have to wait for what must cross first. */
    private Story nextStory() {
        if (active.size() < 2 || (active.size() < AT_ONCE && acts % 3 == 0)) {
            return newStory();
        }
        watchFor(GRACE, () -> ready().findFirst().isPresent());
        Story story = ready().findFirst().orElseGet(this::newStory);
        active.remove(story);
        return story;
    }

    private Stream<Story> ready() {
        return active.stream().filter(story -> !watch.stories().contains(story));
    }

    private Story newStory() {
        int nth = all.size();
        Invented child = Invented.child(nth);
        boolean accepted = nth % 4 < 2;
        return begin(
                nth % 2 == 0
                        ? new MinistryRefers(sides, child, ngo(), accepted)
                        : new NgoRefers(sides, child, ngo(), accepted));
    }

    private Story begin(Story story) {
        all.add(story);
        return story;
    }

    private String ngo() {
        return NGOS.get(all.size() % NGOS.size());
    }

    private void watchFor(Duration time, BooleanSupplier enough) {
        long end = System.nanoTime() + time.toNanos();
        do {
            watch.look();
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        } while (!stopped.getAsBoolean() && System.nanoTime() < end && !enough.getAsBoolean());
    }
}
