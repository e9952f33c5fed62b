package dev.tandem.contract;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A clause and the method that asks it. The class of the method has one constructor, which takes the server.
 *
 * @param contract whose section it is: {@code primero-v2} or {@code oscar-interop}
 */
public record Check(String contract, Clause clause, Method method) {
    /** All clauses of those classes, in the order of their ids. */
    public static List<Check> in(String contract, Class<?>... classes) {
        List<Check> checks = new ArrayList<>();
        for (Class<?> each : classes) {
            Arrays.stream(each.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Clause.class))
                    .forEach(method -> checks.add(new Check(contract, method.getAnnotation(Clause.class), method)));
        }
        checks.sort(Comparator.comparing(Check::id));
        return checks;
    }

    public String id() {
        return clause.id();
    }

    public String citation() {
        return contract + " " + clause.section();
    }

    /**
     * Asks that server.
     *
     * @throws Stop if the run is to end
     */
    public Outcome ask(Object server) {
        try {
            Constructor<?> constructor = method.getDeclaringClass().getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            method.setAccessible(true);
            method.invoke(constructor.newInstance(server));
            return new Outcome.AsSaid();
        } catch (InvocationTargetException e) {
            return outcome(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(id(), e);
        }
    }

    private static Outcome outcome(Throwable thrown) {
        if (thrown instanceof Stop stop) {
            throw stop;
        }
        if (thrown instanceof NotTestable notTestable) {
            return new Outcome.NotTestable(notTestable.getMessage());
        }
        if (thrown instanceof Different different) {
            return new Outcome.Different(different.said(), different.seen());
        }
        if (thrown instanceof Error error && !(thrown instanceof AssertionError)) {
            throw error;
        }
        // A foreign message may quote what the server sent.
        return new Outcome.Different(
                "an answer of the known shape", thrown.getClass().getSimpleName());
    }

    @Override
    public String toString() {
        return id() + " (" + citation() + ") " + clause.says();
    }
}
