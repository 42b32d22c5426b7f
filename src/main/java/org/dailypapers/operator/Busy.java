package org.dailypapers.operator;

/** Too many passwords are to be looked at at the same time; nothing was done. */
public class Busy extends RuntimeException {

    private static final long serialVersionUID = 1;

    Busy() {
        super("Too many passwords are to be looked at at the same time");
    }
}
