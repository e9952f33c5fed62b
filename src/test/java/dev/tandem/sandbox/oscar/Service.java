package dev.tandem.sandbox.oscar;

/** One service of a tenant's catalogue; a category is a service without parent. */
record Service(int id, String name, String uuid, String category, boolean deleted) {}
