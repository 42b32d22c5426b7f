package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.dailypapers.command.check.Failure;
import org.dailypapers.operator.Operator;
import org.dailypapers.operator.Operators;
import org.dailypapers.operator.Role;
import org.dailypapers.token.Links;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says who may sign in to the desk. */
@Dependent
@Command(
        name = "operator",
        description = "Adds, lists and removes those who sign in to the desk.",
        subcommands = {OperatorCommand.Add.class, OperatorCommand.Listing.class, OperatorCommand.Remove.class})
class OperatorCommand extends Verb {

    private static final String WHO = "command line";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say what to do: operator add, list or remove");
    }

    /** What is done to one operator. */
    abstract static class OneOperator extends Verb {

        @Parameters(paramLabel = "ADDRESS", description = "What they sign in with.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        String address;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it
        CommandSpec spec;

        @Inject
        Operators operators;
    }

    /** Makes a link. */
    @Dependent
    @Command(
            name = "add",
            description = "Prints a link, good once and for two days, by which somebody chooses a password. Whoever is"
                    + " known already begins anew: password, sessions and tokens end.")
    static class Add extends OneOperator {

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                description = "owner, editor, helper or viewer; owner when not named.")
        String role = Role.OWNER.word();

        @Inject
        Links links;

        @Override
        public Integer call() {
            Role chosen = Role.of(role)
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            "'" + role + "' is no role; there is "
                                    + Arrays.stream(Role.values())
                                            .map(Role::word)
                                            .collect(Collectors.joining(", "))));
            try {
                String token = operators.invite(address, chosen, WHO);
                console().say(links.page("/desk/welcome/" + token).toString());
                return 0;
            } catch (IllegalArgumentException e) {
                throw new Failure(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Lists them. */
    @Dependent
    @Command(name = "list", description = "Lists the operators: address, role, and whether they sign in; by tabs.")
    static class Listing extends Verb {

        @Inject
        Operators operators;

        @Override
        public Integer call() {
            for (Operator one : operators.all()) {
                console()
                        .say(String.join(
                                "\t", one.email(), one.role().word(), one.enrolled() ? "signs in" : "has a link"));
            }
            return 0;
        }
    }

    /** Removes one. */
    @Dependent
    @Command(name = "remove", description = "Removes an operator; their sessions and tokens end at once.")
    static class Remove extends OneOperator {
        @Override
        public Integer call() {
            Operator operator =
                    operators.find(address).orElseThrow(() -> new Failure("There is no operator with that address."));
            try {
                operators.remove(operator, WHO);
            } catch (IllegalArgumentException e) {
                throw new Failure(String.valueOf(e.getMessage()));
            }
            console().say("Removed.");
            return 0;
        }
    }
}
