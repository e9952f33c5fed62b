package dev.tandem;

/** Entry point of {@code java -jar tandem.jar COMMAND}. */
public final class Tandem {
    private Tandem() {}

    public static void main(String[] arguments) {
        System.out.println("Tandem");
    }
}
