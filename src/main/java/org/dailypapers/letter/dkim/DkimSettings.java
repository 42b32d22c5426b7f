package org.dailypapers.letter.dkim;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** By which domain, selector and key letters are signed (RFC 6376); without all three they leave unsigned. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers.dkim")
public interface DkimSettings {

    Optional<String> domain();

    /** Names the key below the domain, so that keys can be changed without a gap (RFC 6376 §3.1). */
    Optional<String> selector();

    /** A PEM file with a private RSA key. */
    Optional<String> key();

    /** Names a second key, of Ed25519, that letters are signed with as well (RFC 8463). */
    Optional<String> ed25519Selector();

    /** A PEM file with a private key of Ed25519. */
    Optional<String> ed25519Key();
}
