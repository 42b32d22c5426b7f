package org.dailypapers.returns.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates made with the platform's own tool, on a server of this machine. */
class AmazonFilesTest {

    @TempDir
    Path folder;

    private HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
            byte[] body = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            exchange.sendResponseHeaders(Files.exists(file) ? 200 : 404, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI address(String name) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name);
    }

    private KeyStore certificate(String name, String start) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "sns",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=sns.example",
                        "-startdate",
                        start,
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("tool.log").toFile())
                .start();
        assertEquals(0, tool.waitFor(), () -> "keytool failed");
        KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        Files.write(folder.resolve(name + ".pem"), keys.getCertificate("sns").getEncoded());
        return keys;
    }

    @Test
    void aCertificateIsFetchedOnceAndItsKeyKept() throws Exception {
        KeyStore keys = certificate("good", "-1d");
        AmazonFiles files = new AmazonFiles();
        assertEquals(keys.getCertificate("sns").getPublicKey(), files.key(address("good.pem")));
        files.key(address("good.pem"));
        assertEquals(1, asked.get());
    }

    @Test
    void oneThatHasRunOutOrIsNoneIsNotTaken() throws Exception {
        certificate("old", "-60d");
        Files.writeString(folder.resolve("broken.pem"), "no certificate");
        AmazonFiles files = new AmazonFiles();
        assertThrows(GeneralSecurityException.class, () -> files.key(address("old.pem")));
        assertThrows(GeneralSecurityException.class, () -> files.key(address("broken.pem")));
        assertThrows(IOException.class, () -> files.key(address("missing.pem")));
    }
}
