package org.dailypapers.site;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.dailypapers.paper.Paper;
import org.dailypapers.site.answer.Tagged;
import org.dailypapers.thumbnail.Thumbnails;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The pictures of papers, served by us: who reads the pages asks nobody else. */
@Path("/thumbnails/{paper:\\d{1,18}}-{hash:[0-9a-f]{24}}.jpg")
@Produces("image/jpeg")
@Blocking
public class ThumbnailPages {

    /** Not for ever: an operator may hide the paper. */
    private static final String A_WEEK = "public, max-age=604800";

    private final Thumbnails thumbnails;

    ThumbnailPages(Thumbnails thumbnails) {
        this.thumbnails = thumbnails;
    }

    /** Where the picture of a paper lies; null where it has none. */
    static @Nullable String address(Paper paper) {
        return paper.thumbnail == null ? null : address(paper.id, paper.thumbnail);
    }

    private static String address(long paper, String hash) {
        return "/thumbnails/" + paper + "-" + hash + ".jpg";
    }

    /** The picture; an address of an older one leads to it. */
    @GET
    @Operation(hidden = true)
    public Response get(long paper, String hash, @Context HttpHeaders request) {
        Thumbnails.Served served =
                thumbnails.of(paper).filter(t -> thumbnails.isOn()).orElseThrow(NotFoundException::new);
        if (!served.hash().equals(hash)) {
            return Response.status(Response.Status.FOUND)
                    .location(URI.create(address(paper, served.hash())))
                    .build();
        }
        return Tagged.answer(request, hash, A_WEEK, () -> Response.ok(served.jpeg()))
                .build();
    }
}
