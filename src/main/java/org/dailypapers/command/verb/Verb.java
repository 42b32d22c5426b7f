package org.dailypapers.command.verb;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the verbs have in common. Their beans are injected into fields, not the constructor, because arguments are
 * checked before there is a container.
 */
@Command(synopsisHeading = "usage: ", descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%n")
abstract class Verb implements Callable<Integer> {

    @Option(names = "--help", usageHelp = true, description = "Shows this and does nothing.")
    boolean help;

    @SuppressWarnings("NullAway.Init") // before it is called
    private Console console;

    void at(Console console) {
        this.console = console;
    }

    Console console() {
        return console;
    }
}
