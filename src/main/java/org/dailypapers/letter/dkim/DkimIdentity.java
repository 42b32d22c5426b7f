package org.dailypapers.letter.dkim;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.dailypapers.letter.address.AddressSyntax;
import org.dailypapers.letter.address.Sender;

/** Who signs: a domain, the selector of one of its keys, and the key; and perhaps a second key of another kind. */
public final class DkimIdentity {

    /** A key of 1024 bits takes 800 characters and more. */
    private static final int LONGEST_PATH = 500;

    // RFC 1035 §3.3: the longest string of a TXT record
    private static final int LONGEST_STRING = 255;

    private final DkimDomain domain;
    private final String selector;
    private final DkimKey key;
    private final Optional<Second> second;
    private final List<String> doubts;

    /** A key of Ed25519 beside that of RSA, which every verifier knows. */
    record Second(String selector, Ed25519Key key) {}

    private DkimIdentity(
            DkimDomain domain, String selector, DkimKey key, Optional<Second> second, List<String> doubts) {
        this.second = second;
        this.domain = domain;
        this.selector = selector;
        this.key = key;
        this.doubts = List.copyOf(doubts);
    }

    /**
     * The identity that the settings describe, none where none of domain, selector and key is set. Throws
     * IllegalArgumentException, naming the setting, where one is missing or cannot work.
     */
    public static Optional<DkimIdentity> of(DkimSettings settings, Sender sender) {
        Optional<String> domain = settings.domain();
        Optional<String> selector = settings.selector();
        Optional<String> keyFile = settings.key();
        boolean two = isSet(settings.ed25519Selector()) || isSet(settings.ed25519Key());
        if (!two && Stream.of(domain, selector, keyFile).noneMatch(DkimIdentity::isSet)) {
            return Optional.empty();
        }
        DkimDomain name = read("DAILY_PAPERS_DKIM_DOMAIN", domain, DkimDomain::parse);
        String label = read("DAILY_PAPERS_DKIM_SELECTOR", selector, DkimIdentity::parseSelector);
        DkimKey key = read("DAILY_PAPERS_DKIM_KEY", keyFile, file -> DkimKey.read(path(file)));
        Optional<Second> second = two ? Optional.of(second(settings, label)) : Optional.empty();
        List<String> doubts = new ArrayList<>();
        switch (name.alignmentWith(sender.domain())) {
            case CERTAIN -> {}
            case IN_ONE_ORGANISATION ->
                doubts.add("DMARC counts a signature of " + name.name() + " for letters from " + sender.domain()
                        + " only where both belong to one organisation's domain; sign as " + sender.domain()
                        + " to be sure (DAILY_PAPERS_DKIM_DOMAIN)");
            case NONE ->
                throw new IllegalArgumentException("DAILY_PAPERS_DKIM_DOMAIN: DMARC does not count a signature of "
                        + name.name() + " for letters from " + sender.domain() + " (RFC 9989 §4.4); set it to that"
                        + " domain of DAILY_PAPERS_FROM, or to one above or below it.");
        }
        if (key.isWeak()) {
            doubts.add("the key has only " + key.bits()
                    + " bits; make one of 2048 and give it a new selector (RFC 8301 §3.2)");
        }
        return Optional.of(new DkimIdentity(name, label, key, second, doubts));
    }

    private static Second second(DkimSettings settings, String first) {
        String selector = read(
                "DAILY_PAPERS_DKIM_ED25519_SELECTOR",
                settings.ed25519Selector(),
                "is not set; it goes with DAILY_PAPERS_DKIM_ED25519_KEY",
                DkimIdentity::parseSelector);
        if (selector.equals(first)) {
            throw new IllegalArgumentException("DAILY_PAPERS_DKIM_ED25519_SELECTOR: " + selector
                    + " names the other key; each key has a selector of its own (RFC 8463 §3).");
        }
        return new Second(
                selector,
                read(
                        "DAILY_PAPERS_DKIM_ED25519_KEY",
                        settings.ed25519Key(),
                        "is not set; it goes with DAILY_PAPERS_DKIM_ED25519_SELECTOR",
                        file -> Ed25519Key.read(path(file))));
    }

    private static boolean isSet(Optional<String> value) {
        return value.filter(text -> !text.isBlank()).isPresent();
    }

    private static <T> T read(String setting, Optional<String> value, Function<String, T> parse) {
        return read(
                setting,
                value,
                "is not set; DAILY_PAPERS_DKIM_DOMAIN, _SELECTOR and _KEY go together, all or none",
                parse);
    }

    private static <T> T read(String setting, Optional<String> value, String unset, Function<String, T> parse) {
        try {
            return parse.apply(
                    value.filter(text -> !text.isBlank()).orElseThrow(() -> new IllegalArgumentException(unset)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + ": " + e.getMessage() + ".", e);
        }
    }

    // RFC 6376 §3.1
    private static String parseSelector(String setting) {
        String selector = setting.strip().toLowerCase(Locale.ROOT);
        if (!AddressSyntax.isAscii(selector) || !AddressSyntax.isHostName(selector) || selector.length() > 63) {
            throw new IllegalArgumentException(
                    setting + " is no selector; it takes letters, digits and inner hyphens, as in s2026");
        }
        return selector;
    }

    private static Path path(String file) {
        // A key that was pasted in place of its file's name is shown to nobody.
        if (file.contains("-----") || file.contains("\n") || file.length() > LONGEST_PATH) {
            throw new IllegalArgumentException("is the name of the file that holds the key, not the key itself");
        }
        try {
            return Path.of(file.strip());
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(file + " is no name of a file", e);
        }
    }

    /** The domain that answers for the letters, in lower case and ASCII. */
    public String domain() {
        return domain.name();
    }

    /** Names the key below the domain. */
    public String selector() {
        return selector;
    }

    /** The key that signs. */
    public DkimKey key() {
        return key;
    }

    /** What may keep mail hosts from counting the signature, a line each; empty where nothing is known. */
    public List<String> doubts() {
        return doubts;
    }

    /** The key of Ed25519 that signs as well. */
    Optional<Second> second() {
        return second;
    }

    /** The records to publish: their texts by their names, without a dot at the end of these. */
    public Map<String, String> records() {
        var records = new LinkedHashMap<String, String>();
        records.put(recordName(selector), key.record());
        second.ifPresent(
                other -> records.put(recordName(other.selector()), other.key().record()));
        return records;
    }

    private String recordName(String selector) {
        return selector + "._domainkey." + domain.name();
    }

    /** The records to publish, each as a line of a zone file: its name, its type, its text in strings of at most 255 octets. */
    public List<String> zoneLines() {
        return records().entrySet().stream()
                .map(record -> zoneLine(record.getKey(), record.getValue()))
                .toList();
    }

    private static String zoneLine(String name, String text) {
        StringBuilder line = new StringBuilder(text.length() + 128).append(name).append(". TXT");
        for (int at = 0; at < text.length(); at += LONGEST_STRING) {
            line.append(" \"")
                    .append(text, at, Math.min(text.length(), at + LONGEST_STRING))
                    .append('"');
        }
        return line.toString();
    }

    /** Domain and selector only. */
    @Override
    public String toString() {
        return "DkimIdentity[" + selector + "._domainkey." + domain.name() + "]";
    }
}
