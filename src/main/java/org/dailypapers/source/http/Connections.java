package org.dailypapers.source.http;

import java.net.http.HttpClient;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ways to a source's server: one that is kept, and a passing one to each host whose address was checked. */
final class Connections implements AutoCloseable {

    private final Manners manners;
    private final HttpClient kept;

    /** For the one host that is asked just now. */
    private volatile @Nullable HttpClient passing;

    Connections(Manners manners) {
        this.manners = manners;
        this.kept = builder().build();
    }

    private HttpClient.Builder builder() {
        return HttpClient.newBuilder()
                .connectTimeout(manners.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1);
    }

    /** The way to that host; {@link #leave} is to be told when it is no longer needed. */
    HttpClient to(Optional<CheckedHost> host) {
        if (host.isEmpty()) {
            return kept;
        }
        HttpClient made = host.get().client(builder());
        passing = made;
        return made;
    }

    void leave(HttpClient way) {
        if (way != kept) {
            passing = null;
            way.shutdownNow();
        }
    }

    @Override
    public void close() {
        kept.shutdownNow();
        HttpClient open = passing;
        if (open != null) {
            open.shutdownNow();
        }
    }
}
