package org.dailypapers.dns;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A name server, asked anew for each question: what stood in a cache a minute ago may be what was just put right. After
 * two questions without an answer it is left alone.
 */
@Dependent
public class NameServer implements Dns {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int UNANSWERED_AT_MOST = 2;
    private static final Pattern SERVER = Pattern.compile("\\[?([^\\]]+?)]?(?::(\\d{1,5}))?");

    private final Optional<String> server;
    private @Nullable Resolver resolver;
    private int unanswered;

    @Inject
    NameServer(DnsSettings settings) {
        this(settings.dns());
    }

    /** @param server its address, with a port where it is not 53; the system's where empty */
    NameServer(Optional<String> server) {
        this.server = server;
    }

    @Override
    public Answer ask(String name, Kind kind) {
        if (unanswered >= UNANSWERED_AT_MOST) {
            return new Answer.Unanswered("the name server does not answer");
        }
        try {
            Lookup lookup = new Lookup(Name.fromString(name, Name.root), type(kind));
            lookup.setResolver(resolver());
            lookup.setCache(null);
            Record[] records = lookup.run();
            return switch (lookup.getResult()) {
                case Lookup.SUCCESSFUL -> answered(texts(records));
                case Lookup.HOST_NOT_FOUND, Lookup.TYPE_NOT_FOUND -> answered(List.of());
                case Lookup.TRY_AGAIN -> {
                    unanswered++;
                    yield new Answer.Unanswered(lookup.getErrorString());
                }
                default -> new Answer.Unanswered(lookup.getErrorString());
            };
        } catch (TextParseException wrong) {
            return new Answer.None();
        } catch (IOException unreachable) {
            unanswered++;
            return new Answer.Unanswered(String.valueOf(unreachable.getMessage()));
        }
    }

    private Answer answered(List<String> texts) {
        unanswered = 0;
        return texts.isEmpty() ? new Answer.None() : new Answer.Records(texts);
    }

    private Resolver resolver() throws UnknownHostException {
        Resolver known = resolver;
        if (known == null) {
            known = server.isPresent() ? named(server.get()) : new ExtendedResolver();
            known.setTimeout(PATIENCE);
            resolver = known;
        }
        return known;
    }

    private static Resolver named(String server) throws UnknownHostException {
        Matcher parts = SERVER.matcher(server);
        if (!parts.matches()) {
            throw new UnknownHostException(server);
        }
        var resolver = new SimpleResolver(parts.group(1));
        if (parts.group(2) != null) {
            resolver.setPort(Integer.parseInt(parts.group(2)));
        }
        return resolver;
    }

    private static int type(Kind kind) {
        return switch (kind) {
            case A -> Type.A;
            case AAAA -> Type.AAAA;
            case MX -> Type.MX;
            case PTR -> Type.PTR;
            case TXT -> Type.TXT;
        };
    }

    private static List<String> texts(Record[] records) {
        var texts = new ArrayList<String>();
        for (Record each : records) {
            switch (each) {
                case ARecord address -> texts.add(address.getAddress().getHostAddress());
                case AAAARecord address -> texts.add(address.getAddress().getHostAddress());
                case MXRecord exchanger -> texts.add(exchanger.getPriority() + " " + name(exchanger.getTarget()));
                case PTRRecord pointer -> texts.add(name(pointer.getTarget()));
                case TXTRecord text -> texts.add(String.join("", text.getStrings()));
                default -> {}
            }
        }
        return texts;
    }

    /** Without the dot at its end; the root is a dot. */
    private static String name(Name name) {
        return name.equals(Name.root) ? "." : name.toString(true);
    }
}
