package dev.tandem.bench;

import java.util.ArrayList;
import java.util.List;

/** The same thing measured several times. */
record Samples(List<Double> values) {
    Samples {
        values = values.stream().sorted().toList();
    }

    static Samples of(double... values) {
        List<Double> list = new ArrayList<>();
        for (double value : values) {
            list.add(value);
        }
        return new Samples(list);
    }

    double median() {
        int middle = values.size() / 2;
        return values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
    }

    double least() {
        return values.get(0);
    }

    double most() {
        return values.get(values.size() - 1);
    }

    /** The value below which that share of them lies. */
    double percentile(double share) {
        return values.get((int) Math.min(values.size() - 1, Math.floor(values.size() * share)));
    }
}
