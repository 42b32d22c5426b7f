package org.dailypapers.returns;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import java.util.OptionalInt;

/** By which ways mail that comes back is taken in; without any, by the command {@code bounces} alone. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers")
public interface ReturnSettings {

    /** Where the embedded SMTP server for the bounce domain listens; it rests without. */
    @Min(1)
    @Max(65535)
    OptionalInt bouncePort();

    /** The mailbox that is read, such as {@code imaps://user@mail.example.org/INBOX}. */
    Optional<@WithConverter(MailboxAddress.Reader.class) MailboxAddress> bounceMailbox();

    /** Its password. */
    Optional<String> bounceMailboxPassword();

    /** Whether mail to the bounce domain is read without anybody's doing, so that people may be told to write there. */
    default boolean isRead() {
        return bouncePort().isPresent() || bounceMailbox().isPresent();
    }
}
