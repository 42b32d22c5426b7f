package org.dailypapers.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whose certificates are trusted: the authorities that Java knows, and those of a PEM file for a relay of one's own. */
public final class RelayTrust {

    /** Larger files hold something else. */
    private static final long LARGEST = 1 << 20;

    private RelayTrust() {}

    /**
     * Connections of this process that begin from now on trust those of the file too.
     *
     * @throws IllegalArgumentException where the file cannot be read or holds no certificate; the message names it
     */
    public static void install(Path pem) {
        SSLContext.setDefault(context(pem));
    }

    /** What a connection needs that trusts them; as {@link #install}. */
    public static SSLContext context(Path pem) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            int number = 0;
            for (Certificate known : known()) {
                trusted.setCertificateEntry("known" + number++, known);
            }
            for (Certificate own : read(pem)) {
                trusted.setCertificateEntry("own" + number++, own);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(trusted), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(pem + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Collection<? extends Certificate> read(Path pem) throws IOException {
        if (!Files.isRegularFile(pem) || Files.size(pem) > LARGEST) {
            throw new IllegalArgumentException(pem + " is no file of certificates");
        }
        try (InputStream in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (all.isEmpty()) {
                throw new IllegalArgumentException(pem + " holds no certificate");
            }
            return all;
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    pem + " holds no certificate that can be read; it begins with -----BEGIN CERTIFICATE-----", e);
        }
    }

    private static X509Certificate[] known() throws GeneralSecurityException {
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager trust) {
                return trust.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }

    private static TrustManager[] managers(KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }
}
