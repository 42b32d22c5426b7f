package org.dailypapers.desk.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.dailypapers.desk.door.Needs;
import org.dailypapers.operator.Right;
import org.dailypapers.web.Html;

/** How everything stands. */
@Path("/desk")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class TodayPages {

    private final Today today;

    TodayPages(Today today) {
        this.today = today;
    }

    @CheckedTemplate(basePath = "desk")
    static class Templates {
        static native TemplateInstance today(TodayView view);

        private Templates() {}
    }

    /** The page. */
    @GET
    @Needs(Right.LOOK)
    public Response page() {
        return Html.ok(Templates.today(today.view()));
    }

    /** What there is not; a stranger is asked to sign in here too. */
    @GET
    @Path("/{rest:.+}")
    @Needs(Right.LOOK)
    public Response nothing() {
        throw new NotFoundException();
    }
}
