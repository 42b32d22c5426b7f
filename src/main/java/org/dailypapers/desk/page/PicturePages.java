package org.dailypapers.desk.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.dailypapers.desk.door.Needs;
import org.dailypapers.desk.figure.History;
import org.dailypapers.desk.figure.Wishes;
import org.dailypapers.operator.Right;
import org.dailypapers.web.Html;
import org.jspecify.annotations.Nullable;

/** How things went, in pictures with their tables, and what readers ask for. */
@Path("/desk/pictures")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class PicturePages {

    private final History history;
    private final Wishes wishes;

    PicturePages(History history, Wishes wishes) {
        this.history = history;
        this.wishes = wishes;
    }

    @CheckedTemplate(basePath = "desk")
    static class Templates {
        static native TemplateInstance pictures(View view);

        private Templates() {}
    }

    /** @param counting whether something of it is still being counted */
    record View(
            boolean counting, List<Chart> charts, List<History.Returned> returned, Wishes.@Nullable Counted wishes) {}

    /** All of them. */
    @GET
    @Needs(Right.LOOK)
    public Response pictures() {
        var readers = history.readers();
        var letters = history.letters();
        var returned = history.returned();
        var counted = wishes.counted();
        var charts = new ArrayList<Chart>();
        readers.ifPresent(days -> {
            charts.add(Chart.of(
                    "readers",
                    "Readers by day",
                    List.of("readers"),
                    Chart.columns(days, day -> day.date().toString(), day -> "", List.of(History.Day::readers))));
            charts.add(Chart.of(
                    "moves",
                    "Who came and who left, by day",
                    List.of("came", "left"),
                    Chart.columns(
                            days,
                            day -> day.date().toString(),
                            day -> "",
                            List.of(History.Day::came, History.Day::went))));
        });
        letters.ifPresent(runs -> charts.add(Chart.of(
                "letters",
                "Letters by edition and result",
                List.of("accepted", "refused", "expired", "no longer wanted"),
                Chart.columns(
                        runs,
                        run -> run.edition().toString(),
                        run -> "/desk/letters?edition=" + run.edition(),
                        List.of(
                                History.Letters::accepted,
                                History.Letters::rejected,
                                History.Letters::expired,
                                History.Letters::withdrawn)))));
        letters.ifPresent(runs -> charts.add(Chart.of(
                "returned",
                "What came back, by edition",
                List.of("bounced", "complained"),
                Chart.columns(
                        runs,
                        run -> run.edition().toString(),
                        run -> "/desk/letters?edition=" + run.edition() + "&state=bounced",
                        List.of(History.Letters::bounced, History.Letters::complained)))));
        return Html.ok(Templates.pictures(new View(
                readers.isEmpty() || letters.isEmpty() || returned.isEmpty() || counted.isEmpty(),
                charts,
                returned.orElse(List.of()),
                counted.orElse(null))));
    }
}
