package org.dailypapers.returns.provider;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** What lies at Amazon's addresses: the certificates that SNS signs with, and the link that confirms a subscription. */
@ApplicationScoped
class AmazonFiles {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 64 * 1024;
    private static final int OK = 200;

    /** It has one at a time in each region. */
    private static final int MOST_KEYS = 20;

    private final Map<URI, X509Certificate> kept = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Lock fetching = new ReentrantLock();

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /**
     * The key of a certificate that is valid now; TLS says that it is Amazon's.
     *
     * @throws GeneralSecurityException where it is none, or not valid
     * @throws IOException where it cannot be had, also because another one is just being fetched
     */
    PublicKey key(URI address) throws IOException, GeneralSecurityException {
        X509Certificate certificate = kept.get(address);
        if (certificate == null) {
            certificate = fetched(address);
        }
        certificate.checkValidity();
        return certificate.getPublicKey();
    }

    /** One at a time: anybody can name addresses, and must not take all threads with it. */
    private X509Certificate fetched(URI address) throws IOException, GeneralSecurityException {
        if (!fetching.tryLock()) {
            throw new IOException("another one is just being fetched");
        }
        try {
            var certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(open(address)));
            if (kept.size() >= MOST_KEYS) {
                kept.clear();
            }
            kept.put(address, certificate);
            return certificate;
        } finally {
            fetching.unlock();
        }
    }

    /** What a 200 brings, up to 64 kB. */
    byte[] open(URI address) throws IOException {
        try {
            HttpResponse<InputStream> answer =
                    http.send(HttpRequest.newBuilder(address).timeout(PATIENCE).build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != OK) {
                    throw new IOException(address.getHost() + " answered " + answer.statusCode());
                }
                return body.readNBytes(MOST_BYTES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + address.getHost() + " was asked", e);
        }
    }
}
