package org.dailypapers.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are trusted: the authorities that Java knows, and those of a PEM file for a relay of one's own. */
public final class RelayTrust {

    /** Larger files hold something else. */
    private static final long LARGEST = 1 << 20;

    private RelayTrust() {}

    /**
     * The sockets of lines to a relay that trust those of the file too.
     *
     * @param pem none for those alone that Java knows
     * @throws IllegalArgumentException where the file cannot be read or holds no certificate; the message names it
     */
    public static SSLSocketFactory sockets(@Nullable Path pem) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    ownKeys(), new TrustManager[] {new ServerNames(trust(pem == null ? null : withOwn(pem)))}, null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(pem + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The certificates that we show, where Java is told of a store: some relays know their clients by them. */
    private static KeyManager @Nullable [] ownKeys() throws IOException, GeneralSecurityException {
        String store = System.getProperty("javax.net.ssl.keyStore");
        if (store == null || store.isEmpty() || store.equals("NONE")) {
            return null;
        }
        char[] password =
                System.getProperty("javax.net.ssl.keyStorePassword", "").toCharArray();
        String type = System.getProperty("javax.net.ssl.keyStoreType", KeyStore.getDefaultType());
        KeyStore keys = KeyStore.getInstance(type);
        try (InputStream in = Files.newInputStream(Path.of(store))) {
            keys.load(in, password);
        } catch (IOException e) {
            throw new IOException("the key store " + store + " of Java's options: " + e.getMessage(), e);
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password);
        return factory.getKeyManagers();
    }

    private static KeyStore withOwn(Path pem) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        int number = 0;
        for (Certificate known : trust(null).getAcceptedIssuers()) {
            trusted.setCertificateEntry("known" + number++, known);
        }
        for (Certificate own : read(pem)) {
            trusted.setCertificateEntry("own" + number++, own);
        }
        return trusted;
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

    private static X509ExtendedTrustManager trust(@Nullable KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager trust) {
                return trust;
            }
        }
        throw new NoSuchAlgorithmException("Java's own trust checks no names");
    }
}
