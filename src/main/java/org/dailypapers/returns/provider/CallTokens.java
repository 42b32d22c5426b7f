package org.dailypapers.returns.provider;

import static org.dailypapers.storage.DatabaseTime.utc;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.dailypapers.storage.DatabaseFailure;
import org.dailypapers.storage.Sql;

/** Which call brought which token, for two days: one that was seen cannot carry another body. */
@ApplicationScoped
class CallTokens {

    private final Sql sql;

    CallTokens(Sql sql) {
        this.sql = sql;
    }

    /** Whether the token is new, or was that of the same body, which is a repeat; it is that body's from now on. */
    boolean isOf(String token, byte[] body, Instant now) {
        String hash = sha256(token.getBytes(StandardCharsets.UTF_8));
        String told = sha256(body);
        sql.inTransaction(
                "Tokens of calls could not be forgotten", "delete from provider_call where at < ?", delete -> {
                    delete.setObject(1, utc(now.minus(Call.LONGEST_WAY)));
                    return delete.executeUpdate();
                });
        Optional<String> known = body(hash);
        if (known.isEmpty()) {
            try {
                keep(hash, told, now);
                return true;
            } catch (DatabaseFailure twice) {
                // The same token came twice at once, or the database is away: what is read next tells.
                known = body(hash);
            }
        }
        return known.filter(told::equals).isPresent();
    }

    private void keep(String token, String body, Instant now) {
        sql.inTransaction(
                "A token of a call could not be kept",
                "insert into provider_call (token, body, at) values (?, ?, ?)",
                insert -> {
                    insert.setString(1, token);
                    insert.setString(2, body);
                    insert.setObject(3, utc(now));
                    return insert.executeUpdate();
                });
    }

    private Optional<String> body(String token) {
        return sql.inTransaction(
                "A token of a call could not be read", "select body from provider_call where token = ?", select -> {
                    select.setString(1, token);
                    try (ResultSet row = select.executeQuery()) {
                        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
                    }
                });
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
