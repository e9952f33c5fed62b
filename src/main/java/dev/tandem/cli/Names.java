package dev.tandem.cli;

import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Names that can be typed wrong. */
abstract class Names implements ITypeConverter<String> {
    private final List<String> names;

    private Names(String... names) {
        this.names = List.of(names);
    }

    @Override
    public String convert(String text) {
        if (!names.contains(text)) {
            throw new TypeConversionException("expected " + String.join(" or ", names) + " but was '" + text + "'");
        }
        return text;
    }

    static final class ASystem extends Names {
        ASystem() {
            super("primero", "oscar");
        }
    }

    static final class AFlow extends Names {
        AFlow() {
            super("primero-to-oscar", "oscar-to-primero");
        }
    }
}
