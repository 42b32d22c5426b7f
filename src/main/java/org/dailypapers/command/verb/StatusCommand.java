package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import org.dailypapers.desk.ServiceStatus;
import picocli.CommandLine.Command;

/** Says whether everything is well. */
@Dependent
@Command(
        name = "status",
        description =
                "Says on one screen whether everything is well; 1 is returned where something wants looking after.",
        footer = "%nA line each: a mark (! where something is to be done), the matter, how it stands; tabs between.")
class StatusCommand extends Verb {

    @Inject
    ServiceStatus status;

    @Override
    public Integer call() {
        List<ServiceStatus.Matter> matters = status.matters();
        matters.forEach(matter -> console()
                .say((matter.well() ? "ok" : "!") + "\t" + matter.name() + "\t"
                        + DeliveriesCommand.harmless(matter.said())));
        return matters.stream().allMatch(ServiceStatus.Matter::well) ? Commands.OK : Commands.FAILED;
    }
}
