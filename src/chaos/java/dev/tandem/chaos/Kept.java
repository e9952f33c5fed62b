package dev.tandem.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What people did, as they would remember it: what must have come of it is for the {@link Checker} to say. */
final class Kept {
    /**
     * A referral to an NGO.
     *
     * @param note unique, and carried over: by it each is known at the NGO
     */
    record Out(Child child, String ngo, String service, String row, String referral, String note) {}

    /** A child as one NGO knows it. */
    record Client(String ngo, String slug) {
        @Override
        public String toString() {
            return ngo + "/" + slug;
        }
    }

    /** A referral of an NGO to the ministry, by the number that OSCaR gave it. */
    record In(Child child, Client client, String service, int id) {
        String key() {
            return client.ngo() + ":" + id;
        }
    }

    /** A child, known to the ministry first or to an NGO first. */
    static final class Child {
        final int number;
        final boolean ofMinistry;
        /** Primero's id, if the ministry knew it first. */
        String caseId = "";
        /** Where and as whom an NGO knew it first. */
        String ngo = "";

        String slug = "";
        int referrals;

        Client client() {
            return new Client(ngo, slug);
        }

        Child(int number, boolean ofMinistry) {
            this.number = number;
            this.ofMinistry = ofMinistry;
        }

        @Override
        public String toString() {
            return "child " + number;
        }
    }

    final List<Child> children = new ArrayList<>();
    final List<Out> out = new ArrayList<>();
    final List<In> in = new ArrayList<>();
    /** What a person entered last in a field that Primero owns, by child. */
    final Map<Child, String> names = new LinkedHashMap<>();
    /** Whose number of the ministry an NGO entered, and Tandem had heard of it before it sent anything more of the child. */
    final Map<Client, Child> numbers = new LinkedHashMap<>();
    /** What the NGO decided, by note; what the ministry decided, by NGO and number. */
    final Map<String, String> decidedAtNgo = new LinkedHashMap<>();

    final Map<String, String> decidedInPrimero = new LinkedHashMap<>();

    List<Out> outOf(Child child) {
        return out.stream().filter(each -> each.child() == child).toList();
    }

    List<In> inOf(Child child) {
        return in.stream().filter(each -> each.child() == child).toList();
    }
}
