package org.dailypapers.command;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.ConfigProvider;

/** Where everything begins: the service, or one command beside it. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Console console = console();
        try {
            if (arguments.length == 0) {
                serve(console);
            } else {
                command(arguments, console);
            }
        } catch (Failure e) {
            console.complain(e.getMessage());
            System.exit(Commands.FAILED);
        }
    }

    private static void serve(Console console) {
        var preflight = new Preflight(ConfigProvider.getConfig());
        preflight.settings();
        preflight.folder().ifPresent(console::complain);
        preflight.ownFiles();
        preflight.portFree();
        preflight.database();
        Quarkus.run(Service.class, (status, problem) -> end(status, problem));
    }

    private static void command(String[] arguments, Console console) {
        OptionalInt settled = Commands.settled(arguments, console);
        if (settled.isPresent()) {
            System.exit(settled.getAsInt());
        }
        var preflight = new Preflight(ConfigProvider.getConfig());
        preflight.settings();
        preflight.folder().ifPresent(console::complain);
        preflight.ownFiles();
        if (preflight.embedded()) {
            OptionalInt status = RunningService.announced(preflight.data())
                    .map(service -> CommandCall.to(service, arguments, console))
                    .orElse(OptionalInt.empty());
            if (status.isPresent()) {
                System.exit(status.getAsInt());
            }
        }
        preflight.database();
        System.setProperty("quarkus.http.host-enabled", "false");
        System.setProperty("quarkus.log.level", "WARN");
        System.setProperty("quarkus.log.console.stderr", "true");
        Quarkus.run(OneCommand.class, (status, problem) -> end(status, problem), arguments);
    }

    private static void end(int status, Throwable problem) {
        if (problem instanceof Failure) {
            System.err.println(problem.getMessage());
        } else if (problem != null) {
            problem.printStackTrace();
        }
        System.exit(problem == null ? status : Commands.FAILED);
    }

    static Console console() {
        return new Console(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Path.of(System.getProperty("daily-papers.folder", "")).toAbsolutePath(),
                Boolean.getBoolean("daily-papers.terminal"));
    }
}
