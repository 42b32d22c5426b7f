package org.dailypapers.site.answer;

import io.quarkus.qute.TemplateExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files that pages load, each addressed with a hash of what is in it: {@code /style/site.css?v=1a2b3c4d5e6f7a8b}. */
final class Assets {

    private static final int BYTES_OF_HASH = 8;

    private static final Map<String, String> HASHES = Stream.of(
                    "/favicon.svg",
                    "/script/desk.js",
                    "/script/forecast.js",
                    "/script/zone.js",
                    "/style/desk.css",
                    "/style/mailbox.css",
                    "/style/site.css",
                    "/webjars/picocss__pico/2.1.1/css/pico.min.css")
            .collect(Collectors.toUnmodifiableMap(path -> path, Assets::hash));

    private Assets() {}

    /** The address of a file, which changes with it; in templates {@code asset:at('/style/site.css')}. */
    @TemplateExtension(namespace = "asset")
    static String at(String path) {
        return path + "?v=" + hashOf(path).orElseThrow(() -> new IllegalArgumentException(path + " is no asset"));
    }

    /** The hash of that file; empty where the path is none of ours. */
    static Optional<String> hashOf(String path) {
        return Optional.ofNullable(HASHES.get(path));
    }

    private static String hash(String path) {
        try (InputStream in = Assets.class.getResourceAsStream("/META-INF/resources" + path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is not in this build");
            }
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
            return HexFormat.of().formatHex(hash, 0, BYTES_OF_HASH);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
