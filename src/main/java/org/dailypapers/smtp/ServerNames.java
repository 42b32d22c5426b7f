package org.dailypapers.smtp;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Java's own checks of a server's certificate; where all is well but the name, it says which names are in it. */
final class ServerNames extends X509ExtendedTrustManager {

    private static final int DNS = 2;
    private static final int ADDRESS = 7;
    private static final int MOST = 5;

    private final X509ExtendedTrustManager java;

    ServerNames(X509ExtendedTrustManager java) {
        this.java = java;
    }

    /** A certificate that is trusted and in date, and another server's. */
    static final class Others extends CertificateException {
        private static final long serialVersionUID = 1L;

        Others(String names) {
            super(names);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        try {
            java.checkServerTrusted(chain, authType, socket);
        } catch (CertificateException e) {
            throw better(e, chain, authType);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        try {
            java.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            throw better(e, chain, authType);
        }
    }

    private CertificateException better(CertificateException e, X509Certificate[] chain, String authType) {
        // What is wrong with a chain or a date is of a class of its own.
        if (e.getClass() != CertificateException.class) {
            return e;
        }
        try {
            java.checkServerTrusted(chain, authType);
        } catch (CertificateException notTheName) {
            return e;
        }
        return new Others(names(chain[0]));
    }

    private static String names(X509Certificate certificate) {
        List<String> names = List.of();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all != null) {
                names = all.stream()
                        .filter(name -> name.getFirst() instanceof Integer type && (type == DNS || type == ADDRESS))
                        .map(name -> String.valueOf(name.get(1)))
                        .toList();
            }
        } catch (CertificateParsingException e) {
            // Then it has no names that anybody can read.
        }
        if (names.isEmpty()) {
            return printable(certificate.getSubjectX500Principal().getName());
        }
        return names.stream().limit(MOST).map(ServerNames::printable).collect(Collectors.joining(", "))
                + (names.size() > MOST ? " and " + (names.size() - MOST) + " more" : "");
    }

    /** A stranger wrote it. */
    private static String printable(String name) {
        String shown = name.replaceAll("[^ -~]", "?");
        return shown.length() > 100 ? shown.substring(0, 100) + "…" : shown;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        java.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        java.checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        java.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        java.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return java.getAcceptedIssuers();
    }
}
