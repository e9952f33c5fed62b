package dev.tandem.sandbox.oscar;

/** A worker of an NGO; the phone may be blank. */
final class User {
    final int id;
    String name;
    String mobile;

    User(int id, String name, String mobile) {
        this.id = id;
        this.name = name;
        this.mobile = mobile;
    }
}
