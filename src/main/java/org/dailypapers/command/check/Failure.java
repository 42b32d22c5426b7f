package org.dailypapers.command.check;

/** Why a command cannot do what was asked: one line for whoever asked. */
public class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public Failure(String line) {
        super(line);
    }
}
