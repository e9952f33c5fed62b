package dev.tandem.chaos;

import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Faults;
import dev.tandem.sandbox.http.Hold;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** What happens to processes, their database and what they read their routes from. */
final class ProcessFaults {
    private static final String UPSERT = "/api/v1/organizations/clients/upsert";
    private static final int PATIENCE_MILLIS = 3000;

    private final Stage stage;
    private final FaultInjection injection;
    private final SplittableRandom random;
    private final DatabaseFaults database;
    private boolean broken;
    private boolean gone;

    ProcessFaults(Stage stage, FaultInjection injection, SplittableRandom random) {
        this.stage = stage;
        this.injection = injection;
        this.random = random;
        this.database = new DatabaseFaults(stage, injection);
    }

    String strike(FaultKind kind, long[] until) {
        Replica one = stage.replicas.get(random.nextInt(stage.replicas.size()));
        return switch (kind) {
            case KILL -> {
                killed(one);
                yield "replica " + one.number;
            }
            case KILL_BEFORE_EFFECT -> {
                // Whether such a call is still made when its caller is dead, only the one who was called knows.
                gone = !gone;
                yield killedWhileHeld(gone ? Fault::holdAndDrop : Fault::holdCall);
            }
            case KILL_AFTER_EFFECT -> killedWhileHeld(Fault::holdAnswer);
            case STALLED -> stalled(one, until);
            case BROKEN_EDIT -> brokenEdit(until);
            case DISK_FULL -> diskFull(until);
            default -> database.strike(kind, one, until);
        };
    }

    private void killed(Replica one) {
        one.kill();
        one.startWith(List.of());
    }

    /** A power failure, aimed. */
    private String killedWhileHeld(Function<Hold, Fault> how) {
        Hold hold = new Hold();
        Faults.Rule rule = stage.oscar.faults().every("POST", UPSERT, how.apply(hold));
        boolean hit = injection.await(PATIENCE_MILLIS, () -> rule.struck() > 0);
        if (hit) {
            // The others come to stand before their turn.
            History.pause(150);
        }
        stage.replicas.forEach(Replica::kill);
        hold.release();
        rule.remove();
        stage.replicas.forEach(replica -> replica.startWith(List.of()));
        return hit ? "all, " + rule.struck() + " calls" : "all, no call";
    }

    private String stalled(Replica one, long[] until) {
        if (one.isStopped() || !one.isAlive()) {
            return "not again";
        }
        one.stop();
        injection.later(1000L * (Stage.LEASE_SECONDS + 1), until, () -> {
            if (one.isStopped() && one.isAlive()) {
                one.wake();
            }
        });
        return "replica " + one.number;
    }

    private String brokenEdit(long[] until) {
        if (broken) {
            return "not again";
        }
        broken = true;
        boolean route = random.nextBoolean();
        var file = route
                ? stage.routes.resolve("referral-to-oscar.camel.yaml")
                : stage.mappings.resolve("primero-to-oscar").resolve("referral.jslt");
        String good = read(file);
        Stage.write(file, route ? good.replace("setHeader", "setHaeder") : good + "\n}}");
        injection.later(2500, until, () -> {
            Stage.write(file, good);
            broken = false;
        });
        return file.getFileName().toString();
    }

    private String diskFull(long[] until) {
        stage.store.disk().fill();
        injection.later(3000, until, () -> stage.store.disk().clear());
        return "";
    }

    private static String read(java.nio.file.Path file) {
        try {
            return java.nio.file.Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
