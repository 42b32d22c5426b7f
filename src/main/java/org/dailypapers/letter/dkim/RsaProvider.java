package org.dailypapers.letter.dkim;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Signature;

/** Whose implementation of RSA signs: Amazon Corretto's, which is faster, where it loads and is healthy; else the JVM's. */
public final class RsaProvider {

    private static final String CORRETTO = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    private RsaProvider() {}

    private static final class Fastest {
        static final Provider PROVIDER = load();
    }

    public static Provider fastest() {
        return Fastest.PROVIDER;
    }

    static Provider ofTheJvm() {
        try {
            return Signature.getInstance(DkimSigner.RSA_SHA256).getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no RSA", e);
        }
    }

    private static Provider load() {
        try {
            Class<?> type = Class.forName(CORRETTO);
            Provider corretto = (Provider) type.getField("INSTANCE").get(null);
            type.getMethod("assertHealthy").invoke(corretto);
            return corretto;
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            // Another system or processor, or a temporary folder from which nothing may be loaded.
            return ofTheJvm();
        }
    }
}
