package org.dailypapers.site.connection;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/** Tells the place of each request when a thread takes it, and when that thread is done. */
@Provider
@PreMatching
class WorkingThreads implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        var work = (ResteasyReactiveRequestContext)
                ((ResteasyReactiveContainerRequestContext) request).getServerRequestContext();
        WorkPlace.of(work.unwrap(RoutingContext.class)).ifPresent(place -> {
            place.workBegins();
            work.registerCompletionCallback(ended -> place.workEnds());
        });
    }
}
