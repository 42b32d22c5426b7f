package org.dailypapers.command;

import io.quarkus.runtime.QuarkusApplication;

/** Runs one command in a process of its own. */
public class OneCommand implements QuarkusApplication {

    @Override
    public int run(String... arguments) {
        return Commands.run(arguments, Main.console());
    }
}
