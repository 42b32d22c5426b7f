#!/usr/bin/env bash
# Version: java.net.http of Temurin 25.0.3.
#
# Behaviour: where a server ends the connection before the first byte of its answer, the client sends a GET a second time,
# at once and without telling: one call of send is two requests on the wire. Neither Retry-After nor any pace of the caller
# stands between them, and no setting turns it off (jdk.httpclient.disableRetryConnect is about connecting alone). A server
# that allows one request in three seconds, as arXiv does, and resets who comes too soon, is asked twice each time.
#
# Output seen:
#   requests that the server saw for one call: 2
#
# Date: 2026-11-30. Needs a JDK.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/Ask.java" <<'JAVA'
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;

public class Ask {
    public static void main(String[] args) throws Exception {
        var heads = new AtomicInteger();
        try (var door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    while (true) {
                        Socket line = door.accept();
                        var in = new BufferedReader(new InputStreamReader(line.getInputStream()));
                        String first = in.readLine();
                        for (String field = first; field != null && !field.isEmpty(); ) {
                            field = in.readLine();
                        }
                        if (first != null) {
                            heads.incrementAndGet();
                        }
                        line.close();
                    }
                } catch (IOException closed) {
                    return;
                }
            });
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.getLocalPort() + "/"))
                    .build();
            try {
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
            } catch (IOException noAnswer) {
                System.out.println("requests that the server saw for one call: " + heads);
            }
        }
    }
}
JAVA
"${JAVA_HOME:+$JAVA_HOME/bin/}java" "$work/Ask.java"
