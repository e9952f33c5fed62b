package dev.tandem.sandbox.oscar;

import java.time.LocalDate;

/** One time a client joined a program. */
final class Enrolment {
    final int id;
    final Program program;
    final LocalDate date;
    boolean active = true;

    Enrolment(int id, Program program, LocalDate date) {
        this.id = id;
        this.program = program;
        this.date = date;
    }
}
