package org.dailypapers.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates that the JDK's keytool makes for a test: some by an authority that is trusted, one by nobody. */
public final class Certificates {

    public static final String PASSWORD = "not-secret";
    private static final String AUTHORITY = "authority";

    private final Path file;
    private final KeyStore all;

    /** Makes them in a file of that folder. */
    public Certificates(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        file = folder.resolve("certificates.p12");
        // An authority of their own: the JDK takes a certificate that is itself trusted without a look at its dates.
        make(AUTHORITY, "-dname", "CN=Authority", "-ext", "bc:c", "-startdate", "-30d", "-validity", "60");
        signed("localhost", "localhost", "-1d", "10");
        signed("client", "localhost", "-1d", "10", "-ext", "eku=clientAuth");
        signed("elsewhere", "elsewhere.example.test", "-1d", "10");
        signed("expired", "localhost", "-10d", "5");
        make("stranger", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-validity", "10");
        all = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    /** What a server needs that shows the certificate of that alias, and takes those of the authority's from its clients. */
    public SSLContext server(String alias) throws IOException, GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(only(alias), PASSWORD.toCharArray());
        var clients = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        clients.init(all);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), clients.getTrustManagers(), null);
        return context;
    }

    /** A file that holds the key and the certificate of that alias. */
    public Path keyStore(String alias) throws IOException, GeneralSecurityException {
        Path store = file.resolveSibling(alias + ".p12");
        try (OutputStream out = Files.newOutputStream(store)) {
            only(alias).store(out, PASSWORD.toCharArray());
        }
        return store;
    }

    private KeyStore only(String alias) throws IOException, GeneralSecurityException {
        KeyStore one = empty();
        one.setKeyEntry(
                alias,
                all.getKey(alias, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                all.getCertificateChain(alias));
        return one;
    }

    /** The authority's certificate as a PEM file. */
    public Path authority() throws IOException, GeneralSecurityException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(all.getCertificate(AUTHORITY).getEncoded());
        return Files.writeString(
                file.resolveSibling("authority.pem"),
                "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private void signed(String alias, String host, String start, String days, String... more)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of(
                "-signer",
                AUTHORITY,
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-startdate",
                start,
                "-validity",
                days));
        options.addAll(List.of(more));
        make(alias, options.toArray(String[]::new));
    }

    private void make(String alias, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-alias",
                alias,
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        command.addAll(Arrays.asList(options));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool made no certificate " + alias + ": " + said);
        }
    }
}
