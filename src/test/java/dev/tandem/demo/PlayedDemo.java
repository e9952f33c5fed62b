package dev.tandem.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.demo.Crossing.Kind;
import dev.tandem.demo.Crossing.To;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A demo of three rounds that was played to its end, and what it told. */
record PlayedDemo(Demo.Outcome outcome, String told) {
    /** @param pace between two acts */
    static PlayedDemo by(Launcher launcher, Path home, Path directory, Duration pace) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Demo demo = new Demo(home, launcher, directory, 3, pace, new PrintStream(out, true, StandardCharsets.UTF_8));
        Demo.Outcome outcome = demo.play();
        return new PlayedDemo(outcome, out.toString(StandardCharsets.UTF_8));
    }

    /** Nothing is missing or repeated without a name, each kind has crossed each way, and it ended in order. */
    void isInStep() {
        assertThat(outcome.missing()).as(told).isEmpty();
        assertThat(outcome.unnamed()).as(told).isZero();
        assertThat(outcome.exitCode()).as(told).isZero();
        for (To to : To.values()) {
            assertThat(outcome.crossings().crossed(to, Kind.REFERRAL)).as(told).isPositive();
            assertThat(outcome.crossings().crossed(to, Kind.DECISION)).as(told).isPositive();
        }
    }
}
