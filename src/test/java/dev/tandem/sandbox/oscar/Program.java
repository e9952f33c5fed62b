package dev.tandem.sandbox.oscar;

import java.util.List;

/** A program stream and the ids of the services it gives. */
record Program(int id, String name, List<Integer> services) {}
