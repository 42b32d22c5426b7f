package org.dailypapers.desk.page;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.dailypapers.desk.door.Needs;
import org.dailypapers.operator.Right;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The desk for scripts, with tokens of their own. */
@Path("/api/v1/desk")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Desk", description = "For operators: Authorization: Bearer with a token from /desk/account.")
@Blocking
public class DeskApi {

    private final Today today;

    DeskApi(Today today) {
        this.today = today;
    }

    /** How everything stands. */
    @GET
    @Path("/today")
    @Needs(Right.LOOK)
    @Operation(summary = "How everything stands", description = "Needs a token that may LOOK.")
    public TodayView today() {
        return today.view();
    }
}
