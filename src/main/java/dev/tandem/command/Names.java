package dev.tandem.command;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Names that can be typed wrong. Which there are, the routes and settings say. */
abstract class Names implements ITypeConverter<String> {
    private final Pattern form;
    private final String example;

    private Names(String form, String example) {
        this.form = Pattern.compile(form);
        this.example = example;
    }

    @Override
    public String convert(String text) {
        if (!form.matcher(text).matches()) {
            throw new TypeConversionException("expected a name such as " + example + " but was '" + text + "'");
        }
        return text;
    }

    static final class ASystem extends Names {
        ASystem() {
            super("[a-z][a-z0-9]{0,40}", "primero");
        }
    }

    static final class AFlow extends Names {
        AFlow() {
            super("[a-z][a-z0-9]{0,40}-to-[a-z][a-z0-9]{0,40}", "primero-to-oscar");
        }
    }
}
