package dev.tandem.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExaminationTest {
    private static List<String> words(List<Finding> findings) {
        return findings.stream()
                .map(one -> one.check() + ": " + one.level() + " " + one.words())
                .toList();
    }

    @Test
    void checks_run_side_by_side_and_answer_in_their_order() {
        CyclicBarrier both = new CyclicBarrier(2);
        Check first = Check.of("a", "fine", found -> meet(both));
        Check second = Check.of("b", "", found -> {
            meet(both);
            found.fault("x", "{} is wrong", "mend it");
        });
        assertThat(words(Examination.of(List.of(first, second)))).containsExactly("a: OK fine", "b: FAULT x is wrong");
    }

    private static void meet(CyclicBarrier both) {
        try {
            both.await(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void one_that_takes_too_long_is_not_waited_for() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Check slow = new Check("slow", Duration.ofSeconds(1), found -> await(never), "fine");
        assertThat(words(Examination.of(List.of(slow, Check.of("quick", "fine", found -> {})))))
                .containsExactly("slow: WARN Not checked: it took longer than 1 s.", "quick: OK fine");
        never.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_defect_of_a_check_is_said_without_its_message() {
        Check broken = Check.of("broken", "fine", found -> {
            throw new IllegalStateException("the name of a child");
        });
        assertThat(words(Examination.of(List.of(broken))))
                .containsExactly(
                        "broken: WARN Not checked: a defect of Tandem (IllegalStateException); the log says where.");
    }
}
