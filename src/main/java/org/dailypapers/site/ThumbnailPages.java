package org.dailypapers.site;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.dailypapers.paper.Paper;
import org.dailypapers.thumbnail.Thumbnails;
import org.jspecify.annotations.Nullable;

/** The pictures of papers, served by us: who reads the pages asks nobody else. */
@Path("/thumbnails/{paper:\\d{1,18}}-{hash:[0-9a-f]{24}}.jpg")
@Produces("image/jpeg")
@Blocking
public class ThumbnailPages {

    /** The address names the content. Not for ever: an operator may hide the paper. */
    private static final String A_WEEK = "public, max-age=604800";

    private final Thumbnails thumbnails;

    ThumbnailPages(Thumbnails thumbnails) {
        this.thumbnails = thumbnails;
    }

    /** Where the picture of a paper lies; null where it has none. */
    static @Nullable String address(Paper paper) {
        return paper.thumbnail == null ? null : "/thumbnails/" + paper.id + "-" + paper.thumbnail + ".jpg";
    }

    /** An address of an older picture leads to the present one. */
    @GET
    public Response get(long paper) {
        byte[] jpeg = thumbnails.jpeg(paper).filter(j -> thumbnails.isOn()).orElseThrow(NotFoundException::new);
        return Response.ok(jpeg).header(HttpHeaders.CACHE_CONTROL, A_WEEK).build();
    }
}
