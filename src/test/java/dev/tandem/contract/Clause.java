package dev.tandem.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** One sentence of a contract, on the method that asks a server whether it holds. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Clause {
    /** For people to name it by. {@code P} for Primero, {@code O} for OSCaR; unique. */
    String id();

    /** The contract's section, such as {@code 3.3}; several are separated by blanks. */
    String section();

    /** What must be true of the answer, and of the state after it. */
    String says();
}
