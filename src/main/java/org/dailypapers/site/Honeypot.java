package org.dailypapers.site;

import jakarta.ws.rs.FormParam;

/**
 * A field that people do not see and programs fill in, and the question that takes its place once it was: a password
 * manager may have done it, and then a person answers.
 */
public class Honeypot {

    @FormParam("leave-empty")
    String typed;

    @FormParam("person")
    String person;

    boolean filled() {
        return typed != null && !typed.isBlank();
    }

    /** Whether the question was answered. */
    boolean answered() {
        return "yes".equals(person);
    }

    /** Whether it still has to be. */
    boolean doubtful() {
        return filled() && !answered();
    }
}
