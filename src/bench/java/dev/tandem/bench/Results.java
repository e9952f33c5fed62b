package dev.tandem.bench;

import java.util.ArrayList;
import java.util.List;

/** What was measured so far; each line is printed as soon as it is there, since a run takes long. */
final class Results {
    private final List<Result> all = new ArrayList<>();
    private final List<String> whereTheTimeGoes = new ArrayList<>();

    void add(Result result) {
        all.add(result);
        System.out.println(Table.line(result));
    }

    void timeGoes(List<String> lines) {
        whereTheTimeGoes.addAll(lines);
        lines.forEach(System.out::println);
    }

    List<Result> all() {
        return List.copyOf(all);
    }

    List<String> whereTheTimeGoes() {
        return List.copyOf(whereTheTimeGoes);
    }
}
