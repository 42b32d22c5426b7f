package org.dailypapers.command;

import jakarta.enterprise.context.ApplicationScoped;

/** Whether this process is the service, which delivers, rather than a command beside it. */
@ApplicationScoped
class ServiceState {

    private volatile boolean serving;

    void serve() {
        serving = true;
    }

    boolean serving() {
        return serving;
    }
}
