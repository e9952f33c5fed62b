package dev.tandem.sandbox.world;

/**
 * How often something is so, each from 0 to 1.
 *
 * @param odd a field of a case has one of the odd values that the contracts list
 * @param unmapped a service code is in no list
 * @param consent both consents are given
 * @param referred a row for OSCaR has been referred
 * @param known the case has an OSCaR number
 */
public record Rates(double odd, double unmapped, double consent, double referred, double known) {
    public static Rates usual() {
        return new Rates(0.03, 0.02, 0.9, 0.7, 0.3);
    }

    /** Nothing odd, nothing unmapped, all consented and referred. */
    public static Rates clean() {
        return new Rates(0, 0, 1, 1, 0);
    }

    public Rates withOdd(double rate) {
        return new Rates(rate, unmapped, consent, referred, known);
    }

    public Rates withUnmapped(double rate) {
        return new Rates(odd, rate, consent, referred, known);
    }

    public Rates withKnown(double rate) {
        return new Rates(odd, unmapped, consent, referred, rate);
    }
}
