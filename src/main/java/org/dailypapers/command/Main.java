package org.dailypapers.command;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.SmallRyeConfig;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.dailypapers.command.check.DatabaseFile;
import org.dailypapers.command.check.Failure;
import org.dailypapers.command.check.Preflight;
import org.dailypapers.command.verb.Commands;
import org.dailypapers.command.verb.Console;
import org.dailypapers.command.verb.SpooledInput;
import org.dailypapers.source.http.SourceClient;
import org.eclipse.microprofile.config.ConfigProvider;

/** Where everything begins: the service, or one command beside it. */
@QuarkusMain
public final class Main {

    /** Stopping in order takes less, also where it waits for an exchange with the relay. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(40);

    /** 128 and SIGTERM's number, as a JVM that ends by it. */
    private static final int TERMINATED = 143;

    /** Whether a mail server waits for the status. */
    private static volatile boolean pipe;

    private Main() {}

    public static void main(String[] arguments) {
        SourceClient.prepare();
        Console console = console();
        DatabaseFile.register(Main::cannotWrite);
        Runtime.getRuntime().addShutdownHook(new Thread(Main::limitTheStop));
        try {
            if (arguments.length == 0) {
                serve(console);
            } else {
                command(arguments, console);
            }
        } catch (Failure e) {
            console.complain(String.valueOf(e.getMessage()));
            exit(Commands.FAILED);
        }
    }

    private static void serve(Console console) {
        if (Training.wanted()) {
            Training.begin();
        }
        var preflight = new Preflight(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class));
        preflight.settings();
        preflight.folder().ifPresent(console::complain);
        preflight.ownFiles();
        preflight.portFree();
        if (Training.wanted() && !preflight.embedded()) {
            Quarkus.run(null, (status, problem) -> end(status, problem));
            return;
        }
        preflight.database();
        Quarkus.run(Service.class, (status, problem) -> end(status, problem));
    }

    private static void command(String[] arguments, Console console) {
        OptionalInt settled = Commands.settled(arguments, console);
        if (settled.isPresent()) {
            System.exit(settled.getAsInt());
        }
        if (Commands.standAlone(arguments)) {
            System.exit(Commands.run(arguments, console));
        }
        if (SpooledInput.wanted(arguments)) {
            piped(arguments, console);
        } else {
            beside(arguments, console);
        }
    }

    /** A mail server that hands a mail over keeps it where it cannot be taken in now. */
    private static void piped(String[] arguments, Console console) {
        try (SpooledInput mail = SpooledInput.read(System.in, Path.of(System.getProperty("java.io.tmpdir")))) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    mail.close();
                } catch (IOException e) {
                    console.complain("A file in the folder for temporary files stays behind: " + e.getMessage());
                }
            }));
            pipe = true;
            beside(mail.in(arguments), console);
        } catch (IOException e) {
            throw new Failure("The mail could not be put aside: " + e.getMessage());
        }
    }

    private static void beside(String[] arguments, Console console) {
        var preflight = new Preflight(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class));
        preflight.settings();
        preflight.folder().ifPresent(console::complain);
        preflight.ownFiles();
        if (preflight.embedded()) {
            OptionalInt status = RunningService.announced(preflight.data())
                    .map(service -> CommandCall.to(service, arguments, console))
                    .orElse(OptionalInt.empty());
            if (status.isPresent()) {
                exit(status.getAsInt());
            }
        }
        preflight.database();
        System.setProperty("quarkus.http.host-enabled", "false");
        System.setProperty("quarkus.log.level", "WARN");
        System.setProperty("quarkus.log.console.stderr", "true");
        Quarkus.run(OneCommand.class, (status, problem) -> end(status, problem), arguments);
    }

    /** Ends the process at once, as a kill would: what was confirmed is in the file, and no more may seem to be. */
    private static synchronized void cannotWrite(String file, IOException reason) {
        Throwable root = reason;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        System.err.println(
                "The database's file " + Path.of(file).toAbsolutePath().normalize()
                        + " cannot be written: " + root.getMessage()
                        + ". This process has ended and lost nothing that it had confirmed; make room, then start it again.");
        Runtime.getRuntime().halt(Commands.FAILED);
    }

    /** Ends the process where something hangs in its stop. */
    private static void limitTheStop() {
        Thread.ofPlatform().daemon().name("last resort").start(() -> {
            try {
                Thread.sleep(LONGEST_STOP);
                System.err.println(
                        "Something did not stop within " + LONGEST_STOP.toSeconds()
                                + " s; the process ends without it, and what was under way is done again after the next start.");
                halt();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Ends a process that was told to stop and whose work does not. */
    static void halt() {
        Runtime.getRuntime().halt(TERMINATED);
    }

    private static void end(int status, Throwable problem) {
        if (ApplicationLifecycleManager.isVmShuttingDown()) {
            // The signal has the last word; what failed may have failed by it.
            return;
        }
        if (problem instanceof Failure) {
            System.err.println(problem.getMessage());
        } else if (problem != null) {
            problem.printStackTrace();
        }
        exit(problem == null ? status : Commands.FAILED);
    }

    private static void exit(int status) {
        System.exit(pipe ? SpooledInput.status(status) : status);
    }

    static Console console() {
        return new Console(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Path.of(System.getProperty("daily-papers.folder", "")).toAbsolutePath(),
                Boolean.getBoolean("daily-papers.terminal"));
    }
}
